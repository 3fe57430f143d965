"""The word before a figure that turns with its sign, also where it is said once for several."""

from dataclasses import dataclass, field

from docgen.naming.directions import DONE, direction_word, turn_of, word_of_all


@dataclass(slots=True)
class Listed:
    """What is said of the figures of a paragraph so far: under what condition each is more.

    `report` is the text of all of it, whose own words are taken.
    """

    report: str
    conditions: list[tuple[int, str]] = field(default_factory=list)

    def said(self, before: str, after: str, is_more: str, direction: int) -> str:
        """What stands in a template for the word before a figure, "" for none.

        Of 分别增长6.18%和2.92% the second figure has no word as long as both rise or both fall.
        """
        if not is_more:
            return ""
        own, first = direction_word(before), word_of_all(before)
        self.conditions.append((len(before), is_more))
        if not own and not first:
            return ""
        word = own or first
        turned = turn_of(word, self.report, after)
        more, less = (word, turned) if direction > 0 else (turned, word)
        said = f"'{more}' if {is_more} else '{less}'"
        if own:
            return f"{{{{ {said} }}}}"
        return f"{{{{ '' if {self._alike(before, first, direction)} else {said} }}}}"

    def _alike(self, before: str, word: str, direction: int) -> str:
        """The condition that a list's figures so far, the last of them too, have one word."""
        begun = before.rindex(word) + len(word)
        own = dict.fromkeys(f"({one})" for at, one in self.conditions if at >= begun)
        is_word_tagged = any(begun <= at <= begun + len(DONE) for at, _ in self.conditions)
        if is_word_tagged:
            return " == ".join(own)
        return " and ".join(own if direction > 0 else [f"not {one}" for one in own])
