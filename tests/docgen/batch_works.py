"""Works for the processes of a batch: each is done by a process that starts clean."""

import os
import signal
import time
from pathlib import Path


def work(words: str) -> str:
    """Echo the words; `睡` takes too long, `死` ends the process, `死一次` once."""
    what, _, path = words.partition(" ")
    if what == "睡":
        time.sleep(600)
    if what == "死" or (what == "死一次" and not Path(path).exists()):
        if path:
            Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"做好{what}"
