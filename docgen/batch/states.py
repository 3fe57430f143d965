"""The state of all that a workbook's outcome comes of, as one key."""

from functools import lru_cache
from pathlib import Path

from workbook.checking.data_files import KindError, layers
from workbook.checking.kinds import TEMPLATE
from workbook.checking.search import kind_places
from workbook.files.cache import key_of


class States:
    """Keys of workbooks, for one run: a kind's files are read once."""

    def __init__(self, templates: Path | None) -> None:
        self._templates = templates
        self._places = kind_places(templates)
        self._of_kind = lru_cache(None)(self._kind_key)

    def key(self, sha256: str, kind: str) -> str:
        """The key of a workbook with this hash of this kind, "" where it could not be read."""
        return key_of("batch", sha256, self._of_kind(kind)).hex() if sha256 else ""

    def _kind_key(self, kind: str) -> bytes:
        """What the files of a kind say; of none, which kinds there are."""
        places = self._places.get(kind)
        if not places:
            return key_of("none", *self._places)
        parts: list[str | bytes | None] = [*map(str, places)]
        try:
            for layer in layers(places[0], self._templates):
                template = layer.folder / TEMPLATE
                parts += [*layer.contents, template.read_bytes() if template.is_file() else None]
        except KindError as error:
            parts.append(str(error))
        return key_of("kind", *parts)
