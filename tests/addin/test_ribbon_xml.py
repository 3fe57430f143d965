"""The ribbon as Excel reads it: names, attributes and lengths after MS-CUSTOMUI."""

import re

import pytest
from lxml import etree

from addin.commands import GROUPS, TAB, TAB_KEY, groups, offered
from addin.excel.ribbon_xml import UI_2007, UI_2010, ribbon_xml

BOTH = pytest.mark.parametrize("namespace", [UI_2007, UI_2010])
CHILDREN = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button"},
    "button": set(),
}
TEXT = re.compile(r".{1,1024}", re.DOTALL)
NAME = re.compile(r"[A-Za-z_][\w.-]{0,1023}", re.ASCII)
KEY = re.compile(r"\S{1,3}")
ATTRIBUTES = {
    "customUI": {},
    "ribbon": {},
    "tabs": {},
    "tab": {"id": NAME, "label": TEXT, "keytip": KEY},
    "group": {"id": NAME, "label": TEXT},
    "button": {
        "id": NAME,
        "label": TEXT,
        "screentip": TEXT,
        "supertip": TEXT,
        "keytip": KEY,
        "imageMso": NAME,
        "size": re.compile("normal|large"),
        "onAction": NAME,
    },
}


def parsed(namespace):
    """With all groups, those that only an author has among them."""
    return etree.fromstring(ribbon_xml(namespace, to_author=True))


def found(root, name):
    return root.iterfind(f".//{{{etree.QName(root).namespace}}}{name}")


@BOTH
def test_every_element_is_one_of_the_schema_in_its_place(namespace):
    root = parsed(namespace)
    assert root.tag == f"{{{namespace}}}customUI"
    for element in root.iter():
        name = etree.QName(element)
        assert name.namespace == namespace
        assert {etree.QName(child).localname for child in element} <= CHILDREN[name.localname]


@BOTH
def test_every_attribute_is_one_of_the_schema_with_a_value_that_it_takes(namespace):
    for element in parsed(namespace).iter():
        rules = ATTRIBUTES[etree.QName(element).localname]
        assert dict.fromkeys(element.attrib, True) == {
            name: bool(rules[name].fullmatch(value)) for name, value in element.attrib.items()
        }


@BOTH
def test_no_id_and_no_key_tip_is_there_twice(namespace):
    root = parsed(namespace)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    keys = [button.get("keytip") for button in found(root, "button")]
    assert sorted(set(ids)) == sorted(ids)
    assert sorted(set(keys)) == sorted(keys)
    # Of A and AB Excel could never reach the second.
    assert {len(key) for key in keys} == {1}


@BOTH
def test_the_ribbon_has_one_tab_with_the_groups_and_buttons_of_the_table(namespace):
    root = parsed(namespace)
    (tab,) = found(root, "tab")
    assert (tab.get("label"), tab.get("keytip")) == (TAB, TAB_KEY)
    shown = [
        (group.get("label"), *(button.get(name) for name in ATTRIBUTES["button"]))
        for group in tab
        for button in group
    ]
    assert shown == [
        (
            GROUPS[group],
            f"gj_button_{command.name}",
            command.label,
            command.label,
            command.tip,
            command.key,
            command.icon,
            "large" if command.is_large else "normal",
            f"GoujiBridge.gj_{command.name}",
        )
        for group in groups(to_author=True)
        for command in offered(to_author=True)
        if command.group == group
    ]


def test_both_ribbons_show_the_same():
    assert ribbon_xml(UI_2007) == ribbon_xml(UI_2010).replace(UI_2010, UI_2007)


@BOTH
def test_a_clerk_is_not_shown_the_buttons_that_draw_forms(namespace):
    shown = [one.get("label") for one in found(etree.fromstring(ribbon_xml(namespace)), "group")]
    assert shown == ["数据", "报告", "帮助"]
    assert [one.get("label") for one in found(parsed(namespace), "group")] == list(GROUPS.values())
