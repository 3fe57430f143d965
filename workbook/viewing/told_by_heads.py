"""A body of one row without words, as cells that are known by what stands above them."""

from typing import Final

from workbook.viewing.block_model import Body, Pair, Pairs, RawBlock, is_figure
from workbook.viewing.words import (
    unit_in,
)

_LEAST_HEADS: Final = 3  # of a row of figures that has no words


def told_by_heads(body: Body) -> RawBlock:
    """A body of one row without words as cells under their labels: 编制数 above 78."""
    columns = [column for column in body.heads if column != body.ordinal]
    if len(body.rows) != 1 or len(columns) < _LEAST_HEADS or body.labels[body.rows[0]]:
        return body
    values = body.values[body.rows[0]]
    first = next((one for one in values if one.column == columns[0]), None)
    is_labelled = first is not None and not (first.is_blank or is_figure(first))
    if is_labelled or not any(map(is_figure, values)):
        return body
    values = [one for one in values if one is not first or is_figure(one)]
    group = body.heads[columns[0]] if first not in values else ""
    told = [Pair(body.heads[one.column], one, unit_in(group)) for one in values]
    return Pairs(group, told)
