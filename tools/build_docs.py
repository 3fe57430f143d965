"""Write the pages of docs/ that are made from code: docs/messages.md from the message table."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbook.findings import Severity  # noqa: E402 - the path comes first
from workbook.messages import MESSAGES  # noqa: E402

HEADER = """# 提示一览

核对工作簿时可能出现的全部提示。花括号里的是随情况而变的内容;“代码”是 `--json` 输出里的 `code`。

| 代码 | 级别 | 问题 | 怎么办 |
|---|---|---|---|
"""


def messages_page() -> str:
    """The whole of docs/messages.md."""
    rows = (
        f"| `{code}` | {Severity(message.severity).word} | {message.what} | {message.todo} |\n"
        for code, message in MESSAGES.items()
    )
    return HEADER + "".join(rows).replace("{{{{", "{{").replace("}}}}", "}}")


if __name__ == "__main__":
    (ROOT / "docs" / "messages.md").write_text(messages_page(), encoding="utf-8")
