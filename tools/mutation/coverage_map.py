"""Which tests pass over which lines, found by running all of them once.

A shared fixture's lines belong to every test that asks for it, although only one sets it up.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

_FIXTURE = "fixture:"
Lines = dict[str, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """The tests in order with their seconds; by module and line the numbers of those that pass.

    `CoverageMap({"tests/a.py::test_b": 0.2}, {"rules/c.py": {"7": [0]}}, {"rules/c.py": "9f"},
    {"written": 30.0}, {"tests/a.py::test_b": ["written"]})`: setting up the shared fixture takes
    as long as many tests, and whichever test asks for it first has to wait.
    """

    seconds: dict[str, float]
    lines: Lines
    digests: dict[str, str]
    fixtures: dict[str, float]
    asked: dict[str, list[str]]

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
        found = _each_once_first(sorted(chosen, key=lambda name: self.cost([name])))
        spent = accumulate(self._costs(found))
        return [name for name, until in zip(found, spent, strict=True) if until <= most_seconds]

    def cost(self, tests: Iterable[str]) -> float:
        """The seconds that all these tests take, what they share set up once."""
        return sum(self._costs(tests))

    def _costs(self, tests: Iterable[str]) -> Iterator[float]:
        ready: set[str] = set()
        for name in tests:
            new = set(self.asked.get(name, ())) - ready
            ready |= new
            yield self.seconds[name] + sum(self.fixtures[fixture] for fixture in new)


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
    whole = CoverageMap({}, {}, {}, {}, {})
    for file in files:
        one = json.loads(file.read_text(encoding="utf-8")).values()
        seconds, lines, digests, fixtures, asked = one
        whole.seconds.update(seconds)
        whole.fixtures.update(fixtures)
        whole.asked.update(asked)
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
    for module in modules:  # some are first imported by a test, and would seem to be its alone
        import_module(".".join(module.with_suffix("").parts).removesuffix(".__init__"))
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
    made = {
        "seconds": recorder.seconds,
        "lines": lines,
        "digests": digests,
        "fixtures": recorder.fixtures,
        "asked": recorder.asked(),
    }
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return int(code)


def _spent() -> float:
    """The seconds of the processor for this process and for those that it started."""
    return sum(os.times()[:4])


class _Recorder:
    """Tells coverage which test runs, or which shared fixture is set up for it."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.asking: dict[str, set[str]] = {}
        self.fixtures: dict[str, float] = {}
        self.shared = 0.0  # seconds that went into shared fixtures so far
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
        before = _spent() - self.shared
        try:
            return (yield from self._within(item.nodeid))
        finally:
            self.seconds[item.nodeid] = round(_spent() - self.shared - before, 3)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that would notice everything; `bench`-like ones fail where the machine is slow."""
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """The set-up of a fixture that tests share."""
        name = fixturedef.argname
        if fixturedef.scope == "function":
            return (yield)
        before = _spent() - self.shared
        try:
            return (yield from self._within(f"{_FIXTURE}{name}"))
        finally:
            took = round(_spent() - self.shared - before, 3)
            self.shared += took
            self.fixtures[name] = max(self.fixtures.get(name, 0), took)

    def asked(self) -> dict[str, list[str]]:
        """The shared fixtures that each test asks for."""
        return {
            test: [name for name in self.fixtures if test in self.asking.get(name, ())]
            for test in self.seconds
        }

    def _within(self, context: str) -> Iterator[None]:
        self.contexts.append(context)
        self.coverage.switch_context(context)
        try:
            return (yield)
        finally:
            self.contexts.pop()
            self.coverage.switch_context(self.contexts[-1])
