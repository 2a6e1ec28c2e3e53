"""The text of a PDF, read in a process of its own (`core.apart`): pypdf follows what the file says, wherever it leads."""

from __future__ import annotations

import io
import logging
import sys

from sonla_cli.core import apart

#: pages that are read, and characters of their text; a file may name one page any number of times
MOST_PAGES, MOST_TEXT = 10_000, 32_000_000


def _read(data: bytes) -> bytes:
    import pypdf

    # what the library grumbles about on its way is told once, as the error it ends in
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    length = 0
    try:
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if len(pages) > MOST_PAGES or length > MOST_TEXT:
                raise OverflowError(f"more than {MOST_PAGES} pages or {MOST_TEXT} characters")
    except OverflowError:
        raise
    except Exception as error:
        raise ValueError("not a readable PDF") from error
    return "\n".join(pages).encode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(apart.answer(_read, (ValueError, OverflowError)))
