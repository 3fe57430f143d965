"""Every method and filter that a template may use, each with what it makes of a value."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from jinja2.utils import Cycler
from writing import Word

METHODS = {
    "t.capitalize()": "Ab c",
    "t.casefold()": "ab c",
    "t.center(6) ~ '|'": " Ab C |",
    "t.count('b')": "1",
    "t.endswith('C')": "True",
    "t.find('C')": "3",
    "'{}-{}'.format(t, 1)": "Ab C-1",
    "t.index('b')": "1",
    "'a1'.isalnum()": "True",
    "t.isalpha()": "False",
    "'12'.isdecimal()": "True",
    "'12'.isdigit()": "True",
    "t.islower()": "False",
    "'十'.isnumeric()": "True",
    "' '.isspace()": "True",
    "t.isupper()": "False",
    "'、'.join(['a', 1])": "a、1",
    "t.ljust(6) ~ '|'": "Ab C  |",
    "t.lower()": "ab c",
    "' a '.lstrip() ~ '|'": "a |",
    "t.partition(' ')[2]": "C",
    "t.removeprefix('A')": "b C",
    "t.removesuffix('C')": "Ab ",
    "t.replace('b', 'd')": "Ad C",
    "t.rfind('b')": "1",
    "t.rjust(6)": "  Ab C",
    "t.rpartition(' ')[0]": "Ab",
    "t.rsplit(' ')[1]": "C",
    "' a '.rstrip() ~ '|'": " a|",
    "t.split(' ')[0]": "Ab",
    "'a\\nb'.splitlines()[1]": "b",
    "t.startswith('A')": "True",
    "' a '.strip() ~ '|'": "a|",
    "t.swapcase()": "aB c",
    "'ab c'.title()": "Ab C",
    "t.upper()": "AB C",
    "'7'.zfill(3)": "007",
    "d.items()|list|length": "2",
    "d.keys()|join": "甲乙",
    "d.values()|join": "12",
    "d.get('丙', 9)": "9",
    "d.copy().甲": "1",
    "day.strftime('%Y')": "2023",
    "day.isoformat()": "2023-03-15",
    "day.weekday()": "2",
    "day.isoweekday()": "3",
    "moment.date()": "2023-03-15",
    "moment.time()": "08:30:00",
    "moment.timestamp() > 0": "True",
    "span.total_seconds()": "90.0",
    "n.quantize(decimal('0.1'))": "2.5",
    "n.normalize()": "2.5",
    "whole.is_integer()": "True",
    "cycle.next()": "一",
    "cycle.reset() or ''": "",
}
FILTERS = {
    "-3|abs": "3",
    "[1, 2, 3]|batch(2)|map('length')|join(',')": "2,1",
    "t|capitalize": "Ab c",
    "t|center(6) ~ '|'": " Ab C |",
    "d|count": "2",
    "x|d('无')": "无",
    "x|default('无')": "无",
    "d|dictsort|first|first": "乙",
    "'<'|e": "<",
    "'<'|escape": "<",
    "1000|filesizeformat": "1.0 kB",
    "t|first": "A",
    "'2.5'|float": "2.5",
    "'<'|forceescape": "<",
    "'%s:%d'|format(t, 3)": "Ab C:3",
    "rows|groupby('k')|map('first')|join('、')": "a、b",
    "'a'|indent(2, true)": "  a",
    "'7'|int": "7",
    "d|items|list|length": "2",
    "['a', 1]|join('-')": "a-1",
    "rows|join('-', attribute='v')": "1-2-3",
    "rows|join('-', attribute='in.w')": "x-y-z",
    "t|last": "C",
    "t|length": "4",
    "'ab'|list|join('-')": "a-b",
    "t|lower": "ab c",
    "rows|map(attribute='v')|join": "123",
    "[1, 3, 2]|max": "3",
    "[2, 1, 3]|min": "1",
    "[1, 2, 3]|reject('odd')|join": "2",
    "rows|rejectattr('v', 'gt', 1)|map(attribute='v')|join": "1",
    "t|replace('b', 'd')": "Ad C",
    "'aaa'|replace('a', 'b', 2)": "bba",
    "t|reverse": "C bA",
    "n|round(1)": "2.5",
    "decimal('0.125')|round(2)": "0.13",
    "2.25|round(1)": "2.3",
    "'<b>'|safe": "<b>",
    "[1, 2, 3]|select('odd')|join": "13",
    "rows|selectattr('v', 'gt', 1)|map(attribute='v')|join": "23",
    "[1, 2, 3]|slice(2)|map('length')|join(',')": "2,1",
    "[3, 1, 2]|sort|join": "123",
    "7|string ~ 1": "71",
    "'<b>a</b>'|striptags": "a",
    "rows|sum(attribute='v')": "6",
    "'ab c'|title": "Ab C",
    "' a '|trim ~ '|'": "a|",
    "'abcdefghij'|truncate(6, true, '…', 0)": "abcde…",
    "[1, 1, 2]|unique|join": "12",
    "t|upper": "AB C",
    "'a b'|urlencode": "a%20b",
    "t|wordcount": "2",
    "'ab cd'|wordwrap(2)|replace('\\n', '/')": "ab/cd",
}
GLOBALS = {
    "range(3)|join": "012",
    "dict(a=1).a": "1",
    "cycler('一', '二').next()": "一",
    "namespace(a=2).a": "2",
}
VALUES = {
    "t": "Ab C",
    "n": Decimal("2.50"),
    "whole": 2.0,
    "d": {"甲": 1, "乙": 2},
    "rows": [
        {"k": "a", "v": 1, "in": {"w": "x"}},
        {"k": "b", "v": 2, "in": {"w": "y"}},
        {"k": "b", "v": 3, "in": {"w": "z"}},
    ],
    "day": date(2023, 3, 15),
    "moment": datetime(2023, 3, 15, 8, 30),
    "span": timedelta(seconds=90),
    "cycle": Cycler("一", "二"),
}


@pytest.mark.parametrize(
    "table", [METHODS, FILTERS, GLOBALS], ids=["methods", "filters", "globals"]
)
def test_each_has_its_result(word: Word, table: dict[str, str]) -> None:
    # yes and no have no printed form of their own
    shown = "{{ ('True' if v else 'False') if v is boolean else v }}"
    path = word.template(*(f"{{% set v = {expression} %}}{shown}" for expression in table))
    document = word.document(path, **VALUES)
    made = dict(zip(table, (p.text for p in document.paragraphs), strict=True))
    assert made == table


def test_a_joiner_and_the_loop_itself_say_where_one_is(word: Word) -> None:
    opening = "{% set j = joiner('、') %}{% for x in 'aab' %}"
    inside = "{{ j() }}{{ loop.cycle('甲', '乙') }}{{ '新' if loop.changed(x) else '旧' }}"
    assert word.render(f"{opening}{inside}{{% endfor %}}") == ["甲新、乙旧、甲新"]
