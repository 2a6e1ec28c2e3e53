"""A command run in this process as a person would run it, and what must hold of whatever it prints.

A bug is raised (`--debug`), a mistake of the input is told; and nothing that is sent to people holds a control or
bidirectional character, whatever the input was.
"""

from __future__ import annotations

import io
import os
import socket
import sys
import unicodedata
from pathlib import Path

from sonla_cli import language
from sonla_cli.catalogue import own
from sonla_cli.cli import run

#: formats of which every byte goes to a person
SHOWN = ("table", "text", "markdown")


class UnsafeOutputError(Exception):
    """What is shown to people would steer their terminal."""


class NetworkError(BaseException):
    """Something asked for the network."""


def closed(*_arguments: object, **_named: object) -> object:
    """Stand where the network was."""
    raise NetworkError("the network was asked for")


def without_network() -> None:
    """Let no socket connect and no name resolve in this process."""
    socket.socket.connect = closed  # type: ignore[assignment,method-assign]
    socket.socket.connect_ex = closed  # type: ignore[assignment,method-assign]
    socket.getaddrinfo = closed  # type: ignore[assignment]


def command(*arguments: str, stdin: bytes = b"", shown: bool = True) -> tuple[int, str]:
    """Run `sonla` with `arguments`; return the status and stdout. What it shows must be safe to show."""
    outer = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    # kept by name: a wrapper that is forgotten closes what it wraps
    streams = (
        io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8", errors="surrogateescape"),
        io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape", write_through=True),
        io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True),
    )
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        status = run(["--debug", *arguments])
        streams[1].flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = outer
        language.use("en")
        own.forget()
    text = out.getvalue().decode("utf-8", "surrogateescape")
    safe(err.getvalue().decode("utf-8", "surrogateescape"))
    if shown:
        safe(text)
    return status, text


def unsafe(text: str) -> list[str]:
    """Return the characters of `text` that a terminal obeys instead of showing."""
    return sorted({
        each for each in text
        if each not in "\n\t" and unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") and each != "\u00ad"
    })  # fmt: skip


def safe(text: str) -> None:
    """Raise if `text` holds a character that a terminal obeys."""
    found = unsafe(text)
    if found:
        place = text.index(found[0])
        raise UnsafeOutputError(f"{found[:5]!r} in {text[max(0, place - 60) : place + 60]!r}")


def quiet_environment(folder: Path) -> None:
    """Settings of nobody, no programs to call, and the working folder in `folder`."""
    for name in [each for each in os.environ if each.startswith(("SONLA_", "LC_", "LANG"))]:
        del os.environ[name]
    os.environ |= {
        "PATH": "",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }
    os.chdir(folder)
    language.use("en")
