"""The answer of a rollup read as observations: checked whole before the first is given out.

A sum keeps the digits of its column; a period is spelled from the budget year and the month. What was left
out comes along as warnings, with how many rows and how much money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sonla_cli.catalogue import areas
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.problem import Code, Place, Problem, Severity, SonlaError, near
from sonla_cli.ledger.mapping import Ledger, is_period
from sonla_cli.ledger.rollup import Plan
from sonla_cli.models.observation import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

JANUARY_TO_DECEMBER = 12
#: decimals up to which Arrow writes every number without an exponent
PLAIN = 6


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a rollup gave: its groups, the area each spelling stands for, and what was left out."""

    table: pa.Table
    plan: Plan
    names: Mapping[str | None, str]
    warnings: tuple[Problem, ...]

    def batches(self, rows: int = 50_000) -> Iterator[pa.Table]:
        """Yield the observations as tables of texts: the columns of the observations table, so many rows at a time.

        Rows stand in the order of area, unit, metric, period and measure. There can be millions: what is the same in
        all of them is written out batch by batch.
        """
        import pyarrow as pa

        found = pa.concat_tables([self._measure(measure) for measure in self.plan.measures])
        keys = [(name, "ascending") for name in ("area", "entity", "metric", "_period", "measure")]
        for batch in found.sort_by(keys).to_batches(max_chunksize=rows):
            yield self._whole(pa.table(batch))

    def observations(self) -> Iterator[dict[str, str]]:
        """Yield the observations, one after the other."""
        for batch in self.batches(10_000):
            yield from batch.to_pylist()

    def lines(self) -> Iterator[str]:
        """Yield the observations table as CSV in pieces, its names safe for a spreadsheet."""
        import csv
        import io

        def written(rows: Iterable[Sequence[str]]) -> str:
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            return text.getvalue()

        yield written([COLUMNS])
        for batch in self.batches():
            place = batch.column_names.index("entity")
            safe = batch.set_column(place, "entity", _safe(batch["entity"]))
            yield written(zip(*(column.to_pylist() for column in safe.columns), strict=True))

    def csv(self) -> str:
        """Return the observations table as CSV, its names safe for a spreadsheet."""
        return "".join(self.lines())

    def _measure(self, measure: str) -> pa.Table:
        """Return the observations of one measure, without what is the same in all of them, and their place in time."""
        import pyarrow as pa
        import pyarrow.compute as pc

        ledger = self.plan.ledger
        kept = self.table.filter(pc.is_valid(self.table[measure]))
        names = kept.column_names
        # one text for all of them, unless a column says it
        area, metric, unit = _area(ledger.constants.area), ledger.constants.metric, ""
        values = {
            "area": _mapped(kept["area"], self.names) if "area" in names else _same(area, kept),
            "metric": kept["metric"] if "metric" in names else _same(metric, kept),
            "entity": pc.fill_null(kept["unit"], "") if "unit" in names else _same(unit, kept),
            "measure": _same(measure, kept),
            "value": _written(kept[measure]),
        }
        values["period"], order = _periods(kept, ledger)
        return pa.table(
            {**{name: pc.cast(each, pa.string()) for name, each in values.items()}, "_period": order}
        )

    def _whole(self, batch: pa.Table) -> pa.Table:
        """Return some observations with all their columns."""
        import pyarrow as pa

        ledger = self.plan.ledger
        constants = ledger.constants
        found = {name: _same("", batch) for name in COLUMNS}
        found |= {name: batch[name] for name in batch.column_names if name in found}
        said = {"status": constants.status, "source": constants.source, "boundaries": constants.boundaries}
        found |= {name: _same(text, batch) for name, text in said.items()}
        measures = ledger.measures
        found["basis"] = _mapped(batch["measure"], {name: each.basis for name, each in measures.items()})
        found["unit"] = _mapped(batch["measure"], {name: each.unit for name, each in measures.items()})
        return pa.table({name: found[name] for name in COLUMNS})


def _same(text: str, table: pa.Table) -> Any:
    """Return one text for every row of a table."""
    import pyarrow as pa

    return pa.repeat(pa.scalar(text, pa.string()), table.num_rows)


