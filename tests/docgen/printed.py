"""A Word document as LibreOffice prints it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

TOOLS = ("pdftotext", "pdftoppm")


def printed(document: bytes, folder: Path, convert: Callable[[Path, str, Path], Path]) -> Path:
    """The PDF that LibreOffice makes of `document`."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    (folder / "printed.docx").write_bytes(document)
    return convert(folder / "printed.docx", "pdf", folder)


def page_texts(pdf: Path) -> list[str]:
    """The text of each page, its lines as they are printed."""
    return run("pdftotext", "-layout", str(pdf), "-").decode().removesuffix("\f").split("\f")


def page_pixels(pdf: Path) -> list[bytes]:
    """The grey values of each page's pixels, 0 being black."""
    run("pdftoppm", "-gray", "-r", "30", str(pdf), str(pdf.with_suffix("")))
    pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))
    return [page.read_bytes().split(b"\n", 3)[3] for page in pages]


def run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
