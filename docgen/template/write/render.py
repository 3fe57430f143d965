"""A program run with data: the part's bytes, deflated while they are made.

Values go through `text`, or through `mark` where figures are marked; most are short plain text,
which takes the shortest way.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, Final

from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import new_context
from jinja2.utils import missing
from markupsafe import Markup

from docgen.template.model.errors import Location, TemplateError, TemplateFault
from docgen.template.model.hints import near
from docgen.template.model.program import FIRST_LINE, NamedValue, Program, TagSpot
from docgen.template.model.reasons import in_chinese, kind_of
from docgen.template.model.signs import TOKEN_START
from docgen.template.model.tags import TagForm
from docgen.template.model.text import Unprintable, Unrounded
from docgen.template.sandbox.budget import LETTERS, BoundReached, Budget
from docgen.template.sandbox.environment import Pass, RowWriters, UnknownName, Writer
from docgen.template.word.package import DEFLATED, Member
from docgen.template.word.xml import escaped
from docgen.template.write.holes import HoleWriter
from docgen.template.write.marks import MOST_CELL_MARKS, MOST_MARKS
from docgen.template.write.site import Rendering, Site
from docgen.template.write.values import (
    PRINTING,
    address,
    captured,
    formed,
    plainly,
    shown_by_python,
    written,
)

BATCH: Final = 4096
SMALL: Final = 256  # where values are long
MOST_AT_ONCE: Final = 4_000_000  # letters that are joined
MOST_HELD: Final = 32_000_000  # letters of long values between two writings
LONG: Final = 4_000
_TOKEN: Final = TOKEN_START.encode()
_NOTHING: Final = ("", "None")  # in place of a whole paragraph, row or cell of docxtpl's
LEVEL: Final = 3  # twice as fast as 6, and a tenth larger


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one rendering may do: passes through loops, and characters of XML in a part.

    `steps` of calculation, each of a tenth of a microsecond, and `made`, the bytes of the texts and
    lists that expressions make, grow with the caller's data; `seconds` are of the processor.
    `marks` and `cell_marks` are how many marks there may be, in all and in cells of looped rows.

    `Limits(passes=3)` lets a loop go over three rows, and ends one over four: 循环次数超过限度.
    """

    passes: int = 1_000_000
    characters: int = 250_000_000
    steps: int = 12_000_000
    made: int = 40_000_000
    seconds: float = 60
    marks: int = MOST_MARKS
    cell_marks: int = MOST_CELL_MARKS


def render_part(
    program: Program, values: Mapping[str, Any], limits: Limits, rendering: Rendering
) -> Member:
    """The rendered part; raises `TemplateError` with the place of the tag that failed."""
    context: Any = new_context(
        program.template.environment,
        program.template.name,
        program.template.blocks,
        {**program.template.globals, **values},
        shared=True,
        globals=program.template.globals,
    )
    context.text, context.mark, context.rows = _writers(program, rendering)
    context.printed = partial(_printed, context)
    context.budget, context.failed_line = rendering.budget, 0
    context.passes = partial(_passes, rendering.budget)
    pieces = program.root(context)
    try:
        return _deflated(program, pieces, limits.characters, rendering)
    except Exception as error:
        spot = _spot(program, context, pieces, error.__traceback__)
        raise TemplateError([_fault(program, spot, error, values)]) from error


def _writers(program: Program, rendering: Rendering) -> tuple[Writer, Writer, RowWriters]:
    """What a part calls for each value and its tag's line: plain, to be marked, marked in rows."""
    source, budget, special = program.source, rendering.budget, program.special
    file, spots, data = source.file, source.spots, source.data

    def write(value: Any, line: int) -> str:
        known = None if line in special else plainly(value)[0]
        if known is not None and len(known) < LONG and known.isprintable():
            return escaped(known)
        return _held(budget, _markup(value, site(line)))

    def text(value: Any, line: int) -> str:
        # nearly all values: `isprintable` rules out every sign that XML or Word treats as more
        if (
            value.__class__ is str
            and len(value) < LONG
            and value.isprintable()
            and line not in special
        ):
            return escaped(value) if "&" in value or "<" in value or ">" in value else value
        return write(value, line)

    def site(line: int) -> Site:
        if line not in sites:
            sites[line] = Site(spots[line - FIRST_LINE], data, rendering)
        return sites[line]

    def as_docxtpl(value: Any, line: int) -> str:
        is_text = spots[line - FIRST_LINE].form in PRINTING
        if is_text and shown_by_python(value):
            budget.go_through(value)
            value = str(value)
            if spots[line - FIRST_LINE].levels and value in _NOTHING:
                return ""
        return text(value, line)

    sites: dict[int, Site] = {}
    plain = as_docxtpl if rendering.as_docxtpl else text
    return plain, *(rendering.marks.writers(file, site) if rendering.marks else (plain, {}))


def _passes(budget: Budget, items: Any, steps: int) -> Any:
    """`items` of a loop, each pass of which takes `steps`."""
    try:
        count = len(items)
    except TypeError:
        return _counted(budget, items, steps)
    budget.passes -= count
    budget.steps -= count * steps
    if budget.passes < 0 or budget.steps < budget.look_at:
        budget.look()
    return items


def _counted(budget: Budget, items: Iterable[Any], steps: int) -> Iterator[Any]:
    for item in items:
        budget.passes -= 1
        budget.steps -= steps
        if budget.passes < 0 or budget.steps < budget.look_at:
            budget.look()
        yield item


