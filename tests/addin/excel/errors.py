"""What Excel's refusals look like when they come out of pywin32."""

from typing import Final

EXCEPTION: Final = -2147352567  # DISP_E_EXCEPTION, the details are in `excepinfo`
FAILED: Final = -2146827284  # 0x800A03EC, Excel's "no" to nearly everything
BAD_INDEX: Final = -2147352565  # DISP_E_BADINDEX
UNKNOWN_NAME: Final = -2147352570  # DISP_E_UNKNOWNNAME
TYPE_MISMATCH: Final = -2147352571  # DISP_E_TYPEMISMATCH
REJECTED: Final = -2147418111  # 0x80010001 RPC_E_CALL_REJECTED
IGNORED: Final = -2146777998  # 0x800AC472 VBA_E_IGNORE
UNAVAILABLE: Final = -2147023174  # 0x800706BA RPC_S_SERVER_UNAVAILABLE

Details = tuple[int, str | None, str | None, str | None, int, int]


class ComError(Exception):
    """As `pywintypes.com_error`: four arguments, which are attributes too."""

    def __init__(
        self, hresult: int, strerror: str, excepinfo: Details | None, argerror: int | None
    ) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult = hresult
        self.strerror = strerror
        self.excepinfo = excepinfo
        self.argerror = argerror


ComError.__name__ = ComError.__qualname__ = "com_error"
ComError.__module__ = "pywintypes"


class WindowError(Exception):
    """As `pywintypes.error`: a function of Windows itself that failed."""


WindowError.__name__ = WindowError.__qualname__ = "error"
WindowError.__module__ = "pywintypes"


def refused(why: str | None = None, scode: int = FAILED) -> ComError:
    """Excel's own no, with its sentence if it gives one."""
    source, helpfile = ("Microsoft Excel", "xlmain11.chm") if why else (None, None)
    return ComError(EXCEPTION, "发生意外。", (0, source, why, helpfile, 0, scode), None)


def not_settable(of: str, member: str) -> ComError:
    """A property that may not be set now."""
    return refused(f"不能设置类 {of} 的 {member} 属性")


def not_gettable(of: str, member: str) -> ComError:
    """A property that has no value now."""
    return refused(f"不能取得类 {of} 的 {member} 属性")


def failed(of: str, member: str) -> ComError:
    """A method that did nothing."""
    return refused(f"类 {of} 的 {member} 方法无效")


def no_such(key: object) -> ComError:
    """A collection without that member."""
    return refused(f"下标越界:{key}", BAD_INDEX)


def protected_cell() -> ComError:
    """A locked cell of a protected sheet."""
    return refused(
        "您试图更改的单元格或图表位于受保护的工作表中。若要进行更改,请取消工作表保护。"
        "您可能需要输入密码。"
    )


def wrong_password() -> ComError:
    """A password that is not the one."""
    return refused("您所提供的密码不正确。请检查 CAPS LOCK 键的状态,并注意使用正确的大小写。")
