"""Observations survive every format digit for digit; what cannot be told apart is never guessed."""

from __future__ import annotations

import csv
import tempfile
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sonla_cli.catalogue import areas
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.core.spelling import clean
from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.sources import embedded, tables, writing
from sonla_cli.sources.files import Reading
from sonla_cli.sources.writing import guarded, write
from tests.sources.files import csv_text, fields, observation

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "zip", "package")
NAMES = {"package": "package"} | {each: f"a.{each}" for each in FORMATS if each != "package"}

NOTES = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")) | st.sampled_from(" \n"), max_size=40
).map(clean).map(lambda text: "\n".join(text.splitlines())) | st.sampled_from(
    ["=1+1", "+84 212", "-5%", "@cmd", "'=1", "''@x", "'quoted'", "'", "＝1+1", "'－x", '"', ",", ";", "1,5"]
)
DIGITS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,8})?\Z")
OBSERVATIONS = st.builds(
    observation,
    value=DIGITS,
    metric=st.just("grdp.growth"),
    measure=st.just("growth"),
    basis=st.sampled_from(["previous_year", "same_period_last_year", "2020"]),
    unit=st.just("%"),
    period=st.sampled_from(["2025", "2025-10M", "2025-11-13", "2025@2026-01-31", "2026-2030"]),
    source=st.sampled_from(["a", "b"]),
    note=NOTES,
    entity=NOTES.map(lambda text: text.replace("\n", " ").strip()),
)


def brought(folder: Path, found: list[Observation], form: str) -> tuple[Observation, ...]:
    path = folder / NAMES[form]
    dataset = Dataset(
        observations=tuple(found), sources=(Source(id="a", title="=cmd", url="https://example.org"),)
    )
    write(dataset, str(path), form=form)
    # a delimited text cannot declare its decimal mark
    mark = Mark.POINT if form in ("csv", "tsv") else None
    return tuple(tables.load([str(path)], reading=Reading(decimal=mark)).observations)


