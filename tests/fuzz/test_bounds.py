"""Files made to fill the memory or to take for ever: each is read, or refused, within bounds that are far above need.

All of them are read by one process that the system ends when it takes too much of the processor or of the memory;
the sizes are such that reading them carelessly would take hours or tens of gigabytes.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from sonla_cli.core.problem import Code
from tests.console import ROOT, environment
from tests.fuzz import seeds
from tests.fuzz.mutation import packed, unpacked
from tests.press.test_documents import pdf
from tests.sources.files import FIGURE, csv_text

LAUGHS = "".join(
    [
        '<!DOCTYPE a [<!ENTITY l0 "ha">',
        *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)),
        "]>",
    ]
)


def changed(data: bytes, name: str, before: str, after: str) -> bytes:
    """Return an archive in which the text of one entry is changed, stored so that its ratio tells nothing."""
    entries = unpacked(data)
    text = entries[name].decode()
    assert before in text
    return packed({**entries, name: text.replace(before, after, 1).encode()}, zipfile.ZIP_STORED)


def laughing(data: bytes, name: str, before: str) -> bytes:
    """Return an archive with an entry that declares entities a hundred thousand million long and uses one."""
    entries = unpacked(data)
    text = entries[name].decode()
    head, _, rest = text.partition("?>")
    assert before in rest
    return packed({**entries, name: f"{head}?>{LAUGHS}{rest.replace(before, '&l11;', 1)}".encode()})


def bomb(data: bytes, name: str) -> bytes:
    """Return an archive with one entry more, of a gigabyte of blanks."""
    out = io.BytesIO(data)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as entry,
    ):
        for _ in range(1024):
            entry.write(b" " * 1024**2)
    return out.getvalue()


def figures_in(form: str) -> bytes:
    """Return figures in a format of tables."""
    return seeds.tables()[form]


def parquet(note: object, rows: int, times: int = 1, *, texts_once: bool = True) -> bytes:
    """Return a Parquet file of one figure in so many rows, with this note, all of it so many times."""
    import pyarrow as pa
    from pyarrow import parquet as writing

    out = io.BytesIO()
    table = pa.table({**{name: pa.array([value] * rows) for name, value in FIGURE.items()}, "note": note})
    with writing.ParquetWriter(out, table.schema, compression="zstd", use_dictionary=texts_once) as writer:
        for _ in range(times):
            writer.write_table(table)
    return out.getvalue()


def repeated_text() -> bytes:
    """A text of a megabyte that a hundred thousand rows name."""
    import pyarrow as pa

    return parquet(
        pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array(["x" * 10**6])), 100_000
    )


def lists() -> bytes:
    """A list of a million numbers in each of twenty rows."""
    import pyarrow as pa

    return parquet(pa.array([[0] * 1_000_000] * 20), 20)


def docx_table(cell: str, rows: int = 1) -> bytes:
    """Return a Word document whose one table has rows of this cell."""
    tc = "<w:tc><w:tcPr>%s</w:tcPr><w:p><w:r><w:t>thu 5 tỷ đồng</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{('<w:tr>' + tc % cell + '</w:tr>') * rows}</w:tbl>"
    return changed(seeds.docx(), "word/document.xml", "<w:body>", f"<w:body>{table}")


def pages(kids: str, count: int) -> bytes:
    """Return a PDF whose tree of pages says this."""
    return pdf(b"BT /F 12 Tf 10 50 Td (GRDP 5,12%) Tj ET").replace(
        b"/Kids[3 0 R]/Count 1", f"/Kids[{kids}]/Count {count}".encode()
    )


def packed_stream() -> bytes:
    """Return a PDF whose page unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    content = b"".join([packer.compress(b" " * 10**6) for _ in range(1000)]) + packer.flush()
    return pdf(content).replace(b"<</Length", b"<</Filter/FlateDecode/Length")


