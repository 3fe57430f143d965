"""docxtpl's `DocxTemplate` on Gouji's engine: the same calls, and faults that say where.

What differs on purpose stands in a table in docs/templates.md.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, TemplateError
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS
from lxml import etree

from docgen.report.filters import FILTERS
from docgen.template import Template, compile_template, write_whole
from docgen.template.lint.lint import uses
from docgen.template.word.changes import Changes
from docgen.template.word.package import FileSource, bytes_of, called, pack, read_document, replaced
from docgen.template.write.replacing import replace_contents, replace_named
from gouji.from_python.errors import GoujiError, foreseen, must_exist

if TYPE_CHECKING:
    from docx.document import Document

    from docgen.template.write.site import Content, Site

_SIGNS: Final = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
)  # fmt: skip
_PLAIN: Final = Environment(autoescape=True)


class DocxTemplate:
    """A Word template as docxtpl's users know it; what it cannot do is a `GoujiError`.

        template = DocxTemplate("模板.docx")
        template.render({"单位": "统战部"})
        template.save("成文.docx")

    `docx` is the document of python-docx: the template before `render`, what came of it afterwards.
    `trusted` lets tags call the methods of your own objects.
    """

    def __init__(self, template_file: FileSource, *, trusted: bool = False) -> None:
        if isinstance(template_file, str | PathLike):
            must_exist(Path(template_file))
        self.template_file = template_file
        self.trusted = trusted
        self.allow_missing_pics = False
        self.is_rendered = self.is_saved = False
        self._template = self._current = bytes_of(template_file)
        self._document: Document | None = None
        self.reset_replacements()

    def __getattr__(self, name: str) -> Any:
        """What the document of python-docx has: `template.add_paragraph("…")`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.docx, name)

    @property
    def docx(self) -> "Document":
        """The document as it stands; what is changed in it is kept."""
        if self._document is None:
            self._document = _opened(self._current, called(self.template_file))
        return self._document

    def get_docx(self) -> "Document":
        """The same as `docx`."""
        return self.docx

    def init_docx(self, reload: bool = True) -> None:
        """Go back to the template as it was given, once it was filled; unless not to `reload`."""
        if self.is_rendered and reload:
            self._current, self._document, self.is_rendered = self._template, None, False

    def get_xml(self) -> str:
        """The XML of the document's body as it stands."""
        return etree.tostring(self.docx.element.body, encoding="unicode")

    def render(
        self,
        context: Mapping[str, Any],
        jinja_env: Environment | None = None,
        autoescape: bool = False,
    ) -> None:
        """Fill the template; a second time, the file as it was given.

        Of `jinja_env` its own filters, tests and names are known, and its kind of missing value.
        Values are escaped always, whatever `autoescape` says.
        """
        del autoescape
        source = self._template if self.is_rendered else self._written()
        globals = {} if jinja_env is None else _own(jinja_env.globals, DEFAULT_NAMESPACE)
        with _told():
            template = self._compiled(source, jinja_env)
            self._current = template.render(context, globals=globals)
        self._document = None
        self.is_rendered, self.is_saved = True, False

    def save(self, filename: Any) -> None:
        """Write the document to a path, in place of what is there, or into an open file."""
        with foreseen():
            data = self._replaced(self._written())
            if hasattr(filename, "write"):
                filename.write(data)
            else:
                write_whole(Path(filename), [data])
        self.is_saved = True

    def new_subdoc(self, docpath: FileSource | None = None) -> "Subdoc":
        """A document to be printed with `{{p x }}`: a file's, or an empty one to be written.

        An empty one has the template's styles.
        """
        return Subdoc(self, docpath)

    def build_url_id(self, url: str) -> str:
        """What `RichText(url_id=…)` takes: the address itself, which every part may use."""
        return url

    def get_undeclared_template_variables(
        self, jinja_env: Environment | None = None, context: Mapping[str, Any] | None = None
    ) -> set[str]:
        """The names that the template needs and `context` does not give, of all its parts."""
        with _told():
            paths = [use.path for use in uses(self._compiled(self._template, jinja_env))]
        names = {path.partition(".")[0].partition("[")[0] for path in paths}
        known = set() if jinja_env is None else jinja_env.globals.keys()
        return names - set(context or ()) - known

    def replace_pic(self, embedded_file: str, dst_file: FileSource) -> None:
        """Put a file in the place of a picture, by its name, title, alternative text or file."""
        self._by_name[embedded_file] = bytes_of(dst_file)

    def replace_media(self, src_file: FileSource, dst_file: FileSource) -> None:
        """Put a file in the place of a picture or embedded file with the contents of another."""
        self._by_content[bytes_of(src_file)] = bytes_of(dst_file)

    replace_embedded = replace_media

    def replace_zipname(self, zipname: str, dst_file: FileSource) -> None:
        """Put a file in the place of one inside the .docx: `word/embeddings/表.xlsx`."""
        self._by_name[zipname] = bytes_of(dst_file)

    def reset_replacements(self) -> None:
        """Forget all that was to be replaced."""
        self._by_name: dict[str, bytes] = {}
        self._by_content: dict[bytes, bytes] = {}

    def _compiled(self, source: bytes, environment: Environment | None) -> Template:
        environment = environment or _PLAIN
        _must_be_known(environment)
        return compile_template(
            source,
            filters={**FILTERS, **_own(environment.filters, JINJA_FILTERS)},
            tests=_own(environment.tests, JINJA_TESTS),
            trusted=self.trusted,
            docxtpl=True,
            undefined=environment.undefined,
        )

    def _written(self) -> bytes:
        """The document with what was changed in it through python-docx."""
        if self._document is None:
            return self._current
        buffer = BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()

    def _replaced(self, data: bytes) -> bytes:
        if not self._by_name and not self._by_content:
            return data
        package = read_document(data, called(self.template_file))
        changes = Changes(package)
        missing = replace_named(changes, self._by_name)
        if replace_contents(changes, self._by_content):
            missing.append("内容相同的图片或嵌入的文件")
        if missing and not self.allow_missing_pics:
            raise GoujiError(f"模板里没有 {'、'.join(missing)},没有换成")
        return b"".join(pack(replaced(package, changes.members())))


