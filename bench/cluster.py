"""What a batch on a Dask cluster costs beside the workbooks themselves.

    python bench/cluster.py [COUNT]

COUNT units (60, if it is not said) are done by two workers of a cluster on this computer, each a
process. Printed are the CPU time that the coordinating process takes for each workbook, the peak
memory of the workers, and that of the processes beside them in which the workbooks are done.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from distributed import Client, LocalCluster

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docgen.batch.batch import Asked, Progress, run_batch  # noqa: E402 - the path comes first
from docgen.batch.folders import Folders  # noqa: E402
from docgen.cluster.cluster import connected  # noqa: E402
from tools.units.folder import BOOKS, LIST, make_folder  # noqa: E402


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as dask,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        make_folder(folder, count, count // 10)
        began, before = time.monotonic(), time.process_time()
        with connected(dask.scheduler_address, None) as cluster:
            places = Folders(folder / BOOKS, folder / "出")
            asked = Asked(places, cluster.run, folder / LIST)
            run_batch(asked, Progress(), lambda _result: None)
        cpu, took = time.process_time() - before, time.monotonic() - began
        with Client(dask) as client:
            peaks = list(client.run(peak_megabytes).values())
    print(f"scheduler and coordinator, a workbook  {cpu / count * 1000:6.1f} ms of CPU")
    print(f"all, by two workers                    {took:6.1f} s")
    print(f"peak memory of a worker of Dask's      {max(own for own, _ in peaks):6.0f} MB")
    print(f"peak memory of the process beside it   {max(it for _, it in peaks):6.0f} MB")


def peak_megabytes() -> tuple[float, float]:
    """The most memory that this process took, and that the largest that it has ended took."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, beside = (resource.getrusage(kind).ru_maxrss / 1024 for kind in kinds)
    return own, beside


if __name__ == "__main__":
    main()
