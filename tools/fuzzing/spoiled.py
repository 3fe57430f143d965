"""One spoiled file out of a whole one, by a seed: the same seed spoils it the same way."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Final

Parts = dict[str, bytes]

# What is looked for in a part, and what may stand there instead.
_CHANGES: Final = (
    (rb' r="[A-Z]+\d+"', ('', ' r="A0"', ' r="ZZZZ1"', ' r="a1"', ' r="C18"', ' r="9"')),
    (rb' t="\w+"', ('', *(f' t="{t}"' for t in ("s", "b", "n", "e", "d", "zzz", "inlineStr")))),
    (rb' s="\d+"', ('', ' s="99999"', ' s="-1"', ' s=""', ' s="1e3"')),
    (rb"<v>[^<]*</v>", ("<v/>", *(f"<v>{v}</v>" for v in (
        "NaN", "1_0", "1e999", "-", "999999999", "\uff11", " 12 ", "9" * 5000, "\u202e1")))),
    (rb'ref="[^"]*"', ('ref=""', 'ref="A1"', 'ref="A1:XFD1048576"', 'ref="Z9:B2"', 'ref="#REF!"')),
    (rb"<definedName [^>]*>[^<]*<", (
        '<definedName name="x">#REF!<', "<definedName>a<", '<definedName name="年度">A1<')),
    (rb'Target="[^"]*"', ('Target=""', 'Target="../../../x"', 'Target="nosuch.xml"', 'Target="/"')),
    (rb'Id="[^"]*"', ('Id=""', 'Id="rId1"')),
    (rb'(?:PartName|ContentType|Extension)="[^"]*"', ('PartName=""', 'ContentType="x"')),
    (rb'numFmtId="\d+"', ('numFmtId="x"', 'numFmtId="9999"', 'numFmtId="31"', 'numFmtId="9"')),
    (rb'formatCode="[^"]*"', tuple(f'formatCode="{c}"' for c in ("", "\\", "[[", "0!", "0,,,"))),
    (rb"<f>[^<]*</f>", ("<f/>", '<f t="shared" si="0"/>', '<f t="array" ref="A1">1</f>',
                        '<f t="shared" si="0" ref="A1:B2">A1</f>')),
    (rb'name="[^"]*"', ('name=""', 'name="a&amp;b"')),
    (rb"<row [^>]*>", ("<row>", '<row r="0">', '<row r="x">', '<row r="9999999999">')),
    (rb"<w:(?:p|r|t|tc|tr|tbl)[ >]", ("<w:x>", "<w:tbl>", "<w:tc>", "<w:p>")),
    (rb"</w:(?:p|r|t|tc|tr)>", ("", "</w:p></w:p>")),
    (rb"\{\{[^}<]*", ("{{", "{{ 1/0 ", "{% for x in 1 %}", "{{ x|x|x ", "{{ ''.__class__ ")),
    (rb'w:(?:id|val|ilvl)="[^"]*"', ('w:val="-1"', 'w:id="x"', 'w:val=""', 'w:val="99999999999"')),
    (rb">[^<]{1,40}<", ("><", ">&#x202e;<", ">&#0;<", ">&nosuch;<", ">{{<", ">]]><")),
    (rb"^", ('<!DOCTYPE x [<!ENTITY a "b">]>', "\ufeff\ufeff", "<?xml version='1.0'?>")),
)  # fmt: skip


def spoiled(whole: bytes, seed: int) -> tuple[str, bytes]:
    """What was done to the file, and what came of it."""
    chance = random.Random(seed)
    way: Callable[[bytes, random.Random], tuple[str, bytes]] = chance.choices(
        (_changed, _flipped, _cut, _swapped), (6, 2, 1, 1)
    )[0]
    return way(whole, chance)


def parts_of(whole: bytes) -> Parts:
    """The members of a file, unpacked."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    """A file of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _changed(whole: bytes, chance: random.Random) -> tuple[str, bytes]:
    parts, said = parts_of(whole), []
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([one for one in parts if one.endswith((".xml", ".rels"))])
        pattern, others = chance.choice(_CHANGES)
        hits = list(re.finditer(pattern, parts[name]))
        if hits:
            hit, new = chance.choice(hits), chance.choice(others).encode()
            parts[name] = parts[name][: hit.start()] + new + parts[name][hit.end() :]
            said.append(f"{name}: {hit[0][:40]!r} -> {new[:40]!r}")
    return "; ".join(said), packed(parts)


def _flipped(whole: bytes, chance: random.Random) -> tuple[str, bytes]:
    data = bytearray(whole)
    # The directory at the end and the headers are where a zip says what it is.
    start = chance.choice((0, max(0, len(data) - 4000)))
    places = [chance.randrange(start, len(data)) for _ in range(chance.choice((1, 3, 30)))]
    for place in places:
        data[place] ^= 1 << chance.randrange(8)
    return f"bits flipped at {places[:5]}", bytes(data)


def _cut(whole: bytes, chance: random.Random) -> tuple[str, bytes]:
    first, last = sorted(chance.randrange(len(whole)) for _ in range(2))
    if chance.random() < 0.5:
        return f"cut at {first}", whole[:first]
    return f"without {first} to {last}", whole[:first] + whole[last:]


def _swapped(whole: bytes, chance: random.Random) -> tuple[str, bytes]:
    parts = parts_of(whole)
    one, other = chance.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    if chance.random() < 0.5:
        del parts[chance.choice(list(parts))]
    return f"{one} and {other} swapped", packed(parts)
