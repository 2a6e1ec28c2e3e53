"""What fuzzing found and the targets alone would not show again at once: each finding with what holds since."""

from __future__ import annotations

import pytest

from sonla_cli.core.period import parse, read
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.press import read as figures
from sonla_cli.sources import indicators, mapping, tables
from sonla_cli.sources.files import Reading
from tests.fuzz import seeds
from tests.fuzz.session import command
from tests.fuzz.test_bounds import parquet
from tests.sources.files import FIGURE, csv_text, fields


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(path, **reading):
    return [each.code for each in tables.read([str(path)], reading=Reading(**reading)).errors]


def test_percentages_and_errors_of_an_opendocument_sheet_are_seen(folder):
    from zipfile import ZipFile

    from sonla_cli.sources.workbook_scan import scan_ods

    (folder / "a.ods").write_bytes(seeds.ods())
    with ZipFile("a.ods") as package:
        [notes] = scan_ods(package).values()
    assert notes.percent == {(line, column) for line in (7, 8, 9) for column in (1, 2)}
    assert notes.broken == {(line, 3): "#" for line in (7, 8, 9)}


def broken_text():
    import pyarrow as pa

    return pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xbd\xbd"))


def in_a_dictionary():
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array([0]), broken_text())


def beyond_the_calendar():
    import pyarrow as pa

    return pa.array([2**62], pa.timestamp("ms"))


@pytest.mark.parametrize("made", [broken_text, in_a_dictionary, beyond_the_calendar])
def test_a_cell_of_a_parquet_file_that_no_python_value_is(folder, made):
    (folder / "a.parquet").write_bytes(parquet(made(), 1))
    assert codes("a.parquet") == [Code.UNREADABLE]


def test_a_decimal_mark_of_a_parquet_file_that_is_no_text(folder):
    import pyarrow as pa
    from pyarrow import parquet as writing

    table = pa.table({name: [value] for name, value in FIGURE.items()})
    writing.write_table(table.replace_schema_metadata({b"sonla.decimal": b"\xff"}), "a.parquet")
    assert codes("a.parquet") == []


@pytest.mark.parametrize("encoding", ["hex", "rot13", "zlib", "base64", "nothing", "x" * 5000, "utf\x00"])
def test_an_encoding_of_no_text(folder, encoding):
    (folder / "a.csv").write_text(csv_text([FIGURE]), "utf-8")
    assert codes("a.csv", encoding=encoding) == [Code.UNKNOWN_ENCODING]


@pytest.mark.parametrize("separator", [";;", '"', "\n", " "])
def test_a_separator_that_separates_nothing(folder, separator):
    (folder / "a.csv").write_text(csv_text([FIGURE]), "utf-8")
    assert codes("a.csv", separator=separator) == [Code.INVALID_VALUE]


@pytest.mark.parametrize("day", ["2025-19-39", "2025-02-30", "20250131"])
def test_a_day_of_publication_that_no_calendar_has(folder, day):
    (folder / "a.csv").write_text(f"id,title,published_on\nx,y,{day}\n", "utf-8")
    assert Code.INVALID_VALUE in codes("a.csv")


@pytest.mark.parametrize("text", ["indicator = 3", "indicator = [1, [2]]", 'indicator = "x"'])
def test_indicators_that_are_no_tables(folder, text):
    (folder / "own.toml").write_text(text, "utf-8")
    with pytest.raises(SonlaError) as error:
        indicators.load("own.toml")
    assert {each.code for each in error.value.problems} == {Code.INVALID_INDICATOR}


@pytest.mark.parametrize(
    "text", ['[rows]\n"x" = [1]', "[rows.x]", '[columns]\n"x" = {a = 1}', 'source = "a\\u202e"']
)
def test_mappings_of_the_wrong_kind(folder, text):
    (folder / "map.toml").write_text(text, "utf-8")
    with pytest.raises(SonlaError) as error:
        mapping.read("map.toml")
    assert {each.code for each in error.value.problems} == {Code.INVALID_MAPPING}


def test_the_last_day_of_february_in_other_years(folder):
    assert parse("2024-02-29").in_year(2025).text == "2025-02-28"
    assert parse("2023@2024-02-29").in_year(2022).text == "2022@2023-02-28"
    assert parse("2026-2030").in_year(2021).text == "2021-2025"
    (folder / "a.csv").write_text(
        csv_text([fields(period="2024-02-29"), fields(period="2025-02-28")]), "utf-8"
    )
    assert command("compare", "2024", "2025", "--data", "a.csv", "--no-embedded")[0] == 0


@pytest.mark.parametrize("text", ["0999", "3000", "2025@3000-01-31", "2990-3005", "0000"])
def test_years_that_nobody_means(text):
    with pytest.raises(ValueError, match=r"period|year"):
        read(text)


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_numbers_of_forty_digits_are_shown(folder, form):
    rows = [
        fields(value="9" * 40), fields(measure="attainment", basis="central", value="110", unit="%"), fields(period="1000", value="1" + "0" * 39),
        fields(measure="plan", basis="council", period="2025", value="0." + "0" * 19 + "1"), fields(measure="index", basis="same_period_last_year", value="0." + "0" * 19 + "1", unit="%"),
    ]  # fmt: skip
    (folder / "a.csv").write_text(csv_text(rows), "utf-8")
    for name in ("budget", "check", "pace"):
        status, _ = command(name, "--data", "a.csv", "--no-embedded", "--format", form, "--rounding", "exact")
        assert status in (0, 1)


def test_a_name_that_looks_like_markup_is_a_label_of_progress():
    from sonla_cli.render.progress import Progress

    progress = Progress(quiet=True)
    progress.step("[/nowhere] \x1b[2J")
    assert progress._shown_label().plain == "[/nowhere] \\x1b[2J"


@pytest.mark.parametrize("end", ["gấp đôi", "gấp rưỡi", "tăng gấp đôi rưỡi"])
def test_a_text_that_ends_in_a_multiple(end):
    assert all(each.end <= len(f"Thu nội địa {end}") for each in figures(f"Thu nội địa {end}"))


def test_no_command_asks_for_the_network():
    import os
    import subprocess
    import sys

    from tests.console import ROOT, environment

    code = (
        "import sys, tempfile; from pathlib import Path\n"
        "from tests.fuzz import seeds; from tests.fuzz.session import command, quiet_environment, without_network\n"
        "without_network(); quiet_environment(Path(tempfile.mkdtemp()))\n"
        "Path('figures.csv').write_text(seeds.FIGURES)\n"
        "lines = [line.decode().split('\\n') for line in seeds.command_lines()]\n"
        "lines += [['report', '--to', f'out.{each}'] for each in ('html', 'docx', 'xlsx', 'md')]\n"
        "lines += [['chart', 'disbursement', '-o', f'out.{each}'] for each in ('svg', 'png', 'html')]\n"
        "lines += [['rollup', 'figures.csv', '--explain-plan'], ['extract', 'figures.csv', '--json']]\n"
        "for line in lines: command(*line, shown=False)\n"
        "print(len(lines))\n"
    )
    assert not os.environ.get("SONLA_ENGINE")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment(), check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) > 30
