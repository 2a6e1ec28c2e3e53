"""Files → observations: every table of every file is recognised, read and checked, and problems are told together.

A table is tidy if its first row names columns of `Observation`, a list of sources if it names those of
`Source`, else the wide table of a report, else nothing that is known, which is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, Severity, SonlaError, letters
from sonla_cli.models.observation import COLUMNS, SOURCE_COLUMNS, Dataset, Observation, Source
from sonla_cli.sources import files, report_table, tidy
from sonla_cli.sources.checking import REQUIRED, Texts
from sonla_cli.sources.files import Reading
from sonla_cli.sources.inspection import ColumnTaken, Inspection
from sonla_cli.sources.mapping import Mapping
from sonla_cli.sources.sheet import Found, Sheet

#: the sheet of a workbook written by `sonla` that says how to read the others
ABOUT = "sonla"
_TABLES = ("observations", "sources")


@dataclass(slots=True)
class Result:
    """What was read: the data, how each table was taken, and every problem."""

    observations: list[Observation] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    inspections: list[Inspection] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a command."""
        return [each for each in self.problems if each.severity is Severity.ERROR]

    @property
    def dataset(self) -> Dataset:
        """The data as a dataset."""
        return Dataset.model_construct(
            observations=tuple(self.observations), sources=tuple(self.sources.values())
        )


def read(
    paths: Sequence[object],
    *,
    reading: Reading | None = None,
    mapping: Mapping | None = None,
    known: Iterable[str] = (),
) -> Result:
    """Return everything in `paths`, data frames among them; nothing is raised: errors are among the problems.

    `known` are ids of sources that may be cited without being listed.
    """
    result = Result()
    reader = _Reader(reading or Reading(), mapping or Mapping(), frozenset(known), result)
    seen: set[Observation] = set()
    for path in paths:
        before = len(result.observations)
        reader.file(path)
        if len(paths) > 1:
            # the same figure of the same publication brought twice says nothing more
            fresh = [each for each in dict.fromkeys(result.observations[before:]) if each not in seen]
            seen.update(fresh)
            result.observations[before:] = fresh
    return result


def load(
    paths: Sequence[object],
    *,
    reading: Reading | None = None,
    mapping: Mapping | None = None,
    known: Iterable[str] = (),
) -> Result:
    """Return everything in `paths`; raise `SonlaError` with every problem if any is an error."""
    result = read(paths, reading=reading, mapping=mapping, known=known)
    if result.errors:
        raise SonlaError(result.problems)
    return result


@dataclass(slots=True)
class _Reader:
    reading: Reading
    mapping: Mapping
    known: frozenset[str]
    result: Result
    texts: Texts = field(default_factory=Texts)

    def file(self, path: object) -> None:
        """Read one file, or one data frame, into the result."""
        name = path if isinstance(path, str) else type(path).__name__
        name = "stdin" if name == files.STDIN else name
        result, kinds = self.result, []
        failed = len(result.errors)
        observations: list[Observation] = []
        try:
            sheets = _described(files.sheets(path, self.reading))
        except SonlaError as error:
            result.problems += error.problems
            return
        for sheet in sheets:
            found = Found()
            try:
                inspection = self._sheet(sheet, observations, found)
            except SonlaError as error:
                inspection = Inspection(file=sheet.file, sheet=sheet.name or "")
                for problem in error.problems:
                    found.add(problem)
            kinds.append(inspection.kind)
            result.inspections.append(inspection)
            result.problems += found.all(sheet.place())
        if len(result.errors) == failed and not observations and "sources" not in kinds:
            code = Code.NO_ROWS if {"tidy", "report"} & set(kinds) else Code.NO_TABLE
            if code is Code.NO_TABLE:
                # said once for the file, as an error, instead of once for each of its tables
                result.problems = [
                    each
                    for each in result.problems
                    if each.code is not code or each.place is None or each.place.file != name
                ]
            result.problems.append(Problem(code, place=Place(name)))
        self._cite(name, sheets, observations)
        result.observations += observations

    def _sheet(self, sheet: Sheet, observations: list[Observation], found: Found) -> Inspection:
        """Read one table: observations are appended, sources go to the result."""
        source = self.mapping.source or PurePath(sheet.file).name
        head = tidy.header(sheet, COLUMNS, self.mapping.renamed)
        sources = tidy.header(sheet, SOURCE_COLUMNS, least=1 if sheet.role == "sources" else 2)
        if sources is not None and "id" not in sources.places and sheet.role != "sources":
            sources = None
        if sources is not None and (head is None or len(sources.places) > len(head.places)):
            found.problems += tidy.header_problems(sheet, sources, SOURCE_COLUMNS, ("id",))
            if "id" in sources.places:
                self.result.sources |= {
                    each.id: each for each in tidy.sources(sheet, sources, self.texts, found)
                }
            return _inspected(sheet, sources, "sources", SOURCE_COLUMNS)
        if head is not None:
            wrong = tidy.header_problems(sheet, head, COLUMNS, REQUIRED)
            found.problems += wrong
            inspection = _inspected(sheet, head, "tidy", COLUMNS)
            if not any(each.severity is Severity.ERROR for each in wrong):
                mark = self.reading.decimal or self.mapping.decimal
                before = len(observations)
                observations += tidy.observations(
                    sheet, head, self.texts, found, declared=mark, source=source
                )
                inspection.observations = len(observations) - before
            return inspection
        mapping = self.mapping.over(decimal=self.reading.decimal)
        report = report_table.read(sheet, mapping, found, source)
        if report is None:
            found.add(Problem(Code.NO_TABLE, Severity.WARNING, sheet.place()))
            return Inspection(file=sheet.file, sheet=sheet.name or "")
        observations += report[0]
        return report[1]

    def _cite(self, name: str, sheets: Sequence[Sheet], observations: Sequence[Observation]) -> None:
        """Give publications that are cited but not listed a bare entry; in a package they are a problem."""
        result = self.result
        lists = any(sheet.role == "sources" for sheet in sheets)
        titles = {PurePath(each.file).name: each.title for each in result.inspections}
        for cited in dict.fromkeys(each.source for each in observations):
            if cited in result.sources or cited in self.known:
                continue
            if lists:
                result.problems.append(
                    Problem(Code.UNKNOWN_SOURCE, place=Place(name), values={"name": cited})
                )
            else:
                result.sources[cited] = Source(id=cited, title=titles.get(cited, "")[:2000], kind="user")


def _described(sheets: list[Sheet]) -> list[Sheet]:
    """Return the tables that are data: of a workbook written by `sonla`, those its own sheet names."""
    about = next((sheet for sheet in sheets if sheet.name == ABOUT), None)
    if about is None:
        return sheets
    said = {str(cells[0]): str(cells[1]) for _, cells in about.rows() if len(cells) > 1}
    marks = {each.value: each for each in Mark}
    declared = marks.get(said.get("decimal", ""))
    return [
        replace(sheet, declared=declared, role=sheet.name or "") for sheet in sheets if sheet.name in _TABLES
    ]


def _inspected(sheet: Sheet, head: tidy.Header, kind: str, columns: Sequence[str]) -> Inspection:
    return Inspection.model_validate(
        {
            "file": sheet.file, "sheet": sheet.name or "", "kind": kind, "header_lines": (head.line,),
            "decimal": sheet.declared or "",
            "columns": [
                ColumnTaken(column=letters(place + 1), heading=name, taken_for=name if name in columns else "")
                for place, name in enumerate(head.names)
            ],
        }
    )  # fmt: skip
