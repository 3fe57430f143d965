"""Compiled templates kept in the user's cache folder, for the next process that prints them."""

import marshal
from collections.abc import Iterable, Sequence
from typing import Any, Final

from jinja2 import Environment, Template

from docgen.template.model.program import PartSource, Program
from workbook.files.cache import keep, key_of, recall

_OURS: Final = ("docgen.", "workbook.")
_Kept = tuple[PartSource, bytes, dict[str, Any], frozenset[int], dict[int, Any]]


def disk_key(digest: bytes, functions: Iterable[tuple[str, Any]], *flags: bool) -> bytes:
    """The key of a file's programs; none with functions whose code may change unseen."""
    named = sorted((name, one.__module__, one.__qualname__) for name, one in functions)
    if not all(module.startswith(_OURS) for _, module, _ in named):
        return b""
    return key_of("template", digest, repr((named, flags)))


def recall_programs(key: bytes, environment: Environment) -> tuple[Program, ...] | None:
    """The programs kept under a key, None where there are none."""
    kept: Sequence[_Kept] | None = recall(key) if key else None
    return None if kept is None else tuple(_revived(one, environment) for one in kept)


def keep_programs(key: bytes, programs: Iterable[Program]) -> None:
    """Keep the programs of a file."""
    if key:
        keep(key, [_as_kept(program) for program in programs])


def _as_kept(one: Program) -> _Kept:
    return one.source, marshal.dumps(one.code), dict(one.names), one.special, dict(one.paths)


def _revived(kept: _Kept, environment: Environment) -> Program:
    source, packed, names, special, paths = kept
    code = marshal.loads(packed)  # noqa: S302 - the cache is trusted as far as Python's own is
    template = Template.from_code(environment, code, environment.globals)
    root: Any = template.root_render_func
    root.__globals__.update(names)
    longest = max(map(len, source.data))
    return Program(source, template, root, code, names, special, paths, longest)
