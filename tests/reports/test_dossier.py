"""Sections of a whole report: each at its latest, an empty one kept, none at all refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sonla_cli.core.problem import SonlaError
from sonla_cli.reports.dossier import SECTIONS, dossier
from sonla_cli.reports.query import Query
from sonla_cli.sources import load


@pytest.fixture(scope="module")
def query():
    return Query(load())


def by_id(found):
    return {section.id: section for section in found.sections}


def test_every_section_is_there_in_order_and_told_beforehand(query):
    told = []
    found = dossier(query, step=told.append)
    assert tuple(section.id for section in found.sections) == SECTIONS == tuple(told)
    assert found.period == "2025-10M"


def test_a_section_holds_its_own_metrics_and_sources(query):
    revenue = by_id(dossier(query))["revenue"].report
    assert {row.metric.partition(".")[0] for row in revenue.rows} == {"revenue", "calendar"}
    named = {source for row in revenue.rows for source in row.sources}
    assert named <= {source.id for source in revenue.sources}


def test_a_section_falls_back_to_the_latest_of_the_year(query):
    sections = by_id(dossier(replace(query, period="2025-10M")))
    assert sections["revenue"].report.period == "2025-10M"
    assert sections["disbursement"].report.period == "2025-07-31"
    sections = by_id(dossier(replace(query, period="2025-11-13")))
    assert sections["disbursement"].report.period == "2025-11-13"
    assert sections["revenue"].report.period == "2025-10M"


def test_what_was_not_published_is_an_empty_section(query):
    sections = by_id(dossier(replace(query, period="2024")))
    assert sections["expenditure"].report is None
    assert sections["revenue"].report is not None


def test_nothing_at_all_is_refused(query):
    with pytest.raises(SonlaError):
        dossier(replace(query, period="1999"))


def test_only_the_sections_asked_for(query):
    assert [section.id for section in dossier(query, ["disbursement"]).sections] == ["disbursement"]
