"""A whole report as people read it, before it becomes a file: titles, pictures, tables and numbered sources.

Every kind of file is made from this one view, so that they say the same; templates of an office get it under
the name `document`. All text is plain: escaping is left to the kind of file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sonla_cli.core.text import N_
from sonla_cli.language import _, current
from sonla_cli.models.dossier import Dossier, Section
from sonla_cli.models.findings import Findings
from sonla_cli.models.report import Cited, Report, Row
from sonla_cli.render import checked, people
from sonla_cli.render import notes as under
from sonla_cli.render.charts import picture as pictures
from sonla_cli.render.charts.picture import Picture
from sonla_cli.render.pages import tables
from sonla_cli.render.pages.cells import Cell, Table
from sonla_cli.render.problems import printable

TITLES = {
    "revenue": N_("Revenue"),
    "expenditure": N_("Expenditure"),
    "disbursement": N_("Public investment"),
    "investment": N_("Investment attraction"),
    "comparison": N_("Against the year before"),
    "check": N_("Checks"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the first page, and the few that say how it stands."""

    label: str
    cell: Cell
    lines: tuple[tuple[str, Cell], ...]
    #: the same lines as they are said: what stands before the figure, the figure, what stands after it
    phrases: tuple[tuple[str, Cell, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of a section that is written in sentences: how far it is indented, and whether it is a heading."""

    indent: int
    is_heading: bool
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report. `summary` are the tables to read, `every` all figures with bounds and sources."""

    id: str
    title: str
    period: str
    pictures: tuple[Picture, ...] = ()
    summary: tuple[Table, ...] = ()
    every: Table | None = None
    notes: tuple[str, ...] = ()
    #: what is said in sentences: the findings of `sonla check`
    sentences: tuple[Sentence, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was published for this section."""
        return self.every is None and not self.sentences


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication with its number in the list of sources."""

    number: int
    id: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    language: str
    area: str
    title: str
    period: str
    tiles: tuple[Tile, ...]
    parts: tuple[Part, ...]
    sources: tuple[Reference, ...]
    method: tuple[str, ...] = field(default=())
    #: the day of the latest publication, ISO: the date of the document, because a clock would change the bytes
    dated: str = ""


METHOD = (
    N_(
        "A published number stands for every true value that would have been printed that way; bounds are rounded outwards."
    ),
    N_(
        "Published: as printed. Computed: from published figures by the formula given. Implied: the only values that fit the published figures."
    ),
    N_("Missing is not zero: what was not published is left open."),
)


def method() -> tuple[str, ...]:
    """Return how the numbers are to be read, in the language in use."""
    return tuple(map(_, METHOD))


def document(dossier: Dossier) -> Document:
    """Return the view of a dossier in the language in use."""
    cited = _cited(dossier)
    numbers = {each.id: number for number, each in enumerate(cited, 1)}
    parts = tuple(_part(section, numbers) for section in dossier.sections)
    return Document(
        language=current(),
        area=printable(dossier.area),
        title=_("Budget and public investment of {area}").format(area=printable(dossier.area)),
        period=people.period(dossier.period),
        tiles=tuple(_tiles(dossier, numbers)),
        parts=parts,
        sources=tuple(reference(number, each) for number, each in enumerate(cited, 1)),
        method=method(),
        dated=max((each.published_on for each in cited), default=""),
    )


def _cited(dossier: Dossier) -> list[Cited]:
    found: dict[str, Cited] = {}
    for section in dossier.sections:
        for report in (section.report, section.picture):
            for source in report.sources if report else ():
                found.setdefault(source.id, source)
    return list(found.values())


def reference(number: int, source: Cited) -> Reference:
    """Return a publication under its number."""
    parts = (source.title or source.id, source.publisher, people.day(source.published_on))
    is_safe = source.url.startswith(("https://", "http://")) and source.url.isprintable()
    url = source.url if is_safe and not set(source.url) & set(' <>"') else ""
    return Reference(number, source.id, printable(", ".join(part for part in parts if part)), url)


def _part(section: Section, numbers: dict[str, int]) -> Part:
    title = _(TITLES.get(section.id, section.id))
    report = section.report
    if report is None:
        return Part(section.id, title, "", notes=(_("Nothing was published for this period."),))
    if isinstance(report, Findings):
        said = tuple(Sentence(*line) for line in checked.lines(report) if line[2])
        return Part(
            section.id, title, people.period(report.period), sentences=said, notes=tuple(under.notes(report))
        )
    drawn = [pictures.of(report)]
    if section.picture:
        drawn.append(pictures.of(section.picture))
    return Part(
        id=section.id,
        title=title,
        period=" / ".join(map(people.period, report.period.split())),
        pictures=tuple(each for each in drawn if each),
        summary=tuple(tables.summaries(section.id, report, numbers)),
        every=tables.every(section.id, report, numbers),
        notes=tuple(under.notes(report)),
    )


#: the figures of the first page: metric, the indicator it shows, and those that say how it stands, by preference
FIRST_PAGE = (
    ("revenue.total", ("actual",), ("attainment", "index", "growth")),
    ("revenue.local", ("actual",), ("attainment", "index", "growth")),
    ("disbursement", ("actual",), ("attainment", "national_gap", "acceleration")),
    ("investment.capital", ("actual",), ("multiple", "growth", "capital_per_project")),
    ("investment.projects", ("actual",), ("multiple", "growth")),
    ("grdp.growth", ("growth",), ("target", "target_gap")),
)
LINES = 3


def _tiles(dossier: Dossier, numbers: dict[str, int]) -> Iterator[Tile]:
    for metric, shown, beside in FIRST_PAGE:
        rows = [(row, report) for report in _reports(dossier) for row in report.rows if row.metric == metric]
        first = next(
            ((row, report) for row, report in rows if row.indicator in shown and row.period == report.period),
            None,
        )
        if first is None:
            continue
        lines: dict[str, tuple[str, Cell]] = {}
        for indicator in beside:
            most = len(lines) + (2 if indicator == "attainment" else 1)
            for row, report in rows:
                here = row.period in (report.period, report.period[:4])
                if row.indicator == indicator and here and len(lines) < min(most, LINES):
                    lines[row.id] = (_short(row), tables.cell(row, report, numbers))
        label = f"{people.metric(metric)}, {people.period(first[0].period)}"
        told = tuple(lines.values())
        yield Tile(label, tables.cell(*first, numbers), told, tuple(_said(*line) for line in told))


def _reports(dossier: Dossier) -> Iterator[Report]:
    for section in dossier.sections:
        if section.report and section.report.command != "compare":
            yield section.report


def _short(row: Row) -> str:
    if row.indicator == "attainment":
        return _("of the {plan}").format(plan=people.plan(row.basis, row.metric))
    return people.label(row, row.period)


#: how a figure is said, where a language does not put it as "label: figure"
PHRASES = {
    "attainment": N_("of the {plan}: {figure}"),
    "multiple": N_("Multiple, {basis}: {figure}"),
    "index": N_("Index, {basis}: {figure}"),
}


def _said(label: str, cell: Cell) -> tuple[str, Cell, str]:
    """Return a line of the first page as it is said: what stands before the figure, the figure, what after it."""
    row = cell.row
    if row.indicator not in PHRASES or not row.basis:
        return f"{label}: ", cell, ""
    names = {"{basis}": people.basis(row.basis), "{plan}": people.plan(row.basis, row.metric)}
    before, _figure, after = _(PHRASES[row.indicator]).partition("{figure}")
    for name, said in names.items():
        before, after = before.replace(name, said), after.replace(name, said)
    return before, cell, after
