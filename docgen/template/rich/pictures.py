"""Pictures as values: `{{ 图 }}` prints them in the line of text."""

from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from docgen.template.model.signs import Token, token
from docgen.template.word.names import DRAWING, DRAWING_WP, PICTURE, R_NS
from docgen.template.word.package import FileSource, bytes_of
from docgen.template.word.xml import attribute
from docgen.template.write.site import Content, Site

EMU_PER_MM: Final = 36_000
MIME: Final = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp",
               "tiff": "image/tiff"}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture from a path, a stream or bytes; sizes in EMU (`mm(40)`), one of them is enough."""

    source: FileSource
    width: int | None = None
    height: int | None = None
    alt: str = ""
    link: str = ""

    def __word__(self, site: Site) -> Content:
        """A run with the picture, which stands once in the file however often it is printed."""
        from docx.image.image import Image  # noqa: PLC0415 - python-docx costs start-up

        data = bytes_of(self.source)
        image = Image.from_blob(data)
        width, height = image.scaled_dimensions(self.width, self.height)
        pattern = f"word/media/picture{{}}.{image.ext}"
        name = site.rendering.changes.add(pattern, data, MIME.get(image.ext, image.content_type))
        identity = site.relate("image", name)
        link = site.relate("hyperlink", self.link, external=True) if self.link else ""
        title = Path(fspath(self.source)).name if isinstance(self.source, str | PathLike) else ""
        graphic = _graphic(identity, attribute(title or "picture"), int(width), int(height))
        return Content("run", inline(graphic, int(width), int(height), self.alt, link))


class InlineImage(Picture):
    """A picture made as docxtpl's `InlineImage` is; the template given first is not needed."""

    def __init__(
        self,
        tpl: Any,
        image_descriptor: FileSource,
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
    ) -> None:
        del tpl
        super().__init__(image_descriptor, width, height, link=anchor or "")


def mm(length: float) -> int:
    """Millimetres as EMU."""
    return round(length * EMU_PER_MM)


def inline(graphic: str, width: int, height: int, alt: str = "", link: str = "") -> str:
    """A run with a drawing in the line of text; sizes in EMU."""
    number = token(Token.DRAWING)
    click = f'<a:hlinkClick xmlns:a="{DRAWING}" xmlns:r="{R_NS}" r:id="{link}"/>' if link else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING_WP}" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}"'
        f' name="Picture {number}" descr="{attribute(alt)}">{click}</wp:docPr>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}">{graphic}</a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _graphic(identity: str, name: str, width: int, height: int) -> str:
    return (
        f'<a:graphicData uri="{PICTURE}"><pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr><a:picLocks noChangeAspect="1"/>'
        f'</pic:cNvPicPr></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{R_NS}"'
        f' r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )
