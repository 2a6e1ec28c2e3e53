"""What is read is strict; what is promised to scripts has a schema, and every report keeps to it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from pydantic import ValidationError

from sonla_cli.models.observation import COLUMNS, Dataset, Observation, Source
from sonla_cli.models.report import Note, Report, Row
from sonla_cli.reports.budget import budget
from sonla_cli.reports.query import Query
from sonla_cli.sources.embedded import dataset

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


def test_what_is_constructed_is_what_is_checked():
    checked = Observation(**GOOD)
    constructed = Observation.model_construct(**GOOD)
    assert (
        constructed
        == checked
        == Observation.model_validate(GOOD)
        == Observation.model_row(checked.model_values().values())
    )
    assert hash(constructed) == hash(checked)
    assert copy.deepcopy(constructed) == pickle.loads(pickle.dumps(constructed)) == checked  # noqa: S301 - made here
    assert checked.model_copy(update={"value": "1"}) != checked
    with pytest.raises(KeyError):
        Observation.model_construct(area="Sơn La")


def test_defaults_of_one_instance_are_its_own():
    first, second = (Note.model_construct(code="a", severity="note") for _ in "12")
    assert first.values == second.values == {}
    assert first.values is not second.values


def test_a_report_goes_through_json_and_back():
    report = budget(Query(dataset()))
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert Report.model_validate(report.model_dump()) == report
    assert "schema" in report.model_dump()


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
