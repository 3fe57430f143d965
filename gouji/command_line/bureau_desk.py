"""What `gouji desk --serve` does: from its options to the bureau's desk and the lines printed."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gouji.command_line.shell import TO_MEND, must_exist, stop, told_plainly

if TYPE_CHECKING:
    from datetime import date

    from gouji.desk.bureau.keeping.model import Networks, Options

PORT: Final = 8240  # where nobody asks for another
_LOOPBACK: Final = ("127.0.0.1", "localhost")

Serve = Annotated[
    Path | None,
    typer.Option(
        "--serve", metavar="文件夹", help="给主管部门:开报送服务,收来的都放在这个文件夹。"
    ),
]
Listed = Annotated[
    Path | None,
    typer.Option(metavar="名单.xlsx", help="报送:有哪些单位;第一次启动要写,以后改了再写。"),
]
Host = Annotated[str, typer.Option(help="报送:在哪个地址上听,默认只在本机。")]
Url = Annotated[
    str, typer.Option(help="报送:单位在浏览器里用的网址,如 https://baosong.example.gov.cn。")
]
Database = Annotated[
    str,
    typer.Option(help="报送:postgresql+psycopg://用户:口令@主机/库名;不写就用 SQLite。"),
]
MostMegabytes = Annotated[int, typer.Option("--max-upload", min=1, help="报送:一本最大多少 MB。")]
KeepDays = Annotated[int, typer.Option(min=1, help="报送:收来的留多少天,到期删除。")]
Due = Annotated[str, typer.Option(metavar="2026-03-31", help="报送:哪天以前报,过了算逾期。")]
Jobs = Annotated[int, typer.Option(min=0, help="报送:同时核对几本,默认和处理器一样多。")]
Seconds = Annotated[float, typer.Option("--timeout", min=1, help="报送:一本最多核对多少秒。")]
Header = Annotated[str, typer.Option("--proxy-header", help="报送:统一登录把用户名放在哪个头。")]
Believed = Annotated[
    list[str] | None, typer.Option("--proxy-from", help="报送:只信从这些地址来的头;可写几个。")
]
Heads = Annotated[
    list[str] | None, typer.Option("--bureau-user", help="报送:哪些用户名是主管部门;可写几个。")
]
Links = Annotated[
    Path | None,
    typer.Option(metavar="链接.csv", help="报送:给没有登录的单位都建登录链接,写进这里就结束。"),
]
VerifyLog = Annotated[
    Path | None,
    typer.Option(
        metavar="日志.csv",
        help="报送:核对操作日志有没有被删改,和以前导出的这一份也对一对,说完就结束。",
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed.

    Asked(Path("报送"), Path("名单.xlsx"), url="https://baosong.example.gov.cn")
    """

    folder: Path
    units: Path | None = None
    templates: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    url: str = ""
    database: str = ""
    most_megabytes: int = 20
    keep_days: int = 400
    due: str = ""
    jobs: int = 0
    timeout: float = 120
    header: str = ""
    believed: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def do(asked: Asked, links: Path | None, exported: Path | None) -> None:
    """Write links, hold the log against one that was `exported`, or else serve."""
    if exported:
        verify_log(asked, exported)
    elif links:
        write_links(asked, links)
    else:
        serve_bureau(asked)


def serve_bureau(asked: Asked) -> None:
    """Serve until a signal ends it."""
    import gc

    from gouji.desk.bureau.app import serve
    from gouji.desk.serving import PortTakenError, listening

    gc.enable()  # which no command is long enough for that does not serve

    options = options_of(asked)
    try:
        taken = listening(asked.port or PORT, asked.host)
    except PortTakenError as error:
        stop(str(error))
    if asked.host not in _LOOPBACK and not options.url.startswith("https:"):
        told = "请注意:没有 HTTPS,别人能在网络上看到单位报的内容。请在前面放一个反向代理。"
        typer.secho(told, err=True, fg="yellow")
    with taken, told_plainly():
        serve(options, taken, lambda link: _tell(options.url, link))


def _tell(url: str, link: str) -> None:
    typer.echo(f"报送服务已经启动:{url}(按 Ctrl+C 停下)")
    if link:
        typer.echo(f"主管部门第一次进来用这个链接,只能用一次:\n{link}")


