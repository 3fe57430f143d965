"""Values as Word's XML: escaped text, with line breaks, tabs and paragraphs as Word's own."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from docgen.code import FIRST_LINE
from docgen.content import Content, Rendering, Site, signs
from docgen.emit import Spot
from docgen.figures import ROW
from docgen.ids import CLOSE, OPEN
from docgen.sourced import Amount, Prose, Source, Words

_CONTROL: Final = re.compile("\r\n|[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SIMPLE: Final = signs("", "")
_NEEDS_SITE: Final = re.compile("[\a\f]")
_COLOUR: Final = re.compile(r"#?([0-9A-Fa-f]{6})|auto")

SOURCED: Final = frozenset((Amount, Words))

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


def writer(part: str, spots: Sequence[Spot], data: Sequence[str], rendering: Rendering) -> Writer:
    """The function that a compiled part calls for each value with the line of its tag."""

    def write(value: Any, line: int) -> str:
        spot = spots[line - FIRST_LINE]
        if spot.form != "text":
            return _FORMS[spot.form](value)
        if value.__class__ is Markup:
            return str(value)
        return _written(value, site(line))

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
    if rendering.marks:
        return _marker(rendering.marks, rendering.marks.known.get(part, {}), text, site)
    return text


def _marker(
    marks: Any, marked: Mapping[int, Any], text: Writer, site: Callable[[int], Site]
) -> Writer:
    """The writer `text` with marks around the figures and at the starts of rows."""

    def mark_text(value: Any, line: int) -> str:
        mark = marked.get(line)
        if mark is None:
            return text(value, line)
        if mark.form == ROW:
            made: str = marks.row(mark)
            return made
        if value.__class__ is Prose:
            return "".join([piece(mark, *part, line) for part in _pieces(value)])
        source = getattr(value, "source", None) if value.__class__ in SOURCED else None
        shown = value if value.__class__ is str else _shown(value)
        if shown is None or not (mark.paths or source):
            return str(value) if value.__class__ is Markup else _written(value, site(line))
        if not shown.isprintable() or fresh.pop(line, None) is None:
            return piece(mark, shown, source, line, marked=True)
        inner = escaped(shown) if "&" in shown or "<" in shown or ">" in shown else shown
        note((mark, "", shown, inner, source))
        return f"{mark.before}{inner}{mark.after}"

    def piece(
        mark: Any, shown: str, source: Source | None, line: int, *, marked: bool = False
    ) -> str:
        if shown.isprintable():
            run = f"{mark.opening}{escaped(shown)}</w:t></w:r>"
        else:
            run = _written(shown, site(line))
        if not marked and source is None:
            return run
        made: str = marks.figure(mark, shown, run, source, first=fresh.pop(line, None) is not None)
        return made

    fresh, note = dict(marked), marks.items.append
    return mark_text


def _pieces(prose: Prose) -> Iterator[tuple[str, Source | None]]:
    """The text cut into its figures and what stands between them."""
    done = 0
    for start, end, source in prose.figures:
        if start > done:
            yield prose[done:start], None
        yield prose[start:end], source
        done = end
    if done < len(prose):
        yield prose[done:], None


def _shown(value: Any) -> str | None:
    """The text of a plain value, None for one that writes its own markup."""
    if value.__class__ is not Decimal and (brings(value) or hasattr(value.__class__, "__html__")):
        return None
    return words(value)


def brings(value: Any) -> bool:
    """Whether `value` is one of the kinds that write their own markup."""
    return hasattr(value.__class__, "__word__")


def _written(value: Any, site: Site) -> str:
    brings = getattr(value.__class__, "__word__", None)
    if brings is None and hasattr(value.__class__, "__html__"):
        from docgen.foreign import adopted  # noqa: PLC0415 - only other people's values pay

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
