"""`sonla whatif`: the indicators before and after a change that somebody assumes.

`revenue.local=4800` sets an actual, `disbursement:plan@prime_minister+=500` moves a plan; `-=` and `*=` too, and
`+=5%` by a share of what it was. A decimal comma is as good as a point; `4.800` is neither and is refused.
Only what is set changes: no other figure is adjusted to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import numeral
from sonla_cli.core.interval import NONNEGATIVE, Interval
from sonla_cli.core.period import Period
from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.changes import change_rows
from sonla_cli.reports.disbursement import Goal
from sonla_cli.reports.known import Known, value_id
from sonla_cli.reports.pace import (
    Subject,
    due_rows,
    needed_rows,
    planned,
    planned_metrics,
    span,
    subject_rows,
)
from sonla_cli.reports.plans import elapsed_row
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.season import Seasons, closing_day
from sonla_cli.reports.sheet import Sheet

PREFIX = "whatif/"
_CHANGE = re.compile(
    r"(?:(?P<metric>[a-z0-9_.]+):)?(?P<name>[a-z0-9_.]+)(?:@(?P<basis>[a-z_]+))?\s*"
    r"(?P<sign>[-+*]?=)\s*(?P<value>[-+\u2212]?\d[\d.,]*)\s*(?P<percent>%?)\Z",
    re.ASCII,
)
QUANTITIES = ("actual", "plan")


class Change(NamedTuple):
    """A quantity that is set, or moved from what it was."""

    text: str
    metric: str
    quantity: str
    basis: str
    sign: str
    value: Decimal

    def of(self, known: Known) -> Known:
        """Return the quantity after the change."""
        number = Interval.of(self.value)
        before = known.interval
        interval = {"=": number, "+=": before + number, "-=": before - number, "*=": before * number}[
            self.sign
        ]
        point = None
        if self.sign == "=":
            point = self.value
        elif known.point is not None:
            exact = Interval.of(known.point)
            moved = {"+=": exact + number, "-=": exact - number, "*=": exact * number}[self.sign]
            point = moved.low
        return known._replace(interval=interval.intersect(NONNEGATIVE) or interval, point=point)


def whatif(query: Query, texts: Sequence[str], goal: Goal | None = None) -> Report:
    """Return what changes with `texts`, before and after; raise `SonlaError` with all that is wrong."""
    changes = _changes(query, texts)
    windows = planned(query, tuple(dict.fromkeys(each.metric for each in changes)))
    evidence = query.at(max(windows.values(), key=order))
    before, after = Sheet(evidence), Sheet(evidence)
    seasons = Seasons(query)
    goal = goal or Goal()
    subjects = {metric: subject_rows(before, metric, period) for metric, period in windows.items()}
    moved = _moved(subjects, changes)
    for metric, subject in subjects.items():
        by = goal.by or closing_day(metric, subject.period.year)
        due_rows(before, subject, seasons)
        needed_rows(before, subject, goal.rate, by)
        changed = _after_rows(after, subject, moved)
        due_rows(after, changed, seasons)
        needed_rows(after, changed, goal.rate, by)
        _growth_rows(before, after, subject, changed)
        _share_rows(before, after, subjects, changed, moved)
    rows = list(_pairs(before, after))
    before.rows = {row.id: row for row in rows}
    before.notes = {key: note for key, note in after.notes.items() if note.code != "no_season"}
    before.note("only_what_is_set", names=" ".join(texts))
    return before.report("whatif", span(query, windows))


# reading what is set


def _changes(query: Query, texts: Sequence[str]) -> list[Change]:
    problems: list[Problem] = []
    found: list[Change] = []
    bare: list[tuple[str, re.Match[str]]] = []
    for text in texts:
        match = _CHANGE.match(text.strip())
        if match is None:
            problems.append(_problem(Code.CHANGE_UNREADABLE, text))
        elif match["metric"] is None and match["name"] in QUANTITIES:
            bare.append((text, match))
        else:
            _read(text, match, match["metric"] or match["name"], found, problems)
    for text, match in bare:
        metric, wrong = _metric_of(query, text, match, found)
        problems += wrong
        if metric:
            _read(text, match, metric, found, problems)
    if problems:
        raise SonlaError(problems)
    return found


def _read(text: str, match: re.Match[str], metric: str, found: list[Change], problems: list[Problem]) -> None:
    quantity = match["name"] if match["name"] in QUANTITIES else "actual"
    basis, sign = match["basis"] or "", match["sign"]
    count = len(problems)
    if metric not in METRICS:
        problems.append(
            Problem(Code.UNKNOWN_METRIC, values={"name": metric}, suggestions=near(metric, list(METRICS)))
        )
    if match["metric"] and match["name"] not in QUANTITIES:
        problems.append(_problem(Code.CHANGE_UNREADABLE, text))
    elif quantity == "plan" and basis not in PLAN_BASES:
        values = {"name": basis, "measure": quantity}
        code = Code.UNKNOWN_BASIS if basis else Code.BASIS_MISSING
        problems.append(Problem(code, values=values, suggestions=near(basis, list(PLAN_BASES))))
    elif quantity == "actual" and basis:
        problems.append(_problem(Code.CHANGE_HAS_BASIS, text))
    if match["percent"] and sign in ("=", "*="):
        problems.append(_problem(Code.CHANGE_PERCENT, text))
    value = _number(text, match["value"], problems)
    if match["percent"]:
        value = 1 + (value if sign == "+=" else -value) / 100
        sign = "*="
    if len(problems) == count:
        found.append(Change(text, metric, quantity, basis, sign, value))


def _number(text: str, digits: str, problems: list[Problem]) -> Decimal:
    """Return the number of a change; one that is none, or can be read in two ways, is a problem."""
    try:
        found = numeral.given(digits)
    except SonlaError as error:
        problems += error.problems
        return Decimal(0)
    if found is None:
        problems.append(_problem(Code.CHANGE_UNREADABLE, text))
    return found or Decimal(0)


def _metric_of(
    query: Query, text: str, match: re.Match[str], found: Sequence[Change]
) -> tuple[str, list[Problem]]:
    """Return the metric that a bare `plan@…` or `actual` means: the only one of which that is known."""
    basis = match["basis"] or ""
    if match["name"] == "plan" and basis not in PLAN_BASES:
        code = Code.UNKNOWN_BASIS if basis else Code.BASIS_MISSING
        values = {"name": basis, "measure": "plan"}
        return "", [Problem(code, values=values, suggestions=near(basis, list(PLAN_BASES)))]
    names = list(dict.fromkeys(each.metric for each in found)) or [
        metric
        for metric in planned_metrics(query)
        if match["name"] == "actual" or _has_basis(query, metric, basis)
    ]
    if len(names) == 1:
        return names[0], []
    suggestions = tuple(f"{name}:{text}" for name in names[:5])
    return "", [Problem(Code.CHANGE_OF_WHAT, values={"value": text}, suggestions=suggestions)]


def _has_basis(query: Query, metric: str, basis: str) -> bool:
    return any(
        each.metric == metric and each.basis == basis and each.measure in ("plan", "attainment")
        for each in query.about((metric,))
    )


def _problem(code: Code, text: str) -> Problem:
    return Problem(code, values={"value": text})


# before and after


def _moved(subjects: dict[str, Subject], changes: Sequence[Change]) -> dict[tuple[str, str, str], Known]:
    """Return what was set, by metric, quantity and basis; raise `SonlaError` for what was not known before."""
    moved: dict[tuple[str, str, str], Known] = {}
    problems = []
    for change in changes:
        subject = subjects.get(change.metric)
        key = (change.metric, change.quantity, change.basis)
        known = moved.get(key)
        if known is None and subject:
            known = subject.actual if change.quantity == "actual" else subject.plans.get(change.basis)
        if known is None and subject and change.sign == "=":
            unit = METRICS[change.metric].unit.name
            known = Known(_id(change, subject.period), Interval.of(change.value), change.value, unit)
        if known is None:
            problems.append(_problem(Code.CHANGE_NOT_KNOWN, change.text))
        else:
            moved[key] = change.of(known)
    if problems:
        raise SonlaError(problems)
    return moved


def _id(change: Change, period: Period) -> str:
    return value_id(change.metric, change.quantity, change.basis, period.text)


def _after_rows(after: Sheet, subject: Subject, moved: dict[tuple[str, str, str], Known]) -> Subject:
    """Add what is set and the rates that follow, and return the subject after the change."""
    metric, period, actual, plans, previous = subject
    actual = _set(after, metric, "actual", "", period, moved) or actual
    bases = [*plans, *(basis for name, quantity, basis in moved if (name, quantity) == (metric, "plan"))]
    plans = {
        basis: known
        for basis in dict.fromkeys(bases)
        if (known := _set(after, metric, "plan", basis, period, moved) or plans.get(basis))
    }
    elapsed = elapsed_row(after, period)
    for basis, plan in plans.items():
        if actual:
            inputs = {"actual": actual, "plan": plan}
            rate = after.computed("attainment", metric, basis, period.text, inputs)
            after.computed("left", metric, basis, period.text, inputs)
            after.computed("ahead", metric, basis, period.text, {"attainment": rate, "elapsed": elapsed})
    return Subject(metric, period, actual, plans, previous)


def _set(
    after: Sheet,
    metric: str,
    quantity: str,
    basis: str,
    period: Period,
    moved: dict[tuple[str, str, str], Known],
) -> Known | None:
    known = moved.get((metric, quantity, basis))
    if known is None:
        return None
    owner = METRICS[metric].plan_of or metric if quantity == "plan" else metric
    variable = after.evidence.variable(owner, quantity, basis, period.text, "")
    return after.stated(quantity, owner, basis, variable.period, (), known.interval, known.point, "assumed")


def _growth_rows(before: Sheet, after: Sheet, subject: Subject, changed: Subject) -> None:
    """Add the changes against the year before, where the earlier level is known."""
    metric, period = subject.metric, subject.period
    if not (subject.actual and changed.actual):
        return
    found = change_rows(before, metric, period, subject.actual)
    earlier = period.year_earlier.text
    names = [
        value_id(metric, "actual", "", earlier),
        *(value_id(metric, f"level_from_{each}", "", earlier) for each in found),
    ]
    level = next((before.known[each] for each in names if each in before.known), None)
    if level and level.interval.low > 0:
        for measure in dict.fromkeys(("growth", *found)):
            if measure != "change":
                inputs = {"actual": changed.actual, "previous": level}
                after.computed(measure, metric, "same_period_last_year", period.text, inputs)


def _share_rows(
    before: Sheet,
    after: Sheet,
    subjects: dict[str, Subject],
    changed: Subject,
    moved: dict[tuple[str, str, str], Known],
) -> None:
    """Add the share of the metric in its whole, before and after."""
    metric, period = changed.metric, changed.period
    whole_of = METRICS[metric].part_of
    if not whole_of or not changed.actual:
        return
    whole = before.published(whole_of, "actual", "", period.text)
    part = subjects[metric].actual
    if whole and part:
        before.computed("share", metric, whole_of, period.text, {"part": part, "whole": whole})
        whole = moved.get((whole_of, "actual", ""), whole)
        share = after.computed(
            "share", metric, whole_of, period.text, {"part": changed.actual, "whole": whole}
        )
        if share.interval.low > 100:
            after.note("part_exceeds", "warning", metric=metric, whole=whole_of, period=period.text)


def _pairs(before: Sheet, after: Sheet) -> list[Row]:
    """Return each row that changes, before and after."""
    rows: list[Row] = []
    for row in after.rows.values():
        old = before.rows.get(row.id) or before.rows.get(row.id.replace(":plan@", ":implied_plan@"))
        if old and (old.value, old.low, old.high) == (row.value, row.low, row.high):
            continue
        if old:
            rows.append(old)
        inputs = tuple(
            each.model_copy(update={"id": f"{PREFIX}{each.id}"}) if each.id in after.rows else each
            for each in row.inputs
        )
        rows.append(row.model_copy(update={"id": f"{PREFIX}{row.id}", "inputs": inputs}))
    return rows
