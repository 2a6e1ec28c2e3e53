"""The goal of a plan, as options: the rate to reach, and the day to reach it by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from sonla_cli.commands.elements import Day, option
from sonla_cli.core.text import N_
from sonla_cli.language import _


class Rate(click.ParamType[Decimal]):
    """A percentage such as `95%`, `95` or `95,5%`."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return the percentage spelled `value`; it is above zero."""
        if isinstance(value, Decimal):
            return value
        from sonla_cli.core.numeral import given

        rate = given(value.strip().removesuffix("%").strip())
        if rate is None or not 0 < rate <= 1000:
            self.fail(_("`{text}` is not a percentage such as 95%").format(text=value), param, ctx)
        return rate


TARGET = option(
    "--target", type=Rate(), default="100%", metavar="RATE", help=N_("The rate to reach; 100% unless given.")
)
BY = option(
    "--by",
    type=Day(),
    metavar="DATE",
    help=N_("The day to reach it by; the end of the year's payments unless given."),
)
