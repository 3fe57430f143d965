"""The figures that a form asks for, each as the reader of quantities would read its name."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from workbook.form.field import Field
from workbook.form.model import Form
from workbook.stated.counted import COUNTED
from workbook.stated.folded import letters
from workbook.stated.model import Basis
from workbook.stated.units import MONEY, PEOPLE
from workbook.stated.words import canonical, general, named

POSTS: Final = ("名", "个")  # 行政编制22个 are posts
_PARTS: Final = frozenset(("内设", "下设", "下属", "所属"))  # 内设三个科室


class Figure(NamedTuple):
    """A field by one of its names: the name alone, which figure of the item it is, its year."""

    key: str
    name: str
    basis: Basis
    year: str


def figures_of(form: Form) -> Sequence[Figure]:
    """The figures with a unit that `form` asks for, by their keys, labels and other names."""
    made = {
        Figure(key, canonical(name), basis, year)
        for key, field in form.fields.items()
        if field.is_number and field.unit
        for words in (key, field.name, *field.said)
        for name, basis, year in [named(words)]
    }
    return sorted(made, key=str)


def called(form: Form) -> frozenset[str]:
    """Words of which one stands in each text that names a figure of the form: the shortest."""
    words = {letters(way) for ways in general().basis.values() for way in ways}
    names = {one.name for one in figures_of(form) if one.name}
    words |= names | {name.removesuffix("数") for name in names if len(name) > 1}
    words |= {letters(way) for one in general().same if one.says[0] in names for way in one.says}
    words |= {part for whole in general().part.values() for part in whole}
    words |= _PARTS if COUNTED & names else set()
    return frozenset(
        word for word in words if not any(other in word for other in words if other != word)
    )


def is_same_basis(one: Figure, basis: Basis, field: Field) -> bool:
    """Whether a stated figure may be that of the field; an amount of no basis is an outturn."""
    if field.unit not in MONEY:
        return True
    if one.basis in (Basis.NONE, Basis.OUTTURN):
        return basis in (Basis.NONE, Basis.OUTTURN)
    return one.basis is basis


def is_same_unit(field: Field, unit: str) -> bool:
    """Whether a figure of that unit may be the field's: amounts may, in whatever unit."""
    if field.unit in MONEY:
        return unit in MONEY
    return not unit or is_of_unit(field.unit, unit) or (field.unit, unit) == POSTS


def is_of_unit(one: str, other: str) -> bool:
    """Whether two units count the same: 名 and 人 do."""
    return one == other or {one, other} <= PEOPLE


def is_within(part: str, whole: str) -> bool:
    """Whether the letters of `part` stand in `whole` in this order: 区统战部 in 芦淞区委统战部."""
    rest = iter(whole)
    return all(letter in rest for letter in part)
