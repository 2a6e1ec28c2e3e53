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

from sonla_cli.core.text import N_
from sonla_cli.language import _, placeholder


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
    _show_error(_sentence(error))
    hint = getattr(error, "hint", None) or _way_out(error)
    if hint is None and isinstance(error, click.UsageError) and error.ctx is not None:
        hint = _("try `{command} --help`").format(command=error.ctx.command_path)
    if hint:
        _show_hint(hint)


def _sentence(error: click.ClickException) -> str:
    """Return what is wrong as our own errors are written: one sentence, no capital, no full stop, backticks."""
    parameter = getattr(error, "param", None)
    if isinstance(error, click.NoSuchOption):
        return _("no option `{name}`").format(name=error.option_name)
    if isinstance(error, click.MissingParameter) and parameter is not None:
        return _("`{name}` is missing").format(name=called(parameter))
    if isinstance(error, click.BadParameter) and parameter is not None:
        place = origin(error.ctx, parameter.name) or f"`{called(parameter)}`"
        return f"{place}: {_plain(error.message)}"
    return _plain(error.format_message())


def _way_out(error: click.ClickException) -> str | None:
    """Return what to choose from, where Click knows."""
    if possibilities := getattr(error, "possibilities", None):
        names = ", ".join(f"`{each}`" for each in possibilities)
        return _("did you mean {names}?").format(names=names)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        choices = getattr(error.param.type, "choices", ())
        if choices:
            return _("choose {names}").format(names=", ".join(f"`{each}`" for each in choices))
    return None


#: the names of arguments of which usage lines list the choices instead
_CHOSEN = (N_("KIND"), N_("SHELL"))


def called(parameter: click.Parameter) -> str:
    """Return how people call a parameter: an option by its long name, an argument by what stands for it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    shown = parameter.metavar or ""
    # a list of choices is no name
    return placeholder(f"{parameter.name}".upper() if not shown or "|" in shown else shown)


def origin(context: click.Context | None, name: str | None) -> str:
    """Return where the value of a parameter came from that no option gave: a variable, or a file and its line."""
    if context is None or name is None:
        return ""
    if context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT_MAP:
        return ""
    from sonla_cli import settings

    return settings.effective()[name].place


def _plain(message: str) -> str:
    import re

    text = re.sub(r"(?<!\w)'([^'\n]*)'(?!\w)", r"`\1`", message.strip()).removesuffix(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _show_error(message: str) -> None:
    from sonla_cli.render.problems import safe

    heading = _("error")
    say(f"{heading}: {safe(message)}", err=True)


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
