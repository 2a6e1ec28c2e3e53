"""Runs the console sessions of the documents again and writes down what they print now.

    python scripts/sessions.py            every document
    python scripts/sessions.py FILE …     only these

A new command needs no output below it yet. A step whose output is shortened by a line `…` is left as it is; look at
the difference before committing it.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.console import DOCUMENTS, matches, printed, sessions  # noqa: E402


def refresh(path: Path) -> None:
    """Replace what every step of the document shows by what it prints."""
    text = path.read_text(encoding="utf-8")
    for session in sessions(text):
        for step in session:
            shown = printed(step).strip("\n")
            if not matches(step.expected, shown) and "\n…\n" not in f"\n{step.expected}\n":
                command = "$ " + step.command.replace("\n", "\n> ")
                old = f"{command}\n" + (f"{step.expected}\n" if step.expected else "")
                text = text.replace(old, f"{command}\n{shown}\n", 1)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for document in [Path(name) for name in sys.argv[1:]] or DOCUMENTS:
        refresh(document)
