"""Word's cascade: what a run looks like and how a paragraph is laid out, whoever says so.

From weak to strong: the document's defaults, the paragraph's style behind those that it is based
on, the run's character style likewise, the paragraph or the run itself (ECMA-376 part 1, 17.7.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml.etree import _Element as Element

from docgen.official.fonts import ThemeFonts, half_points, read_theme
from docgen.official.parts import Parts, child_value, is_on, number
from docgen.template.word.names import P_PR, R_PR, VAL, W

_STYLE: Final = f"{W}pStyle"
_DEFAULT_SIZE: Final = 10.0  # where nobody says one
_BLACK_THEME: Final = frozenset(("text1", "dark1"))
_DARK: Final = 0x40  # up to which a grey prints as black


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look: their fonts for Chinese and for digits, size in points, colour.

    A font is "" where nobody names one; a colour is "" where it is black or automatic.

    `Letters("仿宋_GB2312", "仿宋_GB2312", 16, "", is_hidden=False)` is the text of our reports.
    """

    eastern: str
    western: str
    size_pt: float
    color: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph is laid out; `line` is in twips, or in 240ths of a line where rule is auto.

    `first_chars` is the first line's indent in characters, `left_twips` that of all lines.
    """

    line: int
    rule: str
    on_grid: bool
    align: str
    first_chars: float
    left_twips: int
    breaks_page: bool
    style: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """A document's styles with its theme; asked for the looks of runs and paragraphs.

    A run that says nothing but `<w:sz w:val="28"/>`, in a heading whose style names 黑体, has 黑体
    of 14 points.
    """

    styles: dict[str, Element]
    defaults: dict[str, str]
    root: Element | None
    theme: ThemeFonts
    layouts: dict[tuple[str | None, float], Layout] = field(default_factory=dict, compare=False)

    def letters(self, run: Element, paragraph: Element) -> Letters:
        """How the letters of `run` look in `paragraph`."""
        own = run.find(R_PR)
        of_paragraph = _found(self._chain(self._style_of(paragraph), "paragraph"), R_PR)
        of_run = _found(self._chain(child_value(own, "rStyle"), "character"), R_PR)
        layers = [*self._default(R_PR), *of_paragraph, *of_run]
        if own is not None:
            layers.append(own)
        direct = None if own is None else own.find(f"{W}vanish")
        # A toggle that both styles turn on is off; what the run says itself counts alone.
        by_style = is_on(_last(of_paragraph, "vanish")) != is_on(_last(of_run, "vanish"))
        return self._letters(layers, by_style if direct is None else is_on(direct))

    def layout(self, paragraph: Element, size_pt: float) -> Layout:
        """How `paragraph`, whose letters are `size_pt` high, is laid out."""
        own, style = paragraph.find(P_PR), self._style_of(paragraph)
        if own is not None and any(one.tag != _STYLE for one in own):
            return self._laid_out(own, style, size_pt)
        key = style, size_pt  # of a paragraph that says nothing but its style
        if key not in self.layouts:
            self.layouts[key] = self._laid_out(None, style, size_pt)
        return self.layouts[key]

    def _laid_out(self, own: Element | None, style: str | None, size_pt: float) -> Layout:
        chain = [*self._default(P_PR), *_found(self._chain(style, "paragraph"), P_PR)]
        layers = [*chain, own] if own is not None else chain
        chars, twips = _first_line(layers, "Chars"), _first_line(layers, "")
        snap = _last(layers, "snapToGrid")
        return Layout(
            number(_attribute(layers, "spacing", "line")) or 240,
            _attribute(layers, "spacing", "lineRule") or "auto",
            snap is None or is_on(snap),
            _value(layers, "jc") or "left",
            chars / 100 if chars else twips / 20 / size_pt,
            _left(layers),
            is_on(_last(layers, "pageBreakBefore")),
            (child_value(self.styles.get(style or ""), "name") or "").lower(),
        )

    def _letters(self, layers: Sequence[Element], is_hidden: bool) -> Letters:
        is_complex = is_on(_last(layers, "cs")) or is_on(_last(layers, "rtl"))
        eastern = self._font(layers, "cs" if is_complex else "eastAsia")
        size = half_points(_value(layers, "szCs" if is_complex else "sz"))
        return Letters(
            eastern,
            self._font(layers, "cs" if is_complex else "ascii"),
            size or _DEFAULT_SIZE,
            _color(_last(layers, "color")),
            is_hidden,
        )

    def _font(self, layers: Sequence[Element], script: str) -> str:
        """The strongest font for a script; where one element names both, the theme's counts."""
        themed = "cstheme" if script == "cs" else f"{script}Theme"
        for layer in reversed(layers):
            fonts = layer.find(f"{W}rFonts")
            if fonts is None:
                continue
            named = self.theme.named(fonts.get(f"{W}{themed}")) or fonts.get(f"{W}{script}")
            if named is None and fonts.get(f"{W}{themed}") is not None:
                return ""
            if named is not None:
                return named
        return ""

    def _style_of(self, paragraph: Element) -> str | None:
        """The id of the paragraph's style, that of the default one where it names none."""
        named = child_value(paragraph, "pPr/pStyle")
        style = self.styles.get(named or "")
        is_one = style is not None and style.get(f"{W}type", "paragraph") == "paragraph"
        return named if is_one else self.defaults.get("paragraph")

    def _chain(self, name: str | None, kind: str) -> list[Element]:
        """The style called `name` behind all that it is based on; none of another kind."""
        chain: list[Element] = []
        while name is not None and (style := self.styles.get(name)) is not None:
            if style in chain or style.get(f"{W}type", "paragraph") != kind:
                break
            chain.append(style)
            name = child_value(style, "basedOn")
        return chain[::-1]

    def _default(self, tag: str) -> Iterator[Element]:
        path = f"{W}docDefaults/{tag}Default/{tag}"
        found = None if self.root is None else self.root.find(path)
        if found is not None:
            yield found


