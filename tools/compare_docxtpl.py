"""Run the tests of docxtpl with docxtpl and with Gouji, and list what comes out otherwise.

    python tools/compare_docxtpl.py CHECKOUT [SCRIPT.py]

CHECKOUT is a folder of docxtpl's sources, with `tests/*.py` and their templates. Each script runs
three times in a copy of that folder: as it is; with `gouji` in its import line; and with docxtpl's
own objects (RichText, InlineImage …) given to our template. Ours run also with every run of the
templates cut into single letters. Of each document that a script writes the paragraphs, the texts
and looks of runs, tables and pictures are compared with what docxtpl made of the whole template.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.docxtpl_tests.cut import cut_into_letters  # noqa: E402 - the path comes first
from tools.docxtpl_tests.told import told  # noqa: E402

NOT_RUN: Final = ("runtests.py", "__init__.py")
MOST_LINES: Final = 14  # of a difference that are shown
_IMPORT: Final = re.compile(r"(?m)^(?:from docxtpl(?:\.\w+)? import .*|import docxtpl.*)$")
Outcome = Mapping[str, list[str]]
Change = Callable[[str], str]


def main(checkout: Path, name: str = "*.py") -> int:
    """Print each script's outcome; the exit status says whether all are the same."""
    scripts = sorted(one for one in (checkout / "tests").glob(name) if one.name not in NOT_RUN)
    differing = 0
    for script in scripts:
        wanted = outcome(script, lambda text: text, is_cut=False)
        for is_cut in (False, True):
            for way, change in (("import line", other_import), ("own objects", own_objects)):
                found = list(differences(wanted, outcome(script, change, is_cut=is_cut)))
                differing += bool(found)
                told_as = f"{script.name}, {way}{', cut' if is_cut else ''}"
                print(f"{told_as}: {'differs' if found else f'same ({len(wanted)} files)'}")
                print(*found[:MOST_LINES], sep="\n", end="\n" if found else "", flush=True)
    print(f"{len(scripts)} scripts, {4 * len(scripts)} runs of ours: {differing} differ")
    return int(differing > 0)


def other_import(script: str) -> str:
    """The script with `gouji` in the line that imports docxtpl."""
    return _IMPORT.sub(lambda line: line[0].replace("docxtpl", "gouji"), script)


def own_objects(script: str) -> str:
    """The script with docxtpl's objects and our template."""
    return _IMPORT.sub(lambda line: f"{line[0]}\nfrom gouji import DocxTemplate", script)


def outcome(script: Path, change: Change, *, is_cut: bool) -> Outcome:
    """What stands in each document that the script writes, and what it complained of."""
    with tempfile.TemporaryDirectory() as folder:
        tests = Path(folder, "tests")
        shutil.copytree(script.parent, tests)
        if is_cut:
            for template in tests.rglob("*tpl*.docx"):
                cut_into_letters(template)
        before = _documents(tests)
        (tests / script.name).write_text(change(script.read_text(encoding="utf-8")), "utf-8")
        (tests / "output").mkdir(exist_ok=True)
        run = subprocess.run(
            [sys.executable, script.name], cwd=tests, capture_output=True, check=False, text=True
        )
        after = _documents(tests)
        made = {path for path, data in after.items() if before.get(path) != data}
        lines = {str(path): told(tests / path) for path in sorted(made)}
        return {**lines, "stderr": run.stderr.splitlines()[-1:] if run.returncode else []}


def _documents(tests: Path) -> dict[Path, bytes]:
    return {path.relative_to(tests): path.read_bytes() for path in tests.rglob("*.docx")}


def differences(wanted: Outcome, found: Outcome) -> Iterator[str]:
    """The lines in which two outcomes differ."""
    for name in sorted({*wanted, *found}):
        lines = unified_diff(
            wanted.get(name, []),
            found.get(name, []),
            f"{name} docxtpl",
            f"{name} gouji",
            "",
            "",
            1,
            "",
        )
        yield from lines


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
