"""The tool that plants faults in our code: which it plants, and what it makes of the tests."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULE = '''
"""A docstring with 1 < 2."""
from typing import TYPE_CHECKING, Final

LIMIT: Final[int] = 3

def total(rows: list[int], at: int = 0) -> int:
    """The sum where it is not > LIMIT."""
    assert at >= 0
    if not rows or at > LIMIT:
        raise ValueError("没有行")
    return max(rows, at) + 1
'''


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield importlib.import_module
    for name in [one for one in sys.modules if one.split(".")[0] in ("mutation", "mutate")]:
        del sys.modules[name]


def planted(tool, text):
    mutants = tool("mutation.mutants")
    source = tool("mutation.changes").Source(text)
    found = mutants.mutants_of(Path("a.py"), source)
    return [(m.function, m.old, m.new) for m in found if m.text(source)]


def test_faults_are_planted_in_conditions_figures_results_and_statements(tool):
    assert planted(tool, MODULE) == [
        ("", "3", "4"),
        ("", "3", "(2)"),
        ("total", "0", "1"),
        ("total", "0", "(-1)"),
        ("total", "not rows or at > LIMIT", "(not (not rows or at > LIMIT))"),
        ("total", "not rows or at > LIMIT", "not rows and at > LIMIT"),
        ("total", "not rows or at > LIMIT", "(not rows)"),
        ("total", "not rows or at > LIMIT", "(at > LIMIT)"),
        ("total", "not rows", "(rows)"),
        ("total", "at > LIMIT", "at >= LIMIT"),
        ("total", "at > LIMIT", "at <= LIMIT"),
        ("total", 'raise ValueError("没有行")', "pass"),
        ("total", "return max(rows, at) + 1", "return None"),
        ("total", "max(rows, at) + 1", "max(rows, at) - 1"),
        ("total", "1", "2"),
        ("total", "1", "(0)"),
    ]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("a == b != c", ["a != b != c", "a == b == c"]),
        ("(a) is not (b)", ["(a) is (b)"]),
        ("a not in b", ["a in b"]),
        ("a and b and c", ["a or b and c", "a and b or c"]),
        ("a // b", ["a / b"]),
        ("[a for a in b if a]", ["[a for a in b if (not (a))]", "[a for a in b if (True)]"]),
        ("'元' + 'a'", ["'元' - 'a'", "'元' + ''"]),
        ("True", ["False"]),
        ("-a", ["(a)"]),
        ("f(a, b)", ["f(b, a)"]),
        ("max(a, b)", []),
        ("zip(a, b, strict=True)", ["zip(b, a, strict=True)"]),
    ],
)
def test_an_expression_is_changed_in_these_ways(tool, code, changed):
    source = tool("mutation.changes").Source(f"x = {code}\n")
    mutants = tool("mutation.mutants").mutants_of(Path("a.py"), source)
    texts = [mutant.text(source) for mutant in mutants]
    assert [text.removeprefix("x = ").strip() for text in texts if text] == changed


def test_a_fault_is_known_by_its_words_wherever_its_line_moves(tool):
    mutants, source = tool("mutation.mutants"), tool("mutation.changes").Source
    before = mutants.mutants_of(Path("a.py"), source(MODULE))
    after = mutants.mutants_of(Path("b/a.py"), source("import re\n\n\n" + MODULE))
    assert [one.name for one in before] == [one.name for one in after]
    assert len({one.name for one in before}) == len(before)


def test_the_same_seed_draws_the_same_faults(tool, tmp_path):
    (tmp_path / "a.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "messages.py").write_text("A = 1\n", encoding="utf-8")
    sample = tool("mutate").sample
    first = sample([tmp_path], 1, 5)
    assert sample([tmp_path], 1, 5) == first != sample([tmp_path], 2, 5)
    assert len(sample([tmp_path], 1, 100)) == len(planted(tool, MODULE))
    (tmp_path / "a.py").write_text("import re\n" + MODULE + "\nOTHER = 5\n", encoding="utf-8")
    names = {one.name for one in first}
    assert len(names & {one.name for one in sample([tmp_path], 1, 7)}) == len(names)


TRIAL = """
import sys
from pathlib import Path
from mutation import trial
text, scratch = "def limit():\\n    return 4\\n", Path("scratch")
scratch.mkdir()
pid = trial.start(Path("room.py"), text, ["test_room.py::test_limit"], 2, scratch)
print(trial.ended([pid], scratch)[1], [*scratch.iterdir()])
"""


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        ("assert limit() == 3", "killed"),
        ("assert limit() > 0", "survived"),
        ("[1 for _ in iter(limit, 3)]", "timeout"),
    ],
)
def test_a_trial_says_what_the_tests_made_of_the_fault(tmp_path, test, verdict):
    (tmp_path / "room.py").write_text("def limit():\n    return 3\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    lines = f"from room import limit\n\ndef test_limit():\n    {test}\n"
    (tmp_path / "test_room.py").write_text(lines, encoding="utf-8")
    place = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    command = [sys.executable, "-c", TRIAL]
    made = subprocess.run(command, cwd=tmp_path, env=place, check=True, capture_output=True)
    assert made.stdout.decode().split("\n")[0] == f"{verdict} []"
    assert (tmp_path / "room.py").read_text(encoding="utf-8").endswith("return 3\n")


def test_a_test_that_is_not_there_notices_nothing(tmp_path):
    (tmp_path / "test_room.py").write_text("def test_other(): pass\n", encoding="utf-8")
    place = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    command = [sys.executable, "-c", TRIAL]
    made = subprocess.run(command, cwd=tmp_path, env=place, check=False, capture_output=True)
    assert (made.returncode, made.stderr.decode()) == (1, "tests were renamed: measure anew\n")


def test_maps_of_several_runs_are_one(tool, tmp_path):
    coverage_map = tool("mutation.coverage_map")
    module = tmp_path / "a.py"
    module.write_text("x = 1\n", encoding="utf-8")
    fresh = coverage_map.digest(module)
    runs = [
        [
            {"t::a": 2.0, "t::b[1]": 0.5, "t::b[2]": 0.6},
            {str(module): {"1": [], "3": [0, 1]}},
            {str(module): fresh},
            {},
            {},
        ],
        [
            {"t::c": 0.1, "t::a": 2.0},
            {str(module): {"3": [1], "4": [0]}},
            {str(module): fresh},
            {},
            {},
        ],
    ]
    for number, run in enumerate(runs):
        text = json.dumps(dict(enumerate(run)))
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    known = coverage_map.saved(sorted(tmp_path.glob("*.json")))
    assert known.tests(module, range(3, 4), 60) == ["t::b[1]", "t::a", "t::b[2]"]
    assert known.tests(module, range(4, 5), 60) == ["t::c"]
    every = ["t::c", "t::b[1]", "t::a", "t::b[2]"]
    assert known.tests(module, range(1, 2), 60) == every  # run by an import
    assert known.tests(module, range(3, 5), 1) == ["t::c", "t::b[1]"]
    assert known.tests(module, range(9, 10), 60) == []
    names = tmp_path / "names.py"  # in which nothing can be entered
    names.write_text("z = 1\n", encoding="utf-8")
    assert known.tests(names, range(1, 2), 60) == every
    module.write_text("y = 1\n", encoding="utf-8")  # all that enter it, where it was changed
    assert known.tests(module, range(9, 10), 60) == every


def test_what_tests_share_is_set_up_once_and_asked_for_last(tool):
    seconds = {"t::a": 1.0, "t::b": 0.1, "t::c": 0.2}
    asked = {"t::b": ["written"], "t::c": ["written"]}
    map_of = tool("mutation.coverage_map").CoverageMap
    known = map_of(seconds, {"a.py": {"1": [0, 1, 2]}}, {}, {"written": 30.0}, asked)
    assert known.cost(seconds) == pytest.approx(31.3)
    assert known.tests(Path(__file__), range(1, 2), 31.2) == ["t::a", "t::b"]
    assert known.tests(Path(__file__), range(1, 2), 31.4) == ["t::a", "t::b", "t::c"]


def test_every_fault_that_changes_nothing_can_still_be_planted_and_has_its_reason(tool):
    listed = json.loads((ROOT / "tools/mutation/equivalents.json").read_text(encoding="utf-8"))
    assert all(one["why"] for one in listed)
    changes, mutants = tool("mutation.changes"), tool("mutation.mutants")
    for one in listed:
        path = ROOT / one["module"]
        found = mutants.mutants_of(path, changes.Source(path.read_text(encoding="utf-8")))
        name = one["function"], one["old"], one["new"], one.get("nth", 0)
        assert name in [mutant.name for mutant in found], one["function"]
