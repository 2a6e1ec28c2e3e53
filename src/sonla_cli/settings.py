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
    """A value and where it comes from: a variable, a file, or nowhere (`default`)."""

    value: Any
    origin: str


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
        found |= {name: Setting(value, str(path)) for name, value in values.items()}
    if problems:
        from sonla_cli.core.problem import SonlaError

        raise SonlaError(problems)
    return found


def effective() -> dict[str, Setting]:
    """Return every setting as a command without options would take it."""
    found = {name: Setting(value, DEFAULT) for name, value in DEFAULTS.items()} | read()
    for name in CHOICES:
        value = os.environ.get(variable(name))
        if value:
            found[name] = Setting(value.split(os.pathsep) if name == "data" else value, variable(name))
    return found


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
            return str(values["lang"])
    return ""


def _read(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    from sonla_cli.core import toml
    from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near

    try:
        table, text = toml.read(path)
    except SonlaError as error:
        return {}, list(error.problems)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        place = Place(str(path), _line_of(text, name), excerpt=f"{name} = {value!r}")
        if name not in CHOICES:
            problems.append(
                Problem(
                    Code.UNKNOWN_SETTING,
                    place=place,
                    values={"name": name},
                    suggestions=near(name, list(CHOICES)),
                )
            )
        elif not _is_valid(name, value):
            choices = CHOICES[name]
            problems.append(
                Problem(
                    Code.INVALID_SETTING,
                    place=place,
                    values={"name": name, "value": str(value)},
                    suggestions=choices,
                )
            )
        else:
            values[name] = _beside(path, value) if name == "data" else str(value)
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


def _line_of(text: str, name: str) -> int | None:
    for place, line in enumerate(text.splitlines(), 1):
        if line.split("=", 1)[0].strip().strip("\"'[]") == name:
            return place
    return None
