"""Plants faults in our code by chance, one at a time, and says which of them no test notices.

usage: python tools/mutate.py [--seed N] [--count 300] [--measure] [paths…]

Needs `coverage`. The first run, and one with --measure, runs all tests once to learn which of them
pass over which line. Results are kept in build/mutation: a run that was broken off goes on where it
was, and faults that survived are tried again. Ends with 1 where too few faults were noticed.
"""

import argparse
import hashlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from mutation import coverage_map, trial
from mutation.changes import Source
from mutation.mutants import Mutant, Name, modules, mutants_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("build/mutation")
MAPS = "coverage-*.json"
EQUIVALENTS = Path(__file__).with_name("mutation") / "equivalents.json"
PATHS = (
    *("workbook/rules", "workbook/language", "workbook/reading", "workbook/entries"),
    *("workbook/amounts", "workbook/stated", "docgen/template"),
)
TESTS = ("tests/workbook", "tests/docgen")
AT_ONCE = 2
SLOWER = 3  # times as long as without the fault a trial may take, and
START = 8  # seconds for importing and collecting
LEAST_NOTICED, MOST_EQUIVALENT = 0.85, 0.05


def main() -> int:
    """Run the command; 1 where too many faults survive."""
    options = _options()
    os.chdir(ROOT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    trial.preload()
    if options.measure or not list(FOLDER.glob(MAPS)):
        _measure(options)
    drawn = sample([Path(path) for path in options.paths], options.seed, options.count)
    print(f"seed {options.seed}: {len(drawn)} faults", flush=True)
    file = FOLDER / f"{options.seed}.jsonl"
    verdicts = _known(file)
    equal = _equivalents()
    left = [one for one in drawn if verdicts.get(_key(one)) not in ("killed", "timeout")]
    waiting = [(one, drawn[one]) for one in left if one.name not in equal]
    for mutant, verdict in _verdicts(waiting, options):
        verdicts[_key(mutant)] = verdict
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps([_key(mutant), verdict], ensure_ascii=False) + "\n")
    return _summary(drawn, verdicts, equal)


def sample(paths: Sequence[Path], seed: int, count: int) -> dict[Mutant, str]:
    """`count` faults by chance, each with its module's text.

    The same seed draws the same, but for faults in what was changed since: each has a number of its
    own, made of its words and the seed, and the smallest are drawn.
    """

    def number(mutant: Mutant) -> bytes:
        words = repr((seed, mutant.path.name, *mutant.name))
        return hashlib.sha256(words.encode()).digest()

    sources = {path: Source(path.read_text(encoding="utf-8")) for path in modules(paths)}
    found = (one for path, source in sources.items() for one in mutants_of(path, source))
    drawn = ((one, one.text(sources[one.path])) for one in sorted(found, key=number))
    return dict(islice(((one, text) for one, text in drawn if text is not None), count))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=PATHS, help="folders or modules")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--measure", action="store_true", help="run all tests once, anew")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds of tests for each fault"
    )
    parser.add_argument(
        "--libreoffice", action="store_true", help="measure tests that start it too"
    )
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> None:
    """Run all tests, each folder of them in a process of its own, to learn what they pass over."""
    words = [] if options.libreoffice else ["-m", "not libreoffice"]
    found = modules([Path(path) for path in PATHS])
    with tempfile.TemporaryDirectory() as scratch:
        for tests in TESTS:
            file = FOLDER / MAPS.replace("*", Path(tests).name)
            file.unlink(missing_ok=True)
            run = partial(coverage_map.measure, file, [*trial.PLAIN, *words, tests], found)
            trial.forked(run, Path(scratch))
        for _ in TESTS:
            os.wait()
        for log in Path(scratch).glob("*.log"):
            print(log.read_text(encoding="utf-8")[-2000:])
    if len(list(FOLDER.glob(MAPS))) < len(TESTS):
        sys.exit("the tests could not be run")


def _verdicts(
    waiting: list[tuple[Mutant, str]], options: argparse.Namespace
) -> Iterator[tuple[Mutant, str]]:
    """The faults with what became of each, as the trials end."""
    known = coverage_map.saved(FOLDER.glob(MAPS))
    running: dict[int, tuple[Mutant, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                mutant, text = waiting.pop(0)
                tests = known.tests(mutant.path, mutant.lines, options.patience)
                if not tests:
                    yield mutant, "no test"
                    continue
                seconds = START + SLOWER * known.cost(tests)
                pid = trial.start(mutant.path, text, tests, seconds, Path(scratch))
                running[pid] = mutant, time.monotonic()
            if running:
                pid, verdict = trial.ended(running, Path(scratch))
                mutant, began = running.pop(pid)
                print(f"{verdict:9}{time.monotonic() - began:6.1f} s  {mutant}", flush=True)
                yield mutant, verdict


def _key(mutant: Mutant) -> str:
    return json.dumps([str(mutant.path), *mutant.name], ensure_ascii=False)


def _known(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    return dict(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def _equivalents() -> dict[Name, str]:
    """The faults that change nothing, with the reason why."""
    listed: list[dict[str, Any]] = json.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    return {
        (one["function"], one["old"], one["new"], one.get("nth", 0)): one["why"] for one in listed
    }


def _summary(drawn: Iterable[Mutant], verdicts: dict[str, str], equal: dict[Name, str]) -> int:
    drawn = list(drawn)
    same = [one for one in drawn if one.name in equal]
    noticed = [one for one in drawn if verdicts.get(_key(one)) in ("killed", "timeout")]
    noticed = [one for one in noticed if one.name not in equal]
    survivors = [one for one in drawn if one not in same and one not in noticed]
    for mutant in survivors:
        print(f"survived: {mutant}")
    share = (len(noticed) + len(same)) / len(drawn)
    print(
        f"{len(drawn)} faults: {len(noticed)} noticed, {len(same)} equivalent, "
        f"{len(survivors)} survived: {share:.1%} noticed or equivalent"
    )
    return int(share < LEAST_NOTICED or len(same) / len(drawn) > MOST_EQUIVALENT)


if __name__ == "__main__":
    sys.exit(main())