@pytest.mark.parametrize("form", FORMATS)
@given(found=st.lists(OBSERVATIONS, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_format_gives_back_every_digit(form, found):
    with tempfile.TemporaryDirectory() as folder:
        assert brought(Path(folder), found, form) == tuple(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second"), [each for each in product(FORMATS, FORMATS) if each[0] != each[1]]
)
def test_the_embedded_data_go_from_each_format_to_each(tmp_path, first, second):
    data = embedded.dataset()
    write(data, str(tmp_path / NAMES[first]), form=first)
    once = tables.load([str(tmp_path / NAMES[first])], known=data.source_by_id)
    write(once.dataset, str(tmp_path / f"second-{NAMES[second]}"), form=second)
    twice = tables.load([str(tmp_path / f"second-{NAMES[second]}")], known=data.source_by_id)
    assert tuple(twice.observations) == data.observations


@pytest.mark.parametrize("form", ["json", "xlsx", "zip", "package"])
def test_publications_go_along_where_there_is_a_place(tmp_path, form):
    write(embedded.dataset(), str(tmp_path / NAMES[form]), form=form)
    assert tuple(tables.load([str(tmp_path / NAMES[form])]).dataset.sources) == embedded.dataset().sources


@given(
    whole=st.integers(1, 999),
    decimals=st.integers(0, 999),
    mark=st.sampled_from(Mark),
    others=st.lists(st.integers(0, 10**6)),
)
@settings(deadline=None)
def test_an_ambiguous_number_is_never_guessed(whole, decimals, mark, others):
    value = f"{whole}{mark.sign}{decimals:03}"
    rows = [fields(value=value), *(fields(value=str(each), period="2025-9M") for each in others)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(csv_text(rows), encoding="utf-8")
        problems = tables.read([str(path)]).errors
        assert [(each.code, each.place.line, each.place.excerpt) for each in problems] == [
            (Code.AMBIGUOUS_NUMBER, 2, value)
        ]
        point = tables.load([str(path)], reading=Reading(decimal=mark)).observations[0].value
        grouped = tables.load([str(path)], reading=Reading(decimal=mark.other)).observations[0].value
        assert (point, grouped) == (f"{whole}.{decimals:03}", f"{whole}{decimals:03}")


SPELLINGS = [spelling for area in areas.AREAS.values() for spelling in (area.name, *area.aliases)]


@given(st.sampled_from(SPELLINGS), st.data())
def test_an_area_is_known_by_an_exact_alias_only(spelling, data):
    assert areas.find(spelling) is not None
    place = data.draw(st.integers(0, len(spelling) - 1))
    letter = data.draw(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàạảã"))
    changed = spelling[:place] + letter + spelling[place + 1 :]
    known = {each.casefold() for each in SPELLINGS}
    assert (areas.find(changed) is not None) == (" ".join(changed.split()).casefold() in known)


@given(NOTES)
def test_no_cell_begins_as_a_formula(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_formulas_are_written_as_text_in_csv_and_in_workbooks(tmp_path):
    import python_calamine

    note = '=HYPERLINK("http://example.org","x")'
    dataset = Dataset(observations=(observation(note=note, entity="@x"),))
    write(dataset, str(tmp_path / "a.csv"))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["note"], row["entity"], row["value"]) == (f"'{note}", "'@x", "4564")
    write(dataset, str(tmp_path / "a.xlsx"))
    sheet = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0)
    assert note in sheet.to_python()[1]
    assert b"<f>" not in _content(tmp_path / "a.xlsx")


def _content(path):
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("form", FORMATS)
def test_an_existing_file_stays_without_force_and_writing_is_repeatable(tmp_path, form):
    path = tmp_path / NAMES[form]
    dataset = Dataset(observations=(observation(),), sources=(Source(id="a"),))
    write(dataset, str(path), form=form)
    before = _bytes(path)
    with pytest.raises(SonlaError) as caught:
        write(Dataset(observations=(observation(value="1"),)), str(path), form=form)
    assert [each.code for each in caught.value.problems] == [Code.FILE_EXISTS]
    assert _bytes(path) == before
    write(dataset, str(path), form=form, force=True)
    assert _bytes(path) == before


def _bytes(path):
    return {each.name: each.read_bytes() for each in path.iterdir()} if path.is_dir() else path.read_bytes()


def test_an_interrupted_conversion_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sonla_cli.sources.writing.rows", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(Dataset(observations=(observation(),)), str(path), force=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_csv_that_does_not_prove_its_decimal_mark_says_so(tmp_path):
    warned = write(Dataset(observations=(observation(value="25.188"),)), str(tmp_path / "a.csv"))
    assert [each.code for each in warned] == [Code.UNDECLARED_DECIMAL]
    assert write(Dataset(observations=(observation(value="25.1880"),)), str(tmp_path / "b.csv")) == []


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.pdf"])
def test_a_format_that_is_not_written_is_named(tmp_path, name):
    with pytest.raises(SonlaError) as caught:
        write(Dataset(), str(tmp_path / name))
    assert [each.code for each in caught.value.problems] == [Code.UNKNOWN_FORMAT]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(SonlaError) as caught:
        write(Dataset(), str(tmp_path / "nowhere" / "a.csv"))
    assert [each.code for each in caught.value.problems] == [Code.UNWRITABLE]


def test_while_a_package_is_replaced_the_old_figures_keep_their_publications(tmp_path, monkeypatch):
    folder = tmp_path / "p"
    old = Dataset(observations=(observation(source="old"),), sources=(Source(id="old", title="+Old report"),))
    new = Dataset(observations=(observation(source="new"),), sources=(Source(id="new", title="New report"),))
    write(old, str(folder), form="package")
    real = writing.replacing

    def interrupted(path, *, force):
        if path.name == "observations.csv":
            raise KeyboardInterrupt
        return real(path, force=force)

    monkeypatch.setattr(writing, "replacing", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(new, str(folder), form="package", force=True)
    monkeypatch.undo()
    read = tables.load([str(folder)])
    assert [each.source for each in read.observations] == ["old"]
    assert read.sources["old"].title == "+Old report"
    write(new, str(folder), form="package", force=True)
    read = tables.load([str(folder)])
    assert [each.source for each in read.observations] == ["new"]
    assert list(read.sources) == ["new"]
