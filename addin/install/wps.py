"""The add-in for WPS 表格: its line in WPS' list of add-ins, and the desk that serves its pages.

Port and secret are chosen once and kept in the user's state folder, which only this user reads:
WPS' list names them too, and is made as private.
"""

import http.client
import json
import os
import secrets
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from addin.install import log_on
from addin.install.computer import Computer
from addin.install.install import InstallError
from addin.install.publish import (
    PublishError,
    address_in,
    has_others,
    with_address,
    without_address,
)
from workbook.files.reasons import why
from workbook.files.save import put_whole

KEPT: Final = "desk.json"
PORTS: Final = range(20_000, 30_000)  # below those that systems hand out for a moment
HOST: Final = "127.0.0.1"
PATIENCE: Final = 3.0  # seconds that an answer of the desk may take
BROKEN: Final = (
    "「{}」是 WPS 的加载项登记,里面的内容坏了或看不懂,没有改动。请把这个文件改个名字(WPS 会重新登记"
    "别的加载项),再运行一次。"
)
STARTING: Final = 20.0  # seconds that a desk may take to start on a slow computer
_FOLDERS: Final = {
    "windows": "kingsoft/wps/jsaddons",
    "mac": "Library/Containers/com.kingsoft.wpsoffice.mac/Data/.kingsoft/wps/jsaddons",
    "other": ".local/share/Kingsoft/wps/jsaddons",
}


class Address(NamedTuple):
    """Where the desk for WPS is reached: `Address(23456, "…")`."""

    port: int
    secret: str

    @property
    def url(self) -> str:
        """The address under which WPS looks for ribbon.xml and index.html."""
        return f"http://{HOST}:{self.port}/{self.secret}/"


def publish_path(computer: Computer) -> Path:
    """WPS' list of add-ins (npm's wpsjs 2.2, src/lib/debug_publish.js)."""
    return computer.home / _FOLDERS[computer.system] / "publish.xml"


def kept_address(state: Path | None) -> Address | None:
    """The address chosen at the last install; None where there is none, or it makes no sense."""
    if state is None:
        return None
    try:
        told = json.loads((state / KEPT).read_text("utf-8"))
        address = Address(int(told["port"]), str(told["secret"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if address.port in PORTS and len(address.secret) >= 20 else None


def install_wps(computer: Computer) -> Iterator[str]:
    """Write our line into WPS' list and start the desk, now and at log-on; says what was done."""
    if computer.state is None:
        raise InstallError("这位用户没有自己的文件夹,装不了 WPS 加载项。")
    path = publish_path(computer)
    old = kept_address(computer.state)
    _with_ours(path, old or Address(PORTS[0], ""))  # before anything is touched
    if old is not None:
        ask_to_leave(old)
    address = old if old is not None and not is_taken(old.port) else new_address()
    listed = _with_ours(path, address)
    _write_private(computer.state / KEPT, json.dumps(address._asdict()).encode())
    _write_private(path, listed)
    yield f"WPS 加载项:{path}"
    yield log_on.settle(computer)
    computer.start(log_on.command())
    yield f"填报台:端口 {address.port},只有这台电脑上的这位用户能打开。"
    yield "请关闭所有 WPS 窗口,重新打开 WPS 表格,功能区里就有“勾稽”。"


def uninstall_wps(computer: Computer) -> Iterator[str]:
    """Take away all that `install_wps` put there; says what was done."""
    log_on.unsettle(computer)
    address = kept_address(computer.state)
    if address is not None:
        ask_to_leave(address)
    if computer.state is not None:
        (computer.state / KEPT).unlink(missing_ok=True)
        with suppress(OSError):
            computer.state.rmdir()
    path = publish_path(computer)
    data = _read(path)
    if data is not None:
        _take_out(path, data)  # last: a list that is broken keeps nothing else in its place
    yield "WPS 加载项已卸载。"


def new_address() -> Address:
    """A port that nobody uses now, and a secret that nobody guesses."""
    for _ in range(100):
        port = secrets.choice(PORTS)
        if not is_taken(port):
            return Address(port, secrets.token_urlsafe(24))
    raise InstallError("没有找到空着的端口,请重启电脑再试。")


def is_taken(port: int) -> bool:
    """Whether some program has the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        if os.name != "nt":  # as the desk itself asks for it
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return True
    return False


def answers(address: Address) -> bool:
    """Whether it is our desk that answers there."""
    try:
        with _asked(f"{address.url}ribbon.xml") as answer:
            return b"ribbon.OnAction" in answer.read(20_000)
    except (OSError, ValueError):
        return False


def answers_in_time(address: Address) -> bool:
    """Whether our desk, which was started just now, answers before long."""
    end = time.monotonic() + STARTING
    while not (is_there := answers(address)) and time.monotonic() < end:
        time.sleep(0.1)
    return is_there


def ask_to_leave(address: Address) -> None:
    """Have the desk there end, if it is ours; what else answers refuses what it does not know."""
    if not answers(address):
        return
    with suppress(OSError, ValueError), _asked(f"{address.url}leave", b""):
        pass
    _wait_for(address.port)


def _asked(url: str, body: bytes | None = None) -> http.client.HTTPResponse:
    """What this computer answers, by no proxy; a body goes with the origin that it comes from."""
    origin = url[: url.index("/", len("http://"))]
    request = urllib.request.Request(url, body, {"Origin": origin})  # noqa: S310 - always http
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer: http.client.HTTPResponse = opener.open(request, timeout=PATIENCE)
    return answer


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while is_taken(port) and time.monotonic() < end:
        time.sleep(0.05)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InstallError(f"「{path}」读不了:{why(error)}。") from error


def _with_ours(path: Path, address: Address) -> bytes:
    try:
        return with_address(_read(path), address.url)
    except PublishError as error:
        raise InstallError(BROKEN.format(path)) from error


def _take_out(path: Path, data: bytes) -> None:
    """Write the list without our line; a list with nothing else in it goes."""
    try:
        if address_in(data) is None:
            return
        left = without_address(data)
        if has_others(left):
            _write_private(path, left)
        else:
            path.unlink()
    except PublishError as error:
        raise InstallError(BROKEN.format(path)) from error


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user reads, whole or not at all."""
    mask = os.umask(0o077)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, (data,))
    except OSError as error:
        raise InstallError(f"「{path}」写不进去:{why(error)}。请关闭 WPS 再试。") from error
    finally:
        os.umask(mask)
