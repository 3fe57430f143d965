"""The manifest of a report written and read: the texts of all figures stand together."""

from dataclasses import replace

import pytest

from docgen.manifest.blocks import NO_TABLE, Trace
from docgen.manifest.reading import Drawn, Manifest, Point, Printed, read_manifest
from docgen.manifest.writing import written
from docgen.template.word.xml import joined, parted
from docgen.template.write.marks import NAMESPACE, sealed

ROW = Printed(
    "_gj3_3000002", "{{ 项.金额 }}", ("项目[*].金额",), "项目支出!C12", "统战经费", "0.03"
)
FIGURES = (
    Printed("_gj0", "{{ a + b }}", ("a", "b"), "甲!C3、甲!C4", "", "5"),
    Printed("_gj1", "{{ c }}", ("c",), "", "", r"<甲|乙\丙>" + "\n"),
    Printed("_gj2", "{{ d }}", (), "", "", ""),
    ROW,
)


@pytest.mark.parametrize(
    "texts",
    [
        ["a"],
        [""],
        ["", ""],
        ["a|b"],
        ["a", "|"],
        ["\\", "-"],
        ["\\-", "|", ""],
        ["甲\n乙", "\\\\|"],
    ],
)
def test_texts_that_are_joined_come_apart_again(texts: list[str]) -> None:
    assert list(parted(joined(texts))) == texts


UNKNOWN = tuple(replace(one, raw=None) for one in FIGURES)


@pytest.mark.parametrize(
    "figures",
    [
        FIGURES,
        FIGURES[2:3],
        (),
        (ROW,),
        UNKNOWN,
        (UNKNOWN[0], replace(ROW, raw="312.5"), FIGURES[1]),
    ],
)
def test_a_manifest_reads_as_it_was_written(figures: tuple[Printed, ...]) -> None:
    chart = Drawn(
        "_gjchart3000009", "{{p 项目|bar_chart }}", (Point("项目!C6", "4.68", "项目[*].金额"),)
    )
    traces = (Trace("1a2b3c4d", "_gj0"), Trace("0c0ffee0", "_gj3_3000002", 0))
    manifest = Manifest({"kind": "department"}, figures, (chart,), traces)
    assert read_manifest(written(manifest)) == manifest
    assert traces[0].table == NO_TABLE


def test_the_figures_of_an_older_report_have_an_element_each() -> None:
    listed = (
        "<tag><name>_gj0</name><text>{{ a + b }}</text><path>a</path><path>b</path>"
        "<cell>甲!C3</cell><cell>甲!C4</cell></tag>"
        "<tag><name>_gj3</name><text>{{ 项.金额 }}</text></tag>"
        "<figure><name>_gj0</name><value>5</value></figure>"
        "<figure><name>_gj3_3000002</name><path>项目[*].金额</path><key>统战经费</key>"
        "<cell>项目支出!C12</cell><value>0.03</value></figure>"
    )
    read = read_manifest(sealed(listed))
    assert read == Manifest({}, tuple(replace(one, raw=None) for one in (FIGURES[0], ROW)))


def test_columns_of_different_lengths_list_no_figure() -> None:
    content = f'<figures xmlns="{NAMESPACE}"><names>_gj0|_gj1</names><values>1</values></figures>'
    assert read_manifest(content.encode()) == Manifest({}, ())
