"""Values as Word's XML: escaped text, with line breaks, tabs and paragraphs as Word's own."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from docgen.template.compile.code import FIRST_LINE
from docgen.template.compile.emit import Spot
from docgen.template.shape.ids import CLOSE, OPEN
from docgen.template.write.content import Content, Rendering, Site, signs

_CONTROL: Final = re.compile("\r\n|[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SIMPLE: Final = signs("", "")
_NEEDS_SITE: Final = re.compile("[\a\f]")
_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6})|auto")

Writer = Callable[[Any, int], str]


def words(value: Any) -> str:
    """The text of `value`; None is no text, a Decimal is never written with an exponent."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def escaped(value: str) -> str:
    """`value` with the signs of XML as entities."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """`value` for the inside of an attribute in double quotes."""
    return plain_text(value).replace('"', "&quot;")


def word_text(value: str, site: Site | None = None) -> str:
    """The inside of a `w:t` for `value`."""
    return signed_text(value, site.signs if site and _NEEDS_SITE.search(value) else _SIMPLE)


def signed_text(value: str, known: Mapping[str, str]) -> str:
    """The inside of a `w:t` for `value` with the markup `known` for control characters."""
    return _CONTROL.sub(lambda match: known.get(match.group(), ""), escaped(value))


def plain_text(value: str) -> str:
    """The inside of an element or attribute that holds no Word markup."""
    return _ILLEGAL.sub("", escaped(value))


def writers(
    part: str, spots: Sequence[Spot], data: Sequence[str], rendering: Rendering
) -> tuple[Writer, Writer]:
    """What a compiled part calls for each value and the line of its tag: plain, or to be marked."""

    def write(value: Any, line: int) -> str:
        spot = spots[line - FIRST_LINE]
        if spot.form != "text":
            return _FORMS[spot.form](value)
        if value.__class__ is Markup:
            return str(value)
        return written(value, site(line))

    def text(value: Any, line: int) -> str:
        if value.__class__ is str and value.isprintable() and line not in special:
            if "&" in value or "<" in value or ">" in value:
                return escaped(value)
            return value
        return write(value, line)

    def site(line: int) -> Site:
        if line not in sites:
            sites[line] = Site(part, spots[line - FIRST_LINE], data, rendering)
        return sites[line]

    sites: dict[int, Site] = {}
    special = {
        index for index, spot in enumerate(spots, FIRST_LINE) if spot.form != "text" or spot.frame
    }
    return text, rendering.marks.writer(part, site) if rendering.marks else text


def shown(value: Any) -> str | None:
    """The text of a plain value, None for one that writes its own markup."""
    if value.__class__ is str:
        return str(value)
    if value.__class__ is not Decimal and (brings(value) or hasattr(value.__class__, "__html__")):
        return None
    return words(value)


def brings(value: Any) -> bool:
    """Whether `value` is one of the kinds that write their own markup."""
    return hasattr(value.__class__, "__word__")


def written(value: Any, site: Site) -> str:
    """The markup of `value` at its place."""
    brings = getattr(value.__class__, "__word__", None)
    if brings is None and hasattr(value.__class__, "__html__"):
        from docgen.template.rich.foreign import adopted  # noqa: PLC0415 - only other people's values pay

        value = adopted(value)
        brings = getattr(value.__class__, "__word__", None)
    if brings is not None:
        return site.placed(value.__word__(site))
    inner = word_text(words(value), site)
    return site.placed(Content("text", inner)) if site.spot.frame else inner


def _plain(value: Any) -> str:
    return plain_text(words(value))


def _span(value: Any) -> str:
    columns = int(value)
    return f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""


def _merge(is_first: Any) -> str:
    return f'<w:vMerge w:val="{"restart" if is_first else "continue"}"/>'


def _shade(value: Any) -> str:
    match = _COLOUR.fullmatch(words(value).strip() or "auto")
    if match is None:
        raise ValueError(f"「{value}」不是颜色,请写成 FF0000 这样的六位十六进制数")
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{match[1] or "auto"}"/>'


def _restart(value: Any) -> str:
    return f"{OPEN}r{words(value)}{CLOSE}"


_FORMS: Final[dict[str, Callable[[Any], str]]] = {
    "plain": _plain,
    "colspan": _span,
    "hm": _span,
    "vm": _merge,
    "cellbg": _shade,
    "restart_numbering": _restart,
}
