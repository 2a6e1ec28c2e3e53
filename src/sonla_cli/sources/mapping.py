"""A small TOML file that settles what a table does not say or says in words of its own.

```toml
area = "Sơn La"
period = "2025-10M"
unit = "triệu đồng"
decimal = "comma"          # or "point"
source = "stc-2025-10"
[columns]                  # heading, or the letters of the column
"Dự toán giao đầu năm" = "plan:council"
"So sánh lũy kế" = "attainment:council@2025-10M"
"G" = "ignore"
[rows]                     # label, with or without its outline marker
"Thu từ khu vực kinh tế ngoài quốc doanh" = "ignore"
```
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.headings import MEASURES, Meaning
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import period as periods
from sonla_cli.core import toml
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.core.spelling import key, steers
from sonla_cli.models.observation import COLUMNS
from sonla_cli.sources.phrases import unit_of

IGNORE = "ignore"
_ROLES = ("label", "outline", "unit", "note", "area", IGNORE)
_TEXTS = ("area", "period", "unit", "decimal", "source", "metric", "status", "percent")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is said about tables from outside; empty where nothing is."""

    area: str = ""
    period: str = ""
    unit: str = ""
    decimal: Mark | None = None
    source: str = ""
    #: the metric of a table whose rows are areas
    metric: str = ""
    status: str = ""
    #: how numbers of percent columns are stored where the format of cells is not known
    percent: str = ""
    #: key of a heading, or the letters of a column → what it means
    columns: dict[str, Meaning] = field(default_factory=dict)
    #: heading of a tidy table → name of the column
    renamed: dict[str, str] = field(default_factory=dict)
    #: key of a label → metric, or `ignore`
    rows: dict[str, str] = field(default_factory=dict)

    def over(self, **settings: Any) -> Mapping:
        """Return this mapping with the settings that are given."""
        return replace(self, **{name: value for name, value in settings.items() if value})


def read(path: str) -> Mapping:
    """Return the mapping in a file; raise `SonlaError` with everything wrong with it."""
    found, _ = toml.read(path)
    wrong = _Wrong(path)
    mapping = _mapping(found, wrong)
    if wrong.problems:
        raise SonlaError(wrong.problems)
    return mapping


@dataclass(slots=True)
class _Wrong:
    path: str
    problems: list[Problem] = field(default_factory=list)

    def say(self, name: str, value: object, names: tuple[str, ...] = ()) -> None:
        values = {"name": name, "value": str(value)[:80]}
        close = near(str(value), names)
        self.problems.append(
            Problem(Code.INVALID_MAPPING, place=Place(self.path), values=values, suggestions=close)
        )


def _mapping(found: dict[str, Any], wrong: _Wrong) -> Mapping:
    for name in found:
        if name not in (*_TEXTS, "columns", "rows"):
            wrong.say(name, name, (*_TEXTS, "columns", "rows"))
    texts = {name: found.get(name, "") for name in _TEXTS}
    for name, value in texts.items():
        if not isinstance(value, str):
            wrong.say(name, value)
            texts[name] = ""
    if steers(texts["source"]):
        wrong.say("source", texts["source"])
    area = areas.find(texts["area"]) if texts["area"] else None
    if texts["area"] and area is None:
        wrong.say("area", texts["area"], tuple(areas.AREAS))
    if not _is_period(texts["period"]):
        wrong.say("period", texts["period"])
    unit = unit_of(texts["unit"]) if texts["unit"] else ""
    if unit is None:
        wrong.say("unit", texts["unit"])
    if texts["decimal"] and texts["decimal"] not in tuple(Mark):
        wrong.say("decimal", texts["decimal"], tuple(Mark))
    if texts["metric"] and texts["metric"] not in METRICS:
        wrong.say("metric", texts["metric"], tuple(METRICS))
    if texts["status"] not in ("", "estimate", "preliminary", "final"):
        wrong.say("status", texts["status"], ("estimate", "preliminary", "final"))
    if texts["percent"] not in ("", "fraction", "percent"):
        wrong.say("percent", texts["percent"], ("fraction", "percent"))
    columns, renamed = _columns(found.get("columns", {}), wrong)
    return Mapping(
        area=area.name if area else "", period=texts["period"], unit=unit or "", source=texts["source"],
        decimal=Mark(texts["decimal"]) if texts["decimal"] in tuple(Mark) else None,
        metric=texts["metric"], status=texts["status"], percent=texts["percent"], columns=columns, renamed=renamed,
        rows=_rows(found.get("rows", {}), wrong),
    )  # fmt: skip


def _is_period(text: str) -> bool:
    try:
        return not text or bool(periods.read(text))
    except ValueError:
        return False


def _columns(found: Any, wrong: _Wrong) -> tuple[dict[str, Meaning], dict[str, str]]:
    columns: dict[str, Meaning] = {}
    renamed: dict[str, str] = {}
    if not isinstance(found, dict):
        wrong.say("columns", found)
        return columns, renamed
    for heading, said in found.items():
        spelled, _, period = str(said).partition("@")
        measure, _, basis = spelled.partition(":")
        if said in COLUMNS or said == IGNORE:
            renamed[heading] = said
        if said in _ROLES:
            columns[key(heading)] = Meaning(said)
        elif measure in MEASURES and bases.is_known(measure, basis) and _is_period(period):
            columns[key(heading)] = Meaning(measure, basis, period=period)
        elif said not in COLUMNS:
            names = tuple(
                f"{each}:{base}" if base else each for each in MEASURES for base in bases.names(each) or ("",)
            )
            wrong.say(f"columns.{heading}", said, (*_ROLES, *COLUMNS, *names))
    return columns, renamed


def _rows(found: Any, wrong: _Wrong) -> dict[str, str]:
    if not isinstance(found, dict):
        wrong.say("rows", found)
        return {}
    for label, said in found.items():
        if not isinstance(said, str) or (said not in METRICS and said != IGNORE):
            wrong.say(f"rows.{label}", said, (IGNORE, *METRICS))
    return {key(label): str(said) for label, said in found.items()}
