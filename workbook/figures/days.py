"""Days and times of day as a workbook keeps them: days since its first one, and a fraction."""

import datetime as dt
from typing import Final

_FIRST: Final = dt.date(1899, 12, 30)
_FIRST_FROM_1904: Final = dt.date(1904, 1, 1)
_LAST, _LAST_FROM_1904 = 2_958_465, 2_957_003  # 31 December 9999
_LEAP_DAY: Final = 60  # 29 February 1900, which Excel believes in
_SECONDS: Final = 86_400


def day_of(serial: float, *, from_1904: bool = False) -> dt.date | None:
    """The day of a serial number, None where a program shows none: 45000 is 15 March 2023."""
    if not 0 <= serial < _LAST + 1:
        return None
    number = int(serial + 0.5 / _SECONDS)  # less than half a second before midnight is midnight
    if from_1904:
        return _FIRST_FROM_1904 + dt.timedelta(number) if number <= _LAST_FROM_1904 else None
    if number in (0, _LEAP_DAY) or number > _LAST:
        return None
    return _FIRST + dt.timedelta(number + (number < _LEAP_DAY))


def serial_of(day: dt.date) -> int:
    """The serial number of a day from 1 March 1900 on, in a book that counts from 1900."""
    return (day - _FIRST).days


def time_of(serial: float, *, is_elapsed: bool) -> str | None:
    """The time of day of a serial number, `9:05:00`; None where a program shows none.

    Time that has passed counts its hours on: a day and a half is `36:00:00`.
    """
    if not 0 <= serial <= _LAST:
        return None
    seconds = round(serial * _SECONDS)
    hours = seconds // 3600 if is_elapsed else seconds // 3600 % 24
    return f"{hours}:{seconds // 60 % 60:02}:{seconds % 60:02}"
