"""A file as it is, with other texts in some of its cells: every other byte of its parts stays."""

from collections.abc import Mapping

from workbook.findings.place import Place
from workbook.reading.spots import Spot
from workbook.saving.edited import Edited
from workbook.xlsx.addresses import cell_at


def with_texts(file: bytes, texts: Mapping[Place, str]) -> tuple[bytes, frozenset[Place]]:
    """The file with these texts, and the cells that have them: not those in which a formula stands.

    A text of several looks gets that of its cell. Raises `PackageError` for a broken part.
    """
    edited = Edited(file)
    spots = {
        place: Spot(place.sheet, *found)
        for place in texts
        if (found := cell_at(place.address)) and edited.is_typed(Spot(place.sheet, *found))
    }
    edited.put({spot: texts[place] for place, spot in spots.items()})
    return edited.data(), frozenset(spots)
