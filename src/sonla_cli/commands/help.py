"""`sonla help TOPIC`: what the options take for granted."""

from __future__ import annotations

import click

from sonla_cli.commands.elements import Command, argument
from sonla_cli.core.text import N_
from sonla_cli.language import _, placeholder

TOPICS: dict[str, tuple[tuple[str, str], ...]] = {
    "exit-codes": (
        ("0", N_("done; what is missing is shown, and is no failure")),
        ("1", N_("the answer of the data is no: something contradicts, or `--strict` found something missing")),
        ("2", N_("could not run: wrong usage, unreadable or invalid input, an unknown name")),
        ("130", N_("interrupted")),
        ("143, 129", N_("asked to end, by SIGTERM or SIGHUP")),
    ),
    "periods": (
        ("2025", N_("a budget year, 1 January to 31 December")),
        ("2025-10M", N_("its first ten months, cumulative")),
        ("2025-11-13", N_("from 1 January to that date, cumulative")),
        ("2025@2026-01-31", N_("budget year 2025 up to a later date: disbursement runs to 31 January")),
        ("2025-Q3", N_("a quarter alone; `2025-H2` a half, `2025-10` a month")),
        ("2026-2030", N_("a span of years")),
    ),
    "units": (
        ("tỷ đồng", N_("10⁹ đồng, in which money is compared; also `đồng`, `triệu đồng`, `nghìn tỷ đồng`, `triệu tỷ đồng`")),
        ("triệu USD", N_("10⁶ dollars; also `USD`, `tỷ USD`; never converted to đồng")),
        ("%", N_("percent; a difference of two percentages is in `điểm phần trăm`, percentage points")),
        ("lần", N_("times, of a multiple such as “gấp 3 lần”")),
        ("dự án, xã, bản …", N_("counts, which are whole numbers")),
    ),
    "data": (
        (N_("embedded"), N_("published figures with their sources: `sonla data show`, `sonla data sources`")),
        ("--data PATH", N_("adds a table of your own: CSV, spreadsheet, JSON or a data package; `-` is stdin")),
        ("--no-embedded", N_("leaves the embedded figures out")),
        ("--source ID", N_("uses one publication only")),
        (N_("columns"), N_("area, metric, measure, basis, period, value, unit and more: `sonla data schema observation`")),
    ),
}  # fmt: skip


@click.command(
    "help",
    cls=Command,
    help=N_("Show the help page of a command, or one of the topics exit-codes, periods, units and data."),
    examples=(
        ("sonla help periods", N_("how periods are written")),
        ("sonla help budget", N_("the page of a command")),
        ("sonla help data show", N_("the page of a part of one")),
    ),
)
@argument("words", nargs=-1, metavar="[TOPIC]")
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Show a help page or a topic; of a name that is both, the topic and then the page."""
    from sonla_cli.cli import Usage, cli, quoted
    from sonla_cli.core.problem import near
    from sonla_cli.telling import read

    parent = ctx.parent or ctx
    if not words:
        read(cli.get_help(parent))
        return
    parts = []
    if len(words) == 1 and words[0] in TOPICS:
        formatter = ctx.make_formatter()
        formatter.write_dl([(placeholder(_(name)), _(text)) for name, text in TOPICS[words[0]]])
        parts.append(formatter.getvalue().rstrip("\n"))
    page, known = _page(cli, parent, words)
    if page is not None:
        parts.append(page)
    if not parts:
        close = near(words[-1], known if len(words) > 1 else [*TOPICS, *known])
        hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
        message = _("no help on `{name}`").format(name=" ".join(words))
        raise Usage(message, hint=hint or quoted(list(TOPICS)))
    read("\n\n".join(parts))


def _page(
    group: click.Command, context: click.Context, words: tuple[str, ...]
) -> tuple[str | None, list[str]]:
    """Return the page of the command that `words` name below a group, if there is one, and the names there."""
    if not isinstance(group, click.Group):
        return None, []
    known = group.list_commands(context)
    found = group.get_command(context, words[0])
    if found is None:
        return None, known
    with click.Context(found, info_name=words[0], parent=context, **found.context_settings) as page:
        return (found.get_help(page), known) if not words[1:] else _page(found, page, words[1:])
