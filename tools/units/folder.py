"""A folder of workbooks as a bureau collects them, with the list of units."""

import csv
from pathlib import Path
from random import Random
from typing import Final

from openpyxl import Workbook

from tools.units.making import KIND, Maker
from tools.units.slips import SLIPS, Slip

COUNTIES: Final = ("河口县", "金平县", "绿春县")
BOOKS, LIST, TRUTH = "收", "名单.xlsx", "错误.csv"


def make_folder(folder: Path, count: int, slips: int, seed: int = 1) -> dict[str, Slip]:
    """Make `count` workbooks, `slips` of them with a slip each; which has which, by its path."""
    random, maker = Random(seed), Maker()
    chosen = sorted(random.sample(range(count), slips))
    wrong = {number: SLIPS[place % len(SLIPS)] for place, number in enumerate(chosen)}
    truth, units = {}, []
    for number in range(count):
        county, town = COUNTIES[number % 3], f"{number // 3 % 20 + 1} 号镇"
        name, code = f"{county}第{number + 1}中心小学", f"{532500 + number % 3}{number:05d}"
        path = f"{county}/{town}/{name}(报 局){number % 7}.xlsx"
        place = folder / BOOKS / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(maker.workbook(name, random, wrong.get(number)))
        units.append((name, code, f"{county}教育局", KIND))
        if number in wrong:
            truth[path] = wrong[number]
    _write_list(folder / LIST, units)
    with (folder / TRUTH).open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("工作簿", "错误", "违反"))
        lines.writerows((path, slip.name, slip.breaks) for path, slip in truth.items())
    return truth


def _write_list(path: Path, units: list[tuple[str, str, str, str]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(("应交绩效自评报告的单位",))
    sheet.append(("单位名称", "单位代码", "上级", "种类"))
    for unit in units:
        sheet.append(unit)
    book.save(path)
