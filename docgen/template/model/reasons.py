"""What Python and Jinja say of a tag that fails, in the words of who wrote the tag."""

import re
from typing import Final

_KINDS: Final = {
    "数": ("int", "float", "Decimal", "Amount", "Rounded"),
    "文字": ("str", "SourcedText", "Prose", "Markup", "StandIn", "ToFill"),
    "列表": ("list", "tuple", "set", "range"),
    "一组有名字的值": ("dict",),
    "空值": ("NoneType",),
    "是或否": ("bool",),
    "日期": ("date", "datetime"),
    "函数": ("function", "method", "builtin_function_or_method", "type"),
}
_OF_TYPE: Final = {name: kind for kind, names in _KINDS.items() for name in names}
_OBJECT: Final = "程序里的对象"
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
# each pattern's names of types come as `{0}`, `{1}`; what is no type is left as it is
_SAID: Final = (
    (r"'\S+' not supported between instances of '([\w.]+)' and '([\w.]+)'", "不能比较{0}和{1}"),
    (
        r"unsupported operand type\(s\) for (\S+?):? '([\w.]+)' and '([\w.]+)'",
        "{1}和{2}之间不能用「{0}」",
    ),
    (r"can only concatenate (\w+) \(not \"([\w.]+)\"\) to \w+", "{0}和{1}之间不能用「+」"),
    (r"bad operand type for (?:unary )?(\S+?)(?:\(\))?: '([\w.]+)'", "{1}不能用「{0}」"),
    (r"'([\w.]+)' object is not (?:iterable|reversible)", "{0}没有一项一项可以循环"),
    (r"'([\w.]+)' object is not callable", "{0}后面不能写括号"),
    (r"'([\w.]+)' object is not subscriptable", "{0}里没有一项一项可取"),
    (r"object of type '([\w.]+)' has no len\(\)", "{0}没有个数"),
    (r"argument of type '([\w.]+)' is not iterable", "不能在{0}里找"),
    (r"unhashable type: '([\w.]+)'", "{0}不能用来分组或做名字"),
    (r"access to attribute '(\S+)' of", "不能用「{0}」"),
    (r"not safely callable", "不能调用这个方法"),
    (r"Range too big", "range 的个数太多"),
    (r"recursion", "自己调用自己,没有完"),
    (
        r"takes .*argument|unexpected keyword|required positional|multiple values",
        "括号里给的参数不对",
    ),
    (r"sequence was empty|No (?:first|last|aggregated|random) item", "列表是空的,取不出一项"),
    (
        r"not all arguments converted|not enough arguments|format|Replacement index",
        "格式和给的值对不上",
    ),
    (r"ConversionSyntax|invalid literal|could not convert", "它不是数"),
    (r"Overflow|too large|Exceeds the limit", "数太大"),
    (
        r"expected token 'end of (?:print statement|statement block)', got '='",
        "「=」不该写在这里,比较相等要写 ==",
    ),
    (
        r"expected token 'end of (?:print statement|statement block)', got '(.+)'",
        "「{0}」不该写在这里",
    ),
    (r"expected token '(.+)', got 'end of .*'", "没有写完,缺「{0}」"),
    (r"[Ee]xpected an expression, got 'end of .*'", "没有写完,缺一个值"),
    (r"[Ee]xpected an expression, got '(.+)'", "「{0}」的前面缺一个值"),
    (r"expected token '(.+)', got '(.+)'", "写着「{1}」的地方应是「{0}」"),
    (r"unexpected char '\\x0[24]' at", "括号没有写完"),  # where the tag ends
    (r"unexpected char '(.+)' at", "不认得符号「{0}」"),
    (r"unexpected '(.+)', expected '(.+)'", "括号不配对:写着「{0}」的地方应是「{1}」"),
    (r"unexpected '(.+)'", "「{0}」不该写在这里"),
    (r"can't assign to '(.+)'|cannot assign attribute on non-namespace", "这里不能给「{0}」取名"),
    (r"invalid character in|invalid syntax for function call", "括号里的写法不对"),
    (r"[Ee]ncountered unknown tag '(.+)'", "没有「{0}」这种标记"),
    (r"Unexpected end of template", "后面没有写完"),
)
_AT_THE_END: Final = re.compile(r"unexpected char '\\x0[24]' at \d+")
_PATTERNS: Final = tuple((re.compile(pattern), said) for pattern, said in _SAID)


def kind_of(name: str) -> str:
    """What a value of the class called `name` is to who writes templates."""
    return _OF_TYPE.get(name.rpartition(".")[2], _OBJECT)


def in_chinese(reason: str) -> str:
    """The reason in Chinese; one that is not known is no reason that anybody could use."""
    if _CHINESE.search(re.sub("'[^']*'", "", reason)):
        return reason
    for pattern, said in _PATTERNS:
        if match := pattern.search(reason):
            return said.format(*(_word(one or "", pattern) for one in match.groups()))
    return "值不合这里的用法"


def in_english(reason: str) -> str:
    """The reason as Jinja and Python say it, without the signs that end our tags."""
    return _AT_THE_END.sub("a bracket is not closed", reason)


def _word(word: str, pattern: re.Pattern[str]) -> str:
    """A word of the tag as it is, the name of a class, `decimal.Decimal` too, as what it is."""
    name = word.rpartition(".")[2]
    is_class = r"'([\w.]+)'" in pattern.pattern and name.isidentifier()
    return _OF_TYPE.get(name, _OBJECT if is_class else word)
