"""Which cell a figure is: by unit, time, the words before it, and the figures before it."""

from collections.abc import Iterator, Sequence

from docgen.adopting.choosing.balances import of_balance
from docgen.adopting.choosing.before import SAME, of_a_series, of_the_last
from docgen.adopting.choosing.called import of_called
from docgen.adopting.choosing.fitting import YEAR, fits_around
from docgen.adopting.choosing.led import of_ended, of_led
from docgen.adopting.choosing.nearly import (
    is_begun,
    is_nearly_named,
    is_row_shortly_named,
    is_said_before,
)
from docgen.adopting.choosing.siblings import told_apart
from docgen.adopting.choosing.telling import (
    CAPITALS,
    DATE,
    is_of_another_thing,
    is_own_figure,
    is_sure,
    is_told_otherwise,
)
from docgen.adopting.choosing.times import is_said_to_be_prior, of_time
from docgen.adopting.choosing.winning import first_of_alike, is_of_row, keys_of, winners_by_name
from docgen.naming.akin import is_akin, is_another_named, is_anothers, is_meant
from docgen.naming.around import is_named_behind
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, Place
from docgen.naming.printing import is_converted
from docgen.naming.scores import HALF, is_one_of_several
from docgen.naming.totals import is_of_all_rows, is_of_part, is_of_title


def chosen(
    figure: str, found: Sequence[Printed], place: Place
) -> tuple[Printed | None, tuple[str, ...]]:
    """The one cell that a figure is; else the keys of those that it may be."""
    behind = [way for way in found if fits_around(way, place) and is_named_behind(way, place)]
    if len(keys_of(behind)) == 1 and len(of_time(behind, place)) == len(behind):
        return behind[0], ()
    found = [way for way in found if fits_around(way, place)]
    if (led := of_led(figure, found, place)) is not None:
        return led, ()
    found = _possible(found, place)
    if not found:
        return None, ()
    keys = keys_of(found)
    if CAPITALS.fullmatch(figure) and place.last and place.last.key in keys:
        return next(way for way in found if way.key == place.last.key), ()
    if found[0].unit == YEAR:
        return (found[0], ()) if len(keys) == 1 else (None, keys)
    found = found if DATE.fullmatch(figure) else of_time(found, place)
    if not found:  # of another year, or of a plan
        return None, keys
    is_timed = len(keys_of(found)) == 1 and (len(keys) > 1 or is_said_to_be_prior(place))
    found = [way for way in found if not is_converted(way)] or found
    found = [way for way in found if not is_of_all_rows(way, found, place)] or found
    found = [way for way in found if not is_of_part(way, found, place)] or found
    named = [way for way in found if place.said.endswith(way.known_by[0])]
    found = [way for way in found if way in named or way in first_of_alike(found)]
    for one in _by_words(figure, found, place, is_timed):
        if one is not None:
            is_same = SAME.search(place.before) is not None
            is_told = is_same or one is of_called(figure, found, place)
            meant = one if is_told else told_apart(one, found, place)
            return (meant, ()) if meant else (None, keys_of(found))
    return None, keys_of(found)


def _possible(found: Sequence[Printed], place: Place) -> list[Printed]:
    """Of the cells of the unit that is said those beside which no other is named."""
    found = [way for way in found if not is_anothers(way, place)]
    return [way for way in found if not is_another_named(way, place)]


def fitting(found: Sequence[Printed], place: Place) -> list[Printed]:
    """The cells of the unit and the time that are said, where no run of rows is: 七、八年级."""
    clause = CLAUSE.split(place.before)[-1]
    found = of_time([way for way in found if fits_around(way, place)], place)
    found = [way for way in found if not is_one_of_several(way.known_by[0], clause)]
    return [way for way in found if not is_converted(way)] or found


def _by_words(
    figure: str, found: Sequence[Printed], place: Place, is_timed: bool
) -> Iterator[Printed | None]:
    """The cells that words and the figures before may tell, the surest first."""
    yield of_a_series(found, place)
    winners, best = winners_by_name(found, place, is_timed)
    is_plain = best > HALF or (
        is_sure(figure)
        and winners
        and is_own_figure(figure, winners[0])
        and is_meant(winners[0], place)
        and not is_of_another_thing(winners[0], place)
    )
    yield winners[0] if is_plain and len(keys_of(winners)) == 1 else None
    yield of_the_last(found, place, is_timed)
    keys = keys_of(found)
    yield of_ended(figure, found, place)
    yield of_balance(figure, found, place)
    yield found[0] if len(keys) == 1 and is_told_otherwise(figure, found[0], place) else None
    own = [way for way in found if is_own_figure(figure, way)]
    exact = [way for way in own if not is_of_row(way)]
    if len(keys_of(exact)) == 1 and len(keys_of(own)) == 1:
        only = exact[0]
        is_said = is_nearly_named(figure, only, place) or is_said_before(figure, only, place)
        yield only if is_said else None
    short = [way for way in own if is_row_shortly_named(way, place)]
    yield short[0] if len(keys_of(short)) == 1 else None
    begun = [way for way in own if is_begun(way, place)]
    yield begun[0] if len(keys_of(begun)) == 1 else None
    yield of_called(figure, found, place)
    if not winners:
        yield _only(figure, first_of_alike(found), place)


def _only(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The one cell that holds a figure of many digits, where it is akin to what is said."""
    found = [way for way in found if is_of_title(way, place)] or found
    is_only = (
        len(keys_of(found)) == 1 and is_own_figure(figure, found[0]) and not is_of_row(found[0])
    )
    is_date = DATE.fullmatch(figure) is not None
    if is_only and is_sure(figure) and (is_date or is_akin(found[0], place)):
        return found[0]
    return None
