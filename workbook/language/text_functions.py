"""The functions that look at words."""

from decimal import Decimal

from workbook.catalogue.rules import BEFORE_END, ENDS, LISTED
from workbook.language.call import Call
from workbook.language.excel import ExcelCells
from workbook.language.model import PLAIN, LookUp, Told, Type

LIST_MARK = "、"
_BLANKS = " 　\n"  # what may stand beside a mark and is no item; formulas know no more of them


def count_items(text: str) -> Decimal:
    """How many items a list in a sentence names: `甲、乙、丙` three, `甲、、乙、` two."""
    return Decimal(sum(bool(item.strip(_BLANKS)) for item in text.split(LIST_MARK)))


class CountItems(Call):
    """`count_items(名单)`: how many items the text lists, `甲、乙、丙` being three."""

    name, takes, decimals = "count_items", (Type.TEXT,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return count_items(self.arguments[0].value(look_up))

    def excel(self, cells: ExcelCells) -> str:
        text = self.arguments[0].excel(cells)
        for blank in ('" "', '"　"', "CHAR(10)"):
            text = f'SUBSTITUTE({text},{blank},"")'
        # TRIM leaves one space before each item, however many marks stood there.
        items = f'TRIM(SUBSTITUTE("x{LIST_MARK}"&{text},"{LIST_MARK}"," "))'
        return f'(LEN({items})-LEN(SUBSTITUTE({items}," ","")))'

    def words(self, told: Told = PLAIN) -> str:
        return LISTED(told.language, of=self.arguments[0].words(told))


class EndsWith(Call):
    """`ends_with(三级指标, "率")`: whether a text ends with these words."""

    name, takes, type, decimals = "ends_with", (Type.TEXT, Type.TEXT), Type.FLAG, 0

    def value(self, look_up: LookUp) -> bool:
        text, end = (one.value(look_up) for one in self.arguments)
        return bool(text.endswith(end))

    def excel(self, cells: ExcelCells) -> str:
        text, end = (one.excel(cells) for one in self.arguments)
        return f"EXACT(RIGHT({text},LEN({end})),{end})"

    def words(self, told: Told = PLAIN) -> str:
        text, end = (one.words(told) for one in self.arguments)
        return ENDS(told.language, of=text, end=end)


class BeforeEnd(Call):
    """`before_end(三级指标, "占比")`: a text without these words at its end, `党员` of 党员占比."""

    name, takes, type, decimals = "before_end", (Type.TEXT, Type.TEXT), Type.TEXT, 0

    def value(self, look_up: LookUp) -> str:
        text, end = (one.value(look_up) for one in self.arguments)
        return str(text.removesuffix(end).strip())

    def excel(self, cells: ExcelCells) -> str:
        text, end = (one.excel(cells) for one in self.arguments)
        kept = f"LEN({text})-LEN({end})*EXACT(RIGHT({text},LEN({end})),{end})"
        return f"TRIM(LEFT({text},{kept}))"

    def words(self, told: Told = PLAIN) -> str:
        text, end = (one.words(told) for one in self.arguments)
        return BEFORE_END(told.language, of=text, end=end)
