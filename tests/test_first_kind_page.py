"""The page that leads to a first kind does: its commands run, its files change as it says."""

import re
import shlex
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from gouji.command_line.app import app

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "first-kind.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"```console\n(?P<commands>.*?)```"
    r"|<!-- (?P<file>\S+), (?:behind: (?P<behind>.*?)|at the end) -->\n```\w+\n(?P<words>.*?)```",
    re.S,
)
KIND = Path("我的报告", "值班月报")


def run(command: str) -> str:
    """What a command says, which must succeed."""
    made = CliRunner().invoke(app, shlex.split(command)[1:])
    assert made.exit_code == 0, f"{command}\n{made.output}"
    return made.output


def change(path: Path, behind: str | None, words: str) -> None:
    """Put the words where the page says: behind the entry with a line, or at the end."""
    if path.suffix == ".docx":
        document = Document(str(path))
        document.add_paragraph(words.strip())
        document.save(str(path))
        return
    text = path.read_text("utf-8")
    if behind is None:
        path.write_text(f"{text}\n{words}", "utf-8")
        return
    at = text.index(behind)
    ends = "\n" if path.stem == "sample" else "\n\n"  # an entry of a form ends with a blank line
    end = text.index(ends, at) + len(ends)
    path.write_text(f"{text[:end]}{words}{ends[1:]}{text[end:]}", "utf-8")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each command of the page said, by its text."""
    outputs = {}
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("第一种")
        patch.chdir(folder)
        for step in STEP.finditer(PAGE):
            if step["file"]:
                change(KIND / step["file"], step["behind"], step["words"])
                continue
            for line in filter(None, step["commands"].splitlines()):
                if line.startswith("$ "):
                    command = line[2:]
                    outputs[command] = run(command)
                else:
                    assert line in outputs[command].splitlines()
        yield outputs, folder


def test_every_command_of_the_page_succeeds(said):
    outputs, _ = said
    assert [" ".join(one.split()[:2]) for one in outputs] == [
        *("gouji kind", "gouji kind", "gouji kind", "gouji kinds"),
        *("gouji new", "gouji check", "gouji report"),
    ]


def test_the_kind_that_comes_of_it_has_no_fault_and_prints_all_that_it_asks(said):
    (listing,) = (text for command, text in said[0].items() if command.startswith("gouji kinds"))
    told = re.search(r"^值班月报.*\n(?:  .*\n)*", listing, re.M)
    assert told[0] == "值班月报  值班月报(第 1 版,3 条规则)\n"
    assert told[0] in PAGE


def test_the_report_says_what_was_added(said):
    _, folder = said
    assert Document(str(folder / "报告.docx")).paragraphs[-1].text == "本月值班21天。"
