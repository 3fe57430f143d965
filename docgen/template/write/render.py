"""A program run with data: the part's bytes, deflated while they are made."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Final

from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import new_context
from jinja2.utils import missing

from docgen.template.compile.code import FIRST_LINE
from docgen.template.compile.emit import Spot
from docgen.template.compile.program import Program
from docgen.template.compile.series import current_line
from docgen.template.model.errors import Place, TemplateError, TemplateFault
from docgen.template.model.hints import near
from docgen.template.read.package import DEFLATED, Member
from docgen.template.sandbox.bounded import BoundReached
from docgen.template.sandbox.environment import UnknownName
from docgen.template.shape.guard import Guard
from docgen.template.shape.ids import Ids
from docgen.template.write.content import Rendering
from docgen.template.write.values import writers

BATCH: Final = 4096
LEVEL: Final = 3  # twice as fast as 6, and a tenth larger


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one rendering may do: passes through loops, and characters of XML in a part."""

    passes: int = 1_000_000
    characters: int = 500_000_000


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
    source = program.source
    context.text, context.mark = writers(source.file, source.spots, source.data, rendering)
    context.passes_left = limits.passes
    pieces = program.root(context)
    try:
        return _deflated(program, pieces, limits, rendering.ids)
    except Exception as error:
        spot = _spot(program, error.__traceback__) or _current(program, pieces)
        raise TemplateError([_fault(program, spot, error, values)]) from error


def _deflated(program: Program, pieces: Iterator[str], limits: Limits, ids: Ids) -> Member:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = bytearray()  # which grows in place: a list would be there twice when it is joined
    crc = size = characters = 0
    for text in _batches(program, pieces, ids):
        characters += len(text)
        if characters > limits.characters:
            raise BoundReached(f"内容超过 {limits.characters} 个字符")
        data = text.encode("utf-8", "ignore")
        crc = zlib.crc32(data, crc)
        size += len(data)
        packed += packer.compress(data)
    packed += packer.flush()
    return Member(program.source.file, DEFLATED, crc, size, packed)


def _batches(program: Program, pieces: Iterator[str], ids: Ids) -> Iterator[str]:
    guard = Guard() if program.source.guarded else None
    while batch := list(islice(pieces, BATCH)):
        text = "".join(batch)
        yield ids.resolved(guard.feed(text) if guard else text)


def _fault(
    program: Program, spot: Spot | None, error: Exception, values: Mapping[str, Any]
) -> TemplateFault:
    code, details = _trouble(error, values)
    if spot is None:
        return TemplateFault(code, Place(program.source.file), "", details)
    return TemplateFault(code, spot.where, spot.text, details)


def _spot(program: Program, trace: TracebackType | None) -> Spot | None:
    """The tag whose code was running when the error arose."""
    spot = None
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals.get("data") is program.source.data:
            spot = program.spot(trace.tb_lineno) or spot
        elif line := current_line(frame.f_code, frame.f_locals):
            spot = program.source.spots[line - FIRST_LINE]
        trace = trace.tb_next
    return spot


def _current(program: Program, pieces: Iterator[str]) -> Spot | None:
    """The tag that was the last to write, for a bound that was reached between two writings."""
    frame = getattr(pieces, "gi_frame", None)
    inner = getattr(getattr(pieces, "gi_yieldfrom", None), "gi_frame", None)
    if inner is not None and (line := current_line(inner.f_code, inner.f_locals)):
        return program.source.spots[line - FIRST_LINE]
    return program.spot(frame.f_lineno) if frame is not None else None


def _trouble(error: Exception, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    reason = str(error).rstrip(".") or type(error).__name__
    match error:
        case UnknownName() if error.owner is missing:
            return "unknown-name", {"name": error.name, **near(error.name, values)}
        case UnknownName():
            owner = type(error.owner).__name__
            names = error.owner if isinstance(error.owner, Mapping) else dir(error.owner)
            hints = near(error.name, names)
            return "unknown-attribute", {"name": error.name, "owner": owner, **hints}
        case UndefinedError():
            return "failed", {"reason": reason}
        case BoundReached():
            return "too-much", {"reason": reason}
        case SecurityError():
            return "not-allowed", {"reason": reason}
        case ZeroDivisionError():
            return "division-by-zero", {}
        case TypeError():
            return "wrong-type", {"reason": reason}
    return "failed", {"reason": f"{type(error).__name__}: {reason}"}
