"""Appending to a package: validated, without duplicates, both vintages kept, nothing lost by two at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.sources import embedded, tables
from sonla_cli.sources.adding import LOCK, add
from sonla_cli.sources.writing import write
from tests.console import environment
from tests.sources.files import csv_text, fields, package


def table(path, *rows):
    path.write_text(csv_text(rows), encoding="utf-8")
    return str(path)


def values(folder):
    return [each.value for each in tables.load([str(folder)]).observations]


def test_a_package_is_made_and_then_added_to(tmp_path):
    folder = tmp_path / "p"
    assert (
        add(
            [
                table(
                    tmp_path / "a.csv",
                    fields(),
                    fields(value="4500", measure="plan", basis="council", period="2025"),
                )
            ],
            str(folder),
        )[0]
        == 2
    )
    assert add([table(tmp_path / "b.csv", fields(period="2025-11M", value="4900"))], str(folder))[0] == 1
    assert values(folder) == ["4564", "4500", "4900"]
    # a publication that the built-in data knows comes along with its title
    assert (
        tables.load([str(folder)]).sources["vietnamplus-2025-11-18"].title
        == embedded.dataset().source_by_id["vietnamplus-2025-11-18"].title
    )


def test_what_is_there_already_is_refused_and_nothing_is_added(tmp_path):
    folder = tmp_path / "p"
    add([table(tmp_path / "a.csv", fields())], str(folder))
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(SonlaError) as caught:
        add(
            [table(tmp_path / "b.csv", fields(period="2025-11M", value="4900"), fields(note="again"))],
            str(folder),
        )
    assert [each.code for each in caught.value.problems] == [Code.DUPLICATE]
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_figure_twice_in_one_file_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(SonlaError) as caught:
        add([table(tmp_path / "a.csv", fields(), fields())], str(tmp_path / "p"))
    assert [each.code for each in caught.value.problems] == [Code.DUPLICATE]
    assert not (tmp_path / "p").exists()


def test_both_vintages_of_a_revised_figure_stay(tmp_path):
    folder = tmp_path / "p"
    add([table(tmp_path / "a.csv", fields(value="4522", source="dantri-2025-11-09"))], str(folder))
    _, warnings = add([table(tmp_path / "b.csv", fields(value="4564"))], str(folder))
    assert warnings == []
    _, warnings = add([table(tmp_path / "c.csv", fields(value="4565"))], str(folder))
    assert [(each.code, each.values["value"], each.values["old"]) for each in warnings] == [
        (Code.REVISED, "4565", "4564")
    ]
    assert values(folder) == ["4522", "4564", "4565"]


def test_an_invalid_file_adds_nothing(tmp_path):
    with pytest.raises(SonlaError) as caught:
        add([table(tmp_path / "a.csv", fields(), fields(area="nowhere"))], str(tmp_path / "p"))
    assert [each.code for each in caught.value.problems] == [Code.UNKNOWN_AREA]
    assert not (tmp_path / "p").exists()


def test_a_package_of_another_layout_is_left_alone(tmp_path):
    folder = package(
        tmp_path / "p", [fields()], {"resources": [{"name": "figures", "path": "observations.csv"}]}
    )
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(SonlaError) as caught:
        add([table(tmp_path / "a.csv", fields(period="2025-9M"))], str(folder))
    assert [each.code for each in caught.value.problems] == [Code.PACKAGE_LAYOUT]
    assert (
        before.items()
        <= {each.name: each.read_bytes() for each in folder.iterdir() if each.name != LOCK}.items()
    )


def test_a_lock_that_is_held_is_a_problem_after_a_while(tmp_path):
    import filelock

    folder = tmp_path / "p"
    folder.mkdir()
    with filelock.FileLock(folder / LOCK), pytest.raises(SonlaError) as caught:
        add([table(tmp_path / "a.csv", fields())], str(folder), patience=0.1)
    assert [each.code for each in caught.value.problems] == [Code.LOCKED]
    assert [each.name for each in folder.iterdir()] == [LOCK]


def test_processes_at_once_lose_nothing(tmp_path):
    folder, count = tmp_path / "p", 4
    files = [table(tmp_path / f"{n}.csv", fields(value=str(1000 + n), source=f"s{n}")) for n in range(count)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "sonla_cli", "data", "add", each, "--to", str(folder)],
            env=environment(),
            stdout=subprocess.PIPE,
        )
        for each in files
    ]
    assert [(process.communicate()[0], process.returncode) for process in started] == [
        (b"1 observation added\n", 0)
    ] * count
    assert sorted(values(folder)) == [str(1000 + n) for n in range(count)]


def test_a_package_stays_readable_while_it_is_written(tmp_path, monkeypatch):
    folder = tmp_path / "p"
    add([table(tmp_path / "a.csv", fields())], str(folder))

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sonla_cli.sources.writing.table", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add([table(tmp_path / "b.csv", fields(period="2025-11M"))], str(folder))
    monkeypatch.undo()
    assert values(folder) == ["4564"]
    assert not [each for each in folder.iterdir() if each.name.startswith((".obs", ".sou", ".data"))]


@pytest.mark.parametrize("form", ["package"])
def test_the_embedded_package_can_be_copied_and_added_to(tmp_path, form):
    folder = tmp_path / "p"
    write(embedded.dataset(), str(folder), form=form)
    add([table(tmp_path / "a.csv", fields(value="4600", source="mine"))], str(folder))
    assert len(values(folder)) == len(embedded.dataset().observations) + 1
