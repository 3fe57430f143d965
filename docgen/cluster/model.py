"""What a cluster's workers are told, and what stands in their way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from docgen.batch.model import Done, Work
from docgen.report.given_faults import DataError

_NEEDED: Final = ("distributed", "fsspec")  # the extra `cluster`


class ClusterError(DataError):
    """A cluster that cannot be used, or that broke off; says what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """How each work of a batch is to be done: the same for all, and told with each.

    `batch` is of this run alone; `same` is what a worker must have in common with whoever asks,
    by what it is called; `environment` are the variables on which a result depends, None for one
    that is not set.

        Order("5f2c…", do, 120.0, None, {"Python": "3.11"}, {"SOURCE_DATE_EPOCH": None})
    """

    batch: str
    do: Callable[[Work], Done]
    timeout: float
    templates: Path | None
    same: Mapping[str, str]
    environment: Mapping[str, str | None]


def must_be_installed() -> None:
    """Raise `ClusterError` where the packages are not there that only a cluster or store needs."""
    if any(find_spec(name) is None for name in _NEEDED):
        told = 'pip install "gouji[cluster]"'
        raise ClusterError(f"集群和网址要另装几个包。请运行 {told} 再做一次。")
