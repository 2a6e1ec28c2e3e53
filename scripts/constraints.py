"""Writes `constraints.txt`: one version of every package that any extra needs, for Python 3.11 to 3.14 on any system.

    python scripts/constraints.py

The versions are the newest that go together, as `uv` resolves them from the public index for every environment at
once; where environments differ, a line says for which it stands. Run the tests with them before committing the file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / "constraints.txt"
HEAD = """\
# Versions with which the tests pass: pip install -c constraints.txt --editable '.[dev]'
# Written by scripts/constraints.py.
"""
COMMAND = (
    "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11",
    "--no-header", "--no-annotate", "--no-config", "--quiet",
)  # fmt: skip


def resolved() -> str:
    """Return the lines of the file, without its head."""
    done = subprocess.run(
        [sys.executable, *COMMAND], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    FILE.write_text(HEAD + resolved(), encoding="utf-8")
