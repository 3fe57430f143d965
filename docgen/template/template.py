"""Word templates: compiled once, rendered with any data."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import StrictUndefined

from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.model.program import Program
from docgen.template.sandbox.budget import Budget
from docgen.template.sandbox.environment import WordSandbox
from docgen.template.word.changes import Changes
from docgen.template.word.fields import updating_settings
from docgen.template.word.names import CHART_SIGN, COMMENT_SIGN, NOTE_SIGN
from docgen.template.word.package import (
    FileSource,
    Member,
    Package,
    bookmark_count,
    bytes_of,
    called,
    is_odd,
    list_styles,
    main_part,
    pack,
    read_document,
    replaced,
    template_parts,
    unpack,
)
from docgen.template.write.ids import Ids
from docgen.template.write.render import Limits, render_part
from docgen.template.write.site import Rendering
from workbook.files.save import put_whole

if TYPE_CHECKING:
    from docgen.template.model.tags import TemplatePart
    from docgen.template.write.marks import Marking, Marks
    from docgen.template.write.site import FigureMarks

Functions = Mapping[str, Callable[..., Any]]
Replacements = Mapping[str, FileSource]
Named = frozenset[tuple[str, Any]]
Closing = Callable[[Package, Collection[str]], str]

MOST_CACHED: Final = 64
_CONTENT: Final = itemgetter(1)
_HAS_CONTENTS: Final = attrgetter("source.has_contents")
NONE: Final[Mapping[str, Any]] = {}
LIMITS: Final = Limits()


class Key(NamedTuple):
    """What a compiled template comes of: a file's digest and the options.

    The same file with `markers` and without has two keys, and comes to two templates.
    """

    digest: bytes
    trusted: bool
    filters: Named
    tests: Named
    undefined: Any
    markers: bool
    docxtpl: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled Word file; it can be rendered any number of times, by several threads at once.

    `updating` are the settings of a document that has a table of contents; `noted` if its text
    refers to notes.

    `compile_template("模板.docx").render({"单位": "一中"})` prints 一中 for `{{ 单位 }}`.
    """

    package: Package
    programs: tuple[Program, ...]
    updating: tuple[Member, ...] = ()
    marking: "Marking | None" = None
    as_docxtpl: bool = False
    noted: bool = False

    def render(  # noqa: PLR0913 - the options of a rendering, all by name
        self,
        context: Mapping[str, Any],
        *,
        globals: Mapping[str, Any] | None = None,
        limits: Limits = LIMITS,
        replacements: Replacements = NONE,
        sources: Mapping[str, str] = NONE,
        about: Mapping[str, str] = NONE,
        closing: Closing | None = None,
    ) -> bytes:
        """The bytes of the document; options and faults are those of `pieces`."""
        pieces = self.pieces(
            context,
            globals=globals,
            limits=limits,
            replacements=replacements,
            sources=sources,
            about=about,
            closing=closing,
        )
        return b"".join(pieces)

    def pieces(  # noqa: PLR0913 - as of `render`
        self,
        context: Mapping[str, Any],
        *,
        globals: Mapping[str, Any] | None = None,
        limits: Limits = LIMITS,
        replacements: Replacements = NONE,
        sources: Mapping[str, str] = NONE,
        about: Mapping[str, str] = NONE,
        closing: Closing | None = None,
    ) -> list[bytes | bytearray]:
        """The document piece by piece, for who writes it to a file and needs no second copy.

        Raises `TemplateError` with the places of the faults, the first of each part.

        `replacements` are new contents of pictures and embedded files, by name; for the manifest of
        a template with markers, `sources` are cells by path, `about` is what it says of itself, and
        `closing` gives what it says at its end of the document, whose figures have these marks.
        """
        values = {**(globals or {}), **context}
        marking, changes = self.marking, Changes(self.package)
        marks = marking.begin(sources, limits.marks, limits.cell_marks) if marking else None
        rendering = self._rendering(changes, _budget(limits, values), marks)
        if replacements:
            from docgen.template.write.replacing import replace_named  # noqa: PLC0415 - only those who replace pay

            if missing := replace_named(changes, replacements):
                raise KeyError(f"模板里没有 {'、'.join(missing)}")
        members = self._parts(values, limits, rendering)
        if rendering.ids.has_contents:
            members += self._updating(members)
        members += changes.members(members)
        if self.noted or changes.appends:
            members += self._notes_in_order(members)
        if marking and marks:
            if rendering.ids.repeated or marking.taken > limits.marks:
                members += self._fewer_marks(members, marks, limits.marks)
            said = closing(replaced(self.package, members), marks.names) if closing else ""
            members.append(marking.manifest(marks, about, said))
        return pack(replaced(self.package, members))

    def _rendering(
        self, changes: Changes, budget: Budget, marks: "FigureMarks | None"
    ) -> Rendering:
        ids = Ids(changes, budget)
        if marks:
            ids.marks = marks.numbers
        return Rendering(changes, ids, _adopted, budget, marks, self.as_docxtpl)

    def _parts(
        self, values: Mapping[str, Any], limits: Limits, rendering: Rendering
    ) -> list[Member]:
        """The parts with what their tags printed; raises `TemplateError`."""
        members, faults = [], list[TemplateFault]()
        for program in self.programs:
            try:
                members.append(render_part(program, values, limits, rendering))
            except TemplateError as error:
                faults += error.faults
        if faults:
            raise TemplateError(self.explained(faults))
        return members

    def explained(self, faults: Sequence[TemplateFault]) -> list[TemplateFault]:
        """The faults; a name that only a loop knows is told to be one."""
        from docgen.template.model.hints import explained  # noqa: PLC0415 - only a fault pays for it

        tags = [spot.text for program in self.programs for spot in program.source.spots]
        return explained(faults, tags)

    def _notes_in_order(self, members: Sequence[Member]) -> list[Member]:
        """The parts that change when notes stand in the order of what refers to them."""
        from docgen.template.write.note_order import notes_in_order  # noqa: PLC0415 - only notes pay

        package = replaced(self.package, members)
        return notes_in_order(package, main_part(package))

    def _fewer_marks(self, members: Sequence[Member], marks: "Marks", most: int) -> list[Member]:
        """The parts that change where loops have printed bookmarks when all marks were given."""
        if next(marks.numbers, None) is not None:
            return []
        from docgen.template.write.fewer import fewer_marks  # noqa: PLC0415 - only full documents pay

        count = bookmark_count(replaced(self.package, members))
        return fewer_marks(members, marks, count, most)

    def _updating(self, members: Sequence[Member]) -> Sequence[Member]:
        """The settings that let Word update fields, with what the template's tags say in them."""
        written = {member.name for member in members}
        if self.updating and all(member.name not in written for member in self.updating):
            return self.updating
        return updating_settings(replaced(self.package, members))


