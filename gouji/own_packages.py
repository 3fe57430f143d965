"""Whether Python finds our own packages under their names, or somebody else's.

`workbook` is a name that many a script or folder bears. Python takes the first on its path, and
then says of ours that they do not exist.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGES: Final = ("workbook", "docgen", "addin")
_ROOT: Final = Path(__file__).resolve().parent.parent  # where all of ours lie side by side


def foreign_package() -> str | None:
    """The sentence that names what stands in the way of one of ours; None where nothing does."""
    if getattr(sys, "frozen", False):  # the program for computers without Python has its own path
        return None
    for name in PACKAGES:
        place = _place(name)
        if place is None:
            return f"勾稽没有装全,缺少程序包 {name}。请重新安装勾稽。"
        if place.resolve() != _ROOT / name:
            return (
                f"「{place}」和勾稽自己的程序包 {name} 重名,又排在它前面,勾稽因此不能运行。"
                "请把它改名或移到别处,或者换一个文件夹再运行。"
            )
    return None


def _place(name: str) -> Path | None:
    """The folder or file that Python takes under this name, whether or not it is loaded yet."""
    try:
        spec = find_spec(name)
    except ValueError:  # something that was put among the modules by hand
        return Path(getattr(sys.modules[name], "__file__", None) or name)
    if spec is None:
        return None
    if spec.submodule_search_locations is None:
        return Path(spec.origin or name)
    return Path(next(iter(spec.submodule_search_locations)))
