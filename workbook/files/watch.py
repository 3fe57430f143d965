"""Files that are watched: each time that one of them was saved, to its end."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

PAUSE: Final = 0.3  # seconds between two looks
SETTLING: Final = 0.05  # seconds without a change, after which a file is saved whole
AWAY: Final = 1.0  # seconds after which a file is gone, and not between two names of a save
Stamp = tuple[int, int]


def saves(
    *paths: Path, pause: float = PAUSE, is_over: Callable[[], bool] = lambda: False
) -> Iterator[bool]:
    """Whether the files are there: now, and again each time that one was saved, went or came back.

    Office programs save into a file of another name and exchange the two, so that for a moment
    there may be none, which is no news. Ends when `is_over`.
    """
    seen: list[Stamp] | None = None
    gone_since: float | None = None
    while not is_over():
        now = stamps(paths)
        if now:
            gone_since = None
        elif gone_since is None:
            gone_since = time.monotonic()
        is_new = now != seen if now else seen != [] and time.monotonic() - (gone_since or 0) > AWAY
        if not is_new:
            time.sleep(pause)
            continue
        time.sleep(SETTLING)
        if stamps(paths) == now:
            seen = now
            yield bool(now)


def stamps(paths: Sequence[Path]) -> list[Stamp]:
    """When the files were saved and how long they are; nothing where one is not there."""
    try:
        found = [path.stat() for path in paths]
    except OSError:
        return []
    return [(one.st_mtime_ns, one.st_size) for one in found]