def _written(column: Any) -> Any:
    """Return amounts in plain digits, without the zeros that the columns of texts were widened by."""
    import pyarrow as pa
    import pyarrow.compute as pc

    scale = column.type.scale
    if scale > PLAIN:
        return pa.array([digits(each) for each in column.to_pylist()], pa.string())
    written = pc.cast(column, pa.string())
    if not scale:
        return written
    return pc.utf8_rtrim(pc.replace_substring_regex(written, r"(\.\d*?)0+$", r"\1"), ".")


def _mapped(column: Any, names: Mapping[Any, str]) -> Any:
    """Return a column with each of its few values replaced."""
    import pyarrow as pa

    encoded = column.combine_chunks().dictionary_encode()
    words = [names[each] for each in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def _periods(kept: pa.Table, ledger: Ledger) -> tuple[Any, Any]:
    """Return the periods of groups, and a column that sorts by them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if "month" in kept.column_names:
        order = pc.add(
            pc.multiply(pc.cast(kept["year"], pa.int32()), 100), pc.cast(kept["month"], pa.int32())
        )
        cumulative = ledger.period.cumulative
        names = {
            each: spell_month(*divmod(each, 100), cumulative=cumulative)
            for each in order.unique().to_pylist()
        }
        return _mapped(order, names), order
    if "period" in kept.column_names:
        return kept["period"], kept["period"]
    same = pa.array([ledger.constants.period] * kept.num_rows, pa.string())
    return same, same


def _safe(column: Any) -> Any:
    """Return texts that a spreadsheet will not take for a formula, as `render.csv.safe` makes them."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(column, r"^([=+\-@\t\r])", r"'\1")


def read(table: pa.Table, plan: Plan, file: str) -> Rolled:
    """Return the observations in the answer; raise `SonlaError` with everything that cannot be one."""
    told = _told(table, plan)
    problems = [*_unreadable(told, plan.ledger, file)]
    kept = settled(table, plan)
    names = _names(kept, problems, file)
    problems += _unknown(kept, file)
    if problems:
        raise SonlaError(problems)
    warnings = [*_left_out(told, plan)]
    if not kept.num_rows:
        warnings.append(Problem(Code.LEDGER_EMPTY, Severity.WARNING))
    return Rolled(kept, plan, names, tuple(warnings))


def settled(table: pa.Table, plan: Plan) -> pa.Table:
    """Return the groups that become observations: those with a metric, an area and a month."""
    import pyarrow.compute as pc

    kept = table
    if plan.by_month:
        kept = kept.filter(pc.greater(kept["month"], 0))
    if "metric" in table.column_names:
        kept = kept.filter(pc.not_equal(kept["metric"], ""))
    if "area" in table.column_names:
        kept = kept.filter(pc.is_valid(kept["area"]))
    return kept


def spell_month(year: int, month: int, *, cumulative: bool = True) -> str:
    """Return the period of a month counted from January of a budget year."""
    later, place = divmod(month - 1, JANUARY_TO_DECEMBER)
    if not cumulative:
        return f"{year + later}-{place + 1:02d}"
    if month < JANUARY_TO_DECEMBER:
        return f"{year}-{month}M"
    if month == JANUARY_TO_DECEMBER:
        return f"{year}"
    from calendar import monthrange

    day = monthrange(year + later, place + 1)[1]
    return f"{year:04}@{year + later:04}-{place + 1:02d}-{day:02d}"


def digits(value: Decimal | int) -> str:
    """Return an amount in plain digits; decimals that text columns were widened by are dropped."""
    number = Decimal(value)
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _told(table: pa.Table, plan: Plan) -> list[dict[str, Any]]:
    """Return the rows that say what was left out or could not be read."""
    import pyarrow.compute as pc

    tests = [pc.greater(table[name], 0) for name in table.column_names if name.startswith("unreadable_")]
    if plan.by_month:
        tests.append(pc.equal(table["month"], 0))
    else:
        if "metric" in table.column_names:
            tests.append(pc.equal(table["metric"], ""))
        if "area" in table.column_names:
            tests.append(pc.is_null(table["area"]))
    wanted = None
    for test in tests:
        wanted = test if wanted is None else pc.or_(wanted, test)
    if wanted is None:
        return []
    found: list[dict[str, Any]] = table.filter(wanted).to_pylist()
    return found


def _unreadable(told: Sequence[Mapping[str, Any]], ledger: Ledger, file: str) -> Iterator[Problem]:
    for measure, spec in ledger.measures.items():
        rows = sum(group.get(f"unreadable_{measure}") or 0 for group in told)
        if rows:
            name = spec.column if spec.sign is None else f"{spec.column}, {spec.sign.column}"
            yield _count(Code.LEDGER_UNREADABLE, file, rows, what=measure, name=name)
    dateless = sum(group.get("unreadable_date") or 0 for group in told)
    if dateless:
        columns = ledger.columns
        dates = (columns.date,) if columns.date else (columns.year, columns.month)
        name = ", ".join(each for each in (*dates, columns.budget_year) if each)
        yield _count(Code.LEDGER_UNREADABLE, file, dateless, what="date", name=name)


def _count(code: Code, file: str, rows: int, **values: str) -> Problem:
    return Problem(code, place=Place(file), values={"rows": str(rows), **values})


def _names(kept: pa.Table, problems: list[Problem], file: str) -> dict[str | None, str]:
    """Return the area that each spelling stands for; two spellings of one area are a problem, as is none."""
    if "area" not in kept.column_names:
        return {}
    spellings = kept["area"].unique().to_pylist()
    found: dict[str | None, str] = {}
    by_area: dict[str, list[str]] = {}
    for spelling in sorted(spellings):
        area = areas.find(spelling.strip())
        if area is None:
            close = areas.like(spelling)
            problems.append(
                Problem(Code.UNKNOWN_AREA, place=Place(file), values={"name": spelling}, suggestions=close)
            )
            continue
        found[spelling] = area.name
        by_area.setdefault(area.name, []).append(spelling)
    for name, several in by_area.items():
        if len(several) > 1:
            names = ", ".join(f"`{each}`" for each in several)
            values = {"area": name, "names": names}
            problems.append(Problem(Code.LEDGER_SPELLINGS, place=Place(file), values=values))
    return found


def _area(name: str) -> str:
    found = areas.find(name)
    return found.name if found else name


def _unknown(kept: pa.Table, file: str) -> Iterator[Problem]:
    if "metric" in kept.column_names:
        for name in sorted(each for each in kept["metric"].unique().to_pylist() if each not in METRICS):
            yield Problem(
                Code.UNKNOWN_METRIC,
                place=Place(file),
                values={"name": name},
                suggestions=near(name, list(METRICS)),
            )
    if "period" in kept.column_names:
        for text in sorted(
            str(each) for each in kept["period"].unique().to_pylist() if not is_period(str(each))
        ):
            yield Problem(Code.INVALID_PERIOD, place=Place(file), values={"name": text})


def _left_out(told: Sequence[Mapping[str, Any]], plan: Plan) -> Iterator[Problem]:
    """Yield a warning for the rows without a metric, those without an area, and those outside the months."""
    nowhere, unsorted, sorted_out = [], [], []
    for group in told:
        if "area" in group and group["area"] is None:
            nowhere.append(group)
        elif group.get("metric") == "":
            unsorted.append(group)
        else:
            sorted_out.append(group)
    for code, groups in ((Code.LEDGER_NO_METRIC, unsorted), (Code.LEDGER_NO_AREA, nowhere)):
        if groups:
            values = {"rows": str(sum(group["rows"] for group in groups)), "amounts": _amounts(groups, plan)}
            yield Problem(code, Severity.WARNING, values=values)
    outside: dict[str, list[Mapping[str, Any]]] = {}
    for group in sorted_out:
        if group["outside"]:
            outside.setdefault(group.get("metric") or plan.ledger.constants.metric, []).append(group)
    for metric, groups in sorted(outside.items()):
        values = {"rows": str(sum(group["outside"] for group in groups)), "metric": metric}
        values["amounts"] = _amounts(groups, plan)
        yield Problem(Code.LEDGER_OUTSIDE, Severity.WARNING, values=values)


def _amounts(groups: Sequence[Mapping[str, Any]], plan: Plan) -> str:
    parts = []
    for measure in plan.measures:
        total = sum((Decimal(group[measure]) for group in groups if group[measure] is not None), Decimal(0))
        parts.append(f"{measure} {digits(total)} {plan.ledger.measures[measure].unit}")
    return ", ".join(parts)