REPORT = (seeds.EXAMPLES / "monthly-report.xlsx").read_bytes()
SHEET = "xl/worksheets/sheet1.xml"
MANY = 1_000_000
#: what is wrong → name of the file, what makes it, the code it is refused with, or nothing if it is read
HOSTILE = {
    "XLSX: entities": ("a.xlsx", lambda: laughing(REPORT, "xl/sharedStrings.xml", "Thu"), Code.UNREADABLE),
    "XLSX: a gigabyte": ("a.xlsx", lambda: bomb(figures_in("xlsx"), "xl/x.xml"), Code.UNSAFE_ARCHIVE),
    "XLSX: no row ends": ("a.xlsx", lambda: changed(figures_in("xlsx"), SHEET, "</row>", "<c/>" * 40 * MANY), Code.UNREADABLE),
    "XLSX: tags that never end": ("a.xlsx", lambda: changed(figures_in("xlsx"), "xl/workbook.xml", "<sheets>", "<sheet " * MANY), Code.UNREADABLE),
    "XLSX: styles that never end": ("a.xlsx", lambda: changed(figures_in("xlsx"), "xl/styles.xml", "</cellXfs>", "<cellXfs>" * MANY), Code.UNREADABLE),
    "XLSX: a name without end": ("a.xlsx", lambda: changed(figures_in("xlsx"), SHEET, '<c r="A1"', "<c " + "a" * 10 * MANY + ' r="A1"'), None),
    "ODS: entities": ("a.ods", lambda: laughing(seeds.ods(), "content.xml", "Thu nội địa"), Code.UNREADABLE),
    "ODS: a tag that is not closed": ("a.ods", lambda: changed(seeds.ods(), "content.xml", "</table:table>", "</table:tabe>"), Code.UNREADABLE),
    "ODS: cells repeated": (
        "a.ods",
        lambda: changed(seeds.ods(), "content.xml", 'table:number-columns-repeated="2"><text:p>71,5%</text:p></table:table-cell>',
                        'table:number-columns-repeated="2"/>' + '<table:table-cell office:value-type="percentage" table:number-columns-repeated="3333"/>' * 50_000),
        Code.UNREADABLE,
    ),
    "XLS: gigabytes asked for": ("a.xls", lambda: (Path(__file__).parent / "corpus" / "xls" / "four-gigabytes").read_bytes(), Code.UNREADABLE),
    "XLS: a library that gives up": ("a.xls", lambda: (Path(__file__).parent / "corpus" / "xls" / "panic").read_bytes(), Code.UNREADABLE),
    "Parquet: one long text, many rows": ("a.parquet", repeated_text, Code.INVALID_VALUE),
    "Parquet: lists": ("a.parquet", lists, Code.INVALID_VALUE),
    "Parquet: a gigabyte": ("a.parquet", lambda: parquet(["x" * 10**7], 1, 100, texts_once=False), Code.TOO_LARGE),
    "CSV: a line without end": ("a.csv", lambda: csv_text([FIGURE]).encode() + b"x," * 10 * MANY, Code.TOO_LARGE),
    "CSV: a cell without end": ("a.csv", lambda: csv_text([FIGURE]).encode() + b'"' + b"x" * 100 * MANY, Code.INVALID_ROW),
    "JSON: brackets": ("a.json", lambda: b"[" * MANY, Code.UNREADABLE),
    "TOML: brackets": ("map.toml", lambda: b"a = " + b"[" * 10_000, Code.UNREADABLE),
    "TOML: digits": ("map.toml", lambda: b"a = " + b"1" * 10_000, Code.UNREADABLE),
    "DOCX: entities": ("a.docx", lambda: laughing(seeds.docx(), "word/document.xml", "Thu nội địa"), Code.UNREADABLE),
    "DOCX: a gigabyte": ("a.docx", lambda: bomb(seeds.docx(), "word/x.xml"), Code.UNSAFE_ARCHIVE),
    "DOCX: a cell over many columns": ("a.docx", lambda: docx_table('<w:gridSpan w:val="2000000000"/>'), Code.TOO_LARGE),
    "DOCX: a cell over many rows": ("a.docx", lambda: docx_table("<w:vMerge/>", 5_000), None),
    "DOCX: depth": ("a.docx", lambda: changed(seeds.docx(), "word/document.xml", "<w:body>", "<w:body>" + "<w:p>" * MANY), Code.UNREADABLE),
    "PDF: one page many times": ("a.pdf", lambda: pages("3 0 R " * 90_000, 90_000), Code.UNREADABLE),
    "PDF: pages in a circle": ("a.pdf", lambda: pages("2 0 R", 1), Code.UNREADABLE),
    "PDF: a gigabyte": ("a.pdf", packed_stream, Code.UNREADABLE),
    "PDF: brackets": ("a.pdf", lambda: pages("[" * 200_000, 1), Code.UNREADABLE),
    "HTML: tags that never end": ("a.html", lambda: b"<p>5%" + b"<a " * MANY, None),
    "HTML: quotes that never end": ("a.html", lambda: b"<p>5%" + b'<a x="' * (MANY // 2), None),
    "HTML: comments that never end": ("a.html", lambda: b"<p>5%" + b"<!--" * MANY, None),
    "HTML: depth": ("a.html", lambda: b"<p>5%" + b"<svg>" * MANY + b"</p>" * MANY, None),
    "HTML: a number without end": ("a.html", lambda: b"<p>5% &#" + b"1" * MANY, None),
    "HTML: words of SGML": ("a.html", lambda: b"<p>5%<![X [<![CDATA[" * 1000, None),
}  # fmt: skip

CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
from pathlib import Path
from sonla_cli.core.problem import SonlaError
from sonla_cli.press import documents
from sonla_cli.sources import mapping, tables

def codes(path):
    try:
        if path.endswith((".docx", ".pdf", ".html")):
            return [] if documents.text_of(Path(path).read_bytes(), path) else ["nothing"]
        if path.endswith(".toml"):
            mapping.read(path)
            return []
        return [each.code for each in tables.read([path]).errors]
    except SonlaError as error:
        return [each.code for each in error.problems]

for line in sys.stdin:
    what, path = json.loads(line)
    print(json.dumps([what, codes(path), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, round(resource.getrusage(resource.RUSAGE_SELF).ru_utime, 1)]), flush=True)
"""
#: what the reading process may ask for; reading all of this takes a third of it
MEMORY = 3 * 1024**3


@pytest.mark.slow
def test_files_made_to_fill_the_memory_or_to_take_for_ever(tmp_path):
    lines = []
    for place, (what, (name, make, _code)) in enumerate(HOSTILE.items()):
        path = tmp_path / str(place) / name
        path.parent.mkdir()
        path.write_bytes(make())
        lines.append(json.dumps([what, str(path)]))
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n{CHILD}"
    done = subprocess.run(
        [sys.executable, "-c", limited], input="\n".join(lines), capture_output=True, text=True, encoding="utf-8",
        env=environment(), cwd=ROOT, check=False,
    )  # fmt: skip
    found = {what: codes for what, codes, *_used in map(json.loads, done.stdout.splitlines())}
    assert list(found) == list(HOSTILE), (list(HOSTILE)[len(found)], done.returncode, done.stderr[-2000:])
    for what, (_name, _make, code) in HOSTILE.items():
        assert (found[what][:1] == [code]) if code else not found[what], (what, found[what])


def test_a_width_that_no_terminal_has(monkeypatch):
    from tests.fuzz.session import command

    for columns in ("999999999999", "²", "0", "-5", "1" * 5000):
        monkeypatch.setenv("COLUMNS", columns)
        assert command("data", "sources")[0] == 0
