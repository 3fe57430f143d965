"""The word before a figure that turns with its sign, also where it is said once for several."""

from dataclasses import dataclass, field

from docgen.naming.directions import direction_word, turn_of, word_of_all
from docgen.naming.model import Ways


@dataclass(slots=True)
class Listed:
    """The figures of one list so far: under what condition each is more, by where they end."""

    conditions: list[tuple[int, str]] = field(default_factory=list)

    def said(
        self, text: str, start: int, end: int, is_more: str, direction: int, ways: Ways
    ) -> str:
        """What stands in a template for the word before a figure, "" for none.

        Of 分别增长6.18%和2.92% the second figure has no word as long as both rise or both fall.
        """
        if not is_more:
            return ""
        before, after = text[:start], text[end:]
        word, first = direction_word(before), word_of_all(before)
        self.conditions.append((end, is_more))
        if not word and not first:
            return ""
        turned = turn_of(word or first, ways.text, after)
        more, less = (word or first, turned) if direction > 0 else (turned, word or first)
        own = f"'{more}' if {is_more} else '{less}'"
        if word:
            return f"{{{{ {own} }}}}"
        begun = before.rindex(first)
        others = [one for at, one in self.conditions if at > begun]
        alike = " == ".join(f"({one})" for one in dict.fromkeys(others))
        return f"{{{{ '' if {alike} else {own} }}}}"
