"""In which of three ways this computer lets a clerk work: Excel's ribbon, WPS' own, the desk."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from addin.install.computer import Computer
from addin.install.office import has_office, has_wps
from addin.install.page_line import Line, State

WHAT: Final = "能用的办法"
DESK: Final = "填报台(gouji desk 填报.xlsx,在浏览器里,不用宏)"
NO_DESK: Final = '填报台(先运行 pip install "gouji[desk]")'
OF_WPS: Final = "WPS 里的按钮(gouji addin install --wps)"
OF_EXCEL: Final = "Excel 里的按钮"
OF_CALC: Final = "LibreOffice 里的按钮(gouji addin extension gouji.oxt)"
# What the extra brings.
_NEEDED: Final = ("fastapi", "uvicorn", "multipart", "pypdfium2", "PIL", "sqlalchemy")


def has_desk() -> bool:
    """Whether what the desk needs is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def ways_line(computer: Computer, of_addin: Sequence[Line]) -> Line:
    """The ways that are open, as far as the lines on the add-in tell."""
    desk = DESK if has_desk() else NO_DESK
    if computer.system == "other":
        return Line(WHAT, f"{OF_CALC};有 WPS 的,{OF_WPS};都不装也行,{desk}")
    wps = [OF_WPS] if computer.system == "windows" and has_wps(computer) else []
    if wps and not has_office(computer):
        return Line(WHAT, f"{'、'.join([*wps, desk])}。这台电脑只有 WPS", State.TO_KNOW)
    if all(line.is_well for line in of_addin):
        return Line(WHAT, "、".join([OF_EXCEL, *wps, desk]))
    left = "、".join([desk, *wps])
    return Line(WHAT, f"{left}。{OF_EXCEL}现在用不了,原因见上面的 ✗", State.TO_KNOW)
