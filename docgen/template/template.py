"""Word templates: compiled once, rendered with any data."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined

from docgen.template.compile.checking import Dialect, statement_faults, statements_of
from docgen.template.compile.code import load
from docgen.template.compile.source import source_of
from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.model.program import Program
from docgen.template.read.links import NO_LINKS, Links
from docgen.template.read.odd import set_right
from docgen.template.read.part import read_part
from docgen.template.sandbox.environment import WordSandbox
from docgen.template.shape.fields import holds_contents, updating_settings
from docgen.template.shape.shape import shape_part
from docgen.template.word.changes import Changes
from docgen.template.word.guarded import FileSource, bytes_of, called, read_document
from docgen.template.word.package import (
    Member,
    Package,
    is_odd,
    list_styles,
    pack,
    replaced,
    template_parts,
)
from docgen.template.write.ids import Ids
from docgen.template.write.render import Limits, render_part
from docgen.template.write.site import Rendering
from workbook.files.save import put_whole

if TYPE_CHECKING:
    from docgen.template.write.marks import Marking

Functions = Mapping[str, Callable[..., Any]]
Replacements = Mapping[str, FileSource]
Named = frozenset[tuple[str, Any]]
Key = tuple[bytes, bool, Named, Named, Any, bool, bool]

MOST_CACHED: Final = 64
NONE: Final[Mapping[str, Any]] = {}
LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled Word file; it can be rendered any number of times, by several threads at once.

    `updating` are the settings of a document that has a table of contents.
    """

    package: Package
    programs: tuple[Program, ...]
    updating: tuple[Member, ...] = ()
    marking: "Marking | None" = None
    as_docxtpl: bool = False

    def render(
        self,
        context: Mapping[str, Any],
        *,
        globals: Mapping[str, Any] | None = None,
        limits: Limits = LIMITS,
        replacements: Replacements = NONE,
        sources: Mapping[str, str] = NONE,
    ) -> bytes:
        """The bytes of the document; options and faults are those of `pieces`."""
        pieces = self.pieces(
            context, globals=globals, limits=limits, replacements=replacements, sources=sources
        )
        return b"".join(pieces)

    def pieces(
        self,
        context: Mapping[str, Any],
        *,
        globals: Mapping[str, Any] | None = None,
        limits: Limits = LIMITS,
        replacements: Replacements = NONE,
        sources: Mapping[str, str] = NONE,
    ) -> list[bytes | bytearray]:
        """The document piece by piece, for who writes it to a file and needs no second copy.

        Raises `TemplateError` with the places of the faults, the first of each part.

        `replacements` are new contents of pictures and embedded files, by name; `sources` are the
        cells of values by path, for the manifest of a template compiled with markers.
        """
        values = {**(globals or {}), **context}
        marking = self.marking
        marks = marking.begin(sources) if marking else None
        changes = Changes(self.package)
        rendering = Rendering(changes, Ids(changes), _adopted, marks, self.as_docxtpl)
        if replacements:
            from docgen.template.write.replacing import replace_named  # noqa: PLC0415 - only those who replace pay

            if missing := replace_named(changes, replacements):
                raise KeyError(f"模板里没有 {'、'.join(missing)}")
        members, faults = [], list[TemplateFault]()
        for program in self.programs:
            try:
                members.append(render_part(program, values, limits, rendering))
            except TemplateError as error:
                faults += error.faults
        if faults:
            raise TemplateError(faults)
        if self.updating and self._prints_contents(members):
            members += self._updating(members)
        if marking and marks:
            members.append(marking.manifest(marks))
        return pack(replaced(self.package, [*members, *changes.members(members)]))

    def _updating(self, members: Sequence[Member]) -> Sequence[Member]:
        """The settings that let Word update fields, with what the template's tags say in them."""
        written = {member.name for member in members}
        if all(member.name not in written for member in self.updating):
            return self.updating
        return updating_settings(replaced(self.package, members))

    def _prints_contents(self, members: Sequence[Member]) -> bool:
        """Whether a table of contents of the template came into the document."""
        return any(
            program.source.has_contents and holds_contents(member.read())
            for program, member in zip(self.programs, members, strict=True)
        )


