"""The workbooks that are bent: a small form of figures that all differ, and built-in kinds."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from tools.editing.edits import Bent, bend
from workbook.checking.kinds import Kind, find_kind
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Form, Sheet
from workbook.form.sample import Sample
from workbook.form.table import Table
from workbook.making.build import build_workbook
from workbook.rules.model import RuleSet


def figure(key: str) -> Field:
    """A figure that may be blank, so that nothing tells of a lost one but its place."""
    return Field(key=key, type="integer", required=False)


BLOCKS = (
    Fields(title="收支", field=tuple(map(figure, ("收入", "支出", "结余")))),
    Grid(
        title="三公",
        column=(figure("上年"), figure("本年")),
        row=(GridRow(key="出国"), GridRow(key="接待"), GridRow(key="购车")),
    ),
    Fields(title="人员", field=tuple(map(figure, ("编制", "在职")))),
)
TABLE = Table(
    key="明细",
    title="明细",
    column=(Field(key="名称", type="text"), figure("金额")),
    rows=4,
    row_name="名称",
)
SMALL = Form(
    kind="小表",
    version=1,
    title="小表",
    sheet=(Sheet(name="收支", block=BLOCKS), Sheet(name="清单", block=(TABLE,))),
)
FIGURES = {key: 1000 + number for number, key in enumerate(SMALL.fields)}
ROWS = {"明细": tuple({"名称": name, "金额": 2000 + n} for n, name in enumerate("甲乙丙"))}


def small() -> tuple[Kind, Sample]:
    """The small form and what is typed into it."""
    kind = Kind(Path("小表"), SMALL)
    kind.__dict__["rules"] = RuleSet(())
    return kind, Sample(FIGURES, ROWS)


def built_in(name: str) -> tuple[Kind, Sample]:
    """A built-in kind with its sample."""
    kind = find_kind(name)
    return kind, kind.sample


def fill(made: tuple[Kind, Sample], path: Path) -> None:
    """A filled workbook of a kind."""
    kind, sample = made
    build_workbook(kind.form, kind.rules, sample).save(path)


def bent(source: Path, target: Path, kind: Kind, seed: int, most: int = 3) -> list[str]:
    """What was done to a workbook; the result stands at `target`."""
    random = Random(seed)
    book = load_workbook(source)
    sheets = [one.name for one in kind.form.sheet if one.fields or one.tables]
    bending = Bent(book, sheets, random)
    bend(bending, random.randint(1, most))
    book.save(target)
    return bending.done


MADE: dict[str, Callable[[], tuple[Kind, Sample]]] = {
    "small": small,
    **{name: lambda name=name: built_in(name) for name in ("department", "project")},  # type: ignore[misc]
}
