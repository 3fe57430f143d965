"""What a batch costs beside plain openpyxl and docxtpl, in CPU time, as ratios of one run.

    python bench/batch.py [COUNT]

COUNT workbooks of 部门整体支出 without a slip (200, if it is not said) are read, checked and
reported in one warm process of a batch, and by a loop of `plain_report.py`, which checks nothing,
in another. The loop's template is made of the first report. The two take turns, workbook by
workbook, so that a machine that slows down slows both. Annotated copies are timed apart.

Then COUNT workbooks by two processes of a batch beside one, and what two independent loops of plain
Python gain over one at the same time: what the machine has left for a second process just then. The
peak memory is that of a process of the batch.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Process, get_context
from pathlib import Path
from random import Random
from typing import Any

from docxtpl import DocxTemplate

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from commands import plain_template  # noqa: E402 - the path comes first
from plain_report import values_of  # noqa: E402

from docgen.batch.model import REPORTS, Done, Status, Work  # noqa: E402
from docgen.batch.one import do  # noqa: E402
from docgen.batch.workers import Crew, Lost  # noqa: E402
from tools.units.making import Maker  # noqa: E402
from workbook.checking.intake import take_in  # noqa: E402
from workbook.marking.annotate import annotated  # noqa: E402

PART = 50  # workbooks between two turns: at the end of each one of two processes has no more to do
ROUNDS = 2_000_000  # of a loop, which takes as long as a workbook


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        folder, maker, random = Path(name), Maker(), Random(1)
        works = []
        for number in range(count + 1):
            source = folder / f"{number}.xlsx"
            source.write_bytes(maker.workbook(f"第{number}小学", random))
            works.append(Work(source.name, source, folder / "出", None))
        (folder / "出" / REPORTS).mkdir(parents=True)
        template = folder / "模板.docx"
        _ours(works[0])
        plain_template(works[0].report, template)
        ours, plain, peak = one_by_one(works, template)
        print(f"one workbook, checked and reported   {ours * 1000:6.0f} ms")
        print(f"openpyxl and docxtpl, nothing checked{plain * 1000:6.0f} ms")
        print(f"ratio                                {plain / ours:6.2f}      wanted 3, aim 4")
        few = works[1:21]
        copies = sum(cpu(_copy, one) for one in few) / len(few)
        print(f"an annotated copy                    {copies * 1000:6.0f} ms")
        ours, loops = gains(works[1:])
        print(f"two processes beside one             {ours:6.2f}")
        print(f"two loops beside one                 {loops:6.2f}")
        print(f"ratio                                {ours / loops:6.2f}      wanted 0.9")
        print(f"peak memory of a process             {peak:6.0f} MB   wanted under 100")


def one_by_one(works: list[Work], template: Path) -> tuple[float, float, float]:
    """The CPU seconds that a workbook takes, of a batch's process and of the loop's, warm.

    Third the peak memory of the batch's process in MB.
    """
    crew: Crew[Work, tuple[float, float]] = Crew(_cpu_of_ours, 1)
    told, peak = [], 0.0
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for one in works:
            (result,) = crew.run([one], 120)
            assert not isinstance(result.done, Lost)
            seconds, peak = result.done
            told.append((seconds, pool.submit(_cpu_of_plain, one, template).result()))
    crew.end()
    ours, plain = (sum(times) / len(times) for times in zip(*told[1:], strict=True))
    return ours, plain, peak


def _cpu_of_ours(work: Work) -> tuple[float, float]:
    seconds = cpu(_ours, work)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu_of_plain(work: Work, template: Path) -> float:
    return cpu(_plain, work, template)


def gains(works: list[Work]) -> tuple[float, float]:
    """What two processes gain over one, of a batch and of loops, part by part in turns."""
    times = dict.fromkeys(((what, jobs) for what in (batch, loop) for jobs in (1, 2)), 0.0)
    parts = [works[start : start + PART] for start in range(0, len(works), PART)]
    crews = {jobs: Crew(do, jobs) for jobs in (1, 2)}
    for part in (works[:2], *parts):
        for what, jobs in times:
            before = time.monotonic()
            what(crews[jobs], part, jobs)
            if part is not works[:2]:
                times[what, jobs] += time.monotonic() - before
    for crew in crews.values():
        crew.end()
    return times[batch, 1] / times[batch, 2], 2 * times[loop, 1] / times[loop, 2]


def batch(crew: "Crew[Work, Done]", works: list[Work], _jobs: int) -> None:
    """Do the works."""
    assert all(isinstance(one.done, Done) for one in crew.run(works, 120))


def loop(_crew: object, works: list[Work], jobs: int) -> None:
    """Let as many processes each count for as long as the works take one."""
    counting = [Process(target=_count, args=(len(works) * ROUNDS,)) for _ in range(jobs)]
    for one in counting:
        one.start()
    for one in counting:
        one.join()


def _count(rounds: int) -> None:
    total = 0
    for number in range(rounds):
        total += number * number % 7


def cpu(do_it: Callable[..., Any], *given: Any) -> float:
    """The CPU seconds that something takes."""
    before = time.process_time()
    do_it(*given)
    return time.process_time() - before


def _ours(work: Work) -> None:
    assert do(work).status is Status.PASSED


def _plain(work: Work, template: Path) -> None:
    document = DocxTemplate(template)
    document.render(values_of(str(work.source)))
    document.save(work.source.with_suffix(".docx"))


def _copy(work: Work) -> None:
    annotated(work.source, take_in(work.source).checked.findings)


if __name__ == "__main__":
    main()
