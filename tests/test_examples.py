"""Every example runs, and says what was published."""

from __future__ import annotations

import re

import pytest

from sonla_cli.models.observation import Observation
from sonla_cli.sources import embedded, tables
from tests.console import ROOT, run

FOLDER = ROOT / "examples"


def about(each: Observation) -> tuple[str, ...]:
    return each.area, each.metric, each.measure, each.basis, each.period, each.value, each.unit


PUBLISHED = {about(each) for each in embedded.dataset().observations}


@pytest.mark.parametrize("name", ["monthly-report.xlsx", "half-year.csv", "lao-cai"])
def test_every_figure_of_the_examples_was_published(name):
    found = tables.load([str(FOLDER / name)], known=embedded.dataset().source_by_id)
    assert found.problems == []
    assert {about(each) for each in found.observations} <= PUBLISHED


def test_every_example_is_in_the_readme():
    text = (FOLDER / "README.md").read_text("utf-8")
    named = set(re.findall(r"`([\w./-]+)`", text))
    assert {f"{each.name}{'/' * each.is_dir()}" for each in FOLDER.iterdir()} - {"README.md"} <= named


def test_the_workbook_is_the_one_its_script_makes(tmp_path):
    done = run(f"python {FOLDER}/make_monthly_report.py {tmp_path}/again.xlsx")
    assert done.returncode == 0, done.stderr
    again = tables.load([str(tmp_path / "again.xlsx")])
    committed = tables.load([str(FOLDER / "monthly-report.xlsx")])
    assert [about(each) for each in again.observations] == [about(each) for each in committed.observations]
    assert [each.rows for each in again.inspections] == [each.rows for each in committed.inspections]


def test_the_package_is_the_one_the_readme_makes(tmp_path):
    done = run(f"sonla data show --area 'Lào Cai' --json | sonla data convert - {tmp_path}/lao-cai")
    assert done.returncode == 0, done.stderr
    for path in (FOLDER / "lao-cai").iterdir():
        assert (tmp_path / "lao-cai" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_python_script():
    done = run("python examples/plan_behind_a_percentage.py")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    # 12.259 tỷ is 134 % of the central plan: between 12258.5 / 1.345 and 12259.5 / 1.335
    assert lines[0] == ["revenue.local", "central", "9114.12639405", "…", "9183.14606742", "billion", "VND"]
    assert len(lines) == 10


# jq is no Python package: the second stage of continuous integration installs it
@pytest.mark.slow
def test_the_pipeline_finds_the_plans_nobody_printed():
    done = run("bash examples/pipeline.sh")
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["central", "council"]
    assert "4129.86425339\t4168.49315069\tbillion VND" in done.stdout


def test_the_public_names_are_loaded_when_they_are_used():
    code = (
        "import sys, sonla_cli; before = set(sys.modules); assert set(sonla_cli.__all__) <= set(dir(sonla_cli));"
        " assert not any(m.startswith(('pydantic', 'sonla_cli.')) for m in before);"
        " assert all(getattr(sonla_cli, name) is not None for name in sonla_cli.__all__);"
        " print(hasattr(sonla_cli, 'nothing'))"
    )
    done = run(f'python -c "{code}"')
    assert (done.stdout, done.returncode) == ("False\n", 0), done.stderr
