"""Answers for LibreOffice's cells, a line of JSON in, a line out.

The extension starts it as `python -m addin.functions.answers`.

In:  what `handed` reads, with the rules that are asked about, `"rules": ["基本支出构成"]`.
Out: `{"rules": {"基本支出构成": "相符"}, "findings": [["没有发现问题。"]]}`, or `{"why": "……"}`,
or `{"is_failed": true}`, of which the extension has the words in the book's language.
The process stays for the next question, and is over at the end of its input.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from addin.functions.handed import HandedBook
from addin.functions.verdicts import finding_rows, rule_verdict
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake, examine
from workbook.files.log import write_down


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(reply(line)) + "\n")
        sys.stdout.flush()


def reply(question: bytes) -> dict[str, Any]:
    """What is said of a book; a failure is a sentence, and no answer is as good as a wrong one."""
    try:
        given: Mapping[str, Any] = json.loads(question)
        book = HandedBook(given)
        return said(examine(book.path, book), given["rules"])
    except KindError as error:
        return {"why": str(error)}
    except Exception:  # noqa: BLE001 - the outermost shell: a cell never shows a traceback
        write_down("answers")
        return {"is_failed": True}


def said(intake: Intake, rules: list[str]) -> dict[str, Any]:
    """The verdicts that are asked for, and all findings."""
    return {
        "rules": {rule: rule_verdict(intake, rule) for rule in rules},
        "findings": finding_rows(intake),
    }


if __name__ == "__main__":
    main()