def compile_template(  # noqa: PLR0913 - the options of a template, all by name
    source: FileSource,
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
    trusted: bool = False,
    markers: bool = False,
    docxtpl: bool = False,
    undefined: Any = StrictUndefined,
) -> Template:
    """The compiled template in a file, from the process's cache if the file is unchanged.

    `trusted` switches the allow-list off, never the sandbox; `markers` puts a hidden bookmark
    around each figure and a manifest of them into the document; `docxtpl` prints None, True and
    lists as docxtpl does, in Python's words; `undefined` is Jinja's kind of missing value.

    Raises `TemplateError` with all faults of the file, and OSError.
    """
    words = (_named(filters or NONE), _named(tests or NONE), undefined)
    data = bytes_of(source)
    key = (hashlib.sha256(data).digest(), trusted, *words, markers, docxtpl)
    if key not in _cache:
        package = read_document(data, called(source))
        dialect = Dialect(_sandbox(*words), trusted)
        while len(_cache) >= MOST_CACHED:
            _cache.pop(next(iter(_cache)), None)
        made = _compiled(package, dialect, markers=markers)
        _cache[key] = replace(made, as_docxtpl=docxtpl)
    return _cache[key]


_cache: dict[Key, Template] = {}


def _named(functions: Functions) -> Named:
    return frozenset(functions.items())


@lru_cache(MOST_CACHED)
def _sandbox(filters: Named, tests: Named, undefined: Any) -> WordSandbox:
    return WordSandbox(dict(filters), dict(tests), undefined)


def _adopted(value: Any) -> Any:
    from docgen.template.rich.foreign import adopted  # noqa: PLC0415 - only other people's values pay

    return adopted(value)


def _compiled(package: Package, dialect: Dialect, *, markers: bool) -> Template:
    programs: list[Program] = []
    has_contents = False
    links: Mapping[str, Links] = {}
    faults: list[TemplateFault] = []
    if is_odd(package):
        package, links, faults = set_right(package)
    for name, data in template_parts(package):
        part = read_part(name, data, links.get(name, NO_LINKS))
        if part is None:
            continue
        shape_part(part, partial(list_styles, package), marks_figures=markers)
        if part.faults:
            faults += part.faults_in_order(statement_faults(statements_of(part), dialect))
            continue
        program = load(source_of(part), dialect, needs_paths=markers)
        if isinstance(program, Program):
            programs.append(program)
            has_contents |= program.source.has_contents
        else:
            faults += program
    if faults:
        raise TemplateError(faults)
    updating = tuple(updating_settings(package)) if has_contents else ()
    if markers:
        return _marked(package, programs, updating)
    return Template(package, tuple(programs), updating)


def _marked(
    package: Package, programs: Sequence[Program], updating: tuple[Member, ...]
) -> Template:
    from docgen.template.write.marks import Marking, with_manifest  # noqa: PLC0415 - only marked documents pay

    package, name = with_manifest(package)
    return Template(package, tuple(programs), updating, Marking(name, programs))


def render(  # noqa: PLR0913 - the options of a template, all by name
    template_path: FileSource,
    context: Mapping[str, Any],
    out_path: str | os.PathLike[str],
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
    globals: Mapping[str, Any] | None = None,
    trusted: bool = False,
    limits: Limits = LIMITS,
    replacements: Replacements = NONE,
    markers: bool = False,
    sources: Mapping[str, str] = NONE,
    docxtpl: bool = False,
) -> None:
    """Write the template rendered with `context` to `out_path`, whole or not at all."""
    template = compile_template(
        template_path,
        filters=filters,
        tests=tests,
        trusted=trusted,
        markers=markers,
        docxtpl=docxtpl,
    )
    pieces = template.pieces(
        context, globals=globals, limits=limits, replacements=replacements, sources=sources
    )
    write_whole(Path(out_path), pieces)


def write_whole(path: Path, pieces: Iterable[bytes | bytearray]) -> None:
    """Put the joined `pieces` at `path` in one step; a failure leaves what was there before."""
    put_whole(path, pieces)
