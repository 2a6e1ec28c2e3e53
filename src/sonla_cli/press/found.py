"""The figures of a text as one value for scripts: a tuple that says in a few lines what it holds."""

from __future__ import annotations

from datetime import date

from sonla_cli.models.mention import Mention
from sonla_cli.press.reader import read

#: the figures named in a representation
SHOWN = 10


class Mentions(tuple[Mention, ...]):
    """The figures of a text, in order."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return how many figures there are, and the first of them, a line each."""
        lines = [f"<{len(self)} {'figure' if len(self) == 1 else 'figures'}>"]
        lines += [f"  {_line(each)}" for each in self[:SHOWN]]
        return "\n".join([*lines, "  …"] if len(self) > SHOWN else lines)


def extract(
    text: str, *, published_on: date | None = None, area: str | None = None, source: str = ""
) -> Mentions:
    """Return the figures of `text`, in order; what the parameters mean, `sonla_cli.press.read` says."""
    return Mentions(read(text, published_on=published_on, area=area, source=source))


def _line(found: Mention) -> str:
    basis = f"@{found.basis}" if found.basis else ""
    what = f"{found.metric or '?'}:{found.measure}{basis}:{found.period or '?'}"
    hedge = "" if found.hedge == "exact" else found.hedge
    return " ".join(filter(None, (what, "=", hedge, found.value, found.unit, found.status)))
