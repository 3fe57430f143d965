"""What is drawn on a sheet: shapes of any kind."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final, Generic, TypeVar, cast

from xlwings import base_classes

from addin.calc.looks.characters import Characters
from addin.calc.looks.fonts import Font
from addin.calc.notation import units
from addin.calc.places.model import OpenSheet
from addin.calc.program.bridge import struct

DRAWING: Final = "com.sun.star.drawing."
PICTURE: Final = f"{DRAWING}GraphicObjectShape"
OBJECT: Final = f"{DRAWING}OLE2Shape"
NOTE: Final = f"{DRAWING}CaptionShape"
CHART_CLASS: Final = "12DCAE26-281F-416F-A234-C3086127382E"
_TYPES: Final = {
    PICTURE: "picture",
    f"{DRAWING}TextShape": "text_box",
    f"{DRAWING}ControlShape": "form_control",
    f"{DRAWING}GroupShape": "group",
    f"{DRAWING}LineShape": "line",
    f"{DRAWING}ConnectorShape": "line",
    f"{DRAWING}ClosedBezierShape": "free_form",
    f"{DRAWING}OpenBezierShape": "free_form",
}


def is_chart(api: Any) -> bool:
    """Whether a shape is a chart."""
    return api.getShapeType() == OBJECT and str(api.CLSID).upper() == CHART_CLASS


class Drawn:
    """Something drawn on a sheet, with a name, a place and a size in points."""

    kind: ClassVar[str] = "Shape"
    # Properties of xlwings' classes, plain attributes here.
    api: Any = None
    parent: OpenSheet = cast("OpenSheet", None)

    def __init__(self, parent: OpenSheet, api: Any) -> None:
        self.parent = parent
        self.api = api

    @property
    def name(self) -> str:
        """The name; what Calc left unnamed is called by its place."""
        return str(self.api.getName()) or f"{self.kind} {self.api.ZOrder + 1}"

    @name.setter
    def name(self, value: str) -> None:
        kept = self.parent.book.kept
        kept["locked", value] = kept.pop(("locked", self.name), self.lock_aspect_ratio)
        self.api.setName(value)

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether width and height change together; kept while the book is open."""
        is_picture = self.api.getShapeType() == PICTURE
        return bool(self.parent.book.kept.get(("locked", self.name), is_picture))

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self.parent.book.kept["locked", self.name] = bool(value)

    @property
    def left(self) -> float:
        """The distance from the sheet's left edge."""
        return units.to_points(self.api.getPosition().X)

    @left.setter
    def left(self, value: float) -> None:
        self._place(value, self.top)

    @property
    def top(self) -> float:
        """The distance from the sheet's upper edge."""
        return units.to_points(self.api.getPosition().Y)

    @top.setter
    def top(self, value: float) -> None:
        self._place(self.left, value)

    def _place(self, left: float, top: float) -> None:
        x, y = units.to_hmm(left), units.to_hmm(top)
        self.api.setPosition(struct("com.sun.star.awt.Point", X=x, Y=y))

    @property
    def width(self) -> float:
        """The width."""
        return units.to_points(self.api.getSize().Width)

    @width.setter
    def width(self, value: float) -> None:
        height = self.height * value / self.width if self.lock_aspect_ratio else self.height
        self._size(value, height)

    @property
    def height(self) -> float:
        """The height."""
        return units.to_points(self.api.getSize().Height)

    @height.setter
    def height(self, value: float) -> None:
        width = self.width * value / self.height if self.lock_aspect_ratio else self.width
        self._size(width, value)

    def _size(self, width: float, height: float) -> None:
        size = struct("com.sun.star.awt.Size")
        size.Width, size.Height = units.to_hmm(width), units.to_hmm(height)
        self.api.setSize(size)

    def delete(self) -> None:
        """Take it off the sheet."""
        self.parent.api.getDrawPage().remove(self.api)


class Shape(Drawn, base_classes.Shape):
    """A shape."""

    @property
    def type(self) -> str:
        """What kind of shape it is, in xlwings' words."""
        if is_chart(self.api):
            return "chart"
        kind = str(self.api.getShapeType())
        return "embedded_ole_object" if kind == OBJECT else _TYPES.get(kind, "auto_shape")

    @property
    def index(self) -> int:
        """The place among all shapes of the sheet, from 1."""
        return int(self.api.ZOrder) + 1

    @property
    def text(self) -> str:
        """The text in the shape."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: Any) -> None:
        self.api.setString("" if value is None else str(value))

    @property
    def font(self) -> Font:
        """The font of the text."""
        return Font(self.api)

    @property
    def characters(self) -> Characters:
        """The characters of the text."""
        return Characters(self.api)

    def activate(self) -> None:
        """Select the shape."""
        self.parent.book.document.getCurrentController().select(self.api)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Make it wider by a factor."""
        start = self._original()[0] if relative_to_original_size else self.width
        self._scale("width", start * factor, scale)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Make it higher by a factor."""
        start = self._original()[1] if relative_to_original_size else self.height
        self._scale("height", start * factor, scale)

    def _scale(self, side: str, value: float, scale: str) -> None:
        """Set a side; the upper left, the middle or the lower right corner stays in its place."""
        width, height = self.width, self.height
        setattr(self, side, value)
        share = {"scale_from_top_left": 0.0, "scale_from_middle": 0.5}.get(scale, 1.0)
        if share:
            self._place(
                self.left - (self.width - width) * share, self.top - (self.height - height) * share
            )

    def _original(self) -> tuple[float, float]:
        if self.api.getShapeType() != PICTURE:
            raise ValueError("Only pictures have an original size.")
        return natural_size(self.api.Graphic)


def natural_size(graphic: Any) -> tuple[float, float]:
    """A picture's own width and height in points; 96 dots per inch where it does not say."""
    size = graphic.Size100thMM
    if size.Width and size.Height:
        return size.Width / units.HMM_PER_POINT, size.Height / units.HMM_PER_POINT
    pixels = graphic.SizePixel
    return pixels.Width / units.PIXELS_PER_POINT, pixels.Height / units.PIXELS_PER_POINT


Kind = TypeVar("Kind", bound=Drawn)


class Collection(Generic[Kind], base_classes.Collection):
    """The drawn things of one kind on a sheet, by name or place."""

    parent: OpenSheet = cast("OpenSheet", None)
    wrap: ClassVar[type[Drawn]] = Drawn

    def __init__(self, parent: OpenSheet) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The sheet's draw page."""
        return self.parent.api.getDrawPage()

    def _belongs(self, api: Any) -> bool:
        return bool(api.getShapeType() != NOTE)

    def _all(self) -> list[Kind]:
        return [cast("Kind", self.wrap(self.parent, api)) for api in self.api if self._belongs(api)]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Kind:
        """The one of a name, or at a place, from 1; KeyError where there is none."""
        found = self._all()
        if not isinstance(key, str):
            if not 1 <= key <= len(found):
                raise KeyError(key)
            return found[key - 1]
        for one in found:
            if one.name == key:
                return one
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        if not isinstance(key, str):
            return 1 <= key <= len(self)
        return any(one.name == key for one in self)

    def _free_name(self) -> str:
        names = {one.name for one in Shapes(self.parent)}
        number = 1
        while f"{self.wrap.kind} {number}" in names:
            number += 1
        return f"{self.wrap.kind} {number}"


class Shapes(Collection[Shape]):
    """All shapes of a sheet."""

    wrap = Shape
