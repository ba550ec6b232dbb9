"""Days as a spreadsheet counts them; which cells hold days is for others to say."""

from datetime import datetime, timedelta

_LAST_SERIAL = 2_958_466
"""The day after 9999-12-31, counted from 1900."""


def serial_moment(serial: float, *, counts_from_1904: bool) -> datetime | None:
    """Give the moment a spreadsheet means by a number of days; None where there is none, as for 60 (29 Feb 1900)."""
    if not 0 < serial < _LAST_SERIAL:
        return None
    if counts_from_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no time zones
    elif 60 <= serial < 61:
        return None
    else:
        start = datetime(1899, 12, 31 if serial < 60 else 30)  # noqa: DTZ001
    try:
        return start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
