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
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    NO_TABLE = "no_table"
    NOT_TEXT = "not_text"
    ENCODING = "encoding"
    UNKNOWN_ENCODING = "unknown_encoding"
    OTHER_FORMAT = "other_format"
    TOO_LARGE = "too_large"
    MISSING_EXTRA = "missing_extra"
    UNSAFE_PATH = "unsafe_path"
    UNSAFE_ARCHIVE = "unsafe_archive"
    INVALID_PACKAGE = "invalid_package"
    INVALID_MAPPING = "invalid_mapping"
    UNKNOWN_SHEET = "unknown_sheet"
    MORE_PROBLEMS = "more_problems"
    MISSING_LIBRARY = "missing_library"
    MISSING_PROGRAM = "missing_program"
    PROGRAM_FAILED = "program_failed"
    TEMPLATE = "template"
    INVALID_ROW = "invalid_row"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    MIXED_DECIMALS = "mixed_decimals"
    OTHER_DECIMAL = "other_decimal"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    ERROR_CELL = "error_cell"
    NOT_CALCULATED = "not_calculated"
    DATE_CELL = "date_cell"
    PERCENT_CELL = "percent_cell"
    PERCENT_UNKNOWN = "percent_unknown"
    CONTROL_CHARACTER = "control_character"
    BLANK_VALUE = "blank_value"
    DUPLICATE_COLUMN = "duplicate_column"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE = "duplicate"
    DUPLICATE_SOURCE = "duplicate_source"
    REVISED = "revised"
    NOT_UNDERSTOOD_COLUMN = "not_understood_column"
    NOT_UNDERSTOOD_ROW = "not_understood_row"
    NO_AREA = "no_area"
    NO_PERIOD = "no_period"
    AMBIGUOUS_PERIOD = "ambiguous_period"
    NO_UNIT = "no_unit"
    FORM_YEAR = "form_year"
    PACKAGE_LAYOUT = "package_layout"
    LOCKED = "locked"
    UNDECLARED_DECIMAL = "undeclared_decimal"
    SOURCES_LEFT_OUT = "sources_left_out"
    UNKNOWN_FORMAT = "unknown_format"
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
    INVALID_RULE = "invalid_rule"
    UNKNOWN_NAME = "unknown_name"
    DUPLICATE_NAME = "duplicate_name"
    INVALID_INDICATOR = "invalid_indicator"
    UNKNOWN_SETTING = "unknown_setting"
    INVALID_SETTING = "invalid_setting"
    # asking an engine
    UNKNOWN_ENGINE = "unknown_engine"
    UNKNOWN_ENGINE_OPTION = "unknown_engine_option"
    ENGINE_LOGIN = "engine_login"
    ENGINE_PACKAGE = "engine_package"
    ENGINE_UNREACHABLE = "engine_unreachable"
    ENGINE_REFUSED = "engine_refused"
    ENGINE_FAILED = "engine_failed"
    LEDGER_TABLE = "ledger_table"
    LEDGER_FORMAT = "ledger_format"
    LEDGER_MIXED = "ledger_mixed"
    LEDGER_COLUMN = "ledger_column"
    LEDGER_KEY = "ledger_key"
    LEDGER_MAPPING = "ledger_mapping"
    LEDGER_INCOMPLETE = "ledger_incomplete"
    LEDGER_INEXACT = "ledger_inexact"
    LEDGER_NO_DATE = "ledger_no_date"
    LEDGER_UNREADABLE = "ledger_unreadable"
    LEDGER_SPELLINGS = "ledger_spellings"
    LEDGER_NO_METRIC = "ledger_no_metric"
    LEDGER_NO_AREA = "ledger_no_area"
    LEDGER_OUTSIDE = "ledger_outside"
    LEDGER_SAMPLE = "ledger_sample"
    LEDGER_EMPTY = "ledger_empty"
    LEDGER_NO_RATE = "ledger_no_rate"
    # asking
    UNKNOWN_ID = "unknown_id"
    NO_DATA = "no_data"
    TARGET_DAY_PAST = "target_day_past"
    CHANGE_UNREADABLE = "change_unreadable"
    CHANGE_OF_WHAT = "change_of_what"
    CHANGE_HAS_BASIS = "change_has_basis"
    CHANGE_PERCENT = "change_percent"
    CHANGE_NOT_KNOWN = "change_not_known"
    # reporting
    NOT_PUBLISHED = "not_published"
    CONTRADICTORY = "contradictory"
    NO_SOLUTION = "no_solution"
    NOT_SCORED = "not_scored"
    OLD_BOUNDARIES_ONLY = "old_boundaries_only"
    NEW_BOUNDARIES_ONLY = "new_boundaries_only"
    SEASON_FROM = "season_from"
    HINDSIGHT = "hindsight"
    NO_SEASON = "no_season"
    TARGET_REACHED = "target_reached"
    YEAR_CLOSED = "year_closed"
    PLAN_MOVED = "plan_moved"
    NO_COMMON_BASIS = "no_common_basis"
    PARTS_MISSING = "parts_missing"
    PARTS_EXCEED = "parts_exceed"
    PART_EXCEEDS = "part_exceeds"
    RANKED_OF = "ranked_of"
    OTHER_DATE = "other_date"
    ONLY_WHAT_IS_SET = "only_what_is_set"


def letters(column: int) -> str:
    """Return the letters a spreadsheet gives a column counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Place(NamedTuple):
    """Where in the input: file, sheet, line and column (from 1), and the excerpt found there."""

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    sheet: str | None = None

    @property
    def cell(self) -> str | None:
        """The name of the cell in a workbook, such as `D12`."""
        return (
            None
            if self.sheet is None or not (self.line and self.column)
            else f"{letters(self.column)}{self.line}"
        )

    def __str__(self) -> str:
        parts = (
            [self.file, self.sheet, self.cell]
            if self.cell
            else [self.file, self.sheet, self.line, self.column]
        )
        return ":".join(str(part) for part in parts if part is not None)


class Problem(NamedTuple):
    """One thing that is wrong, doubtful or missing."""

    code: Code
    severity: Severity = Severity.ERROR
    place: Place | None = None
    values: Mapping[str, str] = MappingProxyType({})
    #: names near the one that was not found, best first
    suggestions: Sequence[str] = ()

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what = ", ".join(f"{name} {value!r}" for name, value in self.values.items() if value)
        return f"{where}{self.code} ({what})" if what else f"{where}{self.code}"


class SonlaError(Exception):
    """Carries every problem that kept a command from running."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


#: letters from which on a name may be begun instead of misspelled
SHORTEST = 3


def near(name: str, names: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Return the `names` that look like `name`, best first: those that begin with it before all others."""
    import difflib

    wanted = name.casefold()
    folded = {candidate.casefold(): candidate for candidate in reversed(names)}
    begun = sorted(each for each in folded if len(wanted) >= SHORTEST and each.startswith(wanted))
    close = difflib.get_close_matches(wanted, list(folded), n=most, cutoff=0.6)
    return tuple(folded[each] for each in dict.fromkeys([*begun, *close]))[:most]
