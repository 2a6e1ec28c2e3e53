"""Word, piece by piece: paragraphs, tables with repeated heads, captions that count, pictures with a description."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from sonla_cli.render.charts.draw import missing_extra
from sonla_cli.render.problems import printable

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FONT = "Times New Roman"
#: of Decree 30/2020/NĐ-CP, in millimetres: top, bottom, left, right
MARGINS = (20, 20, 30, 20)
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def paper(language: str) -> Any:
    """Return an empty A4 document with its styles and page numbers."""
    try:
        import docx
    except ImportError:
        raise missing_extra("python-docx") from None
    from docx.shared import Mm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = MARGINS
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(
        Mm, (top, bottom, left, right)
    )
    section.header_distance = Mm(10)
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Caption", "Header"):
        style = made.styles[name]
        _font(style, 13)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(3)
    normal = made.styles["Normal"].element.get_or_add_rPr()
    normal.append(_element("w:lang", val=LANGUAGES[language], eastAsia=LANGUAGES[language]))
    _plain_title(made.styles["Title"])
    _page_numbers(section)
    return made


def _font(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _plain_title(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _page_numbers(section: Any) -> None:
    section.different_first_page_header_footer = True
    found = section.header.paragraphs[0]
    found.alignment = 1
    _field(found, "PAGE", "2", 13)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _field(where: Any, code: str, shown: str, size: float, *, bold: bool = False) -> None:
    """Add a field, which Word counts anew, with what it shows until then."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        piece = run(where, shown if kind == "shown" else "", size=size, bold=bold)
        if kind == "code":
            text = _element("w:instrText")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = f" {code} "
            piece._r.append(text)
        elif kind != "shown":
            piece._r.append(_element("w:fldChar", fldCharType=kind))


def run(where: Any, text: str, *, size: float, bold: bool = False, italic: bool = False) -> Any:
    """Add a run of text to a paragraph."""
    from docx.shared import Pt

    made = where.add_run(_legal(text))
    made.font.size, made.bold, made.italic = Pt(size), bold, italic
    return made


def _legal(text: str) -> str:
    """Return text as XML can hold it and as it cannot mislead: control and bidirectional characters as escapes."""
    return printable(text, lines=True)


def paragraph(
    paper: Any, text: str, *, size: float, bold: bool = False, italic: bool = False, centre: bool = False,
    right: bool = False, indent: bool = False, before: float = 0, after: float = 3, style: str | None = None,
) -> Any:  # fmt: skip
    """Add a paragraph to the document."""
    made = paper.add_paragraph(style=style)
    run(made, text, size=size, bold=bold, italic=italic)
    _shape(made, centre=centre, right=right, before=before, after=after)
    if indent:
        from docx.shared import Mm

        made.paragraph_format.first_line_indent = Mm(10)
        made.alignment = 3
    return made


def _shape(made: Any, *, centre: bool, right: bool, before: float, after: float) -> None:
    from docx.shared import Pt

    shape = made.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if centre or right:
        made.alignment = 1 if centre else 2


def indent(made: Any, millimetres: float) -> None:
    """Move a paragraph in from the left."""
    from docx.shared import Mm

    made.paragraph_format.left_indent = Mm(millimetres)


def rule(where: Any, indent: float) -> None:
    """Add the decree's short line under a title: an empty paragraph with a border, drawn in at both sides."""
    from docx.shared import Mm, Pt

    made = where.add_paragraph()
    run(made, "", size=2)
    shape = made.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(4), Pt(3)
    shape.left_indent = shape.right_indent = Mm(indent)
    border = _element("w:pBdr")
    border.append(_element("w:top", val="single", sz="6", space="1", color="000000"))
    made._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def write(
    cell: Any,
    text: str,
    *,
    size: float,
    centre: bool = False,
    right: bool = False,
    before: float = 0,
    **font: bool,
) -> None:
    """Write into the first paragraph of a table's cell."""
    made = cell.paragraphs[0]
    run(made, text, size=size, **font)
    _shape(made, centre=centre, right=right, before=before, after=0)


def add(
    cell: Any, text: str, *, size: float, centre: bool = False, right: bool = False, **font: bool
) -> None:
    """Add a paragraph to a table's cell."""
    made = cell.add_paragraph()
    run(made, text, size=size, **font)
    _shape(made, centre=centre, right=right, before=0, after=0)


def heading(paper: Any, text: str, level: int) -> None:
    """Add a heading that navigation finds."""
    made = paper.add_paragraph(style=f"Heading {level}")
    run(made, text, size=13, bold=True, italic=level > 1)
    _shape(made, centre=False, right=False, before=12 if level == 1 else 8, after=4)
    made.paragraph_format.keep_with_next = True


def caption(paper: Any, word: str, number: int, text: str, *, above: bool = False) -> None:
    """Add a caption whose number Word counts."""
    made = paper.add_paragraph(style="Caption")
    run(made, f"{word} ", size=12, bold=True)
    _field(made, f"SEQ {'Table' if above else 'Figure'} \\* ARABIC", str(number), 12, bold=True)
    run(made, f". {text}", size=12, italic=True)
    _shape(made, centre=True, right=False, before=6 if above else 2, after=3)
    made.paragraph_format.keep_with_next = above


def picture(paper: Any, png: bytes, width: float, *, title: str, words: str) -> None:
    """Add a picture, centred, with its content in words for those who do not see it."""
    from docx.shared import Mm

    made = paper.add_paragraph()
    made.alignment = 1
    made.paragraph_format.keep_with_next = True
    shape = made.add_run().add_picture(io.BytesIO(png), width=Mm(width))
    tall = Mm(105)
    if shape.height > tall:
        shape.width, shape.height = round(shape.width * tall / shape.height), tall
    about = shape._inline.docPr
    about.set("title", _legal(title))
    about.set("descr", _legal(words))


def layout(made: Any, widths: Sequence[float], *, header: bool = True) -> None:
    """Fix the widths of a table in millimetres; repeat its first row on every page and keep rows whole."""
    from docx.shared import Mm

    made.autofit = False
    made.alignment = 1
    sides = _element("w:tblCellMar")
    for side in ("left", "right"):
        sides.append(_element(f"w:{side}", w="60", type="dxa"))
    made._tbl.tblPr.append(sides)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for place, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if header and place == 0:
            properties.append(_element("w:tblHeader"))


def link(where: Any, url: str, *, size: float) -> None:
    """Add an address that opens."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    made = _element("w:hyperlink")
    made.set(qn("r:id"), where.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.append(run(where, url, size=size)._r)
    where._p.append(made)
