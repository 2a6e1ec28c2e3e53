"""A text file of rules → what must hold. One rule a line, `#` begins a label; nothing is executed.

Every mistake of the file is reported, each with its line and column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sonla_cli.catalogue import names
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.notation import Bound, NotationError, parse_integers, parse_rule
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.core.spelling import steers

MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a file of rules says: bounds on formulas, and names that are integers."""

    bounds: tuple[Bound, ...] = ()
    integers: tuple[str, ...] = ()
    file: str = ""


def read(path: str) -> Rules:
    """Return the rules in the file at `path`; raise `SonlaError` with everything wrong with it."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(path), values={"why": why})]) from error
    return parse(text, path)


def parse(text: str, file: str = "") -> Rules:
    """Return the rules written in `text`; raise `SonlaError` with every mistake."""
    bounds: list[Bound] = []
    integers: list[str] = []
    problems: list[Problem] = []
    label = ""
    for number, line in enumerate(text.splitlines(), 1):
        written, _, comment = line.partition("#")
        if not written.strip():
            # a label on a line of its own belongs to the rule right below it
            label = "" if steers(comment) else comment.strip()
            continue
        if steers(comment):
            place = Place(file, number, excerpt=line.strip())
            problems.append(Problem(Code.CONTROL_CHARACTER, place=place, values={"name": "#"}))
        try:
            named = parse_integers(written)
            if named is not None:
                integers += named
            else:
                bounds += parse_rule(written, number, comment.strip() or label)
        except NotationError as error:
            values = {"expected": error.expected, "found": error.found}
            place = Place(file, number, error.column, line.strip())
            problems.append(Problem(Code.INVALID_RULE, place=place, values=values))
        label = ""
    if len(bounds) > MOST_RULES:
        values = {"expected": "fewer rules", "found": str(len(bounds))}
        problems.append(Problem(Code.INVALID_RULE, place=Place(file, MOST_RULES), values=values))
    if problems:
        raise SonlaError(problems)
    return Rules(tuple(bounds), tuple(dict.fromkeys(integers)), file)


def check_names(rules: Rules, known: Iterable[str] | None = None) -> None:
    """Raise `SonlaError` for every name that is no figure, or none of `known` where that is given."""
    problems = []
    several = None if known is None else set(known)
    for bound in rules.bounds:
        used = bound.formula.names()
        wrong: str | None
        if several is None:
            found = names.understand_all(used)
            wrong = found if isinstance(found, str) else None
        else:
            wrong = next((each for each in used if each not in several), None)
        if wrong is not None:
            column = bound.text.find(wrong) + 1
            close = near(wrong, sorted(METRICS if several is None else several))
            place = Place(rules.file, bound.line, max(1, column), bound.text)
            problems.append(
                Problem(Code.UNKNOWN_NAME, place=place, values={"name": wrong}, suggestions=close)
            )
    if problems:
        raise SonlaError(problems)
