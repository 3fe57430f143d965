"""Kill commands at random moments and run many at once, onto one name, and look at what is left.

    python tools/kill.py [--kills 200] [--at-once 30] [--seed 1]

Of `gouji new`, `gouji report` and `gouji check --annotate` in turn. At every moment the name must
hold a whole file or, where it is new, nothing; each backup must be whole; of many that make one new
file one must succeed; and after the next run no file of ours may be left beside it.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST = 1.2  # seconds, in which each of the commands is done when it is alone


def command(*words: str) -> list[str]:
    """The words that start the command line."""
    return [sys.executable, "-m", "gouji", *words]


def started(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    """The command, running, with nobody to listen."""
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def faults_of(folder: Path) -> Iterator[str]:
    """Whatever in the folder is not whole; what is called `.gouji-…` has no name yet."""
    for path in folder.iterdir():
        if path.name.startswith(".gouji-"):
            continue
        try:
            with zipfile.ZipFile(path) as archive:
                broken = archive.testzip()
        except zipfile.BadZipFile as error:
            broken = str(error)
        if broken:
            yield f"{path.name}: {broken}"


def killed(ways: Sequence[Sequence[str]], folder: Path, count: int, chance: random.Random) -> int:
    """How many of the killed runs left something that is not whole."""
    wrong = 0
    for number in range(count):
        one = started(ways[number % len(ways)])
        time.sleep(chance.uniform(0.1, LONGEST))
        one.kill()
        one.wait()
        for fault in faults_of(folder):
            wrong += 1
            print(f"kill {number}: {fault}")
    return wrong


def main() -> None:
    """Kill, run at once, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, otherwise in (("--kills", 200), ("--at-once", 30), ("--seed", 1)):
        asked.add_argument(name, type=int, default=otherwise)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        source, folder = Path(place, "填报.xlsx"), Path(place, "到这里")
        folder.mkdir()
        new, report = folder / "新.xlsx", folder / "报告.docx"
        subprocess.run(command("new", "department", str(source), "--sample"), cwd=ROOT, check=True)
        ways = (
            command("report", str(source), str(report)),
            command("check", str(source), "--annotate", str(folder / "副本.xlsx")),
            command("new", "department", str(new)),
        )
        wrong = killed(ways, folder, given.kills, random.Random(given.seed))
        new.unlink(missing_ok=True)
        at_once = [started(ways[2]) for _ in range(given.at_once)]
        made = sum(one.wait() == 0 for one in at_once)
        at_once = [started(ways[0]) for _ in range(given.at_once)]
        reported = sum(one.wait() == 0 for one in at_once)
        left = [*faults_of(folder)]
        strays = [one.name for one in folder.iterdir() if one.name.startswith(".gouji-")]
        print(f"{given.kills} killed: {wrong} left something that is not whole")
        print(f"{given.at_once} new at once: {made} made; reports at once: {reported} made")
        print(f"afterwards {len(left)} files not whole, {len(strays)} of ours left {strays}")
    sys.exit(bool(wrong or left or strays or made != 1 or reported != given.at_once))


if __name__ == "__main__":
    main()
