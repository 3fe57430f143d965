"""What sort a unit is, where a sentence about it says so in the words of a choice of the form.

某某县中医医院始建于1978年，属差额拨款公益二类事业单位。       公益二类事业单位
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from docgen.importing.matching.found import Found, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.model import Form
from workbook.prose.figures import is_within
from workbook.stated.folded import letters

LEAST_LETTERS: Final = 4  # of a choice that tells by itself
_SENTENCE: Final = re.compile(r"[^。;!?]+")
_SUBJECT: Final = re.compile(r"[^,;。:()]{2,30}?(?=\(|,|是|系|为|属|成立|始建|创建|建于|位于|隶属)")
_OWN: Final = re.compile(r"(?:本|我)(?:单位|部门|中心|[局委院办校镇乡所站馆社会])")
_SAYS: Final = r"(?:是|系|为|属于?)(?P<between>[^,;。:\d]{0,24}?)"
_OTHERS: Final = re.compile(r"下设|下辖|设有|另有|所辖|等")  # between the verb and the sort
_BELOW: Final = re.compile(r"下设|下辖|下属|所属|所辖|另有|设有")  # before the verb
_KIND: Final = "事业单位"


def add_sorts(found: Found, form: Form, lines: Sequence[Line], bodies: Collection[str]) -> None:
    """Add the one choice that the sentences about the unit say; `bodies` are its names."""
    for key, field in form.fields.items():
        if field.type != "choice" or field.default or found.fields.get(key):
            continue
        choices = [one for one in field.choices if len(one) >= LEAST_LETTERS]
        said = [one for line in lines for one in _said(line, choices, bodies)]
        if len({choice for choice, _, _ in said}) == 1:
            choice, line, (start, end) = said[0]
            first, last = line.folded.origin[start], line.folded.origin[end - 1] + 1
            catch = Catch(Hole((Target("", key),)), choice, line, first, last)
            found.add(key, Statement([catch], told.BY_WORDS.said(words=line.text[first:last])))
            if line not in found.used:
                found.partly.setdefault(line, []).append(key)


def _said(
    line: Line, choices: Sequence[str], bodies: Collection[str]
) -> Iterator[tuple[str, Line, tuple[int, int]]]:
    """The choices that a paragraph says of the unit, with where they stand."""
    if line.table is not None or line.is_long:
        return
    text = line.folded.text
    for sentence in _SENTENCE.finditer(text, len(line.number)):
        subject = _SUBJECT.match(sentence[0])
        if subject is None or not _is_own(subject[0], bodies):
            continue
        for choice in choices:
            words = re.escape(choice)
            if choice.endswith(_KIND):  # 公益二类科研事业单位
                words = rf"{re.escape(choice.removesuffix(_KIND))}[^,;。\d]{{0,4}}{_KIND}"
            match = re.search(rf"{_SAYS}(?P<sort>{words})(?!\d|有)", sentence[0])
            before = sentence[0][: match.start()] if match else ""
            is_other = _OTHERS.search(match["between"]) if match else None
            if match and not is_other and not _BELOW.search(before):
                start = sentence.start()
                yield choice, line, (start + match.start("sort"), start + match.end("sort"))


def _is_own(subject: str, bodies: Collection[str]) -> bool:
    said = letters(subject)
    return _OWN.match(said) is not None or any(is_within(said, letters(one)) for one in bodies)
