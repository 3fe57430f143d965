"""What a province costs: many workbooks by many workers, simulated from what one costs here.

    python bench/scale.py [COUNT] [--scheduler MS] [--receive MS] [--disk MB_PER_S]

Thirty workbooks, a tenth with a slip, are done in this process, and their results written into a
ledger. COUNT (50,000) of such are then put through four queues: the scheduler hands a work out, one
of so many workers reads, does and writes it, the shared disk carries the bytes, and the one process
that coordinates receives the result and writes it into the ledger. What is measured is CPU time;
what Dask's scheduler takes for a task (1 ms), what receiving a result takes (2 ms) and what the
disk carries (100 MB/s, a gigabit) are said.
"""

import argparse
import heapq
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docgen.batch.ledger import Ledger  # noqa: E402 - the path comes first
from docgen.batch.model import REPORTS, Work  # noqa: E402
from docgen.batch.one import do  # noqa: E402
from tools.units.making import Maker  # noqa: E402
from tools.units.slips import SLIPS  # noqa: E402

WORKERS: Final = (1, 2, 8, 32, 64, 128, 256, 512)
SAMPLE: Final = 30
STAGES: Final = (
    "scheduler",
    "disk",
    "worker",
    "disk",
    "coordinator",
)  # in the order of a work's way


@dataclass(frozen=True, slots=True)
class Costs:
    """What workbooks cost: of each of a sample its seconds of CPU, bytes read and bytes written.

    The others are seconds: of the scheduler, of a byte on the disk, of the coordinator.
    """

    sample: Sequence[tuple[float, int, int]]
    scheduler: float
    byte: float
    coordinator: float

    def way(self, number: int) -> tuple[float, ...]:
        """What a work takes of each stage."""
        cpu, read, written = self.sample[number % len(self.sample)]
        return self.scheduler, read * self.byte, cpu, written * self.byte, self.coordinator


def main() -> None:
    """Measure, and print a line for each number of workers."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int, nargs="?", default=50_000)
    asked.add_argument("--scheduler", type=float, default=1.0)
    asked.add_argument("--receive", type=float, default=2.0)
    asked.add_argument("--disk", type=float, default=100.0)
    given = asked.parse_args()
    costs = measured(given.scheduler / 1000, given.receive / 1000, 1 / (given.disk * 1e6))
    mean = sum(cpu for cpu, _, _ in costs.sample) / len(costs.sample)
    moved = sum(read + written for _, read, written in costs.sample) / len(costs.sample)
    print(f"a workbook: {mean * 1000:.0f} ms of CPU, {moved / 1000:.0f} kB moved")
    print(f"its result received and written down: {costs.coordinator * 1000:.1f} ms")
    print(f"{given.count} workbooks: {given.count * mean / 3600:.1f} hours of CPU")
    print(f"{'workers':>7} {'minutes':>8} {'a second':>9} {'busy: workers':>14}", end="")
    print(f" {'scheduler':>10} {'disk':>6} {'coordinator':>12}")
    for workers in WORKERS:
        took, busy = simulated(given.count, workers, costs)
        shares = [busy[name] / took for name in ("worker", "scheduler", "disk", "coordinator")]
        shares[0] /= workers
        told = " ".join(
            f"{share:{wide}.0%}" for share, wide in zip(shares, (14, 10, 6, 12), strict=True)
        )
        print(f"{workers:7} {took / 60:8.1f} {given.count / took:9.1f} {told}")


def measured(scheduler: float, receive: float, byte: float) -> Costs:
    """What the sample costs in this process, which is warm."""
    with tempfile.TemporaryDirectory() as name:
        folder, maker, random = Path(name), Maker(), Random(1)
        (folder / REPORTS).mkdir()
        ledger, sample, written = Ledger(folder / "台账.sqlite"), [], 0.0
        for number in range(-3, SAMPLE):  # the first ones warm it
            slip = SLIPS[number // 10] if number % 10 == 9 else None
            source = folder / f"{number}.xlsx"
            source.write_bytes(maker.workbook(f"第{number}小学", random, slip))
            before = time.process_time()
            done = do(Work(source.name, source, folder, None))
            between = time.process_time()
            ledger.write(done, "0" * 64, "key", 1)
            if number < 0:
                continue
            written += time.process_time() - between
            made = (folder / path for path in (done.report, done.copy) if path)
            sizes = source.stat().st_size, sum(path.stat().st_size for path in made)
            sample.append((between - before, *sizes))
        ledger.close()
    return Costs(sample, scheduler, byte, receive + written / SAMPLE)


def simulated(count: int, workers: int, costs: Costs) -> tuple[float, dict[str, float]]:
    """The seconds until all is done, and how long each stage was busy.

    Scheduler, disk and coordinator serve one work after the other; a worker keeps its work from the
    scheduler to the disk, and the coordinator comes to it when it can.
    """
    free = dict.fromkeys(STAGES, 0.0)
    busy = dict.fromkeys(STAGES, 0.0)
    waiting = iter(range(count))
    events = [(0.0, 0, number) for number in (next(waiting, None) for _ in range(workers))
              if number is not None]  # fmt: skip
    heapq.heapify(events)
    last = 0.0
    while events:
        now, stage, number = heapq.heappop(events)
        name, takes = STAGES[stage], costs.way(number)[stage]
        begins = now if name == "worker" else max(now, free[name])
        ends = begins + takes
        free[name], busy[name] = ends, busy[name] + takes
        last = max(last, ends)
        if stage + 1 < len(STAGES):
            heapq.heappush(events, (ends, stage + 1, number))
        if stage == len(STAGES) - 2 and (following := next(waiting, None)) is not None:
            heapq.heappush(events, (ends, 0, following))
    return last, busy


if __name__ == "__main__":
    main()
