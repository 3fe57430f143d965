"""Where kinds are looked for: an extra folder, GOUJI_TEMPLATES, the settings, the built-in one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workbook.files.settings import settings

SEARCH_PATH: Final = "GOUJI_TEMPLATES"
FORM: Final = "form.toml"
_OTHERS: Final = ("rules.toml", "sample.toml", "report.docx")


def kind_folders(extra: Path | None = None) -> dict[str, Path]:
    """Folders that hold a `form.toml`, by name; of several the first on the way, see `others`."""
    return {name: found[0] for name, found in kind_places(extra).items()}


def kind_places(extra: Path | None = None) -> dict[str, list[Path]]:
    """All folders that hold a `form.toml`, by name, those that win before the others."""
    found: dict[str, list[Path]] = {}
    for root in roots(extra):
        for path in sorted(root.glob(f"*/{FORM}")):
            places = found.setdefault(path.parent.name, [])
            if not any(path.parent.samefile(place) for place in places):
                places.append(path.parent)
    return found


def others(folder: Path, extra: Path | None = None) -> list[str]:
    """The other folders with a kind of the same name, as a sentence calls them."""
    places = kind_places(extra).get(folder.name, [])
    built_in = _built_in()
    return [
        "自带的那一份" if place.parent == built_in else f"{place} 里的"
        for place in places
        if not place.samefile(folder)
    ]


def overlooked(extra: Path | None = None) -> list[str]:
    """What lies where kinds are looked for and is none, though somebody may think that it is."""
    said = list(settings().faults)
    for root in roots(extra):
        if not root.is_dir():
            said.append(f"{root}:没有这个文件夹(写在 {SEARCH_PATH} 或设置里)")
            continue
        for path in sorted(root.glob(f"*/*/{FORM}")):
            if not (path.parent.parent / FORM).exists():
                said.append(f"{path.parent}:深了一层,没有读;请把它移到 {root} 里")
        for folder in sorted(one for one in root.iterdir() if one.is_dir()):
            has_files = any((folder / name).exists() for name in _OTHERS)
            if has_files and not (folder / FORM).exists():
                said.append(f"{folder}:没有 {FORM},不算一种报告")
        if (root / FORM).exists():
            said.append(f"{root} 自己就是一种报告:--templates 要写它的上一层")
    return said


def roots(extra: Path | None = None) -> Iterator[Path]:
    """The folders that hold kinds, in the order in which they are looked through."""
    if extra is not None:
        yield extra
    yield from (Path(p) for p in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if p)
    yield from settings().kinds
    yield _built_in()


def _built_in() -> Path:
    here = Path(__file__).resolve().parent.parent
    # An installed wheel carries the folder inside the package, a checkout beside it.
    return here / "templates" if (here / "templates").is_dir() else here.parent / "templates"
