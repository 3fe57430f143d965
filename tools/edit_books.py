"""Bend filled workbooks at random, and list every field that is misread without a word.

python tools/edit_books.py small 2000
python tools/edit_books.py department 300 1000        # from the seed 1000 on
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.editing.kinds import MADE, bent, fill  # noqa: E402 - the path comes first
from tools.editing.reading import misread  # noqa: E402


def main(name: str, count: int, first: int) -> int:
    """Print what is misread; the exit status says whether anything is."""
    made = MADE[name]()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "填报.xlsx"), Path(folder, "改过.xlsx")
        fill(made, source)
        for seed in range(first, first + count):
            done = bent(source, target, made[0], seed)
            if found := misread(target, made[0]):
                wrong += 1
                print(f"{seed}: {'; '.join(done)}", *found, sep="\n  ")
    print(f"{count} workbooks bent, {wrong} misread")
    return int(wrong > 0)


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(words[0], int(words[1]), int(words[2]) if len(words) > 2 else 0))
