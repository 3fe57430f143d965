"""All the faults that can be planted in a module, each with a name that outlives moved lines.

Left out is what no test of behaviour can notice: docstrings, annotations, imports, decorators,
assertions, and the words of messages.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mutation.changes import Change, Place, Source, changes

MESSAGES = ("messages.py", "fault_texts.py")  # tables of words
_TYPES_ONLY = ("TypeVar", "NewType", "cast", "Literal", "Callable")
Name = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted fault.

    `Mutant(Path("a.py"), "Row.total", range(7, 8), "a < b", "a <= b", 0, (90, 95))`: line 7, the
    first such text in `Row.total`, at these bytes of the file.
    """

    path: Path
    function: str
    lines: range
    old: str
    new: str
    nth: int
    place: Place

    @property
    def name(self) -> Name:
        """What it is known by, whatever lines and folders are moved."""
        return self.function, self.old, self.new, self.nth

    def text(self, source: Source) -> str | None:
        """The module with the fault in it; None where Python cannot read it or sees no change."""
        text = source.with_change(Change(self.place, self.new))
        try:
            tree = ast.parse(text)
        except SyntaxError:
            return None
        return text if ast.dump(tree) != ast.dump(source.tree) else None

    def __str__(self) -> str:
        where = f"{self.path}:{self.lines.start} {self.function}"
        return f"{where}: {_one_line(self.old)} → {_one_line(self.new)}"


def mutants_of(path: Path, source: Source) -> list[Mutant]:
    """The mutants of a module, in the order of its lines."""
    met: Counter[tuple[str, str, str]] = Counter()
    found = []
    for function, statement, node in _nodes(source.tree, "", None):
        for place, new in dict.fromkeys(changes(node, source)):
            old = source.at(place)
            key = function, old, new
            lines = range(statement.lineno, _last_line(statement, node) + 1)
            found.append(Mutant(path, function, lines, old, new, met[key], place))
            met[key] += 1
    return found


def modules(paths: Iterable[Path]) -> list[Path]:
    """The modules at and below `paths` in which a fault can matter."""
    files = {file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))}
    return sorted(file for file in files if file.name not in MESSAGES)


def _nodes(
    node: ast.AST, function: str, statement: ast.stmt | None
) -> Iterator[tuple[str, ast.stmt, ast.AST]]:
    """Every node worth a fault, with the name of its function and the statement it stands in."""
    if isinstance(node, ast.stmt):
        statement = node
    if statement is not None:
        yield function, statement, node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    for child in _children(node):
        yield from _nodes(child, function, statement)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.JoinedStr():
            return
        case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.Call(func=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)) if (
            name in _TYPES_ONLY
        ):
            return
        case ast.keyword(arg="repr" | "frozen" | "strict"):  # a strict zip asserts a length
            return
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list", "type_params", "pattern"):
            yield from (one for one in _listed(value) if isinstance(one, ast.AST))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _last_line(statement: ast.stmt, node: ast.AST) -> int:
    """Where the piece that is changed ends; of a statement with a body only its head counts."""
    if isinstance(node, ast.expr) and node.end_lineno is not None:
        return node.end_lineno
    is_compound = hasattr(statement, "body")
    return statement.lineno if is_compound else (statement.end_lineno or statement.lineno)


def _one_line(text: str) -> str:
    return " ".join(text.split())
