"""Why a file is no TOML, in words for whoever typed it: the line, and what to do."""

import re
from collections.abc import Mapping
from typing import Final

_PLACE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
# Signs of a Chinese keyboard, and those that TOML knows.
_WIDE: Final[Mapping[str, str]] = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "，": ",", "＂": '"', "［": "[", "］": "]",
    "【": "[", "】": "]", "｛": "{", "｝": "}", "＃": "#",
}  # fmt: skip
_BARE: Final = re.compile(r"\s*([^\s=\"'\[\]#]*[^\x00-\x7f][^\s=\"'\[\]#]*)\s*=")
_QUIET: Final = re.compile(r'"[^"]*"|\'[^\']*\'|#.*')
_WITH_COMMAS: Final = re.compile(r"-?\d+(?:,\d+)+(?:\.\d+)?")
_DAY: Final = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_LINE: Final = re.compile(r"第 (\d+) 行:")
_VALUE: Final = re.compile(r"""\s*[^\s\[\]=＝#]+\s*[=＝](?!\s*(?:\[[^\]]*|\"{3}.*|'{3}.*)$)""")
_MOST_TOLD: Final = 20
_SAID: Final = (
    ("Unterminated string", '引号没有成对,请在文字末尾补上 "'),
    ("Unclosed array", "[ 没有配上 ]"),
    ("Expected '=' after a key", '名称后面要有一个 =,如 title = "工作总结"'),
    ("Expected ']]'", "[[ 没有配上 ]]"),
    ("Expected ']'", "[ 没有配上 ]"),
    ("Cannot overwrite a value", "同一个名称写了两次"),
    ("Cannot declare", "同一个 [ ] 写了两次;要写几份请用 [[ ]]"),
    ("Cannot mutate", "同一个名称写了两次"),
    ("Unescaped '\\' in a string", "双引号里的 \\ 要写成 \\\\,或改用单引号"),
    ("Expected newline", "一行只写一个值;文字两边要有引号"),
    ("Invalid statement", '看不懂这一行:要么是 [名称],要么是 名称 = "值"'),
    ("Illegal character", "有不能写的字符"),
    ("Invalid value", "= 后面的值写得不对;文字两边要有引号"),
)
_TRUTHS: Final = {
    **dict.fromkeys(("yes", "on", "true", "是", "对"), "true"),
    **dict.fromkeys(("no", "off", "false", "否", "不"), "false"),
}


def _outside(line: str, column: int) -> str:
    """What of a line stands at a column and behind it, outside of quotes and remarks."""
    blank = _QUIET.sub(lambda match: " " * len(match[0]), line)
    return blank[max(column - 1, 0) :]


def _proposed(said: str, line: str) -> str:
    """What is wrong with a line whose value was typed without its quotes, or with a comma."""
    name, sign, value = (one.strip() for one in line.partition("="))
    if said.startswith("Illegal character") and line.count('"') % 2:
        return '引号没有成对,请在文字末尾补上 "'
    value = value.partition("#")[0].strip()
    if not sign or not value or value[0] in "\"'[{":
        return ""
    if day := _DAY.fullmatch(value):
        year, month, number = (int(one) for one in day.groups())
        return f"日期要写成 2023-03-15 这样,是不是 {name} = {year}-{month:02}-{number:02}?"
    if _WITH_COMMAS.fullmatch(value):
        return f"数里不写逗号,小数点用 .,是不是 {name} = {value.replace(',', '')}?"
    if truth := _TRUTHS.get(value.casefold()):
        return f"是或否写 true 或 false,不加引号,是不是 {name} = {truth}?"
    if said.startswith(("Invalid value", "Expected newline")) and '"' not in value:
        return f'= 后面的文字两边要有引号,是不是 {name} = "{value}"?'
    return ""


def toml_fault(error: ValueError, text: str) -> str:
    """What is wrong with a file's `text`, in which the parser met `error`.

    `title = “小表”` in line 3 is `第 3 行:全角的 “ 请改成半角的 "`.
    """
    said = str(error)
    lines = text.splitlines() or [""]
    match = _PLACE.search(said)
    number = int(match[1]) if match and match[1] else len(lines)
    column = int(match[2]) - 1 if match and match[2] else 0
    line = lines[min(number, len(lines)) - 1]
    wide = next((sign for sign in _outside(line, column) if sign in _WIDE), "")
    if wide and match and match[1]:
        return f"第 {number} 行:全角的 {wide} 请改成半角的 {_WIDE[wide]}"
    if said.startswith("Invalid statement") and (name := _BARE.match(line)):
        return f'第 {number} 行:中文的名称要加引号:"{name[1]}" = …'
    if proposed := _proposed(said, line):
        return f"第 {number} 行:{proposed}"
    words = next((ours for theirs, ours in _SAID if said.startswith(theirs)), "不合 TOML 的写法")
    return f"第 {number} 行{'' if match and match[1] else '或它前面'}:{words}"


def faults_of(content: bytes) -> list[str]:
    """What is wrong with a file, line by line, as far as one slip can be told from the next."""
    import tomllib  # noqa: PLC0415 - a kind that was kept is parsed no more

    lines = content.decode("utf-8-sig", "replace").splitlines()
    found: list[str] = []
    while len(found) < _MOST_TOLD:
        text = "\n".join([*lines, ""])
        try:
            tomllib.loads(text)
        except ValueError as error:
            fault = toml_fault(error, text)
            found.append(fault)
            number = _LINE.match(fault)
            if number is None or not _VALUE.match(lines[int(number[1]) - 1]):
                return found  # what follows of it would be told as slips of their own
            lines[int(number[1]) - 1] = ""
        else:
            return found
    return found
