"""What the ribbon looks like, as customUI XML made from the table of buttons."""

from typing import Final

from lxml import etree

from addin.commands import TAB, TAB_KEY, Command, groups, offered
from addin.excel.vba import BRIDGE, callback

UI_2007: Final = "http://schemas.microsoft.com/office/2006/01/customui"
UI_2010: Final = "http://schemas.microsoft.com/office/2009/07/customui"


def ribbon_xml(namespace: str, *, to_author: bool = False) -> str:
    """The customUI document in one of the two namespaces; elements and attributes are in both.

    Only who draws forms is shown the group for that.
    """
    ui = f"{{{namespace}}}"
    root = etree.Element(f"{ui}customUI", nsmap={None: namespace})  # type: ignore[dict-item]
    tabs = etree.SubElement(etree.SubElement(root, f"{ui}ribbon"), f"{ui}tabs")
    tab = etree.SubElement(tabs, f"{ui}tab", id="gj_tab", label=TAB, keytip=TAB_KEY)
    for name, label in groups(to_author=to_author).items():
        group = etree.SubElement(tab, f"{ui}group", id=f"gj_group_{name}", label=label)
        for command in offered(to_author=to_author):
            if command.group == name:
                etree.SubElement(group, f"{ui}button", _button(command))
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _button(command: Command) -> dict[str, str]:
    """The attributes of a command's button."""
    return {
        "id": f"gj_button_{command.name}",
        "label": command.label,
        "screentip": command.label,
        "supertip": command.tip,
        "keytip": command.key,
        "imageMso": command.icon,
        "size": "large" if command.is_large else "normal",
        "onAction": f"{BRIDGE}.{callback(command)}",
    }