class FaultyTemplateError(GoujiError, TemplateError):
    """What is wrong with a template, for those too who catch Jinja's errors, as of docxtpl's."""


@contextmanager
def _told() -> Iterator[None]:
    """Raise what is wrong with the template or its data as `FaultyTemplateError`."""
    try:
        with foreseen():
            yield
    except GoujiError as error:
        raise FaultyTemplateError(str(error)) from error.__cause__


class Subdoc:
    """A document inside another; it is written to as python-docx's."""

    def __init__(self, tpl: DocxTemplate, docpath: FileSource | None = None) -> None:
        self._is_file = docpath is not None
        source = tpl.template_file if docpath is None else docpath
        data = tpl._template if docpath is None else bytes_of(docpath)
        self.subdocx = _opened(data, called(source))
        if docpath is None:
            self.subdocx._body.clear_content()

    def __getattr__(self, name: str) -> Any:
        """What the document of python-docx has: `subdocument.add_paragraph("…")`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.subdocx, name)

    def __word__(self, site: "Site") -> "Content":
        """The document as it stands when it is printed."""
        from docgen.template.rich.subdocuments import SubDocument

        return SubDocument(self.subdocx, begins_lists=self._is_file).__word__(site)


def _opened(data: bytes, name: str) -> "Document":
    """The document of python-docx, which trusts a file: it is looked over before."""
    from docx import Document

    with foreseen():
        read_document(data, name)
    try:
        return Document(BytesIO(data))
    except ValueError as error:  # a .dotx or .docm, of which python-docx takes none
        raise GoujiError(f"「{name}」不是普通的 .docx,请在 Word 里另存为 .docx 再改") from error


def _own(named: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """What an environment has of its own, besides the `usual`."""
    return {name: one for name, one in named.items() if usual.get(name) is not one}


def _must_be_known(environment: Environment) -> None:
    """Refuse what an environment asks of Jinja and the engine does not do, lest it go unnoticed."""
    asked = [name for name in _SIGNS if getattr(environment, name) != getattr(_PLAIN, name)]
    asked += [name.rpartition(".")[2] for name in environment.extensions]
    asked += ["finalize"] if environment.finalize else []
    if asked:
        raise GoujiError(f"jinja_env 里的 {'、'.join(asked)} 用不了,请去掉")
