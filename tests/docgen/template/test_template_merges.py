"""Cells merged downwards whose first row a tag may leave out."""

import pytest
from writing import made

GROUPS = [{"名": "甲", "有": True}, {"名": "乙", "有": False}]


def row(group: str, name: str, merge: str = "") -> str:
    said = {"": "", "first": '<w:vMerge w:val="restart"/>', "next": "<w:vMerge/>"}[merge]
    return (
        f"<w:tr><w:tc><w:tcPr>{said}</w:tcPr><w:p>[{group}]</w:p></w:tc>"
        f"<w:tc><w:p>[{name}]</w:p></w:tc></w:tr>"
    )


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl><w:p/>"


def tag(text: str) -> str:
    return f"<w:tr><w:tc><w:p>[{text}]</w:p></w:tc></w:tr>"


def shown(word, template: str, **values) -> list[tuple[str, str]]:
    """The second cells of the rows, and what the first say of their merge."""
    rows = made(word, template, **values).split("</w:tr>")[:-1]
    kinds = {"restart": "first", "<w:vMerge/>": "next"}
    return [
        (
            one.rpartition("[")[2].partition("]")[0],
            next((kind for sign, kind in kinds.items() if sign in one), ""),
        )
        for one in rows
    ]


IF = table(
    row("前", "a", "first"), row("", "b", "next"),
    tag("{%tr if 有 %}"), row("组", "c", "first"), tag("{%tr endif %}"), row("", "d", "next"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        (True, [("a", "first"), ("b", "next"), ("c", "first"), ("d", "next")]),
        (False, [("a", "first"), ("b", "next"), ("d", "first")]),
    ],
)
def test_a_row_whose_group_is_left_out_does_not_go_under_the_group_above(word, holds, expected):
    assert shown(word, IF, 有=holds) == expected


def test_an_empty_loop_leaves_the_row_behind_it_a_group_of_its_own(word):
    template = table(
        row("前", "a", "first"), row("", "b", "next"),
        tag("{%tr for x in xs %}"), row("{{ x }}", "c{{ x }}", "first"), tag("{%tr endfor %}"),
        row("", "d", "next"), row("", "e", "next"), row("尾", "f"),
    )  # fmt: skip
    behind = [("e", "next"), ("f", "")]
    assert shown(word, template, xs=[]) == [
        ("a", "first"), ("b", "next"), ("d", "first"), *behind
    ]  # fmt: skip
    assert shown(word, template, xs=[1, 2]) == [
        ("a", "first"), ("b", "next"), ("c1", "first"), ("c2", "first"), ("d", "next"), *behind
    ]  # fmt: skip


def test_in_each_pass_a_group_without_its_first_row_begins_anew(word):
    template = table(
        tag("{%tr for g in 组 %}"), tag("{%tr if g.有 %}"), row("{{ g.名 }}", "头", "first"),
        tag("{%tr endif %}"), tag("{%tr for x in g.行 %}"), row("", "{{ x }}", "next"),
        tag("{%tr endfor %}"), tag("{%tr endfor %}"),
    )  # fmt: skip
    one, other = {"名": "甲", "有": True, "行": [1, 2]}, {"名": "乙", "有": False, "行": [3, 4]}
    assert shown(word, template, 组=[one, other, one]) == [
        ("头", "first"), ("1", "next"), ("2", "next"), ("3", "first"), ("4", "next"),
        ("头", "first"), ("1", "next"), ("2", "next"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "between", [["{%tr else %}"], ["{%tr endif %}", "{%tr if not loop.first %}"]]
)
def test_a_row_may_go_on_with_what_an_earlier_pass_began(word, between):
    template = table(
        tag("{%tr for x in 行 %}"), tag("{%tr if loop.first %}"), row("组", "{{ x }}", "first"),
        *map(tag, between), row("", "{{ x }}", "next"), tag("{%tr endif %}"),
        tag("{%tr endfor %}"),
    )  # fmt: skip
    assert shown(word, template, 行=[1, 2, 3]) == [("1", "first"), ("2", "next"), ("3", "next")]


def test_either_branch_may_begin_the_group(word):
    template = table(
        tag("{%tr if 有 %}"), row("组", "a", "first"), tag("{%tr else %}"), row("组", "b", "first"),
        tag("{%tr endif %}"), row("", "c", "next"),
    )  # fmt: skip
    assert shown(word, template, 有=True) == [("a", "first"), ("c", "next")]
    assert shown(word, template, 有=False) == [("b", "first"), ("c", "next")]


def test_a_group_that_is_whole_in_its_block_stays_as_it_is(word):
    template = table(
        tag("{%tr for g in 组 %}"), row("{{ g.名 }}", "头", "first"), tag("{%tr if g.有 %}"),
        row("", "{{ g.名 }}", "next"), tag("{%tr endif %}"), tag("{%tr endfor %}"),
    )  # fmt: skip
    assert shown(word, template, 组=GROUPS) == [("头", "first"), ("甲", "next"), ("头", "first")]


def test_a_table_of_such_groups_goes_where_it_has_no_rows(word):
    template = table(
        tag("{%tr for g in 组 %}"), tag("{%tr if g.有 %}"), row("{{ g.名 }}", "头", "first"),
        tag("{%tr endif %}"), row("", "{{ g.名 }}", "next"), tag("{%tr endfor %}"),
    )  # fmt: skip
    assert made(word, template, 组=[]) == "<w:p/>"
