"""Bend filled workbooks at random, and list every field that is misread without a word.

python tools/edit_books.py small 2000
python tools/edit_books.py department 300 1000        # from the seed 1000 on
python tools/edit_books.py calc 20                    # small, in LibreOffice, 15 edits a book
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


def in_calc(count: int, first: int) -> int:
    """The same of workbooks that LibreOffice bends, looked at after each edit."""
    from addin.calc.program.office import start  # noqa: PLC0415 - needs LibreOffice
    from tools.editing.in_calc import EACH, bent_in_calc  # noqa: PLC0415 - the same

    made, wrong, office = MADE["small"](), 0, start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "填报.xlsx"), Path(folder, "改过.xlsx")
            fill(made, source)
            for seed in range(first, first + count):
                for done in bent_in_calc(office, source, target, seed):
                    if found := misread(target, made[0]):
                        wrong += 1
                        print(f"{seed}: {'; '.join(done)}", *found, sep="\n  ")
    finally:
        office.close()
    print(f"{count} workbooks bent, {EACH} edits each, {wrong} times misread")
    return int(wrong > 0)


if __name__ == "__main__":
    words = sys.argv[1:]
    given = int(words[1]), int(words[2]) if len(words) > 2 else 0
    sys.exit(in_calc(*given) if words[0] == "calc" else main(words[0], *given))
