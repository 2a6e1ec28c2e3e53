"""Files become text, a line for each paragraph or row; what cannot be read is a problem, never a traceback."""

from __future__ import annotations

import io
import sys

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.press import read
from sonla_cli.press.documents import html_text, text_of

PARAGRAPH = "Năm 2025, thu nội địa đạt 4.100 tỷ đồng."


def why(error) -> str:
    [problem] = error.value.problems
    assert problem.code == Code.UNREADABLE
    return problem.values["why"]


def test_plain_text_with_and_without_a_mark_of_its_order():
    assert text_of(PARAGRAPH.encode()) == PARAGRAPH
    assert text_of(PARAGRAPH.encode("utf-8-sig")) == f"\ufeff{PARAGRAPH}"
    assert text_of(PARAGRAPH.encode("utf-16")) == PARAGRAPH


def test_html_is_a_line_for_each_block_and_a_tab_for_each_cell():
    page = f"""<!DOCTYPE html><html><head><title>Tin</title><style>p {{ top: 5% }}</style><body>
    <script>var a = "9 tỷ đồng";</script><h1>Thu&nbsp;ng&acirc;n s&aacute;ch</h1><p>{PARAGRAPH[:18]}
    {PARAGRAPH[18:]}</p><table><tr><th>Thu</th><td>5 tỷ</td></tr></table><br>Hết"""
    lines = text_of(page.encode(), "bai.html").splitlines()
    assert lines[0] == "Thu\u00a0ngân sách"
    assert " ".join(lines[1].split()) == PARAGRAPH
    assert lines[2:] == ["Thu\t5 tỷ", "Hết"]


def test_cells_of_a_page_stay_in_their_columns():
    page = """<table><tr><th rowspan=2>Chỉ tiêu</th><th colspan="2"><p>Dự toán</p><p>năm 2025</p></th><th rowspan=2>Thực hiện 9 tháng năm 2025
    </th></tr><tr><th>Trung ương giao<th>HĐND tỉnh giao</tr><tr><td>Thu nội địa<td></td><td>4.300</td><td>3.900</table>"""
    text = html_text(f"<p>Đơn vị tính: tỷ đồng</p>{page}")
    assert text.splitlines()[1:] == [
        "Chỉ tiêu\tDự toán năm 2025\t\tThực hiện 9 tháng năm 2025",
        "\tTrung ương giao\tHĐND tỉnh giao",
        "Thu nội địa\t\t4.300\t3.900",
    ]
    assert [(m.measure, m.basis, m.value) for m in read(text)] == [
        ("plan", "council", "4300"),
        ("actual", "", "3900"),
    ]


def test_a_page_laid_out_by_a_table_keeps_its_paragraphs():
    filler = "Hội nghị bàn về nhiệm vụ cuối năm. " * 10
    page = f"<table><tr><td>Mục lục<td><p>{filler}</p><p>{PARAGRAPH}</p><td>Liên hệ</table>"
    [found] = read(html_text(page))
    assert found.value == "4100"


def test_offsets_count_in_the_text_of_the_page():
    text = html_text(f"<p>Mở đầu</p><p>{PARAGRAPH}</p>")
    [found] = read(text)
    assert text[found.start : found.end] == "4.100 tỷ đồng"
    assert found.line == 2


def test_word_documents():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(PARAGRAPH)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Thu", "5 tỷ"
    document.add_paragraph("Hết")
    file = io.BytesIO()
    document.save(file)
    assert text_of(file.getvalue(), "bao-cao.docx").splitlines() == [PARAGRAPH, "Thu\t5 tỷ", "Hết"]


def pdf(content: bytes) -> bytes:
    """The smallest PDF with one page of text."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return file + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(file)


def test_pdf_with_text():
    pytest.importorskip("pypdf")
    assert text_of(pdf(b"BT /F 12 Tf 10 50 Td (GRDP 5,12%) Tj ET")).strip() == "GRDP 5,12%"


def test_pdf_without_text():
    pytest.importorskip("pypdf")
    with pytest.raises(SonlaError) as error:
        text_of(pdf(b""), "quet.pdf")
    assert "without text" in why(error)


@pytest.mark.parametrize("library", ["docx", "pypdf"])
def test_a_missing_reader_is_named_with_its_extra(library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    data = b"PK\x03\x04" if library == "docx" else b"%PDF-1.7"
    with pytest.raises(SonlaError) as error:
        text_of(data, "tep")
    assert "sonla[documents]" in why(error)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xc3\x28", b"PK\x03\x04junk", b"%PDF-1.7 junk"])
def test_what_cannot_be_read(data):
    with pytest.raises(SonlaError) as error:
        text_of(data, "tep")
    assert why(error)