def compile_template(  # noqa: PLR0913 - the options of a template, all by name
    source: FileSource,
    *,
    filters: Functions | None = None,
    tests: Functions | None = None,
    trusted: bool = False,
    markers: bool = False,
    docxtpl: bool = False,
    kept: bool = False,
    undefined: Any = StrictUndefined,
) -> Template:
    """The compiled template in a file, from the process's cache if the file is unchanged.

    `trusted` switches the allow-list off, never the sandbox; `markers` puts a hidden bookmark
    around each figure and a manifest of them into the document; `docxtpl` prints None, True and
    lists as docxtpl does, in Python's words; `undefined` is Jinja's kind of missing value. `kept`
    looks in the user's cache folder before it compiles, and keeps there what it made.

    Raises `TemplateError` with all faults of the file, and OSError.
    """
    data = Path(source).read_bytes() if isinstance(source, str | os.PathLike) else bytes_of(source)
    words = (_named(filters or NONE), _named(tests or NONE), undefined)
    key = Key(hashlib.sha256(data).digest(), trusted, *words, markers, docxtpl)
    if key not in _cache:
        while len(_cache) >= MOST_CACHED:
            _cache.pop(next(iter(_cache)), None)
        make = _kept if kept else _compiled
        sandbox = _sandbox(*words, trusted=trusted, docxtpl=docxtpl)
        package, programs = make(data, source, sandbox, key)
        updating = tuple(updating_settings(package)) if any(map(_HAS_CONTENTS, programs)) else ()
        made = Template(package, programs, updating, None, docxtpl, _noted(package, programs))
        _cache[key] = _marked(made) if markers else made
    return _cache[key]


Made = tuple[Package, tuple[Program, ...]]
_cache: dict[Key, Template] = {}


def _noted(package: Package, programs: Sequence[Program]) -> bool:
    """Whether the text of the document refers to notes, be it without tags itself."""
    if not any("notes" in member.name.lower() for member in package.members):
        return False
    main = main_part(package)
    pieces = next((one.source.data for one in programs if one.source.file == main), None)
    if pieces is None:
        return NOTE_SIGN in package.read(main)
    sign = NOTE_SIGN.decode()
    return any(sign in piece for piece in pieces)


def _named(functions: Functions) -> Named:
    return frozenset(functions.items())


@lru_cache(MOST_CACHED)
def _sandbox(
    filters: Named, tests: Named, undefined: Any, *, trusted: bool, docxtpl: bool
) -> WordSandbox:
    return WordSandbox(dict(filters), dict(tests), undefined, trusted=trusted, docxtpl=docxtpl)