def write_links(asked: Asked, path: Path) -> None:
    """Write new links of the bureau and of all units that are not in; the desk may be open."""
    from gouji.desk.bureau.desk import HERE, store_of
    from gouji.desk.bureau.exports import links_table

    options = _begun(asked)
    with told_plainly():
        store = store_of(options)
        data = links_table(store, HERE, int(time.time()), with_bureau=True)
        store.close()
    try:
        # Whoever reads it can come in: it is for its maker alone.
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        stop(f"「{path}」写不进去,或已经有这个文件。请换一个文件名。")
    with open(number, "wb") as file:  # noqa: PTH123 - it is open already
        file.write(data)
    typer.echo(f"登录链接:{path}(一个只能用一次,发出以后请删掉这个文件)")


def verify_log(asked: Asked, exported: Path) -> None:
    """Say whether the log is whole, by itself and beside one that was taken away; stops if not."""
    from gouji.desk.bureau.desk import store_of
    from gouji.desk.bureau.keeping.audit import links_in, proven

    must_exist(exported)
    options = _begun(asked)
    try:
        known = links_in(exported.read_bytes())
    except ValueError:
        stop(f"「{exported}」不是从报送页面导出的操作日志。请选“操作日志”按钮导出的 日志.csv。")
    with told_plainly():
        store = store_of(options)
        with store.read() as base:
            proof = proven(base, known, int(time.time()))
        store.close()
    if proof.broken or proof.lost:
        told = f"操作日志被改过或删过:{proof.broken} 行和前面的对不上"
        told = f"{told},「{exported.name}」里有 {proof.lost} 行现在没有了。请查谁动过数据库。"
        typer.secho(told, err=True, fg="red")
        raise typer.Exit(TO_MEND)
    last = f",最后一行的校验码 {proof.last}" if proof.last else ""
    typer.echo(f"操作日志完整:{proof.lines} 行都接得上,「{exported.name}」里的都还在{last}。")


def _begun(asked: Asked) -> "Options":
    """The options of a desk that was started before; stops where it never was."""
    options = options_of(asked)
    if not (options.folder / "id").is_file():
        stop(f"「{options.folder}」还没有启动过报送服务。请先启动一次。")
    return options


def options_of(asked: Asked) -> "Options":
    """The options as the desk knows them; stops with a sentence for what cannot be."""
    from gouji.command_line.batches import cores
    from gouji.desk.bureau.keeping.model import MEGABYTE, Options

    if asked.units is not None:
        must_exist(asked.units)
    if bool(asked.header) != bool(asked.believed):
        stop("--proxy-header 和 --proxy-from 要一起写:信哪个头,信从哪里来的。")
    if asked.heads and not asked.header:
        stop("--bureau-user 要和 --proxy-header、--proxy-from 一起写。")
    return Options(
        asked.folder,
        _url(asked),
        asked.units,
        asked.database,
        asked.templates,
        jobs=asked.jobs or cores(),
        timeout=asked.timeout,
        most_bytes=asked.most_megabytes * MEGABYTE,
        keep_days=asked.keep_days,
        due=_day(asked.due),
        header=asked.header,
        believed=_networks(asked.believed),
        heads=asked.heads,
    )


def _url(asked: Asked) -> str:
    """What browsers call the desk; without `--url` the address at which it listens."""
    from urllib.parse import urlsplit

    url = asked.url.rstrip("/") or f"http://{asked.host}:{asked.port or PORT}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        stop(f"--url 要写成 https://主机名,或 http://主机名:端口,后面没有别的:{url}")
    if parts.hostname in ("0.0.0.0", "::"):  # noqa: S104 - refused as a name
        stop("--host 不是一台主机的名字时,要用 --url 写明单位在浏览器里用的网址。")
    return url


def _day(text: str) -> "date | None":
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        stop(f"--due 要写成 2026-03-31 这样的日期:{text}")


def _networks(texts: tuple[str, ...]) -> "Networks":
    from ipaddress import ip_network

    try:
        return tuple(ip_network(text) for text in texts)
    except ValueError:
        stop(f"--proxy-from 要写成地址,如 10.0.0.1 或 10.0.0.0/24:{'、'.join(texts)}")
