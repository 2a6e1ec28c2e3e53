"""Office files are ZIP archives; here they lose the clock, so that the same report gives the same bytes."""

from __future__ import annotations

import io
import zipfile

#: the earliest time a ZIP archive can hold
BEGINNING = (1980, 1, 1, 0, 0, 0)


def timeless(data: bytes) -> bytes:
    """Return the archive with every member dated 1980 and packed the same way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