def read_cascade(parts: Parts) -> Cascade:
    """The cascade of the document's styles."""
    styles = [] if parts.styles is None else list(parts.styles.iterfind(f"{W}style"))
    return Cascade(
        {one.get(f"{W}styleId", ""): one for one in styles},
        {
            one.get(f"{W}type", ""): one.get(f"{W}styleId", "")
            for one in styles
            if one.get(f"{W}default") in ("1", "true", "on")
        },
        parts.styles,
        read_theme(parts),
    )


def _found(chain: Sequence[Element], tag: str) -> list[Element]:
    return [found for style in chain if (found := style.find(tag)) is not None]


def _last(layers: Sequence[Element], name: str) -> Element | None:
    """The strongest element called `name`."""
    found = (layer.find(f"{W}{name}") for layer in reversed(layers))
    return next((one for one in found if one is not None), None)


def _value(layers: Sequence[Element], name: str) -> str | None:
    return _attribute(layers, name, "val")


def _attribute(layers: Sequence[Element], name: str, attribute: str) -> str | None:
    """The strongest value of an attribute; each attribute of an element counts for itself."""
    for layer in reversed(layers):
        found = layer.find(f"{W}{name}")
        if found is not None and (value := found.get(f"{W}{attribute}")) is not None:
            return value
    return None


def _first_line(layers: Sequence[Element], unit: str) -> int:
    """How far in the first line begins, less than nothing where it hangs; the two are one thing."""
    for layer in reversed(layers):
        for name, sign in (("hanging", -1), ("firstLine", 1)):
            value = number(_attribute([layer], "ind", f"{name}{unit}"))
            if value is not None:
                return sign * value
    return 0


def _left(layers: Sequence[Element]) -> int:
    """The left indent in twips, a hundredth of a character taken for 3.2 of them."""
    for name in ("leftChars", "startChars"):
        if chars := number(_attribute(layers, "ind", name)):
            return round(chars * 3.2)
    twips = _attribute(layers, "ind", "left") or _attribute(layers, "ind", "start")
    return number(twips) or 0


def _color(color: Element | None) -> str:
    if color is None or (color.get(VAL) or "auto").lower() == "auto":
        return ""
    return _shade(color.get(VAL) or "", color.get(f"{W}themeColor") or "")


@lru_cache(maxsize=256)
def _shade(rgb: str, theme: str) -> str:
    """The colour where it is not black: six digits that are not all dark."""
    if theme in _BLACK_THEME or len(rgb) != 6:
        return ""
    try:
        channels = [int(rgb[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return ""
    return "" if max(channels) <= _DARK else rgb.upper()
