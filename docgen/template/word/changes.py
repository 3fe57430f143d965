"""What is added to a package or changed in it: parts, relationships and content types."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, relpath
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.package import CONTENT_TYPES, Member, Package, deflated

RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIP: Final = f"{{{RELATIONSHIPS}}}Relationship"

Key = tuple[str, str, bool]


@dataclass(slots=True)
class _Relations:
    """The relationships of one part, and the ids of those that were asked for."""

    root: Element
    known: dict[Key, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    changed: bool = False


@dataclass(slots=True)
class Changes:
    """Collects the new and changed parts of a package; nothing is read before something is added.

    `changes.relate("word/document.xml", "image", changes.add("word/media/picture{}.png", …))`
    gives `rId7`, and `members()` then the picture, the relationships and the content types.
    """

    package: Package
    appends: bool = False  # a note, comment or the like to a part that is there
    _relations: dict[str, _Relations] = field(default_factory=dict)
    _parts: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _contents: dict[tuple[bytes, str], str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _appended: dict[str, list[Element]] = field(default_factory=dict)
    _trees: dict[str, Element] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    def add(self, pattern: str, data: bytes, content_type: str) -> str:
        """The name of the new part, `pattern` with a number in its `{}`; once for the same data."""
        key = (data, pattern)
        if key not in self._contents:
            self._contents[key] = name = self.new_name(pattern)
            self.put(name, data, content_type)
        return self._contents[key]

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """Write the part `name`, new or in place of an old one."""
        self._parts[name] = data
        self._trees.pop(name, None)
        if content_type:
            self._types[name] = content_type

    def append(self, name: str, item: Element) -> str:
        """The id of `item`, which will stand last in the part `name`, its tags filled or not."""
        items = self._appended.setdefault(name, [])
        known = () if name in self._last else etree.fromstring(self.read(name))
        numbers = (int(one.get(ID, "0")) for one in known if one.get(ID, "0").isdigit())
        number = str(self.next_number(name, numbers))
        item.set(ID, number)
        items.append(item)
        self.appends = True
        return number

    def next_number(self, kind: str, used: Iterable[int]) -> int:
        """A number that no other of this `kind` has; those `used` are counted the first time."""
        last = self._last[kind] if kind in self._last else max(used, default=0)
        self._last[kind] = last + 1
        return last + 1

    def tree(self, name: str) -> Element:
        """The root of the part `name`; what is changed in it is kept."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.read(name))
        return self._trees[name]

    def read(self, name: str) -> bytes:
        """The part `name` as it stands so far; raises KeyError."""
        if name in self._trees:
            return serialised(self._trees[name])
        return self._parts[name] if name in self._parts else self.package.read(name)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship of `part` to the part or address `target`."""
        relations = self._relations_of(part)
        if not kind.startswith("http"):
            kind = f"{OFFICE}/{kind}"
        if not external:
            target = relpath(target, dirname(part) or ".")
        key = (kind, target, external)
        if key not in relations.known:
            relations.known[key] = self._new(relations, key)
        return relations.known[key]

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part that `part` relates to as `kind`, None if there is none.

        A relation may lead to a part that is not there.
        """
        wanted = f"{OFFICE}/{kind}"
        for key in self._relations_of(part).known:
            if key[0] == wanted and not key[2]:
                name = target_name(part, key[1])
                return name if name in self._parts or name in self.package.names() else None
        return None

    def address(self, part: str, identity: str) -> str:
        """The outside address that the part's relationship `identity` leads to, or nothing."""
        for key, known in self._relations_of(part).known.items():
            if known == identity and key[2]:
                return key[1]
        return ""

    def members(self, written: Iterable[Member] = ()) -> list[Member]:
        """The members that are new or changed; `written` are parts with what their tags printed."""
        made = {member.name: member for member in written if member.name in self._appended}
        for name, items in self._appended.items():
            root = etree.fromstring(made[name].read() if name in made else self.read(name))
            root.extend(items)
            self._parts[name] = serialised(root)
        self._parts |= {name: serialised(root) for name, root in self._trees.items()}
        changed = {
            relations_name(part): serialised(relations.root)
            for part, relations in self._relations.items()
            if relations.changed
        }
        if self._types:
            changed[CONTENT_TYPES] = self._content_types()
        return [deflated(name, data) for name, data in (self._parts | changed).items()]

    def _new(self, relations: _Relations, key: Key) -> str:
        number = len(relations.used) + 1
        while f"rId{number}" in relations.used:
            number += 1
        relations.used.add(f"rId{number}")
        item = etree.SubElement(relations.root, _RELATIONSHIP)
        item.set("Id", f"rId{number}")
        item.set("Type", key[0])
        item.set("Target", key[1])
        if key[2]:
            item.set("TargetMode", "External")
        relations.changed = True
        return f"rId{number}"

    def _relations_of(self, part: str) -> _Relations:
        if part not in self._relations:
            root = read_relations(self.package, part)
            known = {
                (item.get("Type", ""), item.get("Target", ""), item.get("TargetMode") == "External")
                : item.get("Id", "")
                for item in root
            }  # fmt: skip
            self._relations[part] = _Relations(root, known, {item.get("Id", "") for item in root})
        return self._relations[part]

    def new_name(self, pattern: str) -> str:
        """A name that no part has, `pattern` with a number in its `{}`."""
        self._names = self._names or {member.name.lower() for member in self.package.members}
        number = self._last.get(pattern, 1)
        while (name := pattern.format(number)).lower() in self._names:
            number += 1
        self._names.add(name.lower())
        self._last[pattern] = number
        return name

    def _content_types(self) -> bytes:
        root = etree.fromstring(self.package.read(CONTENT_TYPES))
        known = {str(item.get("PartName")).lower() for item in root.iter("{*}Override")}
        for name, content_type in self._types.items():
            if f"/{name}".lower() not in known:
                item = etree.SubElement(root, f"{{{TYPES}}}Override")
                item.set("PartName", f"/{name}")
                item.set("ContentType", content_type)
        return serialised(root)


def serialised(root: Element) -> bytes:
    """The part with the root `root` as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_name(part: str) -> str:
    """Where the relationships of `part` are kept in the package."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def relations_owner(name: str) -> str | None:
    """The part whose relationships the member `name` keeps, None where it keeps none."""
    folder, _, base = name.rpartition("/")
    if not base.endswith(".rels") or basename(folder) != "_rels":
        return None
    return join(dirname(folder), base.removesuffix(".rels"))


def target_name(part: str, target: str) -> str:
    """The name in the package of what a relationship of `part` points at."""
    if target.startswith("/"):
        return target.lstrip("/")
    return relpath(join("/", dirname(part), target), "/")


def read_relations(package: Package, part: str) -> Element:
    """The root of the relationships of `part`, empty where it has none."""
    try:
        data = package.read(relations_name(part))
    except KeyError:
        return etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})  # type: ignore[dict-item]
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
