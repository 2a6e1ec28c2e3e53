"""Writes the descriptor of the embedded package from the models; `--check` only says whether it is up to date.

Each table is named with its checksum: a run trusts the tables it ships with, because the tests held every row of
the table with that checksum against the models (`tests/sources/test_embedded.py`).
"""

from __future__ import annotations

import hashlib
import sys

from sonla_cli.sources.descriptor import descriptor, dumps
from sonla_cli.sources.embedded import FOLDER

PATH = FOLDER / "datapackage.json"


def main() -> int:
    """Write the descriptor, or check it."""
    found = descriptor(
        name="sonla",
        title="Published figures on Sơn La, other provinces and the country, each with its source",
    )
    for resource in found["resources"]:
        content = (FOLDER / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    text = dumps(found)
    if "--check" in sys.argv:
        return 0 if PATH.read_text(encoding="utf-8") == text else 1
    PATH.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
