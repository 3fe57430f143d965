"""What cell functions say of the values of cells, in the oldest Python that runs them too."""

import ast
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.catalogue import cells, model
from workbook.figures import cell_functions, numbers, numerals
from workbook.figures.cell_functions import (
    Block,
    CellError,
    column_letters,
    excel_value,
    rate,
    ties,
    upper,
)
from workbook.files import state

SHIPPED = [Path(one.__file__) for one in (cell_functions, numbers, numerals, cells, model, state)]
NA = CellError("#N/A")
HUGE = "9" * 400


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        (195.49, [[171.74], [23.75]], "相符"),
        (195.49, [[171.74, 23.75, None]], "相符"),
        (0.3, [[0.1], [0.2]], "相符"),
        (1, [[1 / 3], [1 / 3], [1 / 3]], "相符"),
        (195.5, [[171.74, 23.75]], "尾差 0.01"),
        (195.94, [[171.74, 23.75]], "不符，差 0.45"),
        (100, [[171.74, 23.75]], "不符，差 -95.49"),
        (101, [[50], [50]], "不符，差 1"),
        (101.0, [["50"], [Decimal("50.00")]], "不符，差 1"),
        (100.2, [[50], [50]], "不符，差 0.2"),
        (100.1, [[50], [50]], "尾差 0.1"),
        (0, [[0]], "相符"),
        (0, [[None, -5], [5, ""]], "相符"),
        (-3, [[-1, -2]], "相符"),
        (None, [[None]], "未填"),
        ("  ", [[None, "\u3000"]], "未填"),
        (None, [], "未填"),
        (None, [[0]], "合计未填"),
        (None, [[1, 2]], "合计未填"),
        (0, [[None, None]], "组成数未填"),
        ("１９５．４９", [["171.74", " 23.75 "]], "相符"),
        ("1,195.49", [["1,171.74", 23.75]], "相符"),
        (1e300, [[1e300], [1]], "不符，差 -1"),
        (3, Block([[1], [2], [NA]], top=1, left=28), "AB3是错误值 #N/A,请先改正"),
        (3, [Block([[1], [2]], 1, 2), Block([[NA]], 5, 4)], "D5是错误值 #N/A,请先改正"),
        (3, [[1], [2], [NA]], "第3行第1列是错误值 #N/A,请先改正"),
        (3, NA, "组成数是错误值 #N/A,请先改正"),
        (NA, [[NA]], "合计是错误值 #N/A,请先改正"),
        (195.49, [["约170", 23.75]], "第1行第1列「约170」不是数字"),
        (195.49, Block([["171.74万元"]], 1, 2), "B1「171.74万元」带着单位,请只填数字"),
        (1, [["5%"]], "第1行第1列「5%」带着单位,请只填数字"),
        ("\u200b5", [[5]], "合计「5」里有看不见的字符,请重新输入"),
        (True, [[1]], "合计「TRUE」是逻辑值,不是数字"),
        (1, [[date(2024, 1, 31)]], "第1行第1列「2024-01-31」是日期或时间,不是数字"),
        (float("inf"), [[1]], "合计「inf」不是一个确定的数"),
        (1, [[float("nan")]], "第1行第1列「nan」不是一个确定的数"),
        (1, [[HUGE]], "第1行第1列「99999999999999999999……」太大,算不了"),
        ("甲" * 50, [[1]], f"合计「{'甲' * 20}……」不是数字"),
        ([[1, 2]], [[3]], "合计应当是一个单元格,不是一个区域"),
        ([[3, None]], [[1, 2]], "相符"),  # a merged cell
    ],
)
def test_a_total_ties_or_the_cell_says_why_not(total, parts, said):
    assert ties(total, parts) == said


@pytest.mark.parametrize(
    ("tolerance", "said"),
    [
        (0, "不符，差 0.01"),
        (0.01, "相符"),
        ("0.005", "不符，差 0.01"),
        (" ", "尾差 0.01"),
        (None, "尾差 0.01"),
        (-1, "允许的差额「-1」不能是负数"),
        ("一分", "允许的差额「一分」不是数字"),
        (NA, "允许的差额是错误值 #N/A,请先改正"),
        ([[0.01, 0.02]], "允许的差额应当是一个单元格,不是一个区域"),
    ],
)
def test_a_tolerance_that_is_given_takes_the_place_of_rounding(tolerance, said):
    assert ties(195.5, [[171.74, 23.75]], tolerance) == said


def test_a_tolerance_takes_the_place_of_exactness_too():
    assert [ties(101, [[50, 50]], allowed) for allowed in (0, 1, 2)] == [
        "不符，差 1",
        "相符",
        "相符",
    ]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (265.24, 221.91, 1.1952593393718174),
        (10, 14, 0.7142857142857143),
        (0, 0, "不适用"),
        (5, 0, "基数为 0,不算比率"),
        (-1, 4, -0.25),
        (None, None, "未填"),
        (None, 4, "部分数未填"),
        (4, " ", "总数未填"),
        ("甲", 4, "部分数「甲」不是数字"),
        (NA, 0, "部分数是错误值 #N/A,请先改正"),
        (1, NA, "总数是错误值 #N/A,请先改正"),
        (1e300, 1e-300, "比率太大,请核对这两个数"),
    ],
)
def test_a_rate_has_a_base_or_the_cell_says_so(part, whole, said):
    assert rate(part, whole) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1409.5, "壹仟肆佰零玖元伍角"),
        ("1,409.50", "壹仟肆佰零玖元伍角"),
        (None, ""),
        (0, "零元整"),
        (NA, "金额是错误值 #N/A,请先改正"),
        ("十元", "金额「十元」不是数字"),
        (1e15, "金额「1000000000000000」太大,大写只写到千亿元"),
        (1e300, "金额「10000000000000000000……」太大,大写只写到千亿元"),
        (999999999999.999, "金额「999999999999.999」太大,大写只写到千亿元"),
    ],
)
def test_an_amount_is_written_in_capitals(amount, said):
    assert upper(amount) == said


