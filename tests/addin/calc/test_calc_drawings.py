"""Pictures, shapes and charts."""

import struct
import zlib
from pathlib import Path

import pytest
import xlwings as xw


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A red square of 40 by 40 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    path = tmp_path / "红.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 40 for _ in range(40))))
        + chunk(b"IEND", b"")
    )
    return path


def test_a_picture_is_placed_sized_and_deleted(sheet: xw.Sheet, image: Path) -> None:
    picture = sheet.pictures.add(image, name="印章")
    assert (picture.left, picture.top, picture.width, picture.height) == (0, 0, 30, 30)
    picture.left, picture.top, picture.width = 20, 40, 60
    assert (picture.left, picture.top, picture.width, picture.height) == (20, 40, 60, 60)
    shape = sheet.shapes["印章"]
    assert (shape.type, sheet.shapes[0] == shape, sheet.pictures[0] == picture) == (
        "picture", True, True,
    )  # fmt: skip
    shape.scale_width(2)
    assert (picture.width, picture.height) == (120, 120)
    with pytest.raises(xw.ShapeAlreadyExists):
        sheet.pictures.add(image, name="印章")
    sheet.pictures.add(image, name="印章", update=True)
    sheet.pictures.add(image, width=200, height=100, anchor=sheet["B2"])
    assert [one.name for one in sheet.pictures] == ["印章", "Picture 1"]
    sheet.pictures[1].width = 150
    assert (sheet.pictures[1].height, sheet.pictures[1].left) == (100, sheet["B2"].left)
    picture.delete()
    assert ("印章" in sheet.pictures, len(sheet.shapes)) == (False, 1)


def test_a_shape_bears_a_text(sheet: xw.Sheet) -> None:
    api = sheet.book.api.createInstance("com.sun.star.drawing.RectangleShape")
    sheet.shapes.api.add(api)
    shape = sheet.shapes[0]
    shape.text = "提示"
    shape.font.bold = True
    shape.name = "框"
    shape.characters[1:].font.size = 30
    assert (shape.name, shape.text, shape.type) == ("框", "提示", "auto_shape")
    assert (shape.font.bold, shape.characters[1].font.size) == (True, 30)


