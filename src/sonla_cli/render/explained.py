"""Explanations on a terminal: the words of the catalogue, and the steps that led to a bound."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.text import Text

from sonla_cli.catalogue import definitions
from sonla_cli.language import _
from sonla_cli.models.report import Definition, Report, Step
from sonla_cli.render import people
from sonla_cli.render.hanging import Hanging
from sonla_cli.render.problems import printable


def show(console: Console, report: Report) -> None:
    """Print the steps and the definitions of a report, if it has any."""
    if report.steps:
        console.print()
        console.print(Text(_("How the bounds came about"), style="bold"))
        for place, each in enumerate(report.steps, 1):
            console.print(Hanging(f"{place:3}. ", Text(step(each))))
    for definition in report.definitions:
        console.print()
        _define(console, definition)


def step(found: Step) -> str:
    """Return a step as a sentence: the bound, and the printed figure or the relation it came from."""
    sign = "≥" if found.end == "low" else "≤"
    bound = f"{printable(found.id)} {sign} {people.number(found.to)}"
    if found.source or found.printed:
        return _("{bound}  printed `{printed}` in {source}").format(
            bound=bound, printed=people.printed(found.printed), source=printable(found.source) or "–"
        )
    after = ", ".join(str(each + 1) for each in found.after)
    rule = next((_(word.label) for word in definitions.find(found.by)), found.by)
    return _("{bound}  by {rule} from {steps}").format(bound=bound, rule=rule, steps=after)


def _define(console: Console, definition: Definition) -> None:
    for word in words(definition):
        head = Text(printable(word.id), style="bold").append(f"  {_(word.label)}", style="default")
        console.print(head)
        for name, line in lines(word):
            console.print(Hanging(f"  {name}: ", Text(line)))


def words(definition: Definition) -> list[definitions.Word]:
    """Return the words of the catalogue a definition stands for."""
    return [word for word in definitions.find(definition.id) if word.kind == definition.kind]


def lines(word: definitions.Word) -> list[tuple[str, str]]:
    """Return what the catalogue says of a word, a name and a text for each line."""
    lines = []
    if word.formula:
        shown = (people.formula(word.id) if word.kind == "indicator" else "") or word.formula
        lines.append((_("Formula"), shown))
    if word.unit:
        lines.append((_("Unit"), _(people.UNITS.get(word.unit, word.unit))))
    if word.inputs:
        given = ", ".join(
            f"{people.quantity(name)} = {people.number(Decimal(value))}"
            for name, value in word.inputs.items()
        )
        lines.append((_("Example"), f"{given} → {people.number(Decimal(word.gives))}"))
    if word.note:
        lines.append((_("Note"), _(word.note)))
    if word.reference:
        detail = f"; {_(word.reference.detail)}" if word.reference.detail else ""
        lines.append((_("Reference"), f"{_(word.reference.title)}{detail}"))
    return lines
