"""What a batch of many workbooks costs beside the work itself: the ledger and 汇总.xlsx.

    python bench/summary.py [COUNT ...]

COUNT results (1,000 and 10,000, if it is not said) as a workbook of 部门整体支出 gives them are
written into a ledger one by one, as the coordinating process does; then all are settled and the
summary is made of them. Each COUNT has a process of its own, whose peak memory is printed.
"""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docgen.batch.ledger import Ledger  # noqa: E402 - the path comes first
from docgen.batch.model import REPORTS, Done, Work  # noqa: E402
from docgen.batch.one import do  # noqa: E402
from docgen.batch.settling import settle  # noqa: E402
from docgen.batch.summary import summary  # noqa: E402
from docgen.batch.units import Units  # noqa: E402
from tools.units.making import Maker  # noqa: E402

ONE = "--one"


def main() -> None:
    """A process for each count, or what such a process prints."""
    if ONE in sys.argv:
        print(measured(int(sys.argv[-1])))
        return
    print(f"{'workbooks':>9} {'ledger':>10} {'ledger of':>10} {'summary':>9} {'of':>8} {'peak':>8}")
    for count in sys.argv[1:] or ("1000", "10000"):
        subprocess.run((sys.executable, __file__, ONE, count), check=True)


def measured(count: int) -> str:
    """A line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, path = _done(folder), folder / "台账.sqlite"
        ledger, before = Ledger(path), time.process_time()
        for number in range(count):
            told = {"path": f"县/{number}.xlsx", "name": f"第{number}小学", "code": f"{number:06}"}
            ledger.write(replace(one, **told), "0" * 64, "key", 1)
        written = (time.process_time() - before) / count
        before = time.process_time()
        dones = {path: (done, tries) for path, (_, done, tries) in ledger.remembered().items()}
        data = summary(settle(dones, Units(())), Units(()), ledger.figures, None)
        summed = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6
    told = f"{count:9} {written * 1000:7.2f} ms {size:7.0f} MB {summed:7.1f} s"
    return f"{told} {len(data) / 1e6:5.1f} MB {peak:5.0f} MB"


def _done(folder: Path) -> Done:
    """What comes of one workbook without a slip."""
    (folder / REPORTS).mkdir()
    source = folder / "填报.xlsx"
    source.write_bytes(Maker().workbook("第一小学", Random(1)))
    return do(Work(source.name, source, folder, None))


if __name__ == "__main__":
    main()
