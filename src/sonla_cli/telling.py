"""What is said beside the results: pages of help, errors, hints – and the status a command ends with.

The one convention: what a user wrote is shown in characters that steer no terminal, and what cannot be said is not
said; it never changes the status.
"""

from __future__ import annotations

import errno
import os
import sys
from enum import IntEnum
from typing import Any

import click

from sonla_cli.language import _


class Exit(IntEnum):
    """What the exit status means."""

    DONE = 0
    NO = 1
    COULD_NOT_RUN = 2
    INTERRUPTED = 130


#: what `sonla[ledger]` brings; everything that asks an engine is written in their words
ENGINE_PACKAGES = ("ibis", "duckdb", "pyarrow")


def say(text: str, *, err: bool = False) -> None:
    """Write a line to stdout, or to stderr if anything can be said there, in the characters it has."""
    if not err:
        print(text)
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def read(page: str) -> None:
    """Write a page to stdout, by the pager where a terminal is shorter than it."""
    if sys.stdout.isatty():
        from sonla_cli.render.output import write

        write(f"{page}\n")
    else:
        say(page)


def open_streams() -> None:
    """Give each closed standard stream something to be, so that no file that is opened takes its place.

    Nothing comes from stdin, writing to stdout fails as it does on a full disk, and what goes to stderr is lost.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - no path


def encoding(stream: Any) -> str:
    """Return the encoding of a standard stream, without hyphens."""
    return str(getattr(stream, "encoding", "")).lower().replace("-", "")


def system(error: OSError) -> Exception:
    """Return as a problem what the system refused: a file that went while it was read, or the way out by stdout."""
    from sonla_cli.core.problem import Code, Place, Problem, SonlaError

    values = {"why": error.strerror or str(error)}
    if error.filename:
        return SonlaError([Problem(Code.UNREADABLE, place=Place(str(error.filename)), values=values)])
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF, errno.EIO):
        return error
    from sonla_cli.render.output import close_quietly

    # what is left to write goes nowhere: the end of the process would try once more, and complain
    close_quietly()
    return SonlaError([Problem(Code.UNWRITABLE, place=Place("stdout"), values=values)])


def show_usage_error(error: click.ClickException) -> None:
    """Say what is wrong with a command line, and what to do."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # the page of a group called without a command, which is no mistake to be told
        say(error.format_message(), err=True)
        return
    # only the choices of something missing are lines of their own; what a user wrote never is
    _show_error(error.format_message(), lines=isinstance(error, click.MissingParameter))
    hint = getattr(error, "hint", None)
    if hint is None and isinstance(error, click.UsageError) and error.ctx is not None:
        hint = _("try `{command} --help`").format(command=error.ctx.command_path)
    if hint:
        _show_hint(hint)


def _show_error(message: str, *, lines: bool = False) -> None:
    from sonla_cli.render.problems import safe

    heading = _("error")
    say(f"{heading}: {safe(message, lines=lines)}", err=True)


def _show_hint(hint: str) -> None:
    from sonla_cli.render.problems import safe

    heading = _("hint")
    say(f"\n{heading}: {safe(hint)}", err=True)


def failed(error: Exception, *, debug: bool) -> int:
    """Say what kept a command from running, and return its status: a user's mistake, an interruption or a bug."""
    from sonla_cli.core.problem import Code, Problem, SonlaError

    if isinstance(error, ModuleNotFoundError) and error.name in ENGINE_PACKAGES and not debug:
        values = {"package": error.name, "extra": "ledger"}
        error = SonlaError([Problem(Code.ENGINE_PACKAGE, values=values)])
    if isinstance(error, SonlaError):
        from sonla_cli.render.problems import lines

        say("\n".join(lines(error.problems)), err=True)
        return Exit.COULD_NOT_RUN
    if "KeyboardInterrupt" in str(error):
        # Ctrl-C while a library was at work that makes its own error of it
        return Exit.INTERRUPTED
    if debug:
        raise error
    message = _("internal error: {kind}: {error}").format(kind=type(error).__name__, error=error)
    _show_error(message)
    _show_hint(_("run again with `--debug` and report what it prints"))
    return Exit.COULD_NOT_RUN
