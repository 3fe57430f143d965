"""Makes everything that Gouji makes with two checkouts and prints in which parts they differ.

usage: python tools/compare_checkouts.py BEFORE AFTER

For changes that must not be seen from outside. The clock stands still; each checkout is asked for
each kind's workbook, blank, filled and spoiled, its findings, annotated copy, report, draft, next
year's workbook and the workbook that its report is read back into, and for the add-in and the
extension. Files are compared member by member, files inside of files too, and the add-in's VBA
module by module. Ends with 1 where anything differs.
"""

import difflib
import io
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from freezegun import freeze_time
from oletools.olevba import VBA_Parser
from openpyxl import load_workbook

DRIVER = """
import sys
from importlib import import_module
from freezegun import freeze_time
module, _, function = sys.argv.pop(1).partition(":")
freeze_time(sys.argv.pop(1)).start()
getattr(import_module(module), function)()
"""
NOW = "2026-03-04 05:06:08"
KINDS = ("department", "project", "project_sichuan")
SLIP = "7.77"  # what spoils a workbook: typed over the last figure that stands alone


def produce(checkout: Path, folder: Path) -> None:
    """All that a checkout makes, into an empty folder."""
    for kind in KINDS:
        run(checkout, folder, "new", kind, f"{kind}.xlsx")
        run(checkout, folder, "new", kind, f"{kind} 样例.xlsx", "--sample")
        spoil(folder / f"{kind} 样例.xlsx", folder / f"{kind} 有错.xlsx")
        for name in (kind, f"{kind} 样例", f"{kind} 有错"):
            run(checkout, folder, "check", f"{name}.xlsx", "--annotate", f"{name} 批注.xlsx")
            run(checkout, folder, "check", f"{name}.xlsx", "--json")
            run(checkout, folder, "report", f"{name}.xlsx", f"{name}.docx")
            run(checkout, folder, "report", f"{name}.xlsx", f"{name} 草稿.docx", "--draft")
            run(checkout, folder, "rollover", f"{name}.xlsx", f"{name} 下年.xlsx")
        run(checkout, folder, "import", f"{kind} 样例.docx", f"{kind} 读回.xlsx", "--kind", kind)
    run(checkout, folder, "kinds")
    run(checkout, folder, "addin", "build", "gouji.xlam")
    run(checkout, folder, "addin", "extension", "gouji.oxt")


def run(checkout: Path, folder: Path, *words: str) -> None:
    """One command; what it said stands beside the files, under the command's own words."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    command = [sys.executable, "-c", DRIVER, project["scripts"]["gouji"], NOW, *words]
    place = {"PYTHONPATH": str(checkout), "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | place, capture_output=True, text=True, check=False
    )
    said = f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    Path(folder, " ".join(words) + ".said").write_text(said, encoding="utf-8")


def spoil(source: Path, target: Path) -> None:
    """A copy with one figure typed wrong."""
    book = load_workbook(source)
    for name in reversed(list(book.defined_names.values())):
        for sheet, address in name.destinations:
            if "$" in address and ":" not in address:
                cell = book[sheet][address.replace("$", "")]
                if isinstance(cell.value, int | float) and cell.number_format.startswith("#,##0."):
                    cell.value = float(SLIP)
                    with freeze_time(NOW):
                        book.save(target)
                    return
    raise ValueError(source)


def differences(before: Path, after: Path) -> Iterator[str]:
    """A line for each file that only one side made, and the lines of each part that differs."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for name in sorted(names):
        sides = [folder / name for folder in (before, after)]
        if not all(side.exists() for side in sides):
            yield f"{name}: only made by {'BEFORE' if sides[0].exists() else 'AFTER'}"
            continue
        first, second = (dict(parts(side.read_bytes(), name)) for side in sides)
        for part in sorted(first.keys() | second.keys()):
            yield from difference(part, first.get(part), second.get(part))


def parts(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """A file's parts by their path: members of zips, modules of VBA, or the file itself."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield f"{name}: order", "\n".join(package.namelist()).encode()
            for member in package.infolist():
                yield from parts(package.read(member), f"{name}/{member.filename}")
    elif name.endswith("vbaProject.bin"):
        for _, _, module, code in VBA_Parser(name, content).extract_macros():
            yield f"{name}/{module}", code.encode()
    else:
        yield name, content


def difference(part: str, first: bytes | None, second: bytes | None) -> Iterator[str]:
    """What differs of one part, as lines where it is text."""
    if first == second:
        return
    if first is None or second is None:
        yield f"{part}: only in {'AFTER' if first is None else 'BEFORE'}"
        return
    yield f"{part}: differs"
    try:
        sides = [side.decode().replace("><", ">\n<").splitlines() for side in (first, second)]
    except UnicodeDecodeError:
        return
    for line in difflib.unified_diff(*sides, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield f"    {line[:300]}"


def main() -> None:
    """Make both sides, compare, say what differs."""
    checkouts = [Path(word).resolve() for word in sys.argv[1:3]]
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder, side) for side in ("before", "after")]
        for checkout, side in zip(checkouts, sides, strict=True):
            side.mkdir()
            produce(checkout, side)
        found = list(differences(*sides))
        made = len(list(sides[1].iterdir()))
    print("\n".join(found))
    print(f"{made} files and answers compared, {len(found)} lines of difference")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
