"""What is read is strict; what is promised to scripts has a schema, and every report keeps to it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from pydantic import ValidationError

from sonla_cli.models.observation import COLUMNS, Dataset, Observation, Source
from sonla_cli.models.report import Report, Row

GOOD = {
    "area": "Sơn La", "metric": "revenue.local", "measure": "actual", "period": "2025-10M", "value": "4564",
    "unit": "tỷ đồng",
}  # fmt: skip


def test_the_columns_are_the_contract_and_grow_at_the_end():
    assert COLUMNS[:11] == (
        "area", "metric", "measure", "basis", "period", "value", "unit", "hedge", "status", "source", "note",
    )  # fmt: skip


def test_an_observation_keeps_what_was_printed():
    observation = Observation(**{**GOOD, "value": "9.10"})
    assert observation.value == "9.10"
    assert observation.figure.value == Decimal("9.10")
    assert observation.window.text == "2025-10M"
    with pytest.raises(FrozenInstanceError):
        observation.value = "9.1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "4.564,5"}, {"value": "1e5"}, {"value": "NaN"}, {"value": ""}, {"value": 4564}, {"value": "9" * 50},
        {"measure": "sum"}, {"hedge": "maybe"}, {"status": "draft"}, {"metric": "Thu NSNN"}, {"period": "last year"},
        {"basis": "Trung ương"}, {"area": ""}, {"extra": "x"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ValidationError):
        Observation(**{**GOOD, **wrong})


def test_all_problems_of_a_row_come_at_once():
    with pytest.raises(ValidationError) as caught:
        Observation(**{**GOOD, "value": "x", "measure": "y", "period": "z"})
    assert {error["loc"][0] for error in caught.value.errors()} == {"value", "measure", "period"}


def test_a_merged_dataset_keeps_both_and_the_later_source():
    one = Dataset(observations=(Observation(**GOOD),), sources=(Source(id="a", title="one"),))
    two = Dataset(observations=(Observation(**GOOD),), sources=(Source(id="a", title="two"), Source(id="b")))
    merged = one.merged(two)
    assert len(merged.observations) == 2
    assert {each.id: each.title for each in merged.sources} == {"a": "two", "b": ""}


def test_numbers_are_numbers_in_the_schema():
    schema = Report.model_json_schema(mode="serialization")
    value = schema["$defs"]["Row"]["properties"]["value"]
    assert {"type": "number"} in value["anyOf"]
    assert schema["properties"]["schema"]
    assert "schema_" not in schema["properties"]


def test_the_row_has_every_field_of_the_contract():
    promised = {
        "indicator", "metric", "basis", "period", "unit", "value", "low", "high", "how", "status", "verdict",
        "formula", "inputs", "sources",
    }  # fmt: skip
    assert promised <= set(Row.model_fields)
    assert {"command", "area", "period", "rows", "problems", "sources"} <= set(Report.model_fields)
