"""The figures of a text: the text with each of them marked, the table of observations, or every field as JSON.

Everything comes in pieces, text by text and figure by figure, so that a long text is written as it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.models import mention as doubts
from sonla_cli.models.mention import Mention
from sonla_cli.models.observation import COLUMNS
from sonla_cli.render.csv import safe
from sonla_cli.render.json import dumps

#: what is doubtful about a figure, in words
FLAGS = {
    doubts.AMBIGUOUS_MULTIPLE: N_("the multiple may be an increase"),
    doubts.LARGE_GROWTH: N_("growth above 100 %, perhaps a ratio"),
    doubts.LARGE_EXCESS: N_("an excess of 100 % or more, perhaps a ratio"),
    doubts.ABOVE_CEILING: N_("more money than any area handles in a year"),
    doubts.BASE_ASSUMED: N_("compared with the same period, which the text does not say"),
    doubts.SUBJECT_INHERITED: N_("subject of an earlier sentence"),
    doubts.SUBJECT_UNKNOWN: N_("subject not in the catalogue"),
    doubts.PERIOD_ASSUMED: N_("period assumed"),
    doubts.YEAR_EARLIER: N_("a figure of the year before"),
    doubts.AVERAGE: N_("an average"),
    doubts.SPLIT_DIGITS: N_("digits stood apart"),
}

#: the fields that words of the text decide
FIELDS = {
    "metric": N_("metric"), "measure": N_("measure"), "basis": N_("basis"), "period": N_("period"),
    "area": N_("area"), "hedge": N_("hedge"),
}  # fmt: skip

#: the name of a text, the text itself (empty if it is not wanted whole), and the figures in it
Text = tuple[str, str, Iterable[Mention]]


class Counted:
    """How many figures said too little to be observations."""

    def __init__(self) -> None:
        self.incomplete = 0


def render(texts: Iterable[Text], form: str, counted: Counted, *, explain: bool = False) -> Iterator[str]:
    """Yield the figures of `texts` in the given form, piece by piece."""
    if form == "csv":
        return _table(texts, counted)
    if form == "jsonl":
        return (dumps_line(name, each) for name, _text, found in texts for each in found)
    return _document(texts) if form == "json" else _marked(texts, explain=explain)


def _table(texts: Iterable[Text], counted: Counted) -> Iterator[str]:
    head = [_line(COLUMNS)]
    for _name, _text, found in texts:
        # the first text is open by now: a file that cannot be read leaves nothing behind
        yield from head
        head = []
        for mention in found:
            observations = mention.observations()
            counted.incomplete += not observations
            for each in observations:
                yield _line(
                    [
                        value if name == "value" else safe(str(value))
                        for name, value in each.model_values().items()
                    ]
                )


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def fields(name: str, mention: Mention) -> dict[str, Any]:
    """Return every field of a figure as plain data."""
    found = mention._asdict()
    why = found.pop("why")
    found["flags"] = list(mention.flags)
    return {"file": name, **found, "why": {key: text for key, text in why._asdict().items() if text}}


def dumps_line(name: str, mention: Mention) -> str:
    """Return a figure as one line of JSON."""
    return dumps(fields(name, mention), indent=None) + "\n"


def _document(texts: Iterable[Text]) -> Iterator[str]:
    """One document, opened and closed by hand so that its list can be as long as it likes."""
    yield '{"schema": {"name": "sonla.mentions", "version": 1}, "mentions": ['
    between = "\n"
    for name, _text, found in texts:
        for mention in found:
            yield between + dumps(fields(name, mention), indent=None)
            between = ",\n"
    yield "\n]}\n"


def _marked(texts: Iterable[Text], *, explain: bool) -> Iterator[str]:
    from rich.text import Text as Styled

    from sonla_cli.render import terminal
    from sonla_cli.render.hanging import Hanging
    from sonla_cli.render.problems import printable

    for name, text, found in texts:
        console = terminal.console()
        console.print(Styled(printable(name), style="bold"))
        by_sentence: dict[tuple[int, int], list[Mention]] = {}
        for mention in found:
            by_sentence.setdefault((mention.sentence_start, mention.sentence_end), []).append(mention)
        for (start, end), mentions in by_sentence.items():
            console.print()
            console.print(_sentence(text, start, end, mentions))
            for mention in mentions:
                for mark, line in _reading(text, mention, explain=explain):
                    console.print(Hanging(mark, Styled(line)))
        if not by_sentence:
            console.print(_("no figure found"))
        yield terminal.text(console)


def _sentence(text: str, start: int, end: int, mentions: Iterable[Mention]) -> Any:
    from rich.text import Text as Styled

    from sonla_cli.render.problems import printable

    styled = Styled()
    place = start
    for mention in sorted(mentions, key=lambda each: each.start):
        if mention.start < place:
            continue
        styled.append(printable(text[place : mention.start], lines=True))
        styled.append(f"[{printable(text[mention.start : mention.end])}]", style="bold reverse")
        place = mention.end
    styled.append(printable(text[place:end].rstrip(), lines=True))
    return styled


def _reading(text: str, mention: Mention, *, explain: bool) -> Iterator[tuple[str, str]]:
    from sonla_cli.catalogue.indicators import label
    from sonla_cli.render import people
    from sonla_cli.render.problems import printable

    what = [
        people.metric(mention.metric) if mention.metric else _("subject not named"),
        _(label(mention.measure, mention.metric)),
        people.basis(mention.basis),
        people.period(mention.period) if mention.period else _("period not named"),
        _(people.STATUS[mention.status]) if mention.status else "",
        mention.area or _("area not named"),
    ]
    said = ", ".join(_(FLAGS.get(each, each)) for each in mention.flags)
    flags = f"  ({said})" if said else ""
    printed = printable(text[mention.start : mention.end])
    hedged = (
        _(people.HEDGES[mention.hedge]).format(number=printed) if mention.hedge in people.HEDGES else printed
    )
    yield f"  {hedged} → ", ", ".join(filter(None, what)) + flags
    if explain:
        why = (
            f"{_(FIELDS[name])}: “{printable(words)}”"
            for name, words in mention.why._asdict().items()
            if words
        )
        yield " " * 6, "; ".join(why)
