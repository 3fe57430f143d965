"""Edit a report at random as people do, and list what audit and refresh do wrong with it.

python tools/edit_reports.py 1000
python tools/edit_reports.py 1000 5000                # from the seed 5000 on
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.editing.reports import Trials  # noqa: E402 - the path comes first


def main(count: int, first: int) -> int:
    """Print what is wrong; the exit status says whether anything is."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        for seed in range(first, first + count):
            if found := trials.faults(seed):
                wrong += 1
                print(*found, sep="\n")
    print(f"{count} reports edited, {wrong} of them judged or refreshed wrongly")
    return int(wrong > 0)


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]), int(words[1]) if len(words) > 1 else 0))
