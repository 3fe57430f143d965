"""The keys of a grid's rows and columns, of which each of its cells has the two together."""

from collections.abc import Collection, Iterable, Mapping

from workbook.viewing.words import by_year, key_of

Place = tuple[str, str]  # the label of a cell's row, and the head of its column


def grid_keys(
    named: Mapping[Place, str], cells: Iterable[Place], taken: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The keys of labels and heads, so that no cell has a name that is another's.

    `named` are the bureau's own names of cells, `taken` all names in the book without their case.
    """
    places = list(cells)
    by_others = set(taken) - {name.casefold() for name in named.values()}
    used: set[str] = set()
    heads = by_year(dict.fromkeys(head for _, head in places))
    columns = {head: key_of(words, used) for head, words in heads.items()}
    used = set()
    rows: dict[str, str] = {}
    for label, words in by_year(dict.fromkeys(label for label, _ in places)).items():
        key = key_of(words, used)
        while any(f"{key}_{one}".casefold() in by_others for one in columns.values()):
            key = key_of(words, used)
        rows[label] = key
    return rows, columns


def are_named_otherwise(
    named: Mapping[Place, str], rows: Mapping[str, str], columns: Mapping[str, str]
) -> bool:
    """Whether a cell has a name that is not that of its row and its column."""
    return any(name != f"{rows[label]}_{columns[head]}" for (label, head), name in named.items())
