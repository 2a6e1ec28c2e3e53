"""A mapping says what the columns of a ledger mean: a TOML file, checked whole before an engine is asked.

Names in it are only ever compared with the columns of the table, and values only ever become literals of a
query, so that a mapping cannot carry SQL. Without a file, columns that bear the field's own names are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import period as periods
from sonla_cli.core import toml
from sonla_cli.core import unit as units
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near

#: months of a budget year: twelve, and January of the next, in which public investment is still disbursed
WINDOW = 13
#: months of a year, which are all that flows are told by: `2026-01` is no month of the budget year 2025
YEAR = 12

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _several(value: Any) -> Any:
    """Return one text or a list of them as a tuple; anything else is left to be refused."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


#: at least one: no code at all would fit every row
Several = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]

_model = ConfigDict(frozen=True, extra="forbid", strict=True)


class Columns(BaseModel):
    """Which column is what; `unit` is the budget unit, `chapter`, `section` and `item` the classification."""

    model_config = _model

    area: Name | None = None
    unit: Name | None = None
    metric: Name | None = None
    period: Name | None = None
    date: Name | None = None
    year: Name | None = None
    month: Name | None = None
    budget_year: Name | None = None
    chapter: Name | None = None
    section: Name | None = None
    item: Name | None = None


class Constants(BaseModel):
    """What holds for the whole table."""

    model_config = _model

    area: str = ""
    metric: str = ""
    period: str = ""
    source: str = ""
    status: Literal["", "estimate", "preliminary", "final"] = ""
    boundaries: Literal["", "old", "new"] = ""


class Sign(BaseModel):
    """Rows whose `column` is in `minus` are taken away, those in `plus` are added, any other is an error.

    Without `plus`, every row that is not taken away is added; a row without a sign is an error all the same.
    """

    model_config = _model

    column: Name
    plus: Several = Field(default=(), strict=False)
    minus: Several = Field(default=(), strict=False)


class Amount(BaseModel):
    """The column of a measure; `when` picks rows by the values of other columns.

    `kind` is `flow` where rows add up over the months, `level` where each month stands for itself.
    """

    model_config = _model

    column: Name
    unit: str = "đồng"
    basis: str = ""
    kind: Literal["flow", "level"] = "flow"
    when: dict[str, Several] = Field(default_factory=dict, strict=False)
    sign: Sign | None = None


class Amounts(BaseModel):
    """The measures a ledger holds."""

    model_config = _model

    actual: Amount | None = None
    plan: Amount | None = None


class Rule(BaseModel):
    """Rows whose codes fit every condition count towards each of `metric`; the first rule that fits wins.

    A condition is a code (`1401`), a prefix (`92*`) or a range of codes of one length (`9200-9499`).
    """

    model_config = _model

    metric: Several = Field(strict=False)
    chapter: Several = Field(default=(), strict=False)
    section: Several = Field(default=(), strict=False)
    item: Several = Field(default=(), strict=False)


class Months(BaseModel):
    """Cumulative months (`2025-10M`) or flows (`2025-10`), and how many months a budget year has."""

    model_config = _model

    cumulative: bool = True
    months: Annotated[int, Field(ge=1, le=24)] = WINDOW

    @property
    def last(self) -> int:
        """The last month of a budget year."""
        return self.months if self.cumulative else min(self.months, YEAR)


class Ledger(BaseModel):
    """A mapping."""

    model_config = _model

    columns: Columns = Columns()
    constants: Constants = Constants()
    areas: dict[str, str] = Field(default_factory=dict)
    amounts: Amounts = Amounts()
    metrics: tuple[Rule, ...] = Field(default=(), strict=False)
    period: Months = Months()

    @property
    def measures(self) -> dict[str, Amount]:
        """The amounts that are given, by their measure."""
        given = {"actual": self.amounts.actual, "plan": self.amounts.plan}
        return {measure: amount for measure, amount in given.items() if amount is not None}

    def used(self) -> Iterator[str]:
        """Yield every column the mapping names."""
        yield from (name for name in self.columns.model_dump().values() if name)
        for name in ("chapter", "section", "item"):
            if any(getattr(rule, name) for rule in self.metrics):
                yield getattr(self.columns, name) or name
        for amount in self.measures.values():
            yield amount.column
            yield from amount.when
            if amount.sign:
                yield amount.sign.column


#: the way to a value: keys, and the turn of a table among those of its name
Where = tuple[str | int, ...]

_CODES = {"chapter", "section", "item", "when", "plus", "minus"}
CODE = re.compile(r"[0-9A-Za-z.]+\*?\Z|[0-9A-Za-z]+-[0-9A-Za-z]+\Z", re.ASCII)


def read(path: str) -> Ledger:
    """Return the mapping in the file at `path`; raise `SonlaError` with everything wrong with it."""
    found, text = toml.read(path)
    return parse(found, path, text)


def parse(found: Mapping[str, Any], file: str = "", text: str = "") -> Ledger:
    """Return the mapping that `found` spells; raise `SonlaError` with everything wrong with it."""
    try:
        ledger = Ledger.model_validate(found)
    except ValidationError as error:
        problems = [_invalid(each, file, text) for each in error.errors()]
        raise SonlaError(problems) from None
    problems = [
        Problem(
            Code.LEDGER_MAPPING,
            place=_place(where, file, text),
            values={"key": ".".join(_names(where)), "value": value},
            suggestions=close,
        )
        for where, value, close in _wrong(ledger)
    ]
    if problems:
        raise SonlaError(problems)
    return ledger