def _markup(value: Any, site: Site) -> str:
    """The markup of a value that is more than a short plain text, or stands in another place."""
    form = site.spot.form
    if form is TagForm.LINK:
        return site.relate("hyperlink", address(value), external=True)
    if form is TagForm.ONCE:
        return site.rendering.ids.once(site.part, value)
    if form in (TagForm.NOTE, TagForm.CHART):
        from docgen.template.write.looped import identity  # noqa: PLC0415 - few loops have such

        return identity(str(value), site)
    if form is TagForm.MERGE:
        return site.rendering.ids.merged(value)
    if form is not TagForm.TEXT:
        return formed(value, form)
    return captured(value, site) if value.__class__ is Markup else written(value, site)


def _held(budget: Budget, markup: str) -> str:
    """The markup of a value, paid for where it is long: thousands may wait to be written."""
    if len(markup) > LONG:
        budget.spend(len(markup) // LETTERS)
        budget.held += len(markup)
        if budget.held > MOST_HELD:
            raise BoundReached(f"一处的内容超过 {MOST_HELD} 个字符")
    return markup


def _printed(context: Pass, series: Sequence[NamedValue]) -> Iterator[str]:
    """What a series of names prints, a piece at a time."""
    text, mark, resolve = context.text, context.mark, context.resolve_or_missing
    line = 0
    try:
        for before, name, line, is_marked in series:
            value = resolve(name)
            if value is missing:
                value = context.environment.undefined(name=name)
            yield before
            yield mark(value, line) if is_marked else text(value, line)
    except BaseException:  # GeneratorExit too: a bound was reached between two writings
        context.failed_line = line
        raise


class _Packing:
    """The bytes of a part, deflated one piece after another."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        self._packed = bytearray()  # grows in place: a list would be there twice when it is joined
        self._crc = self._size = 0

    def take(self, data: bytes) -> None:
        """Put `data` behind what was taken so far."""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._packed += self._packer.compress(data)

    def member(self, name: str) -> Member:
        """All that was taken."""
        self._packed += self._packer.flush()
        return Member(name, DEFLATED, self._crc, self._size, self._packed)


def _deflated(program: Program, pieces: Iterator[str], most: int, rendering: Rendering) -> Member:
    packing, ids, characters = _Packing(), rendering.ids, 0
    holes = HoleWriter() if program.source.has_signals else None
    budget, is_long = rendering.budget, program.longest > LONG
    many = BATCH if is_long else min(BATCH, MOST_AT_ONCE // (program.longest + 1))
    count = SMALL
    while batch := list(islice(pieces, count)):
        # what is long is not joined, which would take its memory again
        is_apart = (is_long or budget.held) and sum(map(len, batch)) > MOST_AT_ONCE
        count, budget.held = SMALL if budget.held else many, 0
        for text in batch if is_apart else ["".join(batch)]:
            data = text.encode("utf-8", "ignore")
            if holes:
                data = holes.feed(data)
            characters += len(text)
            if characters > most:
                raise BoundReached(f"内容超过 {most} 个字符")
            if _TOKEN in data or (ids.named and ids.named.held):
                for written in ids.written(data.decode()):
                    packing.take(written.encode())
            else:
                packing.take(data)
    for written in ids.named.rest() if ids.named else ():
        packing.take(written.encode())
    return packing.member(program.source.file)


def _fault(
    program: Program, spot: TagSpot | None, error: Exception, values: Mapping[str, Any]
) -> TemplateFault:
    code, details = _trouble(error, values)
    if spot is None:
        return TemplateFault(code, Location(program.source.file), "", details)
    return TemplateFault(code, spot.where, spot.text, details)


def _spot(
    program: Program, context: Pass, pieces: Iterator[str], trace: TracebackType | None
) -> TagSpot | None:
    """The tag whose code was running when an error arose, else the last one that wrote."""
    spot = None
    while trace is not None:
        if trace.tb_frame.f_globals.get("data") is program.source.data:
            spot = program.spot(trace.tb_lineno) or spot
        trace = trace.tb_next
    frame = getattr(pieces, "gi_frame", None)  # of code that stands between two writings
    if spot is None and frame is not None:
        spot = program.spot(frame.f_lineno)
    pieces.close()  # type: ignore[attr-defined]
    line = context.failed_line
    return program.source.spots[line - FIRST_LINE] if line else spot


def _trouble(error: Exception, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    reason = f"{type(error).__name__}: {error}".rstrip(".: ")
    told = {"reason": in_chinese(str(error) or reason), "reason_en": reason}
    match error:
        case UnknownName() if error.owner is missing:
            return "unknown-name", {"name": error.name, **near(error.name, values)}
        case UnknownName():
            owner = {"owner": kind_of(type(error.owner).__name__), "owner_en": "the value"}
            names = error.owner if isinstance(error.owner, Mapping) else dir(error.owner)
            hints = near(error.name, names)
            return "unknown-attribute", {"name": error.name, **owner, **hints}
        case UndefinedError():
            return "failed", told
        case BoundReached():
            return "too-much", told
        case SecurityError():
            return "not-allowed", told
        case ZeroDivisionError():
            return "division-by-zero", {}
        case Unprintable():
            return "unprintable", {"what": error.what, "what_en": error.what_en}
        case Unrounded():
            return "unrounded", {"digits": str(error.digits)}
        case TypeError():
            return "wrong-type", told
    return "failed", told
