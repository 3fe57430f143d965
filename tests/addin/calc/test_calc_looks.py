"""What cells look like."""

import pytest
import xlwings as xw

SIDES = ["edge_top", "edge_bottom", "edge_left", "edge_right", "inside_vertical",
         "inside_horizontal", "diagonal_down", "diagonal_up"]  # fmt: skip


def test_fonts_are_set_and_read(sheet: xw.Sheet) -> None:
    font = sheet["A1"].font
    assert (font.bold, font.italic, font.color) == (False, False, (0, 0, 0))
    font.set(bold=True, italic=True, size=14.5, color="#ff0000", name="仿宋")
    assert (font.bold, font.italic, font.size, font.color, font.name) == (
        True, True, 14.5, (255, 0, 0), "仿宋",
    )  # fmt: skip
    assert sheet["A1:A2"].font.bold is None


def test_parts_of_a_text_have_their_own_font(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "text"
    characters = sheet["A1"].characters
    characters[1:3].font.bold = True
    characters[3].font.color = (0, 0, 255)
    assert [characters[place].font.bold for place in range(4)] == [False, True, True, False]
    assert (characters[1:3].text, characters[3].font.color) == ("ex", (0, 0, 255))


def test_colours_are_taken_in_every_form(sheet: xw.Sheet) -> None:
    colours = []
    for colour in ((30, 100, 200), "#00ff00", 0xFF0000, None):
        sheet["A1"].color = colour
        colours.append(sheet["A1"].color)
    assert colours == [(30, 100, 200), (0, 255, 0), (0, 0, 255), None]
    sheet["A1:B1"].set_colors([[(1, 2, 3), ...]])
    assert [sheet["A1"].color, sheet["B1"].color, sheet["A1:B1"].color] == [(1, 2, 3), None, None]


@pytest.mark.parametrize("text", ["General", "0.00", "mm/dd/yy;@", '[Red]0"元"', "@", "yyyy-mm-dd"])
def test_number_formats_come_back_as_they_were_written(sheet: xw.Sheet, text: str) -> None:
    sheet["A1:B2"].number_format = text
    assert sheet["A1:B2"].number_format == text


def test_differing_number_formats_are_none(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "0.00"
    assert sheet["A1:A2"].number_format is None


def test_sizes_are_measured_in_excels_units(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].column_width = 10
    sheet["A1:B2"].row_height = 60
    assert (sheet["A1"].column_width, sheet["A1"].row_height, sheet["A1:A2"].height) == (
        10,
        60,
        120,
    )
    sheet["B2"].column_width = 20
    sheet["B2"].row_height = 20
    assert (sheet["A1:B2"].column_width, sheet["A1:B2"].row_height) == (None, None)
    assert (sheet["A1"].left, sheet["A1"].top) == (0, 0)
    assert (sheet["B1"].left, sheet["B2"].top) == (sheet["A1"].width, sheet["A1"].height)


@pytest.mark.parametrize("word", ["general", "left", "center", "right", "fill", "justify",
                                  "distributed"])  # fmt: skip
def test_horizontal_alignment_comes_back(sheet: xw.Sheet, word: str) -> None:
    sheet["A1"].horizontal_alignment = word
    assert sheet["A1"].horizontal_alignment == word


@pytest.mark.parametrize("word", ["top", "center", "bottom", "justify", "distributed"])
def test_vertical_alignment_comes_back(sheet: xw.Sheet, word: str) -> None:
    assert sheet["A1"].vertical_alignment == "bottom"
    sheet["A1"].vertical_alignment = word
    assert sheet["A1"].vertical_alignment == word


def test_wrapping_is_set_and_read(sheet: xw.Sheet) -> None:
    sheet["A1"].wrap_text = True
    assert [sheet[where].wrap_text for where in ("A1", "A2", "A1:A2")] == [True, False, None]


@pytest.mark.parametrize("style", ["continuous", "dash", "dash_dot", "dash_dot_dot", "dot",
                                   "double", "slant_dash_dot"])  # fmt: skip
def test_each_side_takes_each_kind_of_line(sheet: xw.Sheet, style: str) -> None:
    borders = sheet["B2:D4"].borders
    for side in SIDES:
        borders[side].line_style = style
    assert [borders[side].line_style for side in SIDES] == [style] * len(SIDES)
    borders.clear()
    assert [borders[side].line_style for side in SIDES] == ["none"] * len(SIDES)


@pytest.mark.parametrize("weight", ["hairline", "thin", "medium", "thick"])
def test_each_side_takes_each_weight_and_colour(sheet: xw.Sheet, weight: str) -> None:
    borders = sheet["B2:D4"].borders
    borders.set("everything", line_style="continuous", weight=weight, color="#ff0000")
    assert {borders[side].weight for side in SIDES} == {weight}
    assert [borders[side].color for side in SIDES] == [(255, 0, 0)] * 6 + [None] * 2
    assert sheet["C3"].borders["diagonal_up"].color == (255, 0, 0)
    assert (borders.line_style, borders.weight, borders.color) == (
        "continuous", weight, (255, 0, 0),
    )  # fmt: skip


def test_setting_some_sides_leaves_the_others(sheet: xw.Sheet) -> None:
    borders = sheet["B2:D4"].borders
    borders.set("outside", line_style="double", color=(255, 0, 0))
    borders.set("inside", line_style="dash", weight="medium")
    assert [borders[side].line_style for side in SIDES] == ["double"] * 4 + ["dash"] * 2 + [
        "none"
    ] * 2
    borders.clear("outside")
    assert [borders[side].line_style for side in SIDES] == ["none"] * 4 + ["dash"] * 2 + [
        "none"
    ] * 2
    assert borders.line_style is None


def test_neighbours_agree_on_the_line_between_them(sheet: xw.Sheet) -> None:
    sheet["B2"].borders["edge_right"].line_style = "double"
    assert sheet["C2"].borders["edge_left"].line_style == "double"
    sheet["C2"].borders["edge_left"].line_style = None
    assert sheet["B2"].borders["edge_right"].line_style == "none"
