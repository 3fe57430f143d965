"""Why a request came to nothing, in a sentence: a page for people, JSON for programs."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from http import HTTPStatus
from typing import Final

import msgspec

NO_PAGE: Final = "没有这一页。请用打开填报台时给出的网址。"
NOT_UNDERSTOOD: Final = "没有看懂这次请求。请刷新网页再试。"
NO_SUCH_WAY: Final = "这个地址不能这样用。请从填报台的网页上操作。"
_WORDS: Final = {404: NO_PAGE, 405: NO_SUCH_WAY}
# A page that stands alone: whoever is not let in may fetch no other file.
_STYLE: Final = (
    "body{margin:0;padding:3rem 1rem;color:#1d2430;background:#f3f5f8;line-height:1.65;"
    "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif}"
    "main{max-width:40rem;margin:0 auto;padding:1rem 1.25rem;background:#fff;"
    "border:1px solid #d5dae3;border-radius:6px}"
    "h1{margin:0;font-size:1.25rem}"
    "@media(prefers-color-scheme:dark){body{color:#e6eaf1;background:#14181f}"
    "main{background:#1c222c;border-color:#3a4453}}"
)
_PAGE: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    "<title>没有打开 - 勾稽</title><style>{style}</style></head>"
    '<body><main><h1>没有打开</h1><p role="alert">{words}</p></main></body></html>'
)
# By which the policy of all answers lets this one style through (CSP 3, 8.4).
STYLE_SOURCE: Final = f"'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"


def told(words: str, accept: str) -> tuple[str, bytes]:
    """The media type and the body of a refusal, by what the asker's `Accept` prefers."""
    if wants_page(accept):
        return HTML, _PAGE.format(style=_STYLE, words=escape(words)).encode()
    return JSON, msgspec.json.encode({"detail": words})


def wants_page(accept: str) -> bool:
    """Whether it is a browser that opens an address; scripts and programs take anything."""
    return "text/html" in accept.lower()


def in_chinese(status: int, said: object, own: Mapping[int, str] = _WORDS) -> str:
    """The sentence of a failure: what our own code said, else that for the status."""
    try:
        is_default = said == HTTPStatus(status).phrase
    except ValueError:
        is_default = False
    if isinstance(said, str) and said and not is_default:
        return said
    return own.get(status, NOT_UNDERSTOOD)
