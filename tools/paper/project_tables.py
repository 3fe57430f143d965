"""项目支出绩效自评表, one for each project, in the layout of 财预〔2020〕10号.

They print the rows of table 项目自评 and, under each, its rows of table 项目指标 (`docs/forms.md`).
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tools.paper.lines import ANNEX_SUBTITLE, ANNEX_TITLE, BODY, NOTE, Line
from tools.paper.tables import Cell, Row, Table, each, row, tag_row

TITLE: Final = "项目支出绩效自评表"
# Where the columns of the upper and the lower half end differs, so the grid holds both.
MOST_TOGETHER: Final = 15  # rows of a group, which a page holds
WIDTHS_MM: Final = (9, 19, 19, 21, 5, 17, 17, 5, 5, 5, 10, 8, 16)
_COLUMNS: Final = len(WIDTHS_MM)
_SIGNED: Final = '{% if 行.指标性质 in ("≥", "≤", "=") %}{{ 行.指标性质 }}{% endif %}'
_FITS: Final = 4  # letters of 5号 in a line of the two narrow columns


def _with_unit(value: str, before: str = "") -> str:
    """A figure and its unit, the unit on a line of its own where both are too wide for one."""
    letters = f'({before}{value} ~ (行.度量单位 or ""))|width'
    return (
        f"{{{{ {value} }}}}{{% if {value} is not none %}}"
        f'{{% if {letters} > {_FITS} %}}{{{{ "\\n" }}}}{{% endif %}}'
        "{{ 行.度量单位 }}{% endif %}"
    )


TARGET: Final = _SIGNED + _with_unit("行.年度指标值", before="行.指标性质 ~ ") + "{{ 行.定性目标 }}"
ACTUAL: Final = _with_unit("行.实际完成值") + "{{ 行.完成等次 }}"
RATE: Final = "{{ 项.执行率 }}{% if 项.执行率 is number %}%{% endif %}"
GRADE: Final = (
    "等级：{{ 项.等级 }}"
    '{% if 项.适用分值 != 100 %}{{ "\\n" }}（按{{ 项.适用分值 }}分折算）{% endif %}'
)
# The rows of money under the total: their names, their columns for the three figures.
PARTS: Final = (
    ("其中：本年财政拨款", ("年初财政", "全年财政", "执行财政")),
    ("　　　上年结转资金", ("年初结转", "全年结转", "执行结转")),
    ("　　　其他资金", ("年初其他", "全年其他", "执行其他")),
)
NO_SCORES: Final = ("—", "—", "—")


class ProjectKeys(NamedTuple):
    """What a form calls a project's name and the three figures of its total."""

    name: str = "项目名称"
    total: tuple[str, str, str] = ("年初预算数", "全年预算数", "全年执行数")

    @property
    def indicators(self) -> str:
        """The rows of 项目指标 that are the project's."""
        return f'项目指标|selectattr("项目名称", "equalto", 项.{self.name})'


OF_ITS_OWN: Final = ProjectKeys()  # in a report on nothing but projects
INDICATORS: Final = OF_ITS_OWN.indicators


def project_sheets(table: Table | None = None, rows: str = "项目自评") -> Iterator[Line | Table]:
    """A page for each of the projects, the first without a page break of its own.

    The year stands under the title; `table` is another layout for the loop variable 项.
    """
    yield Line(BODY, f"{{%p for 项 in {rows} %}}")
    yield Line(BODY, "{%p if loop.first %}")
    yield Line(ANNEX_TITLE, TITLE)
    yield Line(BODY, "{%p else %}")
    yield Line(ANNEX_TITLE, TITLE, new_page=True)
    yield Line(BODY, "{%p endif %}")
    yield Line(ANNEX_SUBTITLE, "（{{ 年度 }}年度）")
    yield table or project_table()
    yield from rounding_note()
    yield Line(BODY, "{%p endfor %}")


def rounding_note() -> Iterator[Line]:
    """The note that printed parts miss their printed total, where they do."""
    yield Line(BODY, "{%p if 尾差说明 %}")
    yield Line(NOTE, "注：{{ 尾差说明 }}")
    yield Line(BODY, "{%p endif %}")


def project_table(keys: ProjectKeys = OF_ITS_OWN) -> Table:
    """The table of the project 项: its money, its goal, its indicators, its score."""
    return Table(
        WIDTHS_MM,
        (
            *_head(keys),
            *_money(keys),
            *goal("项.预期目标", "项.实际完成情况"),
            *indicators(keys.indicators),
            total("{{ 项.总分 }}", GRADE),
        ),
    )


def _head(keys: ProjectKeys) -> Iterator[Row]:
    yield row(Cell("项目名称", 3), Cell(f"{{{{ 项.{keys.name} }}}}", 10))
    yield row(
        Cell("主管部门", 3),
        Cell("{{ 项.主管部门 }}", 3),
        Cell("实施单位", 2),
        Cell("{{ 项.实施单位 }}", 5),
    )


