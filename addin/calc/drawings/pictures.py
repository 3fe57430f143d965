"""Pictures on a sheet."""

from pathlib import Path
from typing import Any, cast

from xlwings import base_classes

from addin.calc.drawings.shapes import PICTURE, Collection, Drawn, natural_size
from addin.calc.program.bridge import properties, url


class Picture(Drawn, base_classes.Picture):
    """A picture."""

    kind = "Picture"

    def index(self) -> int:
        """The place among all shapes of the sheet, from 1."""
        return int(self.api.ZOrder) + 1

    def update(self, filename: str) -> "Picture":
        """The same picture, in the same place, with what is in another file."""
        self.api.Graphic = load(self.parent.book.office, filename)
        return self


class Pictures(Collection[Picture], base_classes.Pictures):
    """The pictures of a sheet."""

    wrap = Picture

    def _belongs(self, api: Any) -> bool:
        return bool(api.getShapeType() == PICTURE)

    def add(  # noqa: PLR0913, PLR0917 - xlwings' own signature
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float | None,
        height: float | None,
        anchor: Any = None,
    ) -> Picture:
        """A picture from a file; without a size, or with -1, in its own size."""
        graphic = load(self.parent.book.office, filename)
        name = self._free_name()
        api = self.parent.book.document.createInstance(PICTURE)
        self.api.add(api)
        api.Graphic = graphic
        api.setName(name)
        picture = Picture(self.parent, api)
        is_natural = not width or not height or width < 0 or height < 0
        size = natural_size(graphic) if is_natural else (width, height)
        picture._size(*cast("tuple[float, float]", size))
        if anchor is not None:
            left, top = anchor.left, anchor.top
        picture._place(left or 0, top or 0)
        picture.lock_aspect_ratio = is_natural
        return picture


def load(office: Any, filename: str) -> Any:
    """The picture in a file; FileNotFoundError or ValueError where there is none."""
    file = Path(filename).resolve()
    if not file.exists():
        raise FileNotFoundError(f"No such file: '{filename}'")
    provider = office.service("com.sun.star.graphic.GraphicProvider")
    graphic = provider.queryGraphic(properties(URL=url(str(file))))
    if graphic is None:
        raise ValueError(f"'{filename}' is no picture that LibreOffice can read.")
    return graphic
