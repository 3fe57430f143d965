"""The ribbon as WPS reads it: Office's CustomUI of 2006/01, made from the one table of buttons.

WPS calls JavaScript by the names that stand here (npm's wpsjs 2.2, its templates for 表格).
"""

from typing import Final

from lxml import etree

from addin.commands import TAB, Command, groups, offered

UI: Final = "http://schemas.microsoft.com/office/2006/01/customui"
BUTTON: Final = "gj_button_"  # begins a button's id, behind it the name of its action


def ribbon_xml() -> bytes:
    """The customUI document."""
    ui = f"{{{UI}}}"
    root = etree.Element(f"{ui}customUI", nsmap={None: UI}, onLoad="ribbon.OnAddinLoad")  # type: ignore[dict-item]
    ribbon = etree.SubElement(root, f"{ui}ribbon", startFromScratch="false")
    tab = etree.SubElement(
        etree.SubElement(ribbon, f"{ui}tabs"), f"{ui}tab", id="gj_tab", label=TAB
    )
    for name, label in groups().items():
        group = etree.SubElement(tab, f"{ui}group", id=f"gj_group_{name}", label=label)
        for command in offered():
            if command.group == name:
                etree.SubElement(group, f"{ui}button", _button(command))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _button(command: Command) -> dict[str, str]:
    """The attributes of a command's button."""
    return {
        "id": f"{BUTTON}{command.name}",
        "label": command.label,
        "screentip": command.label,
        "supertip": command.tip,
        "getImage": "ribbon.GetImage",
        "size": "large" if command.is_large else "normal",
        "onAction": "ribbon.OnAction",
    }
