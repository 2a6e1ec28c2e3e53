"""Bad input of every kind: a clear error with its place, exit status 2, nothing written, no traceback."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib

import pytest

from sonla_cli.cli import run
from sonla_cli.core.problem import Code
from sonla_cli.models.observation import COLUMNS
from sonla_cli.sources import tables
from tests.sources.files import FIGURE, csv_text, fields, package, workbook, zipped

HEADER = ",".join(COLUMNS) + "\n"
ESCAPE = "\x1b[2J\x1b]0;owned\x07"


def text(*rows):
    return csv_text(rows).encode()


#: what is wrong → name of the file, content, the code it is told with
TEXTS = {
    "nothing in it": ("a.csv", b"", Code.EMPTY),
    "only line ends": ("a.csv", b"\n\n\r\n", Code.EMPTY),
    "only a byte order mark": ("a.csv", b"\xef\xbb\xbf", Code.EMPTY),
    "header only": ("a.csv", HEADER.encode(), Code.NO_ROWS),
    "another table": ("a.csv", b"name,age\nAn,3\n", Code.NO_TABLE),
    "prose": ("a.txt", "Tháng 10 thu được 420 tỷ đồng.\n".encode(), Code.NO_TABLE),
    "a thousand columns": ("a.csv", (",".join(f"c{n}" for n in range(1000)) + "\n").encode() * 3, Code.TOO_LARGE),
    "Windows-1258": ("a.csv", (HEADER + "S\u01a1n La,".replace("ơ", "o")).encode() + b"\xf5\xec\n", Code.ENCODING),
    "a workbook renamed": ("a.csv", b"PK\x03\x04\x14\x00", Code.OTHER_FORMAT),
    "an old workbook renamed": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Code.OTHER_FORMAT),
    "a picture renamed": ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", Code.OTHER_FORMAT),
    "text renamed": ("a.xlsx", b"area,metric\n", Code.OTHER_FORMAT),
    "an empty workbook": ("a.xlsx", b"", Code.EMPTY),
    "an empty JSON": ("a.json", b"  \n", Code.EMPTY),
    "NUL bytes": ("a.csv", HEADER.encode() + b"S\x00n La,x\n", Code.NOT_TEXT),
    "a NUL late in the file": ("a.csv", text(*[FIGURE] * 4000) + b"S\x00n La,revenue.local,actual,,2025,1,%\n", Code.CONTROL_CHARACTER),
    "duplicated headers": ("a.csv", ("value," + HEADER).encode() + b"1\n", Code.DUPLICATE_COLUMN),
    "a misspelt header": ("a.csv", csv_text([FIGURE], [{"hedge": "hegde"}.get(c, c) for c in COLUMNS]).encode(), Code.UNKNOWN_COLUMN),
    "no column of units": ("a.csv", csv_text([FIGURE], [c for c in COLUMNS if c != "unit"]).encode(), Code.MISSING_COLUMN),
    "an open quote": ("a.csv", HEADER.encode() + b'"S\xc6\xa1n La,x\n', Code.INVALID_ROW),
    "more cells than columns": ("a.csv", text(FIGURE).rstrip() + b",,,,,x\n", Code.INVALID_ROW),
    "escape codes": ("a.csv", text(fields(note=ESCAPE)), Code.CONTROL_CHARACTER),
    "a right-to-left override": ("a.csv", text(fields(note="a\u202eb")), Code.CONTROL_CHARACTER),
    "escape codes for an area": ("a.csv", text(fields(area=f"Sơn La{ESCAPE}")), Code.CONTROL_CHARACTER),
    "not a number": ("a.csv", text(fields(value="NaN")), Code.NOT_A_NUMBER),
    "infinity": ("a.csv", text(fields(value="-Infinity")), Code.NOT_A_NUMBER),
    "10^400 in digits": ("a.csv", text(fields(value="1" + "0" * 400)), Code.INVALID_VALUE),
    "10^400 as an exponent": ("a.csv", text(fields(value="1e400")), Code.NOT_A_NUMBER),
    "a sum": ("a.csv", text(fields(value="=1+1")), Code.NOT_A_NUMBER),
    "a range": ("a.csv", text(fields(value="4500-4800")), Code.NOT_A_NUMBER),
    "a hedge in the value": ("a.csv", text(fields(value="hơn 4.500")), Code.NOT_A_NUMBER),
    "a negative plan": ("a.csv", text(fields(measure="plan", basis="central", value="-5", period="2025")), Code.NEGATIVE),
    "a percentage without a base": ("a.csv", text(fields(measure="attainment", value="110", unit="%")), Code.BASIS_MISSING),
    "a growth against a plan's basis": ("a.csv", text(fields(measure="growth", basis="central", value="1", unit="%")), Code.UNKNOWN_BASIS),
    "a percentage in đồng": ("a.csv", text(fields(measure="attainment", basis="central")), Code.UNIT_MISMATCH),
    "projects in đồng": ("a.csv", text(fields(metric="investment.projects")), Code.UNIT_MISMATCH),
    "money in per cent": ("a.csv", text(fields(value="4564%")), Code.PERCENT_CELL),
    "a misspelt unit": ("a.csv", text(fields(unit="triệu dồng")), Code.INVALID_UNIT),
    "an area without its marks": ("a.csv", text(fields(area="Sỏn La")), Code.UNKNOWN_AREA),
    "a metric nobody knows": ("a.csv", text(fields(metric="revenue.locl")), Code.UNKNOWN_METRIC),
    "the month 13": ("a.csv", text(fields(period="2025-13M")), Code.INVALID_PERIOD),
    "thousands or thousandths": ("a.csv", text(fields(value="25.188")), Code.AMBIGUOUS_NUMBER),
    "both conventions": ("a.csv", text(fields(value="1.5"), fields(value="1,5", period="2025-9M")), Code.MIXED_DECIMALS),
    "JSON cut short": ("a.json", b'[{"area": "S', Code.UNREADABLE),
    "JSON with NaN": ("a.json", json.dumps([{**FIGURE, "value": float("nan")}]).encode(), Code.UNREADABLE),
    "a field twice": ("a.json", b'[{"area": "x", "area": "y"}]', Code.UNREADABLE),
    "JSON nested deeply": ("a.json", b"[" * 200_000, Code.UNREADABLE),
    "JSON of numbers": ("a.json", b"[1, 2]", Code.INVALID_ROW),
    "JSON with 10^400": ("a.json", json.dumps([FIGURE]).replace('"4564"', "1" + "0" * 400).encode(), Code.INVALID_VALUE),
    "JSON with 1e400": ("a.json", json.dumps([FIGURE]).replace('"4564"', "1e400").encode(), Code.NOT_A_NUMBER),
    "JSON with a list for a value": ("a.json", json.dumps([{**FIGURE, "value": [1]}]).encode(), Code.NOT_A_NUMBER),
    "JSON with true for a value": ("a.json", json.dumps([{**FIGURE, "value": True}]).encode(), Code.NOT_A_NUMBER),
    "JSON in Latin-1": ("a.json", '[{"area": "é"}]'.encode("latin-1"), Code.ENCODING),
    "a line that is no JSON": ("a.jsonl", json.dumps(FIGURE).encode() + b"\n{broken\n", Code.UNREADABLE),
    "no Parquet": ("a.parquet", b"PAR1 but no more", Code.UNREADABLE),
    "no zip": ("a.zip", b"PK\x03\x04 but no more", Code.UNREADABLE),
    "no workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Code.UNREADABLE),
}  # fmt: skip


def refused(capsys, tmp_path, *paths):
    """Convert and validate `paths`; return the codes they are refused with."""
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    names = [str(path) for path in paths]
    for arguments in (
        ["data", "convert", *names, str(tmp_path / "out.csv")],
        ["data", "validate", *names],
        ["budget", "--data", *names],
    ):
        assert run(arguments) == 2
        printed, told = capsys.readouterr()
        assert printed == ""
        assert "error: " in told
        assert "Traceback" not in told
        assert "internal error" not in told
        assert "\x1b" not in told
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    return {problem.code for problem in tables.read(names).errors}


@pytest.mark.parametrize("what", TEXTS)
def test_a_file_with(what, tmp_path, capsys):
    name, content, code = TEXTS[what]
    path = tmp_path / name
    path.write_bytes(content)
    assert code in refused(capsys, tmp_path, path)


TITLE = ["UBND TỈNH SƠN LA", "BÁO CÁO 10 THÁNG NĂM 2025", "Đơn vị tính: tỷ đồng"]


def report(*rows, header=("STT", "Nội dung", "Dự toán năm 2025", "Thực hiện 10 tháng"), title=TITLE):
    return [*([line] for line in title), header, *rows]


LINE = ("I", "Thu nội địa", 4000, 3900)
#: what is wrong → rows of a sheet, the code it is told with
SHEETS = {
    "an error cell": (report(("I", "Thu nội địa", 4000, '=VLOOKUP("x",A1:A1,1,0)')), Code.NOT_CALCULATED),
    "the period of a quarter": (report(LINE, header=("STT", "Nội dung", "Dự toán năm 2025", "Thực hiện quý III"), title=["TỈNH SƠN LA", "NĂM 2025", TITLE[2]]), Code.AMBIGUOUS_PERIOD),
    "the month of a title": (report(LINE, header=("STT", "Nội dung", "Dự toán năm", "Thực hiện"), title=["TỈNH SƠN LA", "THÁNG 10 NĂM 2025", TITLE[2]]), Code.AMBIGUOUS_PERIOD),
    "no period": (report(LINE, header=("STT", "Nội dung", "Dự toán", "Thực hiện"), title=["TỈNH SƠN LA", TITLE[2]]), Code.NO_PERIOD),
    "no area": (report(LINE, title=TITLE[1:]), Code.NO_AREA),
    "two areas": (report(LINE, title=["TỈNH SƠN LA VÀ TỈNH LAI CHÂU", *TITLE[1:]]), Code.NO_AREA),
    "no unit": (report(LINE, title=TITLE[:2]), Code.NO_UNIT),
    "an organisation for a unit": (report(LINE, title=[*TITLE[:2], "Đơn vị: Sở Tài chính"]), Code.NO_UNIT),
    "a unit nobody knows": (report(LINE, title=[*TITLE[:2], "Đơn vị tính: vạn quan"]), Code.INVALID_UNIT),
    "one metric twice": (report(LINE, LINE), Code.DUPLICATE_ROW),
    "a negative plan": (report(("I", "Thu nội địa", -4000, 3900)), Code.NEGATIVE),
    "words for a figure": (report(("I", "Thu nội địa", "đang tổng hợp", 3900)), Code.NOT_A_NUMBER),
    "thousands or thousandths": (report(("I", "Thu nội địa", "4.000", "3.900")), Code.AMBIGUOUS_NUMBER),
    "form 54 of sharing percentages": (report(LINE, title=[*TITLE, "Biểu số 54/CK-NSNN"]), Code.FORM_YEAR),
    "a header and no row": (report(), Code.NO_ROWS),
    "columns nobody knows": (report(LINE, header=("STT", "Nội dung", "x", "y")), Code.NO_TABLE),
}  # fmt: skip


@pytest.mark.parametrize("what", SHEETS)
def test_a_workbook_with(what, tmp_path, capsys):
    rows, code = SHEETS[what]
    assert code in refused(capsys, tmp_path, workbook(tmp_path / "a.xlsx", {"Biểu": rows}))


def test_cells_of_errors_dates_and_formulas_are_named(tmp_path, capsys):
    rows = [list(COLUMNS), *([fields().get(name, "") for name in COLUMNS] for _ in range(4))]
    value, period = COLUMNS.index("value"), COLUMNS.index("period")
    rows[1][value], rows[2][value] = "#", 45931
    rows[3][period], rows[4][value] = 45931, "=1+1"
    column = chr(65 + value)
    path = workbook(
        tmp_path / "a.xlsx",
        {"Số liệu": rows},
        formats={f"{column}3": "dd/mm/yyyy", f"{chr(65 + period)}4": "mm/yyyy"},
    )
    _replace(
        path,
        "xl/worksheets/sheet1.xml",
        rb'<c r="F2" t="s"><v>\d+</v></c>',
        b'<c r="F2" t="e"><v>#REF!</v></c>',
    )
    assert refused(capsys, tmp_path, path) == {Code.ERROR_CELL, Code.DATE_CELL, Code.NOT_CALCULATED}
    places = {str(problem.place).rpartition(":")[2] for problem in tables.read([str(path)]).errors}
    assert places == {f"{column}2", f"{column}3", f"{chr(65 + period)}4", f"{column}5"}


def _replace(path, entry, pattern, by):
    import re

    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[entry], count = re.subn(pattern, by, entries[entry])
    assert count == 1
    zipped(path, entries)


def test_a_workbook_with_one_cell_far_away_is_not_laid_out(tmp_path, capsys):
    path = workbook(tmp_path / "a.xlsx", {"S": [["area"]]})
    _replace(
        path,
        "xl/worksheets/sheet1.xml",
        rb"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    assert refused(capsys, tmp_path, path) == {Code.TOO_LARGE}


@pytest.mark.parametrize(
    "inner",
    [
        "../observations.csv",
        "/etc/passwd",
        "C:\\figures.csv",
        "https://example.org/a.csv",
        "..\\a.csv",
        "a/../../b.csv",
    ],
)
def test_a_package_that_leads_outside_is_refused(inner, tmp_path, capsys):
    described = {"resources": [{"name": "observations", "path": inner}]}
    folder = package(tmp_path / "p", [FIGURE], described)
    assert refused(capsys, tmp_path, folder) == {Code.UNSAFE_PATH}
    assert refused(capsys, tmp_path, folder / "datapackage.json") == {Code.UNSAFE_PATH}


def test_a_link_out_of_a_package_is_not_followed(tmp_path, capsys):
    (tmp_path / "secret.csv").write_text(csv_text([FIGURE]), encoding="utf-8")
    folder = package(tmp_path / "p", [FIGURE], {"resources": [{"name": "observations", "path": "link.csv"}]})
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert refused(capsys, tmp_path, folder) == {Code.UNSAFE_PATH}


@pytest.mark.parametrize(
    ("described", "code"),
    [
        ({"resources": []}, Code.INVALID_PACKAGE),
        ({"resources": [{"path": "observations.csv"}]}, Code.INVALID_PACKAGE),
        ({"resources": [{"name": "observations", "path": "nowhere.csv"}]}, Code.UNREADABLE),
        ({"resources": [{"name": "o", "path": "observations.csv", "compression": "gz"}]}, Code.UNREADABLE),
        (
            {"resources": [{"name": "o", "path": "observations.csv", "schema": {"fields": [{"name": "value", "type": "number", "decimalChar": "·"}]}}]},
            Code.INVALID_PACKAGE,
        ),
    ],
)  # fmt: skip
def test_a_package_with_a_wrong_descriptor_is_refused(described, code, tmp_path, capsys):
    assert refused(capsys, tmp_path, package(tmp_path / "p", [FIGURE], described)) == {code}


def test_a_figure_of_a_source_the_package_does_not_list_is_refused(tmp_path, capsys):
    folder = package(tmp_path / "p", [fields(source="elsewhere")])
    assert refused(capsys, tmp_path, folder) == {Code.UNKNOWN_SOURCE}


def test_a_source_listed_twice_is_refused(tmp_path, capsys):
    folder = package(tmp_path / "p", [FIGURE], sources=[FIGURE["source"]] * 2)
    assert refused(capsys, tmp_path, folder) == {Code.DUPLICATE_SOURCE}


def test_an_archive_with_paths_that_climb_is_refused(tmp_path, capsys):
    path = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}", "../../evil.csv": b"x"})
    assert refused(capsys, tmp_path, path) == {Code.UNSAFE_PATH}


def test_a_zip_bomb_is_refused_by_its_ratio_before_it_is_unpacked(tmp_path, capsys):
    path = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}", "observations.csv": bytes(30_000_000)})
    assert path.stat().st_size < 100_000
    assert refused(capsys, tmp_path, path) == {Code.UNSAFE_ARCHIVE}
    path.rename(tmp_path / "a.xlsx")
    assert refused(capsys, tmp_path, tmp_path / "a.xlsx") == {Code.UNSAFE_ARCHIVE}


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path, capsys):
    content = bytes(2_000_000)
    path = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}", "observations.csv": content})
    data = path.read_bytes()
    true, lie = struct.pack("<L", len(content)), struct.pack("<L", 1000)
    assert data.count(true) == 2
    path.write_bytes(data.replace(true, lie))
    assert zlib.crc32(content) != zlib.crc32(content[:1000])
    assert refused(capsys, tmp_path, path) == {Code.UNSAFE_ARCHIVE}


def test_every_problem_is_told_at_once_with_its_line_and_column(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(
        text(fields(area="Sơn Lá"), fields(unit="tỷ dồng", metric="revenue.lcal"), fields(value="x"))
    )
    found = tables.read([str(path)]).errors
    assert [(each.place.line, each.place.column) for each in found] == [(2, 1), (3, 2), (3, 7), (4, 6)]
    assert found[0].suggestions[0] == "Sơn La"
    assert found[1].suggestions[0] == "revenue.local"
    assert run(["data", "validate", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.count("error: ") == 4
    assert f"{path}:2:1: " in told


def test_a_flood_of_problems_is_counted_not_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(text(*[fields(value="x")] * 5000))
    found = tables.read([str(path)]).errors
    assert len(found) == 201
    assert found[-1].code is Code.MORE_PROBLEMS
    assert found[-1].values == {"count": "4800"}


def test_the_problems_of_several_files_come_together(tmp_path):
    for name, row in (("a.csv", fields(area="x")), ("b.csv", fields(unit="y"))):
        (tmp_path / name).write_bytes(text(row))
    codes = [each.code for each in tables.read([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]).errors]
    assert codes == [Code.UNKNOWN_AREA, Code.INVALID_UNIT]


def test_the_json_of_validate_gives_the_same_as_data(tmp_path, capsys):
    path = workbook(tmp_path / "a.xlsx", {"Biểu 60": report(("I", "Thu nội địa", "?", 3900))})
    assert run(["data", "validate", str(path), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == {"name": "sonla.validation", "version": 1}
    assert not found["valid"]
    assert found["problems"] == [
        {
            "code": "not_a_number", "severity": "error", "file": str(path), "sheet": "Biểu 60", "cell": "C5", "line": 5,
            "column": 3, "excerpt": "?", "values": {"value": "?"}, "suggestions": [],
        }
    ]  # fmt: skip
