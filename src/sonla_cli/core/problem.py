"""A problem is data: a code of the closed list below, a place and values. Its text is added at the edge.

Nothing here is shown to anyone; `render.problems` holds the sentence and the hint of every code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem weighs: an error stops the command, a warning is shown beside the result."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(StrEnum):
    """Every problem there is."""

    # reading
    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    FILE_EXISTS = "file_exists"
    MISSING_EXTRA = "missing_extra"
    MISSING_PROGRAM = "missing_program"
    PROGRAM_FAILED = "program_failed"
    TEMPLATE = "template"
    INVALID_ROW = "invalid_row"
    INVALID_VALUE = "invalid_value"
    INVALID_UNIT = "invalid_unit"
    INVALID_PERIOD = "invalid_period"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    UNIT_MISMATCH = "unit_mismatch"
    BASIS_MISSING = "basis_missing"
    UNKNOWN_BASIS = "unknown_basis"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_METRIC = "unknown_metric"
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_SOURCE = "unknown_source"
    # asking
    UNKNOWN_ID = "unknown_id"
    NO_DATA = "no_data"
    TARGET_DAY_PAST = "target_day_past"
    # reporting
    NOT_PUBLISHED = "not_published"
    NO_SAME_PERIOD = "no_same_period"
    CONTRADICTORY = "contradictory"
    OLD_BOUNDARIES_ONLY = "old_boundaries_only"
    NEW_BOUNDARIES_ONLY = "new_boundaries_only"


class Place(NamedTuple):
    """Where in the input: file, sheet, line and column (from 1), and the excerpt found there."""

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        parts = [self.file, self.sheet, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)


class Problem(NamedTuple):
    """One thing that is wrong, doubtful or missing."""

    code: Code
    severity: Severity = Severity.ERROR
    place: Place | None = None
    values: Mapping[str, str] = MappingProxyType({})
    #: names near the one that was not found, best first
    suggestions: Sequence[str] = ()


class SonlaError(Exception):
    """Carries every problem that kept a command from running."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.code}" for problem in problems))
        self.problems = tuple(problems)


def near(name: str, names: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Return the `names` that look like `name`, best first."""
    import difflib

    folded = {candidate.casefold(): candidate for candidate in reversed(names)}
    close = difflib.get_close_matches(name.casefold(), list(folded), n=most, cutoff=0.6)
    return tuple(folded[candidate] for candidate in close)
