"""What the author may have meant: the known name nearest to a wrong one."""

from collections.abc import Iterable


def near(name: object, known: Iterable[object]) -> dict[str, str]:
    """The details `hint` and `hint_en` of a fault, empty texts where no known name is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

    names = [text for text in map(str, known) if not text.startswith("_")]
    found = get_close_matches(str(name), names, cutoff=0.5)
    if not found:
        return {"hint": "", "hint_en": ""}
    return {"hint": f",是不是「{found[0]}」", "hint_en": f"; did you mean {found[0]}"}
