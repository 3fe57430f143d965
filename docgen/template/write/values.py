"""Values as Word's markup: text with its breaks, values that bring markup, and special forms."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from docgen.template.model.signs import Token, token
from docgen.template.model.sourced import Amount, Rounded, Source, SourcedText
from docgen.template.model.tags import TagForm
from docgen.template.model.text import MOST_DIGITS, text_of
from docgen.template.word.xml import attribute, escaped, plain_text
from docgen.template.write.grids import MOST_COLUMNS
from docgen.template.write.site import Content, Height, Site, breaks

NO_CELL: Final = Source("", "")
_CONTROL: Final = re.compile("\r\n|[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
SIMPLE: Final = breaks("", "")
_NEEDS_SITE: Final = re.compile("[\a\f]")
PRINTING: Final = frozenset(
    (TagForm.TEXT, TagForm.PLAIN, TagForm.QUOTED, TagForm.ATTRIBUTE, TagForm.QUOTED_ATTRIBUTE)
)
_NOT_IN_ADDRESS: Final = re.compile(r'[\x00-\x20"<>^`{|}\u3000]')
_FIRST: Final = re.compile(r"<w:(p|tbl|r|tr|tc)(?=[ />])")
_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6})|auto")


def plainly(value: Any) -> tuple[str | None, Source]:
    """The text of a number, of a short text or of nothing, and its cell; None for anything else."""
    kind = value.__class__
    if kind is SourcedText:
        return value, value.source
    if kind is Amount or kind is Decimal or kind is Rounded:
        text = format(value, "f")
        if len(text) > MOST_DIGITS:  # a quotient that does not end?
            return None, NO_CELL
        return text, NO_CELL if kind is Decimal else value.source
    if kind is int:
        return str(value), NO_CELL
    return "" if value is None else None, NO_CELL


def word_text(value: str, site: Site) -> str:
    """The inside of a `w:t` for `value`."""
    return broken_text(value, site.breaks if needs_site(value) else SIMPLE)


def needs_site(value: str) -> bool:
    """Whether a text has a page or paragraph break, which has to know where it stands."""
    return _NEEDS_SITE.search(value) is not None


def broken_text(value: str, known: Mapping[str, str]) -> str:
    """The inside of a `w:t` for `value` with the markup `known` for control characters."""
    return _CONTROL.sub(lambda match: known.get(match.group(), ""), escaped(value))


def shown(value: Any) -> str | None:
    """The text of a plain value, None for one that writes its own markup."""
    if value.__class__ is str:
        return str(value)
    if value.__class__ is not Decimal and (
        hasattr(value.__class__, "__word__") or hasattr(value.__class__, "__html__")
    ):
        return None
    return text_of(value)


def shown_by_python(value: Any) -> bool:
    """Whether docxtpl prints `value` with `str`, and not with markup that it brings."""
    return not hasattr(value.__class__, "__word__") and not hasattr(value.__class__, "__html__")


def captured(value: Markup, site: Site) -> str:
    """What a macro or a block took from the document, at its place: texts, runs or paragraphs."""
    first = _FIRST.search(value)
    if first is None or first[1] in ("tr", "tc"):  # of a row or cell nothing is around
        return str(value) if first else site.placed(Content("text", str(value)))
    begins_inside = value.find("</", 0, first.start()) >= 0  # a break in a text
    height: Height = "text" if begins_inside else "run" if first[1] == "r" else "paragraph"
    return site.placed(Content(height, str(value)))


def written(value: Any, site: Site) -> str:
    """The markup of `value` at its place."""
    if not hasattr(value.__class__, "__word__") and hasattr(value.__class__, "__html__"):
        value = site.rendering.adopted(value)
    if hasattr(value.__class__, "__word__"):
        return site.placed(value.__word__(site))
    inner = word_text(text_of(value), site)
    return site.placed(Content("text", inner)) if site.spot.levels else inner


def formed(value: Any, form: TagForm) -> str:
    """What is printed of `value` where its tag is more, or less, than text."""
    return _FORMS[form](value)


def _plain(value: Any) -> str:
    return plain_text(text_of(value))


def _quoted(value: Any) -> str:
    return _plain(_escaped(value))


def _in_attribute(value: Any) -> str:
    return attribute(text_of(value)).replace("\n", "&#10;")


def _quoted_in_attribute(value: Any) -> str:
    return _in_attribute(_escaped(value))


def _escaped(value: Any) -> str:
    """The value for between the quotes of a field code (ECMA-376 part 1, 17.16.1)."""
    return text_of(value).replace("\\", r"\\").replace('"', r"\"")


def address(value: Any) -> str:
    """A value as the address of a link: what no address may hold is written in percent."""
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match[0]), text_of(value).strip())


def _span(value: Any) -> str:
    columns = int(value)
    if columns > MOST_COLUMNS:
        raise ValueError(f"Word 的表格至多 {MOST_COLUMNS} 列,这里要跨 {columns} 列")
    return f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""


def _merge(is_first: Any) -> str:
    return f'<w:vMerge w:val="{"restart" if is_first else "continue"}"/>'


def _shade(value: Any) -> str:
    match = _COLOUR.fullmatch(text_of(value).strip() or "auto")
    if match is None:
        raise ValueError(f"「{text_of(value)[:20]}」不是颜色,请写成 FF0000 这样的六位十六进制数")
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{match[1] or "auto"}"/>'


def _restart(value: Any) -> str:
    return token(Token.RESTART, text_of(value))


_FORMS: Final[dict[TagForm, Callable[[Any], str]]] = {
    TagForm.PLAIN: _plain,
    TagForm.QUOTED: _quoted,
    TagForm.ATTRIBUTE: _in_attribute,
    TagForm.QUOTED_ATTRIBUTE: _quoted_in_attribute,
    TagForm.COLSPAN: _span,
    TagForm.HM: _span,
    TagForm.VM: _merge,
    TagForm.CELLBG: _shade,
    TagForm.RESTART: _restart,
}
