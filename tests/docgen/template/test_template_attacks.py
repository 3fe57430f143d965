"""Several hundred hostile templates: a result or a fault, in little time and little memory.

They are tried in a process of their own, with a limit to what that process may take: an attack that
comes through must fail this test, not hang it.
"""

import io
import json
import os
import resource
import select
import signal
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from attacks import ATTACKS
from empty_document import empty_document

from docgen.report.filters import FILTERS
from docgen.template import compile_template
from docgen.template.model.errors import TemplateError
from docgen.template.write.render import Limits

# What is promised is 2 s and 100 MB. A test that fails by the clock would fail on a slow machine,
# so here only what is ten times as bad fails.
SECONDS, MEGABYTES = 20, 300  # of the processor; beyond what the process had before
PATIENCE = 120  # seconds on the clock
EVERY = 100  # of these attacks one is tried with the limits that everybody has
QUICK = Limits(steps=200_000, passes=20_000, characters=4_000_000)


class Unit:
    """A caller's object with things that a template has no business with."""

    big = 10**9
    _hidden = 5

    def __init__(self):
        self.called = False
        self.partial = partial(setattr, self, "called", True)
        self.Factory = type("Factory", (), {"__init__": lambda _: self.secret()})
        self.caller = type("Caller", (), {"__call__": lambda _: self.secret()})()

    @property
    def inner(self):
        return self

    def secret(self, *_):
        self.called = True

    def wipe(self):
        self.called = True


@cache
def empty() -> dict[str, bytes]:
    document, file = empty_document(), io.BytesIO()
    for text in ("a", "HERE"):
        document.add_paragraph(text)
    document.save(file)
    with zipfile.ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def template_of(text: str) -> bytes:
    """A document whose second paragraph says `text`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in empty().items():
            is_body = name == "word/document.xml"
            parts.writestr(name, data.replace(b"HERE", escape(text).encode()) if is_body else data)
    return file.getvalue()


def megabytes(what: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split(f"{what}:")[1].split()[0]) / 1024


def attacked(text: str, limits: Limits, before: float) -> str:
    """What is wrong with how the attack ended, or an empty text; `before` are megabytes."""
    data, unit = template_of(text), Unit()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew
    start = time.process_time()
    said = ""
    try:
        values = {"x": unit, "xs": [1, 2, 3], "d": date(2024, 1, 2)}
        compile_template(data, filters=FILTERS).render(values, limits=limits)
    except TemplateError as error:
        told = [fault.chinese() for fault in error.faults]
        said = (
            "" if all("。" in one and len(one) < 4_000 for one in told) else f"said {told[0][:99]}"
        )
    except BaseException as error:  # noqa: BLE001 - whatever else comes out is what is looked for
        said = f"raised {type(error).__name__}: {str(error)[:99]}"
    seconds, grown = time.process_time() - start, megabytes("VmHWM") - before
    if seconds > SECONDS or grown > MEGABYTES:
        said = f"took {seconds:.1f} s, {grown:.0f} MB"
    return "called a secret" if unit.called else said


def all_attacked(texts: Sequence[str]) -> dict[str, str]:
    """What is wrong with how each attack ended, where something is.

    They are tried in a forked process that can take neither all time nor all memory; where one ends
    that process or does not end, the next ones get a new one.
    """
    bad: dict[str, str] = {}
    number = 0
    while number < len(texts):
        for said in answers(texts, number):
            if said:
                bad[texts[number][:200]] = said
            number += 1
    return bad


def answers(texts: Sequence[str], first: int) -> Iterator[str]:
    """What one forked process says of each attack from `first` on, as long as it lives."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            attack_in_turn(texts, first, writer)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as said:
        for _ in texts[first:]:
            ready, _, _ = select.select([said], [], [], PATIENCE)
            line = said.readline() if ready else b""
            yield json.loads(line) if line else "had to be stopped"
            if not line:
                os.kill(child, signal.SIGKILL)
                break
    os.waitpid(child, 0)


def attack_in_turn(texts: Sequence[str], first: int, writer: int) -> None:
    """Write a line on how each attack from `first` on ended."""
    most = int((megabytes("VmSize") + 800) * 2**20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    before, (_, hard) = megabytes("VmRSS"), resource.getrlimit(resource.RLIMIT_CPU)
    for number in range(first, len(texts)):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 60, hard))
        said = attacked(texts[number], QUICK if number % EVERY else Limits(), before)
        os.write(writer, f"{json.dumps(said)}\n".encode())


def test_the_table_holds_several_hundred_attacks():
    every = [attack for attacks in ATTACKS.values() for attack in attacks]
    assert len(set(every)) > 800


@pytest.mark.parametrize("group", ATTACKS)
def test_no_attack_of_a_group_comes_through(group):
    assert all_attacked(ATTACKS[group]) == {}
