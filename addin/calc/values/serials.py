"""Dates as the serial numbers that a cell holds: days since the document's first day."""

import datetime as dt
from typing import Any, Final

_DAY: Final = dt.timedelta(days=1)
_MILLISECONDS_PER_DAY: Final = 86_400_000


def from_serial(serial: float, epoch: dt.datetime) -> Any:
    """A serial number as a date and time, to the millisecond; the number itself when too large."""
    try:
        return epoch + dt.timedelta(milliseconds=round(serial * _MILLISECONDS_PER_DAY))
    except OverflowError:
        return serial


def to_serial(value: dt.date | dt.time, epoch: dt.datetime) -> float:
    """A date, a date and time or a time as a serial number."""
    if isinstance(value, dt.time):
        return (dt.datetime.combine(epoch, value.replace(tzinfo=None)) - epoch) / _DAY
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - epoch) / _DAY
    return (dt.datetime(value.year, value.month, value.day) - epoch) / _DAY
