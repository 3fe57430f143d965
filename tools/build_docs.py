"""Write the pages that are made from others.

docs/messages.md comes from the message table; addin/ribbon/manual.html, which the button 使用手册
opens, from docs/clerk/README.md.
"""

import base64
import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbook.catalogue.messages import MESSAGES  # noqa: E402 - the path comes first
from workbook.findings.model import Severity  # noqa: E402

MANUAL = ROOT / "docs" / "clerk" / "README.md"
PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>勾稽使用手册</title>
<style>
body {{ max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1f2937;
  font: 16px/1.8 "Microsoft YaHei", "PingFang SC", sans-serif }}
h1, h2 {{ color: #1f4e79 }}
img {{ max-width: 100%; border: 1px solid #bfc7d1 }}
table {{ border-collapse: collapse }}
th, td {{ border: 1px solid #bfc7d1; padding: .2em .8em; text-align: left }}
th {{ background: #dce6f1 }}
code {{ background: #f3f5f8; padding: 0 .3em }}
blockquote {{ margin: 0; padding: .2em 1em; background: #ffc7ce }}
</style>
{body}</html>
"""

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


def manual_page() -> str:
    """The manual as one page that needs no other file."""
    body = MarkdownIt("commonmark").enable("table").render(MANUAL.read_text(encoding="utf-8"))
    body = re.sub(r"<h([23])>(.*?)</h", _anchored, body)
    return PAGE.format(body=re.sub(r'src="([^"]+)"', _inline, body))


def _anchored(match: re.Match[str]) -> str:
    """A heading that links lead to by the name that GitHub gives it too."""
    name = re.sub(r"[^\w -]", "", match[2]).lower().replace(" ", "-")
    return f'<h{match[1]} id="{name}">{match[2]}</h'


def _inline(match: re.Match[str]) -> str:
    picture = base64.b64encode((MANUAL.parent / match[1]).read_bytes()).decode()
    return f'src="data:image/png;base64,{picture}"'


if __name__ == "__main__":
    (ROOT / "addin" / "ribbon" / "manual.html").write_text(manual_page(), encoding="utf-8")
    (ROOT / "docs" / "messages.md").write_text(messages_page(), encoding="utf-8")
