"""What the house promises about itself: one-way imports, wheel contents, nothing stale."""

import ast
import importlib.util
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from order import LONG, SLOW, TOGETHER

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "workbook": {"workbook"},
    "docgen": {"docgen", "workbook"},
    "addin": {"addin", "docgen", "workbook"},
    "gouji": {"gouji", "addin", "docgen", "workbook"},
}


BUILT_IN = ("department", "department_total", "grant_report", "project", "project_sichuan")
MOST_FILES = 17  # of a room, its `__init__` counted
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in MAY_IMPORT
    for path in sorted((ROOT / package).rglob("*.py"))
}


def imported_modules(path: Path) -> set[str]:
    """What a file imports, wherever in it: inside functions and for type checkers too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES.keys()
            if not names <= MODULES.keys():
                found.add(node.module or "")
    return found


def room(module: str) -> str:
    return MODULES[module].parent.relative_to(ROOT).as_posix()


def imports() -> dict[str, set[str]]:
    """Of each of our modules those of ours that it imports."""
    return {name: imported_modules(path) & MODULES.keys() for name, path in MODULES.items()}


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """Some names that lead to one another in a circle, none if there are none."""
    done = set()

    def follow(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name not in done:
            for other in sorted(arrows.get(name, ())):
                if found := follow(other, [*trail, name]):
                    return found
            done.add(name)
        return []

    for name in sorted(arrows):
        if found := follow(name, []):
            return found
    return []


def test_no_module_imports_itself_in_a_circle():
    assert circle(imports()) == []


def test_no_room_imports_itself_in_a_circle():
    arrows: dict[str, set[str]] = {}
    for module, others in imports().items():
        arrows.setdefault(room(module), set()).update(map(room, others))
    assert circle({name: others - {name} for name, others in arrows.items()}) == []


def test_a_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_each_room_says_what_it_is_for_and_is_no_larger_than_can_be_overlooked():
    for folder in sorted({path.parent for path in MODULES.values()}):
        doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        assert doc and len(doc.splitlines()) >= 3, folder
        assert len(list(folder.glob("*.py"))) <= MOST_FILES, folder


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_flow_one_way(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        ours = {name.split(".")[0] for name in imported_modules(path)} & set(MAY_IMPORT)
        assert ours <= MAY_IMPORT[package], path


def test_only_the_open_source_part_of_xlwings_is_used():
    for path in sorted(ROOT.glob("*/**/*.py")):
        if not any(part.startswith(".") for part in path.relative_to(ROOT).parts):
            pro = {name for name in imported_modules(path) if name.startswith("xlwings.pro")}
            assert pro == set(), path


def test_the_wheel_holds_the_three_packages_the_templates_and_what_is_made(wheel):
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    templates = {
        f"workbook/{p.relative_to(ROOT).as_posix()}"
        for p in (ROOT / "templates").rglob("*")
        if p.is_file()
    }
    modules = {
        p.relative_to(ROOT).as_posix()
        for package in MAY_IMPORT
        for p in (ROOT / package).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    of_each = ("form.toml", "rules.toml", "sample.toml", "report.docx")
    assert templates == {
        "workbook/templates/department/import.toml",
        "workbook/templates/project/import.toml",
        "workbook/templates/department/consolidate.toml",
        "workbook/templates/department_total/consolidate.toml",
        *(
            f"workbook/templates/{kind}/{name}"
            for kind in (
                "department",
                "department_total",
                "grant_report",
                "project",
                "project_sichuan",
            )
            for name in of_each
        ),
    }
    made = {"addin/install/gouji.xlam", "addin/install/gouji.oxt"}
    assert names == templates | modules | made


def test_the_pages_that_are_made_from_others_are_not_stale():
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
    build_docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_docs)
    for place, made in (
        ("docs/messages.md", build_docs.messages_page()),
        ("addin/ribbon/manual.html", build_docs.manual_page()),
    ):
        written = (ROOT / place).read_text(encoding="utf-8")
        assert written == made, f"{place}: run python tools/build_docs.py"


def test_every_link_within_the_manual_leads_to_a_heading():
    page = unquote((ROOT / "addin" / "ribbon" / "manual.html").read_text(encoding="utf-8"))
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert wanted and wanted <= set(re.findall(r'<h[23] id="([^"]+)"', page))


def test_every_command_is_in_the_readme():
    from gouji.command_line.addin import of_addin
    from gouji.command_line.app import COMMANDS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(COMMANDS) == set(re.findall(r"gouji (\w[\w-]*)", readme))
    inner = {command.callback.__name__ for command in of_addin.registered_commands}
    assert inner == set(re.findall(r"gouji addin (\w+)", readme))


def test_every_link_between_the_pages_leads_somewhere():
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_function_of_the_packages_is_longer_than_forty_lines():
    for package in MAY_IMPORT:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = node.end_lineno - node.lineno + 1
                    assert length <= 40, f"{path.name}: {node.name} has {length} lines"


def test_each_file_of_tests_that_is_ordered_is_there_and_has_a_name_of_its_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(set(names)) == len(names)
    assert {*SLOW, *LONG, *TOGETHER, *TOGETHER.values()} - set(names) == set()
