"""Word templates: compiled once, rendered with any data."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.allow import Rules
from docgen.compile import compile_part, may_hold_tags
from docgen.emit import Source
from docgen.environment import WordSandbox
from docgen.errors import Place, TemplateError, TemplateFault
from docgen.package import Package, pack, replaced, unpack
from docgen.parts import template_parts
from docgen.program import Program, load
from docgen.render import Limits, render_part
from workbook.archive import archive_fault

Functions = Mapping[str, Callable[..., Any]]
Key = tuple[bytes, bool, frozenset[tuple[str, Any]], frozenset[tuple[str, Any]]]

MOST_CACHED: Final = 64
NONE: Final[Functions] = {}
LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled Word file; it can be rendered any number of times, by several threads at once."""

    package: Package
    programs: tuple[Program, ...]

    def render(
        self,
        context: Mapping[str, Any],
        *,
        globals: Mapping[str, Any] | None = None,
        limits: Limits = LIMITS,
    ) -> bytes:
        """The bytes of the document; raises `TemplateError` with the place of the fault."""
        values = {**(globals or {}), **context}
        members = [render_part(program, values, limits) for program in self.programs]
        return pack(replaced(self.package, members))


def compile_template(
    path: str | os.PathLike[str],
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
    trusted: bool = False,
) -> Template:
    """The compiled template at `path`, from the process's cache if the file is unchanged.

    `trusted` switches the allow-list off, never the sandbox. Raises `TemplateError` with all
    faults of the file, and OSError.
    """
    source = Path(path)
    data = source.read_bytes()
    filters, tests = filters or NONE, tests or NONE
    key = (hashlib.sha256(data).digest(), trusted, _named(filters), _named(tests))
    if key not in _cache:
        if fault := archive_fault(source):
            raise TemplateError([TemplateFault(fault, Place(source.name))])
        rules = Rules(WordSandbox(filters, tests), trusted)
        while len(_cache) >= MOST_CACHED:
            _cache.pop(next(iter(_cache)), None)
        _cache[key] = _compiled(unpack(data), rules)
    return _cache[key]


_cache: dict[Key, Template] = {}


def _named(functions: Functions) -> frozenset[tuple[str, Any]]:
    return frozenset(functions.items())


def _compiled(package: Package, rules: Rules) -> Template:
    programs: list[Program] = []
    faults: list[TemplateFault] = []
    for name in template_parts(package):
        data = package.read(name)
        source = compile_part(name, data, rules) if may_hold_tags(data) else None
        made = load(source, rules) if isinstance(source, Source) else source or []
        if isinstance(made, Program):
            programs.append(made)
        else:
            faults += made
    if faults:
        raise TemplateError(faults)
    return Template(package, tuple(programs))


def render(  # noqa: PLR0913 - the options of a template, all by name
    template_path: str | os.PathLike[str],
    context: Mapping[str, Any],
    out_path: str | os.PathLike[str],
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
    globals: Mapping[str, Any] | None = None,
    trusted: bool = False,
    limits: Limits = LIMITS,
) -> None:
    """Write the template rendered with `context` to `out_path`, whole or not at all."""
    template = compile_template(template_path, filters=filters, tests=tests, trusted=trusted)
    write_whole(Path(out_path), template.render(context, globals=globals, limits=limits))


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step; a failure leaves what was there before."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
