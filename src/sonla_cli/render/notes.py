"""The notes under a result: what was not published, what contradicts, and the publications cited."""

from __future__ import annotations

from collections.abc import Iterable

from sonla_cli.language import _
from sonla_cli.models.report import Report
from sonla_cli.render import people
from sonla_cli.render.problems import printable, sentence


def notes(report: Report) -> Iterable[str]:
    """Yield one line per note; what was not published is gathered by period."""
    missing: dict[str, list[str]] = {}
    for note in report.problems:
        if note.code == "not_published":
            missing.setdefault(note.values["period"], []).append(note.values["metric"])
        else:
            yield sentence(note.code, note.values)
    for period, metrics in missing.items():
        names = ", ".join(people.metric(each) for each in metrics if each)
        line = _("Not published for {period}: {names}") if names else _("Nothing was published for {period}")
        yield line.format(period=people.period(period), names=names)


def citations(report: Report) -> Iterable[str]:
    """Yield one line per publication: id, title, publisher and day."""
    for source in report.sources:
        parts = [source.title, source.publisher, people.day(source.published_on)]
        yield f"{printable(source.id)}: {printable(', '.join(part for part in parts if part))}"


def title(report: Report) -> str:
    """Return what the report is about: area and period."""
    periods = [people.period(each) for each in report.period.split()]
    return f"{printable(report.area)} · {' / '.join(periods)}"
