"""Whatever strangers wrote – in a file, a name of a file, an argument, a variable – steers no terminal and no page.

What is sent to people holds no control character, no bidirectional override and no line of a stranger's that could
pass for one of ours: such characters stand as escapes, or the file is refused.
"""

from __future__ import annotations

import io
import zipfile
from html import unescape
from pathlib import Path

import pytest

from sonla_cli import language
from sonla_cli.catalogue import own
from sonla_cli.core.formula import Name
from sonla_cli.core.unit import PERCENT
from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.render import csv, markdown, notebook, table
from sonla_cli.render.pages import docx, html, xlsx
from sonla_cli.render.pages import markdown as paged
from sonla_cli.render.pages.view import document
from sonla_cli.reports.dossier import dossier
from sonla_cli.reports.query import Query
from tests.fuzz.session import command, unsafe
from tests.sources.files import FIGURE, csv_text, fields, workbook

HOSTILE = {
    "a screen cleared": "\x1b[2Jx",
    "a title of the window": "\x1b]0;owned\x07",
    "a link": "\x1b]8;;http://example.org\x1b\\here\x1b]8;;\x1b\\",
    "an eight-bit sequence": "\x9b31mred",
    "a right-to-left override": "4.\u202e000.1\u202c",
    "an isolate": "\u2066a\u2069\u200f",
    "a line of our own": "x\nerror: forged\r\nhint: run it",
    "other line ends": "x\u2028error: forged\u2029\x85\x0b\x0c",
    "tags": "a\U000e0041\U000e007f\ufeff",
    "deleting": "secret\b\b\b\b\b\b\x7f",
}

#: command lines with a place for what is hostile
LINES = (
    "budget --area {}", "budget --period {}", "budget --source {}", "budget --entity {}", "budget --data {}", "budget --mapping {}",
    "budget --rounding {}", "budget --format {}", "budget --{}", "budget {}", "budget --indicators {}", "{}", "help {}", "explain {}",
    "compare {} 2024", "compare 2024 {}", "pace --target {}", "disbursement --by {}", "rank {}", "rank disbursement --basis {}",
    "whatif --set {}", "whatif --set revenue.local={}", "whatif --set {}=4", "chart {}", "chart disbursement {}", "chart budget -o {}.gif",
    "chart rank --metric {}", "report --to {}", "report --to x.{}", "report --template {}", "report --section {}", "check {}",
    "check --rules {}", "check --trust {}", "check --trust {}=2", "check --revision {}", "check --engine {} x", "pefa {}", "extract {}",
    "extract x.txt --published-on {}", "extract x.txt --area {}", "rollup {}", "rollup x.csv --map {}", "rollup x.csv --engine {}",
    "rollup x.csv --by {}", "rollup figures.csv --engine duckdb://?{}=1", "data {}", "data show --data {}", "data sources --data {}",
    "data inspect {}", "data inspect figures.csv --sheet {}", "data inspect figures.csv --unit {}", "data inspect figures.csv --encoding {}",
    "data inspect figures.csv --separator {}", "data inspect book.xlsx --sheet {}", "data validate {}", "data convert figures.csv {}.x",
    "data convert figures.csv - --to {}", "data add figures.csv --to {}/x", "data add {} --to package", "data template {}.x",
    "config {}", "completion {}", "--lang {}",
)  # fmt: skip


#: the lines on which any text will do: names of files that are written, of a mapping nobody needs, of a unit
ANY = ("budget --mapping {}", "data inspect figures.csv --sheet {}", "data add figures.csv --to {}/x")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("SONLA_LANG", "SONLA_AREA"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "figures.csv").write_text(csv_text([FIGURE]), "utf-8")
    (tmp_path / "x.txt").write_text("Năm 2025, thu nội địa đạt 4.100 tỷ đồng.", "utf-8")
    workbook(tmp_path / "book.xlsx", {"a": [["x"]]})
    language.use("en")
    return tmp_path


@pytest.mark.parametrize("what", HOSTILE)
def test_an_argument_with(what, folder):
    for line in LINES:
        arguments = [each.replace("{}", HOSTILE[what]) for each in line.split()]
        status, printed = command(*arguments, shown=True)
        # only a name of a file that is written, or not read at all, may be any
        assert status == 2 or line in ANY, (line, printed)
        assert not any(each.startswith(("error: forged", "hint: run")) for each in printed.splitlines())


