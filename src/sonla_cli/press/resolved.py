"""Windows as they are kept: with `????` for an unsaid year until the sentence, the text or its date gives one.

The one convention: a spelling that is no window of `core.period` resolves to nothing, and never to a guess.
"""

from __future__ import annotations

from functools import lru_cache

from sonla_cli.core import period as periods

UNSAID = "????"


#: a window that has no spelling ("từ 16/10 đến 15/11"), which keeps the one in force from being taken
UNKNOWN = "?"


def up_to(value: str) -> str:
    """Return the window from the first of January to the end of a month or a quarter; any other is kept."""
    if value[4:6] == "-Q":
        months = int(value[6:]) * 3
    elif len(value) == 7 and value[5:].isdigit():
        months = int(value[5:])
    else:
        return value
    return f"{value[:4]}-{months}M" if months < 12 else value[:4]


@lru_cache(maxsize=1024)
def resolve(value: str, year: int | None) -> str:
    """Return the window with its unsaid year filled in, or an empty string if it stays unknown or is none."""
    if value.startswith(UNSAID):
        if year is None:
            return ""
        value = f"{year}{value[4:]}"
    try:
        return periods.read(value).text if value else ""
    except ValueError:
        return ""
