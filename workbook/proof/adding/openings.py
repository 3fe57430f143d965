"""The words that open a list of parts; they stand in `stated/words.toml` and nowhere else."""

import re
from typing import Final

from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.words import general

_WORDS: Final = "|".join(sorted(general().words.opens, key=len, reverse=True))
OPENS: Final = re.compile(rf"资金来源(?:构成)?(?:为|是)?[:,]?|(?:{_WORDS})[:,]?|组成:")
STARTS: Final = re.compile(rf"(?!含|构成)(?:{_WORDS})")  # of a sentence: no 含税9万元
ENDS: Final = re.compile(rf"(?:主要)?(?:{_WORDS}|如下)[:,。]?$")
_LEADS: Final = re.compile(r"主要|分别|具体|其中|由|支出|资金|的|万元")
_OF_THESE: Final = re.compile(r"(?:^|[,:;])由[^,:;。]*$")  # 由甲60万元、乙40万元组成
MADE_UP: Final = re.compile(r"等?(?:共同|两部分|[二两三四五六]部分)?(?:组成|构成)")


def opening_of(one: Said) -> str:
    """The word or the bracket that opens a list of parts right before a figure."""
    gap = one.gap
    found = [match for match in OPENS.finditer(gap) if _opens(match, gap)]
    if found and not re.search(r"[;。]", gap[found[-1].end() :]):
        return found[-1][0].strip(":,")
    return gap[0] if gap[:1] in ("(", ":") and one.way is Way.VALUE else ""


def of_these(one: Said, sentence: Sentence) -> str:
    """The word behind a list of parts that begins with 由, if it stands in the same clause."""
    if not _OF_THESE.search(one.gap):
        return ""
    for other in sentence.figures:
        if other.start >= one.start and (found := MADE_UP.match(other.after)):
            return found[0][-2:]
        if other.start > one.start and re.search(r"[;。]", other.gap):
            break
    return ""


def _opens(match: re.Match[str], gap: str) -> bool:
    """Whether a word opens the parts of a figure before it: not 含 in 人员经费含临聘工资6万元."""
    before = re.split(r"[,;:()]", gap[: match.start()])[-1]
    return match[0][0] not in "含包构" or not _LEADS.sub("", before)


def opened_behind(gap: str, opening: str) -> int:
    """How many brackets stand open behind the word: one in 其中投入(20分)得18分."""
    words = gap.rpartition(opening)[2] if opening not in "(:" else ""
    return max(0, words.count("(") - words.count(")"))