def _money(keys: ProjectKeys) -> Iterator[Row]:
    yield money_head("项目资金\n（万元）")
    for name, columns in (("年度资金总额", keys.total), *PARTS):
        is_total = columns == keys.total
        scores = ("{{ 项.执行分值 }}", RATE, "{{ 项.执行得分 }}") if is_total else NO_SCORES
        yield money_row(name, [f"项.{column}" for column in columns], scores)


def money_head(title: str, done: str = "全年执行数") -> Row:
    """The head of the block of money, whose rows follow under `title`."""
    names = ("", "年初预算数", "全年预算数", done, "分值", "执行率", "得分")
    spans = (2, 1, 2, 2, 2, 2, 1)
    return row(
        Cell(title, merge="start"),
        *(Cell(name, span) for name, span in zip(names, spans, strict=True)),
    )


def money_row(name: str, amounts: Iterable[str], scores: Iterable[str] = NO_SCORES) -> Row:
    """A row of the block of money: three amounts by their names, then 分值, 执行率 and 得分."""
    figures = map(figure, amounts)
    return row(
        Cell("", merge="go"),
        Cell(name, 2, align="left"),
        *(Cell(one, span, align="right") for one, span in zip(figures, (1, 2, 2), strict=True)),
        *(Cell(one, span) for one, span in zip(scores, (2, 2, 1), strict=True)),
    )


def figure(amount: str) -> str:
    """An amount; one that was left blank counts as nothing and prints so."""
    return f'{{{{ "0.00" if {amount} is none else {amount} }}}}'


def goal(expected: str, done: str) -> Iterator[Row]:
    """The year's goal and what came of it, texts of the form."""
    yield row(Cell("年度总体目标", merge="start"), Cell("预期目标", 5), Cell("实际完成情况", 7))
    yield row(
        Cell("", merge="go"),
        Cell(paragraphs(expected), 5, align="left"),
        Cell(paragraphs(done), 7, align="left"),
    )


def paragraphs(value: str) -> str:
    """The text of a cell that has a paragraph for each line of `value`."""
    return f"{{%p for 段 in {value}|paragraphs %}}\n{{{{ 段 }}}}\n{{%p endfor %}}"


def indicators(rows: str, *, head: bool = False) -> Iterator[Row]:
    """The tree of the indicators `rows`; as a table of its own its `head` can be repeated."""
    upper = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值")
    names = (*upper, "分值", "得分", "偏差原因分析及改进措施")
    spans = (1, 1, 2, 1, 1, 2, 2, 2)
    yield row(
        Cell("绩效指标", merge="start"),
        *(Cell(name, span) for name, span in zip(names, spans, strict=True)),
        head=head,
    )
    leaf = (TARGET, ACTUAL, "{{ 行.分值 }}", "{{ 行.得分 }}")
    yield from indicator_rows(
        _COLUMNS,
        row(
            Cell("", merge="go"),
            Cell(level("甲", "首 and loop.first")),
            Cell(level("乙", "loop.first")),
            Cell("{{ 行.三级指标 }}", 2),
            *(Cell(one, span) for one, span in zip(leaf, (1, 1, 2, 2), strict=True)),
            Cell("{{ 行.偏差原因 }}", 2, align="left"),
        ),
        rows,
    )


def level(group: str, begins: str) -> str:
    """The text of a cell for all rows of `group`, its name above its weight."""
    weight = f"{{{{ {group}.all_rows|sum(attribute='分值') }}}}"
    return f'{heading(group, begins)}{{{{ "\\n" }}}}（{weight}分）'


def heading(group: str, begins: str) -> str:
    """The name of `group` in a cell for all its rows; of a part that goes on with （续）."""
    return f"{{% vm {begins} %}}{{{{ {group}.name }}}}{{% if {group}.part %}}（续）{{% endif %}}"


def indicator_rows(columns: int, leaf: Row, indicators: str = INDICATORS) -> Iterator[Row]:
    """The row `leaf` for each indicator 行 of `indicators`, under its 一级 甲 and its 二级 乙.

    `首` is true in the first 二级 of a 一级, so `level` can merge the cells of both. The rows of a
    一级 stay on one page, up to MOST_TOGETHER; of the last one with the row below the indicators.
    """
    ends = "loop.last and 乙末 and not 甲末"
    rows = (
        tag_row(columns, f"if {ends}"),
        leaf,
        tag_row(columns, "else"),
        leaf._replace(keep=True),
        tag_row(columns, "endif"),
    )
    inner = (
        tag_row(columns, "set 首 = loop.first"),
        tag_row(columns, "set 乙末 = loop.last"),
        *each(columns, "行 in 乙.rows", *rows),
    )
    middle = (
        tag_row(columns, "set 甲末 = loop.last"),
        *each(columns, '乙 in 甲.rows|groups("二级指标")', *inner),
    )
    parted = f'groups("一级指标", most={MOST_TOGETHER})'
    yield from each(columns, f"甲 in ({indicators})|{parted}", *middle)


def total(score: str, grade: str) -> Row:
    """The last row: the total out of 100 and its grade."""
    return row(Cell("总分", 7), Cell("100", 2), Cell(score, 2), Cell(grade, 2))