def test_excels_errors_are_told_from_figures_texts_and_blanks():
    given = [-2146826246, -2146826246.0, "#N/A", "N/A", None, "", True, 7, -2147352572]
    read = [excel_value(one) for one in given]
    assert read == ["#N/A", -2146826246.0, "#N/A", "N/A", None, "", True, 7, None]
    assert [isinstance(one, CellError) for one in read] == [
        one in (-2146826246, "#N/A") and not isinstance(one, float) for one in given
    ]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_have_their_letters(number, letters):
    assert column_letters(number) == letters


FIGURES = st.decimals(-(10**12), 10**12, places=2)


@given(st.lists(FIGURES, min_size=1, max_size=8), st.decimals(-2, 2, places=2))
def test_a_total_ties_exactly_as_exact_arithmetic_says(parts, slip):
    total = sum(map(Fraction, parts), Fraction(0)) + Fraction(slip)
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    said = ties(exact, [[one] for one in parts], 0)
    assert (said == "相符") == (slip == 0)
    assert slip == 0 or said == f"不符，差 {numbers.plain(slip)}"


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8), st.integers(-9, 9))
def test_whole_numbers_are_exact(parts, slip):
    said = ties(float(sum(parts) + slip), [[float(one)] for one in parts])
    assert said == (f"不符，差 {slip}" if slip else "相符")


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals()
    | st.dates() | st.datetimes() | st.times() | st.timedeltas() | st.binary()
    | st.from_regex(r"[+-]?[0-9０-９,.]{1,400}", fullmatch=True)
    | st.sampled_from(["#N/A", "#REF!", "Err:504"]).map(CellError),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
    | st.lists(st.lists(inner, max_size=2), max_size=3).map(lambda rows: Block(rows, 1, 1)),
    max_leaves=8,
)  # fmt: skip


@given(CELLS, CELLS, CELLS)
def test_whatever_stands_in_the_cells_the_answer_is_a_sentence_or_a_rate(one, two, three):
    said = ties(one, two, three), rate(one, two), upper(one)
    assert list(map(type, said)) in ([str, str, str], [str, float, str])
    assert max(map(len, map(str, said))) < 500


def test_the_files_that_are_shipped_read_as_python_3_8_with_the_standard_library_alone(tmp_path):
    """As LibreOffice's extension has them: in a folder `workbook` that holds nothing else."""
    ours = SHIPPED[0].parents[2]
    rooms = {one.with_name("__init__.py") for one in SHIPPED}
    for path in [*SHIPPED, *rooms, ours / "workbook" / "__init__.py"]:
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
        place = tmp_path / path.relative_to(ours)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from workbook.figures.cell_functions import *\n"
        "from workbook.figures.cell_functions import __file__ as place\n"
        "from workbook.files.state import log_file, open_log_or_nothing\n"
        "open_log_or_nothing().write(b'')\n"
        "print(ascii([place, ties(101, [[50], [50]]), rate(1, 4), upper(1409.5),\n"
        "             ties(3, Block([[1], [excel_value(-2146826246)]], 1, 2))]))"
    )
    for python in {sys.executable, *_others()}:
        run = subprocess.run(
            [python, "-I", "-S", "-c", program], check=True, capture_output=True, text=True
        )
        assert ast.literal_eval(run.stdout) == [
            str(tmp_path / "workbook" / "figures" / "cell_functions.py"),
            "不符，差 1",
            0.25,
            "壹仟肆佰零玖元伍角",
            "B2是错误值 #N/A,请先改正",
        ]


def _others() -> list[str]:
    """Other Pythons that are at hand; a name on the path may stand for one that is not there."""
    names = ["python3", "python3.8", "python3.9", "python3.10"]
    places = [shutil.which(one, path=path) for one in names for path in (None, "/usr/bin")]
    found = [one for one in places if one]
    asked = {one: subprocess.run([one, "-V"], check=False, capture_output=True) for one in found}
    return [one for one, run in asked.items() if run.returncode == 0]


def test_the_files_that_are_shipped_need_no_newer_names_at_run_time():
    """A union or a subscript of a built-in type in an annotation waits behind the future import."""
    for path in SHIPPED:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
        calls = {n.func.attr for n in ast.walk(tree)
                 if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}  # fmt: skip
        assert calls.isdisjoint({"removeprefix", "removesuffix"}), path
        names = {k.arg for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords}
        assert names.isdisjoint({"strict", "slots", "kw_only"}), path
