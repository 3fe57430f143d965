"""The ribbon as WPS reads it: CustomUI of 2006/01 after MS-CUSTOMUI, calls by wpsjs' names."""

import re

from lxml import etree

from addin.commands import TAB, groups, offered
from gouji.desk.wps.icons import icon
from gouji.desk.wps.ribbon import UI, ribbon_xml

CALL = re.compile(r"ribbon\.[A-Z][A-Za-z]+")
TEXT = re.compile(r".{1,1024}", re.DOTALL)
NAME = re.compile(r"[A-Za-z_][\w.-]{0,1023}", re.ASCII)
CHILDREN = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button"},
    "button": set(),
}
ATTRIBUTES = {
    "customUI": {"onLoad": CALL},
    "ribbon": {"startFromScratch": re.compile("false")},
    "tabs": {},
    "tab": {"id": NAME, "label": TEXT},
    "group": {"id": NAME, "label": TEXT},
    "button": {
        "id": NAME,
        "label": TEXT,
        "screentip": TEXT,
        "supertip": TEXT,
        "getImage": CALL,
        "size": re.compile("normal|large"),
        "onAction": CALL,
    },
}


def test_elements_and_attributes_are_those_of_the_schema():
    root = etree.fromstring(ribbon_xml())
    for element in root.iter():
        name = etree.QName(element)
        assert name.namespace == UI
        assert {etree.QName(child).localname for child in element} <= CHILDREN[name.localname]
        rules = ATTRIBUTES[name.localname]
        assert dict.fromkeys(element.attrib, True) == {
            key: bool(rules[key].fullmatch(value)) for key, value in element.attrib.items()
        }


def test_the_ribbon_has_the_buttons_of_the_table_in_its_groups():
    root = etree.fromstring(ribbon_xml())
    (tab,) = root.iterfind(f".//{{{UI}}}tab")
    assert tab.get("label") == TAB
    shown = [
        (group.get("label"), one.get("id"), one.get("label")) for group in tab for one in group
    ]
    assert shown == [
        (groups()[group], f"gj_button_{one.name}", one.label)
        for group in groups()
        for one in offered()
        if one.group == group
    ]


def test_what_the_ribbon_calls_is_there(wps):
    called = set(re.findall(rb'"ribbon\.(\w+)"', ribbon_xml()))
    there = wps.told("() => Object.keys(ribbon)")
    assert called == {one.encode() for one in there}
    assert wps.told("() => ribbon.OnAddinLoad({})") is True


def test_every_button_has_a_picture_of_its_own():
    pictures = {icon(one.name) for one in offered()}
    assert None not in pictures
    assert len(pictures) == len(offered())
    assert all(etree.fromstring(one).tag.endswith("svg") for one in pictures)
