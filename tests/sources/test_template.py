from __future__ import annotations

import re
import zipfile

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.observation import COLUMNS
from sonla_cli.sources import embedded, tables, template


def test_the_form_has_lists_instructions_in_both_languages_and_a_published_example(tmp_path):
    import python_calamine

    path = tmp_path / "form.xlsx"
    template.write(str(path))
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["observations", "lists", "example", "instructions", "sonla"]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert sheets["observations"] == [list(COLUMNS)]
    assert template.example() in embedded.dataset().observations
    assert sheets["example"][1][:6] == ["Sơn La", "revenue.local", "attainment", "council", "2025-10M", 101.4]
    assert all(len(row) == 2 and row[0] and row[1] and row[0] != row[1] for row in sheets["instructions"])
    assert {row[0].split(":")[0] for row in sheets["instructions"]} >= {
        "area",
        "metric",
        "measure",
        "basis",
        "period",
        "value",
        "unit",
        "hedge",
        "status",
    }
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    validated = re.findall(r'<dataValidation type="list".*?sqref="([A-Z])2:', sheet)
    assert [COLUMNS[ord(letter) - 65] for letter in sorted(validated)] == [
        "metric",
        "measure",
        "basis",
        "unit",
        "hedge",
        "status",
    ]


def test_every_word_of_the_lists_is_one_that_is_read():
    from sonla_cli.catalogue import bases
    from sonla_cli.catalogue.metrics import METRICS
    from sonla_cli.core import unit

    lists = template.lists()
    assert set(lists["metric"]) == set(METRICS)
    assert all(unit.parse(each) for each in lists["unit"])
    assert all(any(bases.is_known(measure, each) for measure in lists["measure"]) for each in lists["basis"])


def test_an_unfilled_form_has_no_figures_and_a_filled_one_is_read(tmp_path):
    path = tmp_path / "form.xlsx"
    template.write(str(path))
    assert [each.code for each in tables.read([str(path)]).problems] == [Code.NO_ROWS]
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    cells = "".join(
        f'<c r="{chr(65 + place)}2" t="inlineStr"><is><t>{value}</t></is></c>'
        for place, value in enumerate(getattr(template.example(), name) for name in COLUMNS)
        if value
    )
    sheet = "xl/worksheets/sheet1.xml"
    entries[sheet] = entries[sheet].replace(b"</sheetData>", f'<row r="2">{cells}</row></sheetData>'.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    assert tables.load([str(path)]).observations == [template.example()]


def test_the_form_as_csv_can_be_read(tmp_path):
    path = tmp_path / "form.csv"
    template.write(str(path))
    assert tables.load([str(path)]).observations == [template.example()]


def test_a_form_that_is_there_stays_without_force_and_is_the_same_each_time(tmp_path):
    path = tmp_path / "form.xlsx"
    template.write(str(path))
    before = path.read_bytes()
    with pytest.raises(SonlaError) as caught:
        template.write(str(path))
    assert [each.code for each in caught.value.problems] == [Code.FILE_EXISTS]
    template.write(str(path), force=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "code"), [("form.ods", Code.UNKNOWN_FORMAT), ("no/form.xlsx", Code.UNWRITABLE)]
)
def test_a_form_that_cannot_be_written(tmp_path, name, code):
    with pytest.raises(SonlaError) as caught:
        template.write(str(tmp_path / name))
    assert [each.code for each in caught.value.problems] == [code]
