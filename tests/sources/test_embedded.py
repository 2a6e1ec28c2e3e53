"""Every embedded figure has a published source, known names and a unit of its metric's kind."""

from __future__ import annotations

import hashlib
import json

from sonla_cli import load
from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import unit as units
from sonla_cli.models.observation import Observation, Source
from sonla_cli.sources.embedded import FOLDER, dataset, rows


def test_what_a_run_takes_unchecked_is_what_the_models_and_the_reader_of_files_make_of_it():
    assert dataset().observations == tuple(map(Observation.model_validate, rows("observations")))
    assert dataset().sources == tuple(map(Source.model_validate, rows("sources")))
    read = load([str(FOLDER / "datapackage.json")], embedded=False)
    assert (read.observations, read.sources) == (dataset().observations, dataset().sources)


def test_the_package_is_the_one_that_was_checked():
    for resource in json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (FOLDER / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_figure_is_cited_and_every_name_known():
    data = dataset()
    known = data.source_by_id
    assert len(data.observations) > 1000
    for each in data.observations:
        assert each.source in known
        assert each.metric in METRICS
        assert areas.AREAS.get(each.area) is not None
        assert bases.is_known(each.measure, each.basis), each
        assert units.parse(each.unit) is not None
        assert each.window.text == each.period
        assert each.figure.value is not None


def test_every_source_is_used_and_described():
    data = dataset()
    used = {each.source for each in data.observations}
    for source in data.sources:
        assert source.id in used
        assert source.title
        assert source.publisher
        assert source.kind != "user"


def test_figures_of_merged_provinces_say_on_which_boundaries_they_stand():
    for each in dataset().observations:
        if areas.AREAS[each.area].is_merged:
            assert each.boundaries in ("old", "new")
        else:
            assert each.boundaries == ""
