"""The template engine: a Word file with tags in it, compiled once and rendered with any data.

In come a .docx and plain values, out goes a .docx. It knows no form, no workbook and no report.
What stands here is its public face; the rooms below are its stages.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.template.template import (
        Template,
        compile_sound_parts,
        compile_template,
        render,
        write_whole,
    )

__all__ = ["Template", "compile_sound_parts", "compile_template", "render", "write_whole"]


def __getattr__(name: str) -> Any:
    """The engine's own names; who only asks for a fault's type does not load all of it."""
    if name in __all__:
        return getattr(import_module("docgen.template.template"), name)
    raise AttributeError(name)
