"""Take the manual's picture of the task pane in WPS: the pages in Chromium, on the tests' double.

    python tools/take_wps_picture.py [FOLDER]

Needs Chromium and ImageMagick. It is run by hand like tools/take_pictures.py.
"""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "desk"), str(ROOT / "tests" / "desk" / "wps")]

from opened import desk_running, wps_started  # noqa: E402 - the path comes first
from visiting import chromium  # noqa: E402 - as above

from tools.units.slips import SLIPS  # noqa: E402 - as above
from workbook.checking.kinds import find_kind  # noqa: E402 - as above
from workbook.making.build import as_bytes, build_workbook  # noqa: E402 - as above

SLIPPED = ("基本支出两位颠倒", "金额里写了字", "漏填成文日期")
LOW = 640  # of a picture whose lower part would be more of the same


def take(picture: Path) -> None:
    """Take the pane after a check of the sample with three slips."""
    kind = find_kind("department")
    assert kind.sample is not None
    typed = {key: one for slip in SLIPS if slip.name in SLIPPED for key, one in slip.typed.items()}
    sample = replace(kind.sample, fields={**kind.sample.fields, **typed})
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, desk_running() as desk:
        book = Path(folder, "填报.xlsx")
        book.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, sample)))
        with wps_started(browser, desk) as wps:
            wps.page.goto(f"{desk.address}index.html")
            wps.open_file(book)
            wps.click("validate")
            wps.pane.wait_for_selector("button.finding")
            wps.pane.set_viewport_size({"width": 420, "height": LOW})
            wps.pane.screenshot(path=picture)
    subprocess.run(
        ["convert", picture, "-bordercolor", "#BFC7D1", "-border", "1", "-colors", "128", picture],
        check=True,
    )


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "clerk", "wps.png"))
