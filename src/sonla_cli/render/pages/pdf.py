"""The report as PDF: the Word document, printed by LibreOffice, so that paper and document are the same.

LibreOffice is asked to take the day of the document for the time of its making; what it writes of the clock and
of chance all the same is replaced, byte for byte of the same length.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sonla_cli.core.atomic import ending_tidily
from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.render.pages import docx
from sonla_cli.render.pages.view import Document

PROGRAMS = ("soffice", "libreoffice")
#: a tagged PDF, which screen readers can read
FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
#: seconds LibreOffice may take; its first start makes a profile
PATIENCE = 180


def render(document: Document) -> bytes:
    """Return the document as PDF; raise `SonlaError` if there is no LibreOffice or it fails."""
    return printed(docx.render(document), document.dated)


def printed(data: bytes, dated: str = "") -> bytes:
    """Return a Word document as PDF, dated `dated` (ISO)."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise SonlaError([Problem(Code.MISSING_PROGRAM, values={"name": PROGRAMS[0]})])
    return timeless(convert(data, program, dated), dated)


def convert(data: bytes, program: str, dated: str = "") -> bytes:
    """Return a Word document as LibreOffice prints it."""
    with ending_tidily(), tempfile.TemporaryDirectory(prefix="sonla-") as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", FILTER,
            "--outdir", folder, str(source),
        ]  # fmt: skip
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(_epoch(dated)), "TZ": "UTC"}
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command  # nosec B603
                command, capture_output=True, timeout=PATIENCE, check=False, env=environment
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(str(error)) from error
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise _failed((done.stderr or done.stdout).decode(errors="replace").strip()[-200:])
        return made.read_bytes()


def _failed(why: str) -> SonlaError:
    return SonlaError([Problem(Code.PROGRAM_FAILED, values={"name": PROGRAMS[0], "why": why or "?"})])


def _epoch(dated: str) -> int:
    return int(datetime.fromisoformat(dated or "1980-01-01").replace(tzinfo=UTC).timestamp())


_DATES = re.compile(rb"D:\d{14}(?:[+\-]\d\d'\d\d'?|Z)?")
_IDS = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]+)(>\s*<)([0-9A-F]+)(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]+)")


def timeless(data: bytes, dated: str = "") -> bytes:
    """Return the PDF without the clock and without chance; no byte changes its place."""
    stamp = (dated or "1980-01-01").replace("-", "").encode() + b"000000"
    plain = _DATES.sub(
        lambda found: b"D:" + stamp + found[0][16:].translate(bytes.maketrans(b"123456789", b"0" * 9)), data
    )
    plain = _IDS.sub(
        lambda found: found[1] + b"0" * len(found[2]) + found[3] + b"0" * len(found[4]) + found[5], plain
    )
    return _CHECKSUM.sub(lambda found: found[1] + b"0" * len(found[2]), plain)
