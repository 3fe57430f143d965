"""A text in both languages that a kind may be written in, side by side.

Read by Python 3.8 too, inside LibreOffice: see `workbook.figures.cell_functions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Text(NamedTuple):
    """What is said in Chinese and in English, with the same `{words}` to be filled in.

    >>> Text("还有 {count} 项没填", "{count} still blank")("en", count=3)
    '3 still blank'
    """

    zh: str
    en: str

    def __call__(self, language: Language, **words: object) -> str:
        """The text in a language, its words filled in."""
        return self.bare(language).format_map(words)

    def said(self, **words: object) -> Said:
        """The text with its words, to be told later."""
        return Said(self, tuple(words.items()))

    def bare(self, language: Language) -> str:
        """The text as it is written, braces and all."""
        return self.en if language == "en" else self.zh


class Said(NamedTuple):
    """A text with its words, by somebody who does not know in which language it will be told."""

    text: Text
    words: tuple[tuple[str, object], ...] = ()

    def __call__(self, language: Language) -> str:
        """The text in a language, and those of its words that are texts themselves."""
        words = {
            name: word(language) if isinstance(word, Said) else word for name, word in self.words
        }
        return self.text(language, **words)


LIST_MARK = Text("、", ", ")


def listed(language: Language, words: Iterable[str]) -> str:
    """Words one after another, as a sentence of the language lists them."""
    return LIST_MARK.bare(language).join(words)
