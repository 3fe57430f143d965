"""Make the workbooks of many units, some of them with a slip, to try a batch on.

    python tools/make_units.py FOLDER 1000                # of which 100 have a slip
    python tools/make_units.py FOLDER 1000 250 7          # 250 have, by the seed 7

FOLDER/收 holds the workbooks of three counties and of towns within them, FOLDER/名单.xlsx the list
of units, FOLDER/错误.csv which workbook has which slip, and the rule or reading that it breaks.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.units.folder import make_folder  # noqa: E402 - the path comes first

if __name__ == "__main__":
    folder, count, slips, seed = [*sys.argv[1:], "", ""][:4]
    made = make_folder(Path(folder), int(count), int(slips or int(count) // 10), int(seed or 1))
    print(f"{count} workbooks, {len(made)} of them with a slip, in {folder}")
