"""Word, workbook and PDF in the hands of LibreOffice: pages, fonts, and every formula reckoned anew."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

from tests.console import run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Convert a file with LibreOffice and return the new one."""
    program = shutil.which("soffice")
    assert program, "no LibreOffice: run scripts/install-slow-tools"
    profile = tmp_path_factory.mktemp("profile")

    def convert(path, kind):
        out = path.parent / "converted"
        subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", kind,
             "--outdir", out, path],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return out / f"{path.stem}.{kind.partition(':')[0]}"

    return convert


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("office")
    for name in ("report.docx", "report.xlsx", "report.pdf"):
        done = run(f"sonla report --to {name} --lang vi", made)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    return made


def numbers(path, *, formulas=False):
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    }  # fmt: skip


def test_every_formula_reckoned_anew_gives_the_number_of_the_report(folder, office):
    told = numbers(folder / "report.xlsx")
    formulas = {place: text for place, text in numbers(folder / "report.xlsx", formulas=True).items()
                if isinstance(text, str) and text.startswith("=")}  # fmt: skip
    # openpyxl keeps formulas and drops what they last gave, so that everything has to be reckoned
    bare = folder / "bare.xlsx"
    openpyxl.load_workbook(folder / "report.xlsx").save(bare)
    assert not {place for place, value in numbers(bare).items() if place in formulas}
    found = numbers(office(bare, "xlsx"))
    assert len(formulas) > 200
    wrong = {
        place: (formulas[place], found.get(place), told[place])
        for place in formulas
        if place[0] not in ("Charts", "Biểu đồ")
        and found.get(place) != pytest.approx(told[place], rel=1e-11, abs=1e-9)
    }
    assert not wrong


def test_a_changed_input_carries_through(folder, office):
    book = openpyxl.load_workbook(folder / "report.xlsx")
    sheet = next(
        each
        for each in book
        if any(row[-1].value == "disbursement:actual:2025-11-13" for row in each.iter_rows(max_col=13))
    )
    rows = {row[12].value: row for row in sheet.iter_rows(max_col=13) if row[12].value}
    rows["disbursement:actual:2025-11-13"][4].value = 4000
    changed = folder / "changed.xlsx"
    book.save(changed)
    found = numbers(office(changed, "xlsx"))
    plan = rows["disbursement:implied_plan@prime_minister:2025-11-13"]
    assert found[sheet.title, plan[4].coordinate] == pytest.approx(4000 / 47.8 * 100)
    assert found[sheet.title, plan[6].coordinate] == pytest.approx(3999.5 / 47.85 * 100)
    assert found[sheet.title, plan[7].coordinate] == pytest.approx(4000.5 / 47.75 * 100)
    pace = rows["disbursement:pace:2025-11-13"]
    assert found[sheet.title, pace[4].coordinate] == pytest.approx(4000 / 317)


def test_a_document_prints_with_its_title_block_and_page_numbers(folder, office):
    printed = office(folder / "report.docx", "pdf")
    first, second = (run(f"pdftotext -layout -f {page} -l {page} {printed} -").stdout for page in (1, 2))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "25.188" in first
    assert second.lstrip().startswith("2\n")
    fonts = run(f"pdffonts {printed} | tail -n +3").stdout
    assert {line.split("+")[-1].split("-")[0].split()[0] for line in fonts.splitlines()} <= {
        "LiberationSerif", "TimesNewRomanPSMT", "TimesNewRomanPS",
    }  # fmt: skip


def test_a_head_of_a_table_comes_back_on_every_page(folder, office):
    printed = office(folder / "report.docx", "pdf")
    pages = int(run(f"pdfinfo {printed} | sed -n 's/^Pages: *//p'").stdout)
    text = [run(f"pdftotext -layout -f {page} -l {page} {printed} -").stdout for page in range(1, pages + 1)]
    annexes = [page for page in text if page.count("[") > 12 and "http" not in page]
    assert len(annexes) > 3
    heads = [page for page in annexes if "Chỉ số" in page or "Chỉ tiêu" in page or "Indicator" in page]
    assert len(heads) == len(annexes)


@pytest.mark.parametrize("name", ["report.html", "report.docx", "report.xlsx", "report.pdf", "report.md"])
def test_the_same_input_gives_the_same_bytes(tmp_path, name):
    """Two processes, two seeds of hashing, two clocks apart by more than an archive's step."""
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh")):
        target = tmp_path / seed / name
        target.parent.mkdir()
        done = run(
            f"sleep 2; sonla report --to {target} --section disbursement", PYTHONHASHSEED=seed, TZ=zone
        )
        assert done.returncode == 0, done.stderr
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_pdf_is_tagged_and_dated_by_its_sources(folder):
    about = run(f"TZ=UTC pdfinfo {folder}/report.pdf").stdout
    assert "Tagged:          yes" in about
    assert "A4" in about
    assert "CreationDate:    Fri Jan  9 00:00:00 2026 UTC" in about
