"""The notes under a result: what was not published, what contradicts, and the publications cited."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sonla_cli.language import _
from sonla_cli.models.report import Note, Report
from sonla_cli.render import people
from sonla_cli.render.problems import printable, sentence


def notes(report: Report) -> Iterable[str]:
    """Yield one line per note; what was not published is gathered by period."""
    missing: dict[str, list[str]] = {}
    for note in report.problems:
        if note.code == "not_published":
            missing.setdefault(note.values["period"], []).append(note.values["metric"])
        else:
            yield sentence(note.code, _named(note))
    for period, metrics in missing.items():
        names = ", ".join(people.metric(each) for each in metrics if each)
        line = _("Not published for {period}: {names}") if names else _("Nothing was published for {period}")
        yield line.format(period=people.period(period), names=names)


def _named(note: Note) -> dict[str, str]:
    """Return the values of a note, ids of metrics, bases and periods replaced by what people call them."""
    spell = {"metric": people.metric, "basis": people.basis, "period": people.period}
    spell |= {"earlier": _bases, "later": _bases, "whole": people.metric}
    named = {name: spell[name](value) if name in spell else value for name, value in note.values.items()}
    if note.code == "target_reached":
        named["basis"] = people.plan(note.values["basis"], note.values["metric"])
        named["rate"] = people.number(Decimal(note.values["rate"]))
    if note.code in _OF_AMOUNTS:
        named["basis"] = named.get("basis") or _("actual")
    return named


#: notes whose basis is empty where they speak of amounts
_OF_AMOUNTS = ("season_from", "ranked_of", "no_season")


def _bases(names: str) -> str:
    return ", ".join(people.basis(each) for each in names.split())


def citations(report: Report) -> Iterable[str]:
    """Yield one line per publication: id, and what is known of title, publisher and day."""
    for source in report.sources:
        parts = [source.title, source.publisher, people.day(source.published_on)]
        said = printable(", ".join(part for part in parts if part))
        yield f"{printable(source.id)}: {said}" if said else printable(source.id)


def legend(report: Report) -> str:
    """Return what the marks of how a value came about and of its status stand for."""
    used = {row.how for row in report.rows}
    marks = [f"{mark} {_(people.HOW[how])}" for how, mark in people.MARKS.items() if how in used]
    statuses = dict.fromkeys(row.status for row in report.rows if row.status)
    marks += [f"{_(people.ABBREVIATIONS[each])} {_(people.STATUS[each])}" for each in statuses]
    return "   ".join(marks)


def title(report: Report) -> str:
    """Return what the report is about: area, unit if it is of one, and period."""
    periods = [people.period(each) for each in report.period.split()]
    entities = {row.entity for row in report.rows if not people.owner(row)}
    names = [report.area, *(entities if len(entities) == 1 else ())]
    return f"{' · '.join(printable(each) for each in names if each)} · {' / '.join(periods)}"