def guess(names: Iterable[str]) -> Ledger:
    """Return the mapping of a table whose columns bear the names used here; nothing else is assumed."""
    known = set(names)
    columns = {name: name for name in Columns.model_fields if name in known}
    amounts: dict[str, Any] = {name: {"column": name} for name in ("actual", "plan") if name in known}
    if not amounts and "amount" in known:
        amounts = {"actual": {"column": "amount"}}
    if "plan" in amounts:
        amounts["plan"]["basis"] = "unspecified"
    return Ledger.model_validate({"columns": columns, "amounts": amounts})


def _wrong(ledger: Ledger) -> Iterator[tuple[Where, str, tuple[str, ...]]]:
    """Yield what is not a word of the field: where, the value and the nearest words."""
    for code, name in ledger.areas.items():
        if areas.find(name) is None:
            yield ("areas", code), name, near(name, list(areas.AREAS))
    constants = ledger.constants
    if constants.area and areas.find(constants.area) is None:
        yield ("constants", "area"), constants.area, near(constants.area, list(areas.AREAS))
    if constants.metric and constants.metric not in METRICS:
        yield ("constants", "metric"), constants.metric, near(constants.metric, list(METRICS))
    if constants.period and not is_period(constants.period):
        yield ("constants", "period"), constants.period, ()
    for measure, amount in ledger.measures.items():
        unit = units.parse(amount.unit)
        if unit is None:
            yield ("amounts", measure, "unit"), amount.unit, near(amount.unit, list(units.SPELLINGS))
        if not bases.is_known(measure, amount.basis):
            yield ("amounts", measure, "basis"), amount.basis, near(amount.basis, bases.names(measure))
        if amount.sign and set(amount.sign.plus) & set(amount.sign.minus):
            yield (
                ("amounts", measure, "sign"),
                ", ".join(sorted(set(amount.sign.plus) & set(amount.sign.minus))),
                (),
            )
    months = ledger.period
    if "months" in months.model_fields_set and months.last < months.months:
        yield ("period", "months"), str(months.months), (str(YEAR),)
    for turn, rule in enumerate(ledger.metrics):
        for place, metric in enumerate(rule.metric):
            if metric not in METRICS:
                yield ("metrics", turn, "metric"), metric, near(metric, list(METRICS))
            elif metric in rule.metric[:place]:
                # its money would be counted twice
                yield ("metrics", turn, "metric"), f"{metric}, {metric}", ()
        for name in ("chapter", "section", "item"):
            for code in getattr(rule, name):
                low, dash, high = code.partition("-")
                if not CODE.match(code) or (dash and (len(low) != len(high) or low > high)):
                    yield ("metrics", turn, name), code, ()


def is_period(text: str) -> bool:
    """Whether `text` is in the grammar of periods."""
    try:
        periods.read(text)
    except ValueError:
        return False
    return True


def _invalid(error: Any, file: str, text: str) -> Problem:
    names = _names(error["loc"])
    key = ".".join(names)
    place = _place(error["loc"], file, text)
    if error["type"] == "extra_forbidden":
        model: Any = Ledger
        for part in error["loc"][:-1]:
            model = _PARTS.get(str(part), model)
        close = near(str(error["loc"][-1]), list(model.model_fields))
        return Problem(Code.LEDGER_KEY, place=place, values={"key": key}, suggestions=close)
    value = "" if error["type"] == "missing" else str(error["input"])[:80]
    # a code written without quotes
    close = (f'"{value}"',) if type(error["input"]) is int and _CODES.intersection(names) else ()
    return Problem(Code.LEDGER_MAPPING, place=place, values={"key": key, "value": value}, suggestions=close)


_PARTS: dict[str, Any] = {
    "columns": Columns, "constants": Constants, "sign": Sign, "amounts": Amounts, "actual": Amount, "plan": Amount,
    "metrics": Rule, "period": Months,
}  # fmt: skip


def _place(where: Where, file: str, text: str) -> Place | None:
    """Return where a key stands in the file: its line, that of the key it is written inside, or its table's."""
    if not file:
        return None
    parts = _names(where)
    tables = [".".join(parts[:depth]) for depth in range(len(parts))]
    turn = where[1] if len(where) > 1 and isinstance(where[1], int) else 0
    table, seen = "", -1
    found = (0, 0, "")
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = header[2]
            if header[1] == "[[" and table == parts[0]:
                seen += 1
                table = table if seen == turn else "another"
            if table in tables:
                found = max(found, (tables.index(table), -number, ""))
        elif table in tables and (written := _KEY.match(line)) and written[1] == parts[tables.index(table)]:
            found = max(found, (tables.index(table) + 1, -number, line.strip()[:120]))
    return Place(file, -found[1] or None, excerpt=found[2])


def _names(where: Where) -> list[str]:
    return [part for part in where if isinstance(part, str)]


_TABLE = re.compile(r"\s*(\[+)\s*([^\s\]]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([^\s"'=]+)["']?\s*=""")
