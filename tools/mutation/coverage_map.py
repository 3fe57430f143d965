"""Which tests pass over which lines, found by running all of them once.

A shared fixture's lines belong to every test that asks for it, although only one sets it up.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

_FIXTURE = "fixture:"
Lines = dict[str, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """The tests in order with their seconds; by module and line the numbers of those that pass.

    `CoverageMap({"tests/a.py::test_b": 0.2}, {"rules/c.py": {"7": [0]}}, {"rules/c.py": "9f"})`
    """

    seconds: dict[str, float]
    lines: Lines
    digests: dict[str, str]

    def tests(self, path: Path, lines: range, most_seconds: float) -> list[str]:
        """The tests that pass over any of `lines`, the quickest first, up to so many seconds.

        With all their parameters, because the engine remembers templates that it has compiled; each
        test is first asked with one of them, since most of them notice the same. All
        that enter the module where the lines run when it is imported, or where it is changed; all
        there are where nothing of it can be entered.
        """
        known = self.lines.get(str(path), {})
        is_fresh = self.digests.get(str(path)) == digest(path)
        on_them = {n for line in lines for n in known.get(str(line), ())} if is_fresh else set()
        names = list(self.seconds)
        if not is_fresh or any(not known.get(str(line), True) for line in lines):
            on_them = {n for numbers in known.values() for n in numbers} or set(range(len(names)))
        functions = {names[number].partition("[")[0] for number in on_them}
        chosen = (name for name in names if name.partition("[")[0] in functions)
        found = _each_once_first(sorted(chosen, key=self.seconds.__getitem__))
        spent = accumulate(self.seconds[name] for name in found)
        return [name for name, until in zip(found, spent, strict=True) if until <= most_seconds]


def _each_once_first(names: Sequence[str]) -> list[str]:
    """The tests, each with one of its parameters before any has a second."""
    met: Counter[str] = Counter()
    rounds = []
    for name in names:
        function = name.partition("[")[0]
        rounds.append(met[function])
        met[function] += 1
    return [name for _, name in sorted(zip(rounds, names, strict=True), key=lambda one: one[0])]


def digest(path: Path) -> str:
    """What tells whether a module was changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def saved(files: Iterable[Path]) -> CoverageMap:
    """The maps that `measure` wrote, as one."""
    whole = CoverageMap({}, {}, {})
    for file in files:
        seconds, lines, digests = json.loads(file.read_text(encoding="utf-8")).values()
        whole.seconds.update(seconds)
        places = {name: place for place, name in enumerate(whole.seconds)}
        own = [places[name] for name in seconds]
        for path, numbered in lines.items():
            is_other = whole.digests.setdefault(path, digests[path]) != digests[path]
            whole.digests[path] = "" if is_other else digests[path]
            merged = whole.lines.setdefault(path, {})
            for line, numbers in numbered.items():
                merged.setdefault(line, []).extend(own[number] for number in numbers)
    return whole


def measure(file: Path, options: Sequence[str], modules: Sequence[Path]) -> int:
    """Runs the tests, writes the map into `file`, and gives pytest's exit code."""
    from coverage import Coverage  # noqa: PLC0415 - only needed here, in a process of its own

    coverage = Coverage(data_file=None, config_file=False, include=[str(m) for m in modules])
    recorder, digests = _Recorder(coverage), {str(module): digest(module) for module in modules}
    coverage.start()
    code = pytest.main([*options], plugins=[recorder])
    coverage.stop()
    for name in recorder.failed:
        print(f"fails without any fault, and is left out: {name}")
        del recorder.seconds[name]
    names = {name: number for number, name in enumerate(recorder.seconds)}
    data = coverage.get_data()
    lines = {
        str(module): {
            str(line): sorted(
                {names[name] for one in contexts for name in recorder.of(one) if name in names}
            )
            for line, contexts in data.contexts_by_lineno(str(module.resolve())).items()
        }
        for module in modules
    }
    made = {"seconds": recorder.seconds, "lines": lines, "digests": digests}
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return int(code)


class _Recorder:
    """Tells coverage which test runs, or which shared fixture is set up for it."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.asking: dict[str, set[str]] = {}
        self.contexts = [""]
        self.failed: set[str] = set()

    def of(self, context: str) -> set[str]:
        """The tests that a context stands for; none of an import."""
        if context.startswith(_FIXTURE):
            return self.asking.get(context.removeprefix(_FIXTURE), set())
        return {context} if context else set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A test with its set-up."""
        for name in getattr(item, "fixturenames", ()):
            self.asking.setdefault(name, set()).add(item.nodeid)
        before = sum(os.times()[:4])
        try:
            return (yield from self._within(item.nodeid))
        finally:
            self.seconds[item.nodeid] = round(sum(os.times()[:4]) - before, 3)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that would notice everything; `bench`-like ones fail where the machine is slow."""
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """The set-up of a fixture that tests share."""
        if fixturedef.scope == "function":
            return (yield)
        return (yield from self._within(f"{_FIXTURE}{fixturedef.argname}"))

    def _within(self, context: str) -> Iterator[None]:
        self.contexts.append(context)
        self.coverage.switch_context(context)
        try:
            return (yield)
        finally:
            self.contexts.pop()
            self.coverage.switch_context(self.contexts[-1])
