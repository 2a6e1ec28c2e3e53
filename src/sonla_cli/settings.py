"""Defaults of one's own, from variables and files.

An option wins over `SONLA_*`, which wins over `sonla.toml` of the working folder, which wins over `sonla.toml` of
the user's configuration folder. Every file is checked whole: an unknown name or a wrong value stops the command,
with the file and the line.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sonla_cli.core.problem import Problem

FILE = "sonla.toml"

#: what is shown may have more digits than the 28 that are usual; bounds have contexts of their own
SHOWN_DIGITS = 100

#: every setting: the values it takes (empty: any text)
CHOICES: dict[str, tuple[str, ...]] = {
    "area": (),
    "lang": ("en", "vi"),
    "data": (),
    "rounding": ("half", "up", "even", "truncated", "ceiling", "exact"),
    "target": (),
    "color": ("auto", "always", "never"),
}

#: the origin of a setting nobody set
DEFAULT = "default"

DEFAULTS = {"area": "Sơn La", "lang": "", "data": "", "rounding": "half", "target": "100%", "color": "auto"}


class Setting(NamedTuple):
    """A value and where it comes from: a variable, a file with its line, or nowhere (`default`)."""

    value: Any
    origin: str
    line: int | None = None

    @property
    def place(self) -> str:
        """Where to look for it."""
        return self.origin if self.line is None else f"{self.origin}:{self.line}"


def files() -> list[Path]:
    """Return the files there are, the one that wins last."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
    return [path for path in (home / "sonla" / FILE, Path(FILE)) if path.is_file()]


def read() -> dict[str, Setting]:
    """Return the settings of the files, the working folder's over the user's.

    Raises `SonlaError` with every problem of every file.
    """
    found: dict[str, Setting] = {}
    problems: list[Problem] = []
    for path in files():
        values, wrong = _read(path)
        problems += wrong
        found |= values
    if problems:
        from sonla_cli.core.problem import SonlaError

        raise SonlaError(problems)
    return found


def effective() -> dict[str, Setting]:
    """Return every setting as a command without options would take it.

    Raises `SonlaError` with what is wrong in the files, or in the variables.
    """
    found = {name: Setting(value, DEFAULT) for name, value in DEFAULTS.items()} | read()
    problems: list[Problem] = []
    for name, choices in CHOICES.items():
        value = os.environ.get(variable(name))
        if value and choices and value not in choices:
            problems.append(_invalid(name, value, variable(name)))
        elif value:
            found[name] = Setting(value.split(os.pathsep) if name == "data" else value, variable(name))
    if problems:
        from sonla_cli.core.problem import SonlaError

        raise SonlaError(problems)
    return found


def _invalid(
    name: str, value: str, file: str, line: int | None = None, excerpt: str | None = None
) -> Problem:
    from sonla_cli.core.problem import Code, Place, Problem

    place = Place(file, line, excerpt=excerpt)
    values = {"name": name, "value": value}
    return Problem(Code.INVALID_SETTING, place=place, values=values, suggestions=CHOICES[name])


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"SONLA_{name.upper()}"


#: the commands on one area's figures, which take every setting
ON_AN_AREA = (
    "budget", "disbursement", "investment", "compare", "pace", "project", "rank", "whatif", "explain", "report",
    "chart", "pefa",
)  # fmt: skip


#: commands on every area or on none, which take how numbers were rounded and when to use colour
ON_ALL_AREAS = ("check", "indicators")


def default_map() -> dict[str, Any]:
    """Return what the variables and files say, in the form Click takes defaults."""
    values = {name: setting.value for name, setting in effective().items() if setting.origin != DEFAULT}
    values.pop("lang", None)
    everywhere = {name: values[name] for name in ("rounding", "color") if name in values}
    found = dict.fromkeys(ON_AN_AREA, values) | dict.fromkeys(ON_ALL_AREAS, everywhere)
    return found | {"data": {"show": values}} if values else {}


def language() -> str:
    """Return the language the files ask for, or nothing; a wrong file is reported when the command runs."""
    for path in reversed(files()):
        values, _wrong = _read(path)
        if "lang" in values:
            return str(values["lang"].value)
    return ""


def _read(path: Path) -> tuple[dict[str, Setting], list[Problem]]:
    from sonla_cli.core import toml
    from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near

    try:
        table, text = toml.read(path)
    except SonlaError as error:
        return {}, list(error.problems)
    values: dict[str, Setting] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        line, excerpt = _line_of(text, name)
        if name not in CHOICES:
            problems.append(
                Problem(
                    Code.UNKNOWN_SETTING,
                    place=Place(str(path), line, excerpt=excerpt),
                    values={"name": name},
                    suggestions=near(name, list(CHOICES)),
                )
            )
        elif not _is_valid(name, value):
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            problems.append(_invalid(name, shown, str(path), line, excerpt))
        else:
            given = _beside(path, value) if name == "data" else str(value)
            values[name] = Setting(given, str(path), line)
    return values, problems


def _is_valid(name: str, value: Any) -> bool:
    if name == "data":
        return isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(each, str) for each in value)
        )
    if name == "target":
        return isinstance(value, str | int) and not isinstance(value, bool)
    return isinstance(value, str) and (not CHOICES[name] or value in CHOICES[name])


def _beside(path: Path, value: str | list[str]) -> list[str]:
    """Return the paths of `data` reckoned from the folder of the file that names them."""
    names = [value] if isinstance(value, str) else value
    return [each if each == "-" else str(path.parent / each) for each in names]


def _line_of(text: str, name: str) -> tuple[int | None, str | None]:
    """Return where a setting stands, and the line that sets it."""
    for place, line in enumerate(text.splitlines(), 1):
        if line.split("=", 1)[0].strip().strip("\"'[]") == name:
            return place, line.strip()
    return None, None
