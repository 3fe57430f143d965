"""The few lines of an overlay's rules.toml laid over the rules that it extends."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import msgspec
from msgspec import Struct

from workbook.form.likely import likely
from workbook.overlays.laid import Changes, Laid, misshapen, numbered
from workbook.rules.model import RuleSpec

Data = dict[str, Any]
_PLACES: Final = ("after", "before")


class RuleChanges(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of an overlay's `rules.toml`: ids to drop, and rules to change or to add.

    drop = ["所属单位个数"]
    [[rule]]
    id = "预算完成率偏低"
    claim = "财政拨款支出 >= 年初预算 * 0.9"
    """

    drop: tuple[str, ...] = ()
    rule: tuple[dict[str, Any], ...] = ()


def lay_rules(base: Data, own: Data) -> Laid:
    """The data of `rules.toml` with an overlay's changes; `own` has the shape of `RuleChanges`."""
    rules = _Rules(base.get("rule", ()), msgspec.convert(own, RuleChanges))
    faults = list(rules.laid())
    return Laid({"rule": rules.rules}, faults, rules.entries)


class _Rules:
    """Rules that are being changed."""

    def __init__(self, base: list[Data], own: RuleChanges) -> None:
        self.rules = deepcopy(list(base))
        self.entries: dict[str, list[str]] = {}
        self._known = {rule["id"]: rule for rule in self.rules}
        self._own = own
        self._changes = Changes()

    def laid(self) -> Iterator[str]:
        """Change everything; yields what is wrong."""
        yield from self._dropped()
        for entry, one in numbered("rule", self._own.rule):
            yield from (f"{entry}:{fault}" for fault in self._rule(one, entry))
        # Dropped last, so that a new rule may take the place of one that goes.
        self.rules = [rule for rule in self.rules if rule["id"] not in self._own.drop]

    def _dropped(self) -> Iterator[str]:
        for number, name in enumerate(self._own.drop):
            if name not in self._known:
                yield f"drop:没有规则「{name}」{likely(name, self._known)}"
            elif name in self._own.drop[:number]:
                yield f"drop:规则「{name}」写了两次"

    def _rule(self, one: Data, entry: str) -> Iterator[str]:
        name = one.get("id")
        if not isinstance(name, str):
            yield "没有写 id"
            return
        if name in self._own.drop:
            yield f"规则「{name}」也写在 drop 里"
        elif name in self.entries:
            yield f"规则「{name}」已经写过一次({self.entries[name][0]})"
        elif name in self._known:
            yield from self._change(name, one, entry)
        else:
            yield from self._add(name, one)
        self.entries.setdefault(name, []).append(entry)

    def _change(self, name: str, one: Data, entry: str) -> Iterator[str]:
        rule = self._known[name]
        own = {key: value for key, value in one.items() if key not in ("id", *_PLACES)}
        if placed := [key for key in _PLACES if key in one]:
            yield f"规则「{name}」本来就有,不能写 {placed[0]}"
        if not own:
            yield f"规则「{name}」没有写要改什么"
        yield from (f"规则「{name}」:{f}" for f in self._changes.lay(rule, own, RuleSpec, entry))
        yield from (f"规则「{name}」:{fault}" for fault in misshapen(rule, RuleSpec))

    def _add(self, name: str, one: Data) -> Iterator[str]:
        if "claim" not in one:
            yield f"没有规则「{name}」{likely(name, self._known) or ','}要加一条,请写 claim"
            return
        new = {key: value for key, value in one.items() if key not in _PLACES}
        yield from (f"规则「{name}」:{fault}" for fault in misshapen(new, RuleSpec))
        places = [key for key in _PLACES if key in one]
        index = len(self.rules)
        if len(places) > 1:
            yield f"规则「{name}」:after、before 只写一个"
        elif places:
            beside = one[places[0]]
            numbers = [n for n, rule in enumerate(self.rules) if rule["id"] == beside]
            if not numbers:
                known = [str(rule["id"]) for rule in self.rules]
                yield f"规则「{name}」:{places[0]}:没有规则「{beside}」{likely(str(beside), known)}"
            index = numbers[0] + (places[0] == "after") if numbers else index
        self.rules.insert(index, new)