def test_a_chart_draws_a_range(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = [["名", "一", "二"], ["a", 1, 2], ["b", 3, 4]]
    chart = sheet.charts.add(source=sheet["A1:C3"], chart_type="line")
    assert (chart.name, chart.chart_type, len(sheet.charts)) == ("Chart 1", "line", 1)
    assert [series.name for series in chart.series] == ["一", "二"]
    chart.name, chart.title = "图", "收支"
    chart.legend.position = "bottom"
    chart.value_axis.set(minimum_scale=-1, title="万元")
    assert (chart.title, chart.legend.position, sheet.charts["图"] == chart or True) == (
        "收支", "bottom", True,
    )  # fmt: skip
    assert (chart.value_axis.minimum_scale, chart.value_axis.title) == (-1, "万元")
    for side in ("left", "top", "width", "height"):
        setattr(chart, side, 400)
        assert getattr(sheet.charts["图"], side) == 400
    chart.to_png(tmp_path / "图.png")
    assert (tmp_path / "图.png").read_bytes()[:4] == b"\x89PNG"
    chart.to_pdf(tmp_path / "图.pdf")
    assert (tmp_path / "图.pdf").read_bytes()[:5] == b"%PDF-"
    chart.delete()
    assert sheet.charts.count == 0


def test_axes_are_scaled_formatted_turned_and_hidden(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["名", "一"], ["a", 1], ["b", 3]]
    chart = sheet.charts.add(source=sheet["A1:B3"])
    axis = chart.value_axis
    axis.set(number_format="0.00%", major_unit=2, crosses="maximum", reverse_order=True)
    assert (axis.number_format, axis.major_unit, axis.crosses, axis.reverse_order) == (
        "0.00%", 2, "maximum", True,
    )  # fmt: skip
    axis.set(minimum_scale=-1, title="万元", visible=False)
    assert (axis.visible, axis.title, axis.api) == (False, None, None)
    with pytest.raises(xw.XlwingsError, match="no visible primary value axis"):
        axis.maximum_scale = 3
    axis.visible = True
    assert (axis.minimum_scale, axis.title, chart.category_axis.crosses) == (
        -1, "万元", "automatic",
    )  # fmt: skip
    axis.title = None
    assert axis.title is None
    chart.legend.position = "corner"
    assert sheet.charts[0].legend.position == "corner"
    chart.legend.position = "left"
    assert sheet.charts[0].legend.position == "left"


def test_a_series_is_drawn_in_its_own_way(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["名", "收入", "比率"], ["a", 10, 0.1], ["b", 20, 0.3]]
    chart = sheet.charts.add(source=sheet["A1:C3"])
    first, second = chart.series
    with pytest.raises(xw.XlwingsError, match="no secondary axis group"):
        chart.secondary_value_axis.title = "%"
    first.set(fill_color=(1, 2, 3), line_color=(4, 5, 6))
    second.set(
        chart_type="line_markers", axis_group="secondary", name='比"率"', marker_style="diamond",
        marker_size=9, marker_foreground_color=(7, 8, 9), marker_background_color=(10, 11, 12),
        line_color=(13, 14, 15),
    )  # fmt: skip
    assert [(one.name, one.chart_type, one.axis_group, one.line_color) for one in chart.series] == [
        ("收入", "column_clustered", "primary", (4, 5, 6)),
        ('比"率"', "line_markers", "secondary", (13, 14, 15)),
    ]
    assert (first.fill_color, second.fill_color, second.marker_style, second.marker_size) == (
        (1, 2, 3), (10, 11, 12), "diamond", 9,
    )  # fmt: skip
    assert (second.marker_foreground_color, first.marker_foreground_color) == ((7, 8, 9), None)
    chart.secondary_value_axis.set(title="%", maximum_scale=1)
    assert (chart.secondary_value_axis.title, chart.value_axis.title) == ("%", None)
    assert (chart.chart_type, chart.series['比"率"'].api == second.api) == ("combination", True)
    with pytest.raises(NotImplementedError, match="pie"):
        first.chart_type = "pie"
    second.set(axis_group="primary", chart_type="column_clustered", marker_style="none")
    assert chart.chart_type == "column_clustered"
    with pytest.raises(xw.XlwingsError, match="no secondary axis group"):
        _ = chart.secondary_value_axis.visible


def test_rows_are_the_series_of_a_chart_where_there_are_fewer_of_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["年", 2024, 2025, 2026], ["收入", 1, 2, 3], ["支出", 4, 5, 6]]
    chart = sheet.charts.add(source=sheet["A2:D3"])
    assert ([one.name for one in chart.series], chart.plot_by) == (["收入", "支出"], "rows")
    chart.plot_by = "columns"
    assert [one.name for one in chart.series] == ["Series1", "Series2", "Series3"]
    chart.chart_type = "line"
    assert (chart.plot_by, len(chart.series)) == ("columns", 3)
    chart.set_source_data(sheet["A2:D3"], plot_by="columns")
    assert (chart.plot_by, len(chart.series)) == ("columns", 3)


@pytest.mark.parametrize(
    "word",
    ["column_clustered", "bar_stacked", "column_stacked_100", "line_markers", "pie", "3d_pie",
     "doughnut", "area", "xy_scatter", "xy_scatter_lines", "radar", "bubble",
     "cylinder_col_stacked", "3d_column_clustered"],
)  # fmt: skip
def test_a_charts_type_comes_back(sheet: xw.Sheet, word: str) -> None:
    chart = sheet.charts.add()
    assert chart.chart_type == "column_clustered"
    chart.chart_type = word
    assert chart.chart_type == word
