"""Runs console sessions: blocks of `$ command` lines and what they print, as people paste them.

A line that is `…` alone stands for any lines. Every command runs in a shell in the given folder, 100 columns
wide, in English unless the session says otherwise, without colour.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
#: `docs/errors.md` is made by a script of its own: its sessions run in folders with files of theirs
DOCUMENTS = [
    *READMES,
    ROOT / "examples" / "README.md",
    *sorted({*(ROOT / "docs").rglob("*.md")} - {ROOT / "docs" / "errors.md"}),
]


class Step(NamedTuple):
    command: str
    expected: str
    line: int


def environment(**more: str) -> dict[str, str]:
    """Return a quiet environment in which `sonla` is the one under test."""
    kept = {
        name: os.environ[name]
        for name in ("HOME", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")
        if name in os.environ
    }
    base = {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "COLUMNS": "100", "SONLA_LANG": "en"}
    return {**kept, **base, "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **more}


def run(command: str, folder: Path = ROOT, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command and return what it printed and its status."""
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment(**more), input=stdin, capture_output=True, text=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def sessions(text: str, fence: str = "console") -> Iterator[list[Step]]:
    """Yield the steps of every ```console block of a Markdown text."""
    for block in re.finditer(rf"^```{fence}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        first = text[: block.start(1)].count("\n") + 1
        yield list(steps(block.group(1), first))


def steps(text: str, first: int = 1) -> Iterator[Step]:
    """Yield the commands of a session with what each is expected to print."""
    command, expected, line = "", [], first
    for place, each in enumerate(text.splitlines(), first):
        if each.startswith("$ "):
            if command:
                yield Step(command, "\n".join(expected), line)
            command, expected, line = each[2:], [], place
        elif command and each.startswith("> ") and not expected:
            command += "\n" + each[2:]
        else:
            expected.append(each)
    if command:
        yield Step(command, "\n".join(expected), line)


def matches(expected: str, printed: str) -> bool:
    """Whether what was printed is what was expected; `…` alone on a line stands for any lines."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", expected, flags=re.MULTILINE)]
    return re.fullmatch(r"\n*" + r"(?:.*\n)?.*?".join(parts) + r"\n*", _plain(printed), re.DOTALL) is not None


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def printed(step: Step, folder: Path = ROOT, **more: str) -> str:
    """Return everything a step prints, and its status where that is not 0."""
    done = run(step.command, folder, **more)
    status = f"[exit {done.returncode}]\n" if done.returncode else ""
    return done.stdout + done.stderr + status
