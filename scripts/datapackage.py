"""Writes the descriptor of the embedded package from the models; `--check` only says whether it is up to date."""

from __future__ import annotations

import sys

from sonla_cli.sources.descriptor import descriptor, dumps
from sonla_cli.sources.embedded import FOLDER

PATH = FOLDER / "datapackage.json"


def main() -> int:
    """Write the descriptor, or check it."""
    text = dumps(
        descriptor(
            name="sonla",
            title="Published figures on Sơn La, other provinces and the country, each with its source",
        )
    )
    if "--check" in sys.argv:
        return 0 if PATH.read_text(encoding="utf-8") == text else 1
    PATH.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
