"""The catalogue of texts: both languages have each of them, and say the same things in it."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import workbook.catalogue
from workbook.catalogue.messages import MESSAGES
from workbook.catalogue.messages_in_english import ENGLISH
from workbook.catalogue.model import Text

# Letters and signs of Chinese, and what a Chinese keyboard writes at full width.
CHINESE = re.compile(r"[\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uffef]")
MODULES = [
    import_module(f"workbook.catalogue.{path.stem}")
    for path in sorted(Path(workbook.catalogue.__path__[0]).glob("*.py"))
    if path.stem != "__init__"
]
SAID_BY_NOTHING = {"年", "月", "季度"}  # behind a figure, where English has no word


def texts_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)


def texts() -> list[tuple[str, Text]]:
    return [
        (f"{module.__name__.rpartition('.')[2]}.{name}", text)
        for module in MODULES
        for name, value in vars(module).items()
        for text in texts_in(value)
    ]


def words_of(text: str) -> set[str]:
    """The names in braces, those that are printed as braces not among them."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_texts_of_every_module_but_those_of_messages():
    told = {name.partition(".")[0] for name, _ in texts()}
    assert told == {
        *(
            "audits",
            "buttons",
            "cells",
            "commands",
            "files",
            "findings",
            "imports",
            "model",
            "own_functions",
            "reports",
            "rules",
            "sheets",
        ),
        *("verdicts", "years"),
    }


@pytest.mark.parametrize(("name", "text"), texts())
def test_a_text_has_the_same_words_to_be_filled_in_both_languages(name, text):
    assert words_of(text.zh) == words_of(text.en)
    assert text.en or text.zh in SAID_BY_NOTHING
    assert not CHINESE.search(text.en)


def test_every_message_is_told_in_both_languages():
    assert list(ENGLISH) == list(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_has_the_same_words_to_be_filled_in_both_languages(code):
    message = MESSAGES[code]
    what, todo = ENGLISH[code]
    assert (words_of(what), words_of(todo)) == (words_of(message.what), words_of(message.todo))
    assert what and todo
    assert not CHINESE.search(what + todo)
    assert not what.endswith(".") and not todo.endswith(".")
