"""The sentence and the hint of every problem code, in the language in use.

One sentence, no full stop, backticks round names; the hint stands apart and says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sonla_cli.core.problem import Code, Problem
from sonla_cli.core.text import N_
from sonla_cli.language import _

#: code → (sentence, hint); the names in braces are the values of the problem
TEXTS: dict[str, tuple[str, str]] = {
    Code.UNREADABLE: (N_("cannot read the file: {why}"), N_("check the path, the format and the encoding")),
    Code.UNWRITABLE: (N_("cannot write the file: {why}"), N_("check that the folder exists and may be written to")),
    Code.FILE_EXISTS: (N_("the file exists"), N_("add `--force` to overwrite it")),
    Code.MISSING_EXTRA: (N_("`{package}` is not installed"), N_("install the extra that has it: `pip install 'sonla[report]'`")),
    Code.MISSING_PROGRAM: (N_("`{name}` was not found, which turns the report into PDF"), N_("install LibreOffice, or write `.docx` or `.html` and print that")),
    Code.PROGRAM_FAILED: (N_("`{name}` could not make the PDF: {why}"), N_("close LibreOffice and try again, or write `.docx`")),
    Code.TEMPLATE: (N_("the template cannot be filled: {why}"), N_("see docs/templates.md for the names a template can use")),
    Code.INVALID_ROW: (N_("cannot read the row: {why}"), ""),
    Code.INVALID_VALUE: (N_("`{value}` is no `{name}`"), N_("see `sonla data schema` for what a column takes")),
    Code.INVALID_UNIT: (N_("no unit `{name}`"), ""),
    Code.INVALID_PERIOD: (N_("no period `{name}`"), N_("periods look like 2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030")),
    Code.MISSING_COLUMN: (N_("the row has no `{name}`"), N_("every observation needs area, metric, measure, period, value and unit")),
    Code.UNKNOWN_COLUMN: (N_("no column `{name}`"), N_("see `sonla data schema` for the columns")),
    Code.UNIT_MISMATCH: (N_("`{unit}` is no unit of `{metric}`"), ""),
    Code.BASIS_MISSING: (N_("a figure of measure `{measure}` needs a basis"), N_("name it, or say `unspecified`")),
    Code.UNKNOWN_BASIS: (N_("no basis `{name}` goes with `{measure}`"), ""),
    Code.UNKNOWN_AREA: (N_("no area `{name}`"), ""),
    Code.UNKNOWN_METRIC: (N_("no metric `{name}`"), ""),
    Code.UNKNOWN_INDICATOR: (N_("no indicator `{name}`"), N_("see `sonla indicators`")),
    Code.UNKNOWN_SOURCE: (N_("no source `{name}`"), N_("see `sonla data sources`")),
    Code.UNKNOWN_ID: (N_("nothing is called `{name}`"), N_("take an id from `--ids` or `--json`, or a name from `sonla indicators`")),
    Code.NO_DATA: (N_("nothing was published for {area}{period}"), N_("see `sonla data show` for what there is")),
    Code.TARGET_DAY_PAST: (N_("`--by {value}` is not after the figures, which reach to {end}"), N_("name a later day")),
    Code.NOT_PUBLISHED: (N_("not published: {metric} {period}"), ""),
    Code.NO_SAME_PERIOD: (N_("no common period: {metric}"), ""),
    Code.CONTRADICTORY: (N_("set aside: `{id}` = {value} ({source}), which contradicts {against}"), ""),
    Code.OLD_BOUNDARIES_ONLY: (N_("{area} was merged on 1 July 2025; only figures on its old boundaries are compared"), ""),
    Code.NEW_BOUNDARIES_ONLY: (N_("{area} was merged on 1 July 2025; only figures on its new boundaries are compared"), ""),
}  # fmt: skip


def sentence(code: str, values: Mapping[str, str]) -> str:
    """Return the sentence of a code with its values."""
    shown = {name: printable(value) for name, value in values.items()}
    if code == Code.NO_DATA and shown.get("period"):
        shown["period"] = _(", period {period}").format(period=shown["period"])
    return _(TEXTS[code][0]).format(**shown)


def hint(problem: Problem) -> str:
    """Return what to do about a problem: the nearest names if there are any, else the hint of its code."""
    if problem.suggestions:
        names = ", ".join(f"`{each}`" for each in problem.suggestions)
        if problem.code == Code.NO_DATA:
            return _("published periods: {names}").format(names=names)
        return _("did you mean {names}?").format(names=names)
    return _(TEXTS[problem.code][1])


def lines(problems: Sequence[Problem]) -> Iterable[str]:
    """Yield the lines that report `problems`: place, sentence, excerpt, hint; equal hints are said once."""
    said: set[str] = set()
    for problem in problems:
        where = f"{printable(str(problem.place))}: " if problem.place else ""
        yield f"{_(problem.severity)}: {where}{sentence(problem.code, problem.values)}"
        if problem.place and problem.place.excerpt:
            yield f"    {printable(problem.place.excerpt)}"
        advice = hint(problem)
        if advice and advice not in said:
            said.add(advice)
            heading = _("hint")
            yield ""
            yield f"{heading}: {advice}"


def printable(text: str) -> str:
    """Return `text` with control and bidirectional characters shown as escapes, safe for a terminal."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each == "\n" else each.encode("unicode_escape").decode()
        for each in text
    )


#: the words that are looked up by value: kept here so that the catalogue of messages has them
_SEVERITIES = (N_("error"), N_("warning"), N_("note"))
