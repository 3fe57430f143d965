"""Content controls in which tags stand: what is printed in them is theirs, and stays.

One that holds nothing but a tag that stands for its paragraph, row or cell goes with it.
"""

from typing import Final

from lxml.etree import _Element as Element

from docgen.template.model.tags import Tag, TagKind, TemplatePart
from docgen.template.shape.moving import ELEMENTS
from docgen.template.word.names import R_PR, SDT, SDT_CONTENT, SDT_PR, R, W
from docgen.template.word.xml import nearest, remove

W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PLACEHOLDER: Final = f"{W}showingPlcHdr"
# Word puts what a control is bound to in the place of what stands in it, whenever a file is opened
_BINDINGS: Final = (f"{W}dataBinding", f"{W15}dataBinding")

# of a control for dates or with a list: what was chosen before the tag was written
_CHOSEN: Final = (f"{W}fullDate", f"{W}lastValue")


def free_controls(part: TemplatePart) -> None:
    """Let no control with a tag in it show a placeholder or be bound to other data."""
    for tag in part.tags:
        _unwrap(tag)
        for control in tag.node.iterancestors(SDT):
            properties = control.find(SDT_PR)
            if properties is None:
                continue
            for one in properties.findall("*"):
                if one.tag in _BINDINGS:
                    properties.remove(one)
                for name in _CHOSEN:
                    one.attrib.pop(name, "")
            placeholder = properties.find(_PLACEHOLDER)
            if placeholder is not None:
                properties.remove(placeholder)
                for run in control.iter(R):
                    _drop_style(run)


def _unwrap(tag: Tag) -> None:
    """Take away the control around the paragraph, row or cell of a tag, and nothing else."""
    name = ELEMENTS.get(tag.said.scope) if tag.said.kind is TagKind.BLOCK else None
    element = None if name is None or tag.string else nearest(tag.node, name)
    while element is not None and (content := element.getparent()) is not None:
        control = content.getparent()
        if content.tag != SDT_CONTENT or len(content) > 1 or control is None:
            return
        control.addprevious(element)
        remove(control)


def _drop_style(run: Element) -> None:
    """Take the grey of placeholders from a run."""
    style = run.find(f"{R_PR}/{W}rStyle")
    if style is not None:
        remove(style)
