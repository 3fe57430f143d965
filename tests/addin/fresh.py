"""A Python of its own that has the libraries of some requirements and no others.

Nothing is downloaded: the libraries that run the tests are linked into it.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

SITE = Path("lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "site-packages")


def fresh_python(folder: Path, requirements: Iterable[str]) -> Path:
    """The interpreter of a new virtual environment in `folder`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    for name in _with_what_they_need(requirements):
        for source in _places(name):
            if not (folder / SITE / source.name).exists():
                (folder / SITE / source.name).symlink_to(source)
    return folder / "bin" / "python"


def put_in(wheel: Path, python: Path) -> None:
    """Install a wheel as `pip install` does, without asking for what it needs."""
    pip = [sys.executable, "-m", "pip", "--python", python, "install"]
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, *options, wheel], check=True)


def _with_what_they_need(requirements: Iterable[str]) -> set[str]:
    """The names of the distributions, and of all that those require."""
    found: set[str] = set()
    left = list(requirements)
    while left:
        wanted = Requirement(left.pop())
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        assert wanted.specifier.contains(distribution(name).version), wanted
        found.add(name)
        left += distribution(name).requires or []
    return found


def _places(name: str) -> Iterator[Path]:
    """What of a distribution lies in site-packages; programs and pages beside it are left out."""
    files = distribution(name).files or []
    for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
        yield Path(str(distribution(name).locate_file(top)))