def _budget(limits: Limits, values: Mapping[str, Any]) -> Budget:
    return Budget(limits.passes, limits.steps, limits.made, limits.seconds, values)


def _adopted(value: Any) -> Any:
    from docgen.template.rich.foreign import adopted  # noqa: PLC0415 - only other people's values pay

    return adopted(value)


class SoundParts(NamedTuple):
    """The template of those parts that have no faults, the faults of the others, the environment.

    Of a file whose header holds `{{ 单位` the template fills the body, and there is one fault.
    """

    template: Template
    faults: list[TemplateFault]
    sandbox: WordSandbox


def compile_sound_parts(
    source: FileSource, *, filters: Functions | None = None, tests: Functions | None = None
) -> SoundParts:
    """What of a template can be compiled, its faults, and what its tags are read with.

    Raises `TemplateError` where the file cannot be read, and OSError.
    """
    data = Path(source).read_bytes() if isinstance(source, str | os.PathLike) else bytes_of(source)
    words = (_named(filters or NONE), _named(tests or NONE), StrictUndefined)
    sandbox = _sandbox(*words, trusted=False, docxtpl=False)
    key = Key(b"", False, *words, False, False)
    package, programs, faults = _parts_of(data, source, sandbox, key)
    return SoundParts(Template(package, programs), faults, sandbox)


def _compiled(data: bytes, source: FileSource, sandbox: WordSandbox, key: Key) -> Made:
    package, programs, faults = _parts_of(data, source, sandbox, key)
    if faults:
        raise TemplateError(faults)
    return package, programs


def _parts_of(
    data: bytes, source: FileSource, sandbox: WordSandbox, key: Key
) -> tuple[Package, tuple[Program, ...], list[TemplateFault]]:
    # Who finds its programs kept needs none of the stages that make them.
    from docgen.template.compile.checking import Dialect, statement_faults, statements_of  # noqa: PLC0415
    from docgen.template.compile.code import load  # noqa: PLC0415
    from docgen.template.compile.source import source_of  # noqa: PLC0415
    from docgen.template.read.links import Links  # noqa: PLC0415
    from docgen.template.read.odd import set_right  # noqa: PLC0415
    from docgen.template.read.part import read_parts  # noqa: PLC0415
    from docgen.template.shape.shape import shape_part  # noqa: PLC0415

    package, dialect = read_document(data, called(source)), Dialect(sandbox, key.trusted)
    programs: list[Program] = []
    links: Mapping[str, Links] = {}
    faults: list[TemplateFault] = []
    if is_odd(package):
        package, links, faults = set_right(package)
    contents = template_parts(package)
    looped: Mapping[str, TemplatePart] = {}
    whole = b"".join(map(_CONTENT, contents))
    if NOTE_SIGN in whole or CHART_SIGN in whole or COMMENT_SIGN in whole:
        from docgen.template.read.looped import looped_parts  # noqa: PLC0415 - few have such

        looped = looped_parts(package, contents, links)
    for part in read_parts(contents, links, looped):
        part.as_docxtpl = key.docxtpl
        shape_part(part, partial(list_styles, package), marks_figures=key.markers)
        if part.faults:
            faults += part.faults_in_order(statement_faults(statements_of(part), dialect))
            continue
        program = load(source_of(part), dialect, needs_paths=key.markers)
        if isinstance(program, Program):
            programs.append(program)
        else:
            faults += program
    return package, tuple(programs), faults


def _kept(data: bytes, source: FileSource, sandbox: WordSandbox, key: Key) -> Made:
    """The same from the user's cache folder, where that has it."""
    from docgen.template.kept import disk_key, keep_programs, recall_programs  # noqa: PLC0415 - only those who keep pay

    functions = (*key.filters, *key.tests)
    disk = disk_key(key.digest, functions, key.trusted, key.markers, key.docxtpl)
    programs = recall_programs(disk, sandbox)
    if programs is None:
        package, programs = _compiled(data, source, sandbox, key)
        keep_programs(disk, programs)
        return package, programs
    package = unpack(data)  # the guards were passed when its programs were made
    if is_odd(package):
        from docgen.template.read.odd import set_right  # noqa: PLC0415 - few templates are odd

        package, _, _ = set_right(package)
    return package, programs


def _marked(made: Template) -> Template:
    from docgen.template.write.marks import Marking, with_manifest  # noqa: PLC0415 - only marked documents pay

    package, name = with_manifest(made.package)
    marking = Marking(name, made.programs, bookmark_count(made.package))
    return replace(made, package=package, marking=marking)


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
