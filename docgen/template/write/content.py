"""What a value brings into the document, and the place that it is printed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from markupsafe import Markup

from docgen.template.compile.emit import Spot
from docgen.template.shape.ids import Ids
from docgen.template.write.additions import Additions
from docgen.template.write.around import Around, around

Height = Literal["text", "run", "paragraph"]

BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'
PAGE: Final = '</w:t><w:br w:type="page"/><w:t xml:space="preserve">'
PAGE_PARAGRAPH: Final = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_ELEMENTS: Final = {"run": "r", "paragraph": "p"}


@dataclass(frozen=True, slots=True)
class Content:
    """Markup, and whether it is the inside of a text, runs, or whole paragraphs and tables."""

    height: Height
    xml: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """What one rendering of a template gave out and added to the file."""

    additions: Additions
    ids: Ids = field(default_factory=Ids)
    marks: Any = None

    def __post_init__(self) -> None:
        self.ids.restart = self._restarted

    def _restarted(self, number: str) -> str:
        from docgen.template.shape.numbering import Numbering  # noqa: PLC0415 - only restarted lists pay

        return Numbering(self.additions).restarted(number)


@dataclass(frozen=True)
class Site:
    """The place of a tag in one rendering: what a value needs to know to write itself."""

    part: str
    spot: Spot
    data: Sequence[str]
    rendering: Rendering

    @cached_property
    def around(self) -> Around:
        """The elements around the tag."""
        return around(reversed(self.data[: self.spot.data]), self.spot.frame)

    @cached_property
    def signs(self) -> dict[str, str]:
        """The markup for control characters in the text of this tag."""
        return signs(self.around.leave("p"), self.around.enter("p"))

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of this part's relationship of `kind` to `target`."""
        return self.rendering.additions.relate(self.part, kind, target, external=external)

    def placed(self, content: Content) -> Markup:
        """`content` at its level: what stands around is closed before it and opened after it."""
        levels = self.around.levels
        here = len(levels) - len(self.spot.frame)
        there = len(levels)
        if name := _ELEMENTS.get(content.height):
            found = [index for index, level in enumerate(levels) if level[0] == name]
            there = found[-1] if found else here
        between = levels[min(here, there) : max(here, there)]
        opening = "".join(markup for _, markup in between)
        closing = "".join(f"</w:{name}>" for name, _ in reversed(between))
        if there >= here:
            if closing.startswith("</w:tc>") and not content.xml.endswith("</w:p>"):
                closing = f"<w:p/>{closing}"  # a cell must end with a paragraph
            return Markup(f"{opening}{content.xml}{closing}")  # noqa: S704 - made of escaped text
        return Markup(f"{closing}{content.xml}{opening}")  # noqa: S704 - made of escaped text


def signs(leave: str, enter: str) -> dict[str, str]:
    """Word's markup for control characters, where these close and reopen the paragraph."""
    return {
        "\n": BREAK,
        "\r": BREAK,
        "\r\n": BREAK,
        "\v": BREAK,
        "\t": TAB,
        "\a": f"{leave}{enter}" or BREAK,
        "\f": f"{leave}{PAGE_PARAGRAPH}{enter}" if leave else PAGE,
    }
