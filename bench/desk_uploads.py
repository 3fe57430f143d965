"""How long a unit waits that sends its workbook alone, and how long when fifty send at once.

    python bench/desk_uploads.py [COUNT]

The bureau's desk runs as it does for people, in a process of its own on two checking processes;
each unit has its own session and workbook of the kind `department`. An upload is measured from the
first byte sent to the page with the findings. The 95th percentile of those at once is wanted at
30 times a single one's at most, none failing.
"""

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gouji.desk.bureau.desk import HERE, store_of  # noqa: E402 - the path comes first
from gouji.desk.bureau.exports import links_table  # noqa: E402 - as above
from gouji.desk.bureau.keeping.model import Options  # noqa: E402 - as above
from tools.units.folder import BOOKS, LIST, make_folder  # noqa: E402 - as above

PORT: Final = 8249
URL: Final = f"http://127.0.0.1:{PORT}"
ALONE: Final = 9  # uploads one after another, behind the first, for which processes start
MOST: Final = 30  # times


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """The desk, open in a process of its own."""
    command = [sys.executable, "-m", "gouji", "desk", "--serve", folder / "台", "--jobs", "2"]
    command += ["--units", folder / LIST, "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    print(process.stdout.readline().strip())
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def asked(method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict, bytes]:
    """The status, headers and body of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)) as connection:
        connection.request(method, path, body, {"Origin": URL, **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def session(link: str) -> str:
    """The cookie of a session that a link begins."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    token = link.rpartition("/")[2]
    _, headers, _ = asked("POST", "/in", f"token={token}".encode(), kind)
    return str(headers["set-cookie"].partition(";")[0])


def upload(cookie: str, data: bytes) -> tuple[float, bool]:
    """How many seconds it takes to the page with the findings, and whether that came."""
    head = b'--x\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookie}
    begin = time.perf_counter()
    status, _, _ = asked("POST", "/upload", head + data + b"\r\n--x--\r\n", kind)
    page, page_text = 0, ""
    while status == 303 and ("最近一次的结果" not in page_text or "正在核对" in page_text):
        page, _, body = asked("GET", "/", b"", {"Cookie": cookie})
        page_text = body.decode()
        if page != 200:
            break
    return time.perf_counter() - begin, "报告已经生成" in page_text


def main() -> None:
    """Print every figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder, count, 0)
        books = sorted((folder / BOOKS).rglob("*.xlsx"))
        with served(folder):
            store = store_of(Options(folder / "台", URL))
            table = links_table(store, HERE, int(time.time())).decode("utf-8-sig")
            store.close()
            rows = [line.split(",") for line in table.split()[1:]]
            links = {row[0]: row[2] for row in rows}
            cookies = [session(links[book.name.partition("(")[0]]) for book in books]
            sent = [
                (cookie, book.read_bytes()) for cookie, book in zip(cookies, books, strict=True)
            ]
            measure(sent)


def measure(sent: list[tuple[str, bytes]]) -> None:
    """Send some one after another, all at once, and some one after another again."""
    upload(*sent[0])
    singly = [upload(*one)[0] for one in sent[1 : ALONE + 1]]
    with ThreadPoolExecutor(len(sent)) as pool:
        results = list(pool.map(lambda one: upload(*one), sent))
    # On both sides of it, because who else uses the machine comes and goes.
    alone = median(singly + [upload(*one)[0] for one in sent[1 : ALONE + 1]])
    late = quantiles((seconds for seconds, _ in results), n=20)[-1]
    failed = sum(not is_done for _, is_done in results)
    print(f"alone: {alone * 1000:.0f} ms")
    print(f"{len(sent)} at once, 95th percentile: {late * 1000:.0f} ms, {failed} failed")
    print(f"ratio {late / alone:.1f} (at most {MOST})")


if __name__ == "__main__":
    main()
