"""A bureau's desk for the tests: a kind of a few cells, a list of units, real processes."""

from dataclasses import replace
from decimal import Decimal
from ipaddress import ip_network

import pytest
from bureau_site import URL, Clock, Site
from empty_document import empty_document
from income_form import FORM, RULES
from openpyxl import Workbook

from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.keeping.model import Options
from workbook.checking.kinds import find_kind
from workbook.reading.spots import referred
from workbook.saving.edited import Edited
from workbook.years.beginning import new_workbook

LIST = [
    ("单位名称", "单位代码", "上级", "种类"),
    ("一中", "001", "教育局", "收支"),
    ("二中", "002", "教育局", None),
    ("三中", None, None, None),
    *((f"第{number}小学", f"{number:03}", "教育局", None) for number in range(100, 150)),
]


@pytest.fixture(scope="session")
def kinds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    kind = folder / "收支"
    kind.mkdir()
    (kind / "form.toml").write_text(FORM, encoding="utf-8")
    (kind / "rules.toml").write_text(RULES, encoding="utf-8")
    document = empty_document()
    document.add_paragraph("{{ 单位名称 }}{{ 年度 }}年收入 {{ 收入 }} 万元。")
    document.save(kind / "report.docx")
    return folder


@pytest.fixture(scope="session")
def blank(kinds):
    return new_workbook(find_kind("收支", kinds))


@pytest.fixture(scope="session")
def filled(blank):
    """Gives the bytes of a filled workbook."""

    def fill(name="一中", code=None, income="3.00", spent="1.00", rest="2.00", year=2022):
        file = Edited(blank)
        typed = {"单位名称": name, "单位代码": code, "年度": year}
        typed |= {"收入": Decimal(income), "支出": Decimal(spent), "结余": Decimal(rest)}
        file.put({referred(file.book.names[key]): value for key, value in typed.items()})
        return file.data()

    return fill


@pytest.fixture(scope="session")
def listed(tmp_path_factory):
    path = tmp_path_factory.mktemp("名 单") / "名单.xlsx"
    book = Workbook()
    for row in LIST:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="session")
def options(kinds, listed, tmp_path_factory):
    """How the desk of the tests is run; its folder is new each time."""

    def make(**changed):
        made = Options(
            tmp_path_factory.mktemp("报 送?#%") / "台",
            URL,
            listed,
            templates=kinds,
            jobs=1,
            timeout=60,
            most_bytes=1 << 20,
            header="X-Remote-User",
            believed=(ip_network("10.0.0.1"),),
            heads=("财务科",),
        )
        return replace(made, **changed)

    return make


@pytest.fixture(scope="session")
def site(options):
    """A desk that tests share, each with a unit of its own."""
    clock = Clock()
    desk = Desk(options(), clock)
    yield Site(desk, clock)
    desk.close()
