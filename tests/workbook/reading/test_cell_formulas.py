"""Formulas that ask our functions are known in every form that a program writes."""

import pytest

from workbook.reading.cell_formulas import CALC_FORM, asks_ours, in_form

FORMS = [
    "=GJ_TIES(C17,C18:C19)",
    "=gj_ties(C17,C18:C19)",
    "=[1]!GJ_TIES(C17,C18:C19)",
    "=gouji.xlam!GJ_TIES(C17,C18:C19)",
    r"='C:\Users\a b\AppData\Roaming\Gouji\gouji.xlam'!GJ_TIES(C17,C18:C19)",
    "=_xludf.GJ_TIES(C17,C18:C19)",
    "=_XLUDF.GJ_TIES(C17,C18:C19)",
    "=ORG.GOUJI.FUNCTIONS.GJ_TIES(C17,C18:C19)",
    "=org.gouji.functions.gj_ties(C17,C18:C19)",
]


@pytest.mark.parametrize("formula", FORMS)
def test_each_form_becomes_excels_and_calcs(formula):
    assert asks_ours(formula)
    assert in_form(formula) == "=GJ_TIES(C17,C18:C19)"
    assert in_form(formula, CALC_FORM) == "=ORG.GOUJI.FUNCTIONS.GJ_TIES(C17,C18:C19)"


@pytest.mark.parametrize(
    ("formula", "own"),
    [
        (
            "=IF([1]!GJ_RATE(A1,'甲 乙'!B1)>1,\"[1]!GJ_TIES(\",org.gouji.functions.gj_upper(C1))",
            "=IF(GJ_RATE(A1,'甲 乙'!B1)>1,\"[1]!GJ_TIES(\",GJ_UPPER(C1))",
        ),
        ("=Sheet1!A1+[2]!GJ_FINDINGS()", "=Sheet1!A1+GJ_FINDINGS()"),
        ('=[1]!GJ_RULE("基本支出构成")', '=GJ_RULE("基本支出构成")'),
    ],
)
def test_only_the_name_is_written_anew(formula, own):
    assert in_form(formula) == own
    assert in_form(own) == own


@pytest.mark.parametrize(
    "formula",
    ['="GJ_TIES(1,2)"', "=MYGJ_TIES(1,2)", "=GJ_TIES", "=GJ_TIESX(1)", "GJ_TIES(1,2)", None, 3],
)
def test_what_does_not_ask_our_functions(formula):
    assert not asks_ours(formula)