@pytest.mark.parametrize("what", HOSTILE)
def test_a_variable_or_a_setting_with(what, folder, monkeypatch):
    for name in ("AREA", "TARGET", "COLOR", "ROUNDING", "DATA"):
        monkeypatch.setenv(f"SONLA_{name}", HOSTILE[what])
        command("config", "show")
        command("pace")
        monkeypatch.delenv(f"SONLA_{name}")
    quoted = "".join(f"\\U{ord(each):08x}" for each in HOSTILE[what])
    for name in ("area", "target", "color", "rounding", "data", f'"{quoted}"'):
        (folder / "sonla.toml").write_text(f'{name} = "{quoted}"\n', "utf-8")
        command("config", "show")
        command("pace")


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_and_its_name_with(what, folder):
    hostile = HOSTILE[what]
    quoted = "".join(f"\\U{ord(each):08x}" for each in hostile)
    name = hostile.replace("/", "")
    cell = '"' + hostile.replace('"', "") + '"'
    rows = [
        fields(**{column: hostile})
        for column in ("area", "metric", "basis", "value", "unit", "source", "note", "entity")
    ]
    own_one = f'[[indicator]]\nid = "own"\nlabel = "{quoted}"\nformula = "revenue.local / revenue.total * 100"\nunit = "%"\nnote = "{quoted}"\n'
    heads = f"year,head,kind,budget,actual,unit\n2024,{cell},function,1,2,tỷ đồng\n"
    texts = {
        "rows.csv": csv_text(rows), f"{name}.csv": csv_text(rows[:1]), "own.toml": own_one, "heads.csv": heads,
        "rules.txt": f"a >= 3 # {hostile}\n# {hostile}\na == 4\n", "values.csv": f"name,value\na,2\n{cell},3\n",
        "map.toml": f'source = "{quoted}"\n[columns]\n"{quoted}" = "{quoted}"\n[rows]\n"{quoted}" = "{quoted}"\n',
        "report.csv": f"{cell}\nSTT,Chỉ tiêu,{cell}\n1,{cell},{cell}\nTHU NGÂN SÁCH TỈNH SƠN LA 10 THÁNG NĂM 2025\n",
        "text.txt": f"Năm 2025, {hostile} thu nội địa của tỉnh Sơn La {hostile} đạt 4.100 tỷ {hostile} đồng.",
        "page.html": f"<p>Năm 2025, {hostile} thu nội địa đạt 4.100 tỷ đồng {hostile}.</p>", "x.md.j2": f"{{{{ {hostile} }}}}",
        "lines.json": f'[{{"area": "{quoted}"}}]',
    }  # fmt: skip
    for each, text in texts.items():
        Path(each).write_text(text, "utf-8", newline="")
    sheets = {
        "".join(each for each in hostile if each not in "[]:*?/\\'")[:31] or "a": [
            [hostile, "value", "unit"],
            [hostile, 1, hostile],
        ]
    }
    workbook(Path("hostile.xlsx"), sheets)
    for line in (
        "data inspect rows.csv", "data validate rows.csv", f"data inspect\x00{name}.csv", f"extract\x00{name}.csv\x00--format\x00text",
        "indicators --indicators own.toml", "budget --indicators own.toml", "budget --indicators own.toml --format markdown",
        "pefa heads.csv", "pefa heads.csv --format markdown", "check values.csv --rules rules.txt --all-figures",
        "check values.csv --rules rules.txt --format markdown", "data inspect report.csv --mapping map.toml", "data inspect report.csv",
        "budget --data report.csv --no-embedded", "extract text.txt --format text --explain", "extract page.html --format text --explain",
        "extract text.txt --area Huế --format text", "data inspect hostile.xlsx", "data inspect hostile.xlsx --sheet nowhere",
        "report --template x.md.j2", "data inspect lines.json", "rollup rows.csv --map map.toml", "rollup rows.csv --by area",
    ):  # fmt: skip
        command(*(line.split("\x00") if "\x00" in line else line.split()))


@pytest.fixture
def strange():
    """Figures as a program or a ledger may hand them over, with every hostile text, unread by any reader."""
    rows, sources = [], []
    for place, (name, text) in enumerate(HOSTILE.items()):
        sources.append(
            Source.model_construct(id=f"{name} {text}", title=text, publisher=text, url=f"https://x/{text}", published_on="2025-11-01", kind="user", language="")
        )  # fmt: skip
        for metric in ("revenue.local", "disbursement", "investment.capital"):
            for measure, basis, value, unit in (
                ("actual", "", "4564", "tỷ đồng"),
                ("attainment", "central", "110", "%"),
            ):
                rows.append(
                    Observation.model_construct(
                        area="Sơn La", metric=metric, measure=measure, basis=basis, period="2025-10M", value=f"{value}.{place}",
                        unit=unit, hedge="", status="", source=sources[-1].id, note=text, boundaries="", entity="" if place % 2 else text,
                    )
                )  # fmt: skip
    own.add(
        "strange",
        HOSTILE["a screen cleared"] + "\u202e",
        Name("revenue.local") / Name("disbursement") * 100,
        PERCENT,
    )
    language.use("en")
    yield Query(Dataset.model_construct(observations=tuple(rows), sources=tuple(sources)))
    own.forget()


def test_a_report_in_every_format_for_people(strange):
    from sonla_cli.reports.budget import budget
    from sonla_cli.reports.check import check
    from sonla_cli.reports.disbursement import disbursement
    from sonla_cli.reports.investment import investment

    for report in (budget(strange), disbursement(strange), investment(strange), check(strange)):
        for ids in (False, True):
            assert unsafe(table.render(report, ids=ids)) == []
            assert unsafe(markdown.render(report, ids=ids)) == []
        assert unsafe(notebook.show(report)._repr_html_() + notebook.show(report)._repr_markdown_()) == []
        assert csv.render(report)


def test_a_whole_report_in_every_kind_of_file(strange):
    view = document(
        dossier(strange, ["revenue", "expenditure", "disbursement", "investment", "comparison", "check"])
    )
    assert unsafe(unescape(html.render(view))) == []
    assert unsafe(paged.render(view)) == []
    for made in (docx.render(view), xlsx.render(view)):
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            texts = [
                package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))
            ]
        assert unsafe(unescape("".join(texts)).replace("\r", "")) == []
        assert "_x001B_" not in "".join(texts)
