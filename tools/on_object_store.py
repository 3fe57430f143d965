"""Run a batch in an object store, and look whether it comes to the same as in folders.

    pip install "moto[server]" s3fs
    python tools/on_object_store.py [COUNT]

COUNT units (40, if it is not said), a tenth of them with a slip, are put into a bucket of moto's S3
server on this computer. They are done in folders, in the bucket by this computer, and in the bucket
by a Dask cluster of two workers. All three must come to the same files and rows.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.lose_workers import batch, cluster, differences, end, files  # noqa: E402 - path first
from tools.units.folder import BOOKS, make_folder  # noqa: E402

PORT, BUCKET = 5977, "bureau"
SERVER: Final = {
    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{PORT}",
    "AWS_ACCESS_KEY_ID": "anybody",
    "AWS_SECRET_ACCESS_KEY": "anything",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def main() -> None:
    """Run all three, and say what came of them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    os.environ.update(SERVER)
    command = (Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", str(PORT))
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        command, stdout=quiet, stderr=quiet, text=True, start_new_session=True
    )
    try:
        with tempfile.TemporaryDirectory() as name:
            wrong = run_all(Path(name), count)
    finally:
        end(server)
    sys.exit(bool(wrong))


def run_all(folder: Path, count: int) -> list[str]:
    """The differences that there are, printed too."""
    make_folder(folder, count, count // 10)
    store = filled(folder / BOOKS)
    run(folder, "folders", folder / BOOKS, folder / "本机")
    run(folder, "a bucket", f"s3://{BUCKET}/收", f"s3://{BUCKET}/出")
    address, processes = cluster(folder)
    try:
        words = ("--cluster", address)
        run(folder, "a bucket and a cluster", f"s3://{BUCKET}/收", f"s3://{BUCKET}/群", *words)
    finally:
        for one in processes:
            end(one)
    wrong = []
    for name in ("出", "群"):
        store.invalidate_cache()
        store.get(f"{BUCKET}/{name}", str(folder / name), recursive=True)
        wrong += differences(folder / "本机", folder / name)
        told = f"{len(files(folder / '本机'))} files beside {len(files(folder / name))}"
        print(f"{name}: {told}, {len(wrong)} differences so far {wrong}")
    return wrong


def filled(books: Path) -> Any:
    """The store, its bucket with the workbooks."""
    import fsspec  # noqa: PLC0415 - s3fs is wanted by this tool alone

    store = fsspec.filesystem("s3")
    for _ in range(50):
        try:
            store.mkdir(BUCKET)
            break
        except Exception:  # noqa: BLE001 - it has not started yet
            time.sleep(0.5)
    store.put(str(books), f"{BUCKET}/收", recursive=True)
    return store


def run(folder: Path, what: str, *words: "str | Path") -> None:
    """Run a batch, and print what it says and how long it took."""
    began = time.monotonic()
    told = batch(folder, *words).communicate()[0]
    print(f"{what}: {told.splitlines()[0]}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
