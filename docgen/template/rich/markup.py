"""Text with formats of its own: rich text, listings and hyperlinks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from docgen.template.model.text import text_of
from docgen.template.word.names import R_NS
from docgen.template.word.xml import attribute
from docgen.template.write.site import Content, Site, breaks
from docgen.template.write.values import broken_text

# What a font with Chinese letters is called in Latin ones; others have Chinese letters in the name.
_CHINESE_FONTS: Final = re.compile(
    r"[\u2e80-\u9fff]|simsun|simhei|simkai|simfang|fangsong|kaiti|heiti|songti|xihei|zhongsong|stsong"
    r"|lisu|youyuan|dengxian|yahei|jhenghei|mingliu|pingfang|hiragino|wenquanyi|source han"
    r"|noto (?:sans|serif) (?:cjk|[st]c|hk)|^fz",
    re.IGNORECASE,
)
UNDERLINES: Final = frozenset(
    ("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "words")
)
HIGHLIGHTS: Final = frozenset((
    "black", "blue", "cyan", "green", "magenta", "red", "yellow", "white", "darkBlue", "darkCyan",
    "darkGreen", "darkMagenta", "darkRed", "darkYellow", "darkGray", "lightGray",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormattedRun:
    """A run to be written: the markup of its properties, its text, and where it links to."""

    properties: str
    text: str
    url: str = ""


class RichText:
    """Runs with formats of their own, for `{{r x}}`; made and added to as docxtpl's is."""

    def __init__(self, text: Any = None, **formats: Any) -> None:
        self.runs: list[FormattedRun] = []
        if text:
            self.add(text, **formats)

    def add(self, text: Any, *, url: str = "", url_id: str | None = None, **formats: Any) -> None:
        """Add `text` in these formats; `url` (or `url_id`, as in docxtpl) is what it links to."""
        if isinstance(text, RichText):
            self.runs += text.runs
            return
        self.runs.append(
            FormattedRun(run_properties(**formats), text_of(text), url or url_id or "")
        )

    def __word__(self, site: Site) -> Content:
        """The runs."""
        return Content("run", written(self.runs, site))


class RichTextParagraph:
    """Paragraphs of rich text with styles of their own, for `{{p x}}`."""

    def __init__(self, text: Any = None, parastyle: str | None = None) -> None:
        self.paragraphs: list[tuple[str, RichText]] = []
        if text:
            self.add(text, parastyle)

    def add(self, text: Any, parastyle: str | None = None) -> None:
        """Add a paragraph of `text` in the style `parastyle` (its id)."""
        rich = text if isinstance(text, RichText) else RichText(text)
        style = f'<w:pStyle w:val="{attribute(parastyle)}"/>' if parastyle else ""
        self.paragraphs.append((f"<w:pPr>{style}</w:pPr>" if style else "", rich))

    def __word__(self, site: Site) -> Content:
        """The paragraphs."""
        return Content("paragraph", "".join(
            f"<w:p>{properties}{written(rich.runs, site, properties)}</w:p>"
            for properties, rich in self.paragraphs
        ))  # fmt: skip


class Listing:
    r"""Text whose line breaks (`\n`), paragraphs (`\a`), tabs and page breaks become Word's own."""

    def __init__(self, text: Any) -> None:
        self.text = text_of(text)

    def __word__(self, site: Site) -> Content:
        """The text."""
        return Content("text", broken_text(self.text, site.breaks))


R, RP = RichText, RichTextParagraph


def run_properties(**formats: Any) -> str:
    """The `w:rPr` for docxtpl's names of formats, in the schema's order."""
    unknown = formats.keys() - _KNOWN
    if unknown:
        raise TypeError(f"没有格式 {'、'.join(sorted(unknown))}")
    inner = "".join(_properties(formats))
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


_KNOWN: Final = frozenset((
    "style", "color", "highlight", "size", "subscript", "superscript", "bold", "italic",
    "underline", "strike", "font", "rtl", "lang",
))  # fmt: skip


def _properties(formats: dict[str, Any]) -> Iterator[str]:
    get = formats.get
    if style := get("style"):
        yield f'<w:rStyle w:val="{attribute(style)}"/>'
    if font := get("font"):
        yield _fonts(font)
    complex_script = "Cs" if get("rtl") else ""
    for name, sign in (("bold", "b"), ("italic", "i")):
        if get(name):
            yield f"<w:{sign}/>" + (f"<w:{sign}{complex_script}/>" if complex_script else "")
    if get("strike"):
        yield "<w:strike/>"
    if color := get("color"):
        yield f'<w:color w:val="{attribute(color.removeprefix("#"))}"/>'
    if size := get("size"):
        yield f'<w:sz w:val="{int(size)}"/><w:szCs w:val="{int(size)}"/>'
    yield from _decorations(formats)


def _decorations(formats: dict[str, Any]) -> Iterator[str]:
    get = formats.get
    highlight = get("highlight") or ""
    if highlight in HIGHLIGHTS:
        yield f'<w:highlight w:val="{highlight}"/>'
    if underline := get("underline"):
        yield f'<w:u w:val="{underline if underline in UNDERLINES else "single"}"/>'
    if highlight and highlight not in HIGHLIGHTS:
        fill = attribute(highlight.removeprefix("#"))
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    for name in ("subscript", "superscript"):
        if get(name):
            yield f'<w:vertAlign w:val="{name}"/>'
    if get("rtl"):
        yield "<w:rtl/>"
    if lang := get("lang"):
        yield f'<w:lang w:val="{attribute(lang)}"/>'


def _fonts(font: str) -> str:
    """A font, for Chinese letters too where it has some: 黑体 and SimHei, but not Arial."""
    region, _, name = font.rpartition(":")
    name = attribute(name)
    if not region and _CHINESE_FONTS.search(name):
        region = "eastAsia"
    extra = f' w:{attribute(region)}="{name}"' if region else ""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"{extra} w:cs="{name}"/>'


def written(runs: Iterable[FormattedRun], site: Site, paragraph: str | None = None) -> str:
    """The runs of `runs`; a bell begins a paragraph with the properties `paragraph`."""
    if paragraph is None:
        inner = ("r", "t", "tc", "tr")
        levels = [level for level in site.enclosing.levels if level.name not in inner]
        start = next((n for n, level in enumerate(levels) if level.name == "p"), len(levels))
        leave = "".join(f"</w:{name}>" for name, _ in reversed(levels[start:]))
        enter = "".join(opening for _, opening in levels[start:])
    else:
        leave, enter = "</w:p>", f"<w:p>{paragraph}"
    return "".join(_run(run, site, leave, enter) for run in runs)


def _run(run: FormattedRun, site: Site, leave: str, enter: str) -> str:
    before, after = f'<w:r>{run.properties}<w:t xml:space="preserve">', "</w:t></w:r>"
    if run.url:
        identity = site.relate("hyperlink", run.url, external=True)
        before = f'<w:hyperlink xmlns:r="{R_NS}" r:id="{identity}">{before}'
        after = f"{after}</w:hyperlink>"
    known = breaks(f"{after}{leave}" if leave else "", f"{enter}{before}")
    return f"{before}{broken_text(run.text, known)}{after}"
