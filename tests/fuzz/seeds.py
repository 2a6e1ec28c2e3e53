"""Valid inputs of every format, from the examples and from the writers of `sonla` itself."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

from tests.console import ROOT
from tests.fuzz.mutation import packed
from tests.press.test_documents import pdf

EXAMPLES = ROOT / "examples"

FIGURES = """area,metric,measure,basis,period,value,unit,hedge,status,source,note,boundaries,entity
Sơn La,revenue.local,actual,,2025-10M,4564,tỷ đồng,,estimate,a,,,
Sơn La,revenue.local,attainment,central,2025-10M,110,%,,,a,,,
Sơn La,revenue.local,plan,council,2025,"4500",tỷ đồng,about,,b,as adopted,,
Sơn La,disbursement,actual,,2025-11-13,3563.5,tỷ đồng,over,,b,,,
Sơn La,disbursement,attainment,prime_minister,2025-11-13,47.8,%,,,b,,,Ban QLDA
Sơn La,investment.projects,multiple,same_period_last_year,2025-10M,3,lần,,final,c,,old,
Sơn La,investment.capital,actual,,2025-10M,12660.5,tỷ đồng,,,c,,,
"""
REPORT = """Đơn vị tính: triệu đồng,,,,
BÁO CÁO THU NGÂN SÁCH TỈNH SƠN LA THÁNG 10 NĂM 2025,,,,
STT,Chỉ tiêu,Dự toán HĐND giao,Thực hiện 10 tháng,Tỷ lệ (%)
A,Tổng thu NSNN,25.188.000,18.000.500,"71,5"
I,Thu nội địa,4.500.000,4.564.000,"101,4"
1,Thu từ DNNN,1.000.000,-,
"""


@cache
def tables() -> dict[str, bytes]:
    """Return the same figures in every format that `sonla data convert` writes, and a report as XLSX, XLS and ODS."""
    import tempfile

    from sonla_cli.sources import tables as reading
    from sonla_cli.sources.writing import write

    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "figures.csv"
        source.write_text(FIGURES, "utf-8")
        dataset = reading.load([str(source)]).dataset
        for form in ("tsv", "json", "jsonl", "xlsx", "parquet", "zip"):
            write(dataset, str(Path(name) / f"out.{form}"))
        found = {path.suffix[1:]: path.read_bytes() for path in sorted(Path(name).glob("out.*"))}
    return found | {"csv": FIGURES.encode(), "xls": xls(), "ods": ods()}


def xls() -> bytes:
    """Return the figures as an old workbook."""
    import csv

    import xlwt

    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for line, row in enumerate(csv.reader(io.StringIO(FIGURES))):
        for place, cell in enumerate(row):
            sheet.write(line, place, float(cell) if cell.isdecimal() else cell)
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    """Return a small report as an OpenDocument spreadsheet."""
    rows = ""
    for line in REPORT.splitlines():
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in line.replace('"', "").split(",")
        )
        rows += f"<table:table-row>{cells}</table:table-row>"
    rows += (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="percentage"'
        ' office:value="0.715" table:number-columns-repeated="2"><text:p>71,5%</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error"/></table:table-row>'
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Thu">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return packed(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def package() -> bytes:
    """Return a data package: the descriptor, a line of three bytes, the observations."""
    folder = EXAMPLES / "lao-cai"
    return (
        (folder / "datapackage.json").read_bytes() + SPLIT + (folder / "observations.csv").read_bytes()[:1500]
    )


#: parts the two files of a package in one input
SPLIT = b"\n===\n"


def docx() -> bytes:
    """Return a Word document with a paragraph and a table."""
    import docx as word

    document, out = word.Document(), io.BytesIO()
    document.add_heading("Tình hình 10 tháng năm 2025")
    document.add_paragraph("Năm 2025, thu nội địa đạt 4.100 tỷ đồng, bằng 101,4% dự toán HĐND giao.")
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Chỉ tiêu", "Thực hiện (tỷ đồng)"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Thu nội địa", "4.100"
    document.save(out)
    return out.getvalue()


def pdfs() -> list[bytes]:
    """Return small PDF files: plain, with an array of strings, with another operator."""
    texts = (
        b"BT /F 12 Tf 10 50 Td (GRDP 5,12%) Tj ET",
        b"BT /F 9 Tf 1 0 0 1 9 9 Tm [(Thu) -250 (4100)] TJ T* (x) ' ET q Q",
    )
    return [pdf(each) for each in texts]


def html() -> bytes:
    """Return a page with entities, a script and a table."""
    return (
        "<!DOCTYPE html><html><head><title>Tin</title><style>p{top:5%}</style></head><body><script>var a=9</script>"
        "<h1>Thu&nbsp;ng&acirc;n s&#225;ch</h1><p>Năm 2025, thu nội địa đạt 4.100 tỷ đồng.</p><!-- x --><svg><b>1</b>"
        "</svg><table><tr><th>Thu<td>5 tỷ</table><![CDATA[x]]></body></html>"
    ).encode()


def texts() -> list[bytes]:
    """Return paragraphs of the corpus of the press grammar and of the examples."""
    lines = (ROOT / "tests" / "press" / "corpus.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(each).get("text", "") for each in lines[:: max(1, len(lines) // 60)]]
    return [each.encode() for each in found if each] + [(EXAMPLES / "article.txt").read_bytes()]


def command_lines() -> list[bytes]:
    """Return command lines, a line for each argument."""
    lines = (
        "budget --json", "disbursement --target 95% --by 2025-12-31", "investment --format markdown", "compare 2024 2025 --ids",
        "pace --target 100%", "project --json", "rank disbursement --within 30", "whatif --set revenue.local=4800",
        "extract figures.csv --format text", "check figures.csv --all-figures --trust a=2 --revision 10", "pefa figures.csv",
        "explain revenue.local:implied_plan@central:2025", "indicators --json", "help periods", "data show --data figures.csv",
        "data inspect figures.csv --decimal point", "data convert figures.csv out.jsonl --to jsonl", "data template", "data schema",
        "data add figures.csv --to package", "config show", "completion bash", "chart disbursement 2025 --ascii",
        "report --as markdown --section revenue --data figures.csv --no-embedded", "budget --area Huế --period 2024 --lang vi",
        "COLUMNS=40 SONLA_AREA=Huế budget --color always", "--version", "data validate figures.csv --encoding utf-8 --separator ,",
    )  # fmt: skip
    return [line.replace(" ", "\n").encode() for line in lines]
