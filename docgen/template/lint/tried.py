"""A template tried with data: what goes wrong only when it is filled, all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from docgen.template import Template
from docgen.template.compile.checking import Dialect
from docgen.template.compile.code import load
from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.model.program import FIRST_LINE, Program

MOST: Final = 50  # faults told of one part


def data_faults(template: Template, context: Mapping[str, Any]) -> list[TemplateFault]:
    """The faults that show when the template is filled with `context`, part by part.

    A part stops at its first fault: it is filled again without the tag that failed, until none is
    left. What a failed condition or loop holds is not tried.
    """
    return [
        fault for program in template.programs for fault in _of_part(template, program, context)
    ]


def _of_part(
    template: Template, program: Program, context: Mapping[str, Any]
) -> Iterator[TemplateFault]:
    silent: frozenset[int] = frozenset()
    tried: Program | list[TemplateFault] = program
    for _ in range(MOST):
        assert isinstance(tried, Program), "the same part was loaded before"
        try:
            replace(template, programs=(tried,)).pieces(context)
        except TemplateError as error:
            fault = error.faults[0]
        else:
            return
        failed = _lines(program, fault) - silent
        if silent and not failed:  # no tag that prints: it fails again
            return
        yield fault
        silent |= failed
        dialect = Dialect(program.template.environment, trusted=True)
        tried = load(program.source, dialect, needs_paths=False, silent=silent)


def _lines(program: Program, fault: TemplateFault) -> frozenset[int]:
    """The lines of the tags that the fault may be that of."""
    return frozenset(
        line
        for line, spot in enumerate(program.source.spots, FIRST_LINE)
        if (spot.where, spot.text) == (fault.where, fault.tag)
    )
