"""A user's account on a computer that is made of a folder and dictionaries."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class DictRegistry:
    """Keys by their path, as the registry holds them; it takes a path in either case."""

    keys: dict[str, dict] = field(default_factory=dict)

    def _written(self, key):
        return next((one for one in self.keys if one.lower() == key.lower()), key)

    def values(self, key):
        key = self._written(key)
        return dict(self.keys[key]) if key in self.keys else None

    def subkeys(self, key):
        start = f"{key}\\".lower()
        inner = [path[len(start) :] for path in self.keys if path.lower().startswith(start)]
        return sorted({path.partition("\\")[0] for path in inner})

    def write(self, key, name, value):
        self.keys.setdefault(self._written(key), {})[name] = value

    def delete_value(self, key, name):
        self.keys.get(self._written(key), {}).pop(name, None)

    def delete_key(self, key):
        self.keys.pop(self._written(key), None)


@dataclass
class Account:
    """What the installer and the doctor ask of a computer, and what it was asked to do."""

    system: str
    home: Path
    registry: DictRegistry = field(default_factory=DictRegistry)
    machine: DictRegistry = field(default_factory=DictRegistry)
    started: list[list[str]] = field(default_factory=list)
    serving: set[str] = field(default_factory=set)

    @property
    def state(self):
        return self.home / "状态" / "Gouji"

    @property
    def cache(self):
        return self.state / "Cache"

    def start(self, command):
        self.started.append(list(command))

    def serves(self, clsid):
        return clsid in self.serving

    def ask_to_leave(self, clsid):
        self.serving.discard(clsid)
