"""The name that an author may have meant by one that is not there."""

from collections.abc import Collection


def likely(name: str, known: Collection[str]) -> str:
    """`,是不是「…」` where one of the known names looks like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

    near = get_close_matches(name, sorted(known), 1, cutoff=0.5)
    return f",是不是「{near[0]}」?" if near else ""
