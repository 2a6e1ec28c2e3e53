"""Indicators of Vietnamese provincial budgets and investment, with bounds, formulas and sources.

The public names, for scripts: data are loaded, asked about, and a `Report` comes back, the same that `--json`
prints. Each name is imported when it is first used, so that the command line pays for none it does not need.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sonla_cli.commands.report import report
    from sonla_cli.core.figure import Figure
    from sonla_cli.core.problem import Problem, SonlaError
    from sonla_cli.models.observation import Dataset, Observation, Source
    from sonla_cli.models.report import Report
    from sonla_cli.press.found import extract
    from sonla_cli.render.notebook import show
    from sonla_cli.reports.budget import budget
    from sonla_cli.reports.check import check
    from sonla_cli.reports.comparison import compare
    from sonla_cli.reports.disbursement import disbursement
    from sonla_cli.reports.investment import investment
    from sonla_cli.reports.query import Query
    from sonla_cli.sources import load
    from sonla_cli.sources.writing import write

#: the module of each name
_HOMES = {
    "Figure": "core.figure", "Problem": "core.problem", "SonlaError": "core.problem",
    "Dataset": "models.observation", "Observation": "models.observation", "Source": "models.observation",
    "Report": "models.report", "Query": "reports.query", "budget": "reports.budget", "check": "reports.check",
    "compare": "reports.comparison", "disbursement": "reports.disbursement", "extract": "press.found",
    "investment": "reports.investment", "load": "sources", "report": "commands.report", "show": "render.notebook",
    "write": "sources.writing",
}  # fmt: skip

__all__ = [
    "Dataset", "Figure", "Observation", "Problem", "Query", "Report", "SonlaError", "Source", "budget", "check",
    "compare", "disbursement", "extract", "investment", "load", "report", "show", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    module = _HOMES.get(name)
    if module is None:
        raise AttributeError(name)
    found = getattr(import_module(f"sonla_cli.{module}"), name)
    if isinstance(found, FunctionType):
        found = globals()[name] = _exactly(found)
    if module.startswith(("reports.", "models.report")):
        import_module("sonla_cli.models.report").Report.shown = _shown
    if module in ("models.observation", "sources"):
        import_module("sonla_cli.models.observation").Dataset.shown = _shown
    return found


def _exactly(function: FunctionType) -> Any:
    """Return a public function that reckons as the command line does, whatever context its caller has."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        from decimal import Context, localcontext

        from sonla_cli.settings import SHOWN_DIGITS

        with localcontext(Context(prec=SHOWN_DIGITS)):
            return function(*args, **kwargs)

    return run


def _shown(found: Report | Dataset) -> Any:
    """Return a report or data as a notebook shows them, in English; `show` says another language."""
    return __getattr__("show")(found)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
