"""A template looked over before there is data: what it needs, and what is wrong with it."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from jinja2 import nodes

from docgen.template import Template, compile_sound_parts, compile_template
from docgen.template.compile.checking import Dialect
from docgen.template.compile.paths import ITEM, Use, uses_in
from docgen.template.compile.source import parsed
from docgen.template.lint.lone_signs import lone_signs
from docgen.template.lint.outside import outside_faults
from docgen.template.lint.partly import in_order, readable
from docgen.template.lint.references import lost_references
from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.model.hints import explained, near

Functions = Mapping[str, Callable[..., Any]]
_SAYS_ALL: Final = ("forbidden", "tag-in-quotes")  # of a tag whose names it speaks of itself


def variables(
    path: str | os.PathLike[str],
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
) -> list[str]:
    """What the template needs, by path (`项目[*].金额`), in the order of first use."""
    template = compile_template(path, filters=filters, tests=tests)
    return list(dict.fromkeys(use.path for use in uses(template)))


def uses(template: Template) -> list[Use]:
    """Every use of a name that the caller has to give, with its place."""
    return [
        use
        for program in template.programs
        for use in uses_in(
            program.source,
            program.template.environment,
            program.template.environment.globals,
        )
    ]


def lint(
    path: str | os.PathLike[str],
    names: Collection[str] | None = None,
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
) -> list[TemplateFault]:
    """All faults of the template and what it fetches from outside.

    With `names` (paths, or first names) also the names unknown.

    A name given without paths below it may have anything below it.
    """
    try:
        template = compile_template(path, filters=filters, tests=tests)
    except TemplateError:
        return _of_a_faulty_one(path, names, filters, tests)
    found = [] if names is None else _unknown_names(uses(template), names)
    return [
        *template.explained(found),
        *lone_signs(template.package),
        *lost_references(template.package),
        *outside_faults(template.package),
    ]


def _of_a_faulty_one(
    path: str | os.PathLike[str],
    names: Collection[str] | None,
    filters: Functions | None,
    tests: Functions | None,
) -> list[TemplateFault]:
    """All faults of a template, of which some keep it from being compiled."""
    try:
        template, faults, sandbox = compile_sound_parts(path, filters=filters, tests=tests)
    except TemplateError as error:  # it cannot even be read
        return list(error.faults)
    package = template.package
    read = readable(package, Dialect(sandbox, trusted=False))
    told = {(one.where, one.tag) for one in faults if one.code in _SAYS_ALL}
    new = [use for use in read.uses if (use.where, use.tag) not in told]
    unknown = [] if names is None else _unknown_names(new, names)
    return [
        *in_order([*faults, *explained(unknown, [text for _, text in read.tags])], read.tags),
        *lone_signs(package),
        *lost_references(package),
        *outside_faults(package),
    ]


def _unknown_names(used: Iterable[Use], names: Collection[str]) -> list[TemplateFault]:
    return [fault for use in used for fault in _unknown(use, names)]


def compared(template: Template, attribute: str) -> list[str]:
    """The words that the template compares an attribute with: `节.内容 == "目录"` says 目录."""
    found: list[str] = []
    for program in template.programs:
        tree = parsed(program.source.text, program.template.environment)
        for node in tree.find_all(nodes.Compare):
            sides = (node.expr, *(operand.expr for operand in node.ops))
            if any(isinstance(one, nodes.Getattr) and one.attr == attribute for one in sides):
                found += [one.value for one in sides if isinstance(one, nodes.Const)]
    return list(dict.fromkeys(found))


def _unknown(use: Use, names: Collection[str]) -> Iterable[TemplateFault]:
    """The fault of the first step of a path that nothing in `names` leads through."""
    steps = use.path.replace(ITEM, f".{ITEM}").split(".")
    for depth in range(len(steps)):
        parent = ".".join(steps[:depth]).replace(f".{ITEM}", ITEM)
        known = {_next(name, parent) for name in names} - {""}
        if not known:
            return
        if steps[depth] in known:
            continue
        if steps[depth] != ITEM:
            code = "unknown-attribute" if parent else "unknown-name"
            details = {
                "name": steps[depth],
                "owner": parent,
                "owner_en": parent,
                **near(steps[depth], known),
            }
            yield TemplateFault(code, use.where, use.tag, details)
        return


def _next(name: str, parent: str) -> str:
    """The step after `parent` in the path `name`, empty where it does not lead there."""
    if parent and not name.startswith((f"{parent}.", f"{parent}{ITEM}")):
        return ""
    rest = name[len(parent) :].replace(ITEM, f".{ITEM}").lstrip(".")
    return rest.partition(".")[0]
