"""The descriptor of a package of observations: two resources, their columns, keys and decimal mark.

Made from the models, so that the standard's description and what `sonla` checks cannot drift apart.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from sonla_cli.models.model import Model, Text
from sonla_cli.models.observation import Observation, Source

#: what tells one observation from another; the value is part of it, because a figure may be revised
KEY = (
    "area", "entity", "boundaries", "metric", "measure", "basis", "period", "value", "unit", "status", "source",
)  # fmt: skip

DESCRIPTIONS = {
    "area": "Province, city or Việt Nam",
    "metric": "What is measured: a dotted slug such as revenue.local",
    "measure": "Actual, plan, attainment, growth …",
    "basis": "Whose plan, or the base of a change; empty for an actual",
    "period": "2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030",
    "value": "Digits as printed, trailing zeros included",
    "unit": "Unit as printed",
    "hedge": "The word that goes with the number: about, over, under",
    "status": "Vintage: estimate, preliminary or final",
    "source": "Id of the publication",
    "note": "Anything else a reader should know",
    "boundaries": "For an area merged on 1 July 2025: old or new boundaries",
    "entity": "Department, commune or board; empty for the area as a whole",
}


def descriptor(*, name: str, title: str, license_name: str = "") -> dict[str, Any]:
    """Return the descriptor of a package with `observations.csv` and `sources.csv`."""
    found: dict[str, Any] = {"profile": "tabular-data-package", "name": name, "title": title}
    if license_name:
        found["licenses"] = [{"name": license_name}]
    observations = _schema(Observation)
    observations["primaryKey"] = list(KEY)
    observations["foreignKeys"] = [
        {"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}}
    ]
    sources = _schema(Source)
    sources["primaryKey"] = ["id"]
    found["resources"] = [_resource("observations", observations), _resource("sources", sources)]
    return found


def dumps(found: dict[str, Any]) -> str:
    """Return a descriptor as JSON text."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _resource(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _schema(model: type[Model]) -> dict[str, Any]:
    fields = [
        _field(name, kind, required=name not in model.model_defaults)
        for name, kind in model.model_types().items()
    ]
    # an empty text is a value of its own here (an actual has no basis), not a missing one
    return {"fields": fields, "missingValues": []}


def _field(name: str, kind: Any, *, required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": "string"}
    if name in DESCRIPTIONS:
        field["description"] = DESCRIPTIONS[name]
    constraints: dict[str, Any] = {"required": True} if required else {}
    if name == "value":
        return {**field, "type": "number", "decimalChar": ".", "bareNumber": True, "constraints": constraints}
    limits = next((each for each in get_args(kind) if isinstance(each, Text)), None)
    if limits:
        named = {"minLength": limits.least, "maxLength": limits.most, "pattern": limits.pattern}
        constraints |= {word: limit for word, limit in named.items() if limit is not None}
    elif words := [each for each in get_args(kind) if isinstance(each, str)]:
        constraints["enum"] = words
    return {**field, "constraints": constraints} if constraints else field
