"""Figures that are valid one by one and strange together, through every command and every human format.

Each byte of the input makes one choice, so that a mutation of the input is a change of the table or the command.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from sonla_cli.catalogue import bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.models.observation import COLUMNS
from tests.fuzz.session import command
from tests.sources.files import csv_text

Choice = TypeVar("Choice")

PERIODS = (
    "2025", "2025-10M", "2025-9M", "2024-10M", "2024", "2025-11-13", "2024-11-13", "2025@2026-01-31", "2025-Q3", "2025-H1",
    "2025-10", "2026-2030", "1000", "2999", "1000-1M", "2024-02-29", "2025@2999-12-31", "2025-12M", "2025-12-31",
)  # fmt: skip
VALUES = (
    "4564", "0", "0.0", "-0", "-1", "1", "100", "110", "101.4", "0.001", "9" * 40, "-" + "9" * 40, "1" + "0" * 39, "50.",
    "0." + "0" * 19 + "1", "25188", "37", "3", "99.9", "100.0", "-100", "-100.0", "200", "12.5", "4500", "4564.000",
)  # fmt: skip
UNITS = (
    "tỷ đồng",
    "triệu đồng",
    "nghìn tỷ đồng",
    "đồng",
    "%",
    "lần",
    "dự án",
    "triệu USD",
    "điểm %",
    "triệu đồng/người",
    "người",
)
MEASURES = (
    "actual",
    "plan",
    "attainment",
    "growth",
    "index",
    "multiple",
    "share",
    "target",
    "remaining",
    "change",
)
TITLES = ("a", "b", "=1+1", "<b>*x*</b>", "2025", "-", "a|b`c`", "c" * 190)
COMMANDS = (
    ("budget",), ("disbursement",), ("investment",), ("compare", "2024", "2025"), ("compare", "2025"), ("pace",), ("project",),
    ("pace", "--target", "95%"), ("disbursement", "--target", "100%", "--by", "2025-12-31"), ("rank", "revenue.local"),
    ("rank", "disbursement"), ("whatif", "--set", "revenue.local=4800"), ("whatif", "--set", "disbursement+=10%"), ("check",),
    ("check", "--all-figures", "--advice"), ("pefa",), ("explain", "revenue.local:actual:2025-10M"),
    ("explain", "revenue.local:implied_plan@central:2025"),
)  # fmt: skip
DRAWN = (("chart", "attainment"), ("chart", "disbursement"), ("chart", "compare"), ("chart", "rank"), ("report", "--as", "html"),
         ("report", "--as", "markdown"), ("report", "--as", "xlsx"), ("report", "--as", "docx"))  # fmt: skip


class Draw:
    """Makes choices, one byte each; where the bytes end, the first choice."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def number(self, below: int) -> int:
        """Return a number below `below`."""
        byte = self.data[self.place] if self.place < len(self.data) else 0
        self.place += 1
        return byte % below

    def of(self, choices: Sequence[Choice]) -> Choice:
        """Return one of `choices`."""
        return choices[self.number(len(choices))]

    def row(self) -> dict[str, str]:
        """Return a row of the observations table; most bases go with their measure."""
        measure = self.of(MEASURES)
        known = ("", *bases.names(measure)) if bases.names(measure) else ("",)
        own = {"attainment": "%", "growth": "%", "index": "%", "share": "%", "multiple": "lần"}.get(measure)
        metric = self.of(("revenue.local", "disbursement", *METRICS))
        count = "dự án" if metric == "investment.projects" else "tỷ đồng"
        return {
            "metric": metric, "measure": measure, "basis": self.of(known), "period": self.of(PERIODS), "value": self.of(VALUES),
            "unit": self.of((own or count, own or count, *UNITS)), "hedge": self.of(("", "", "over", "under", "about")),
            "status": self.of(("", "estimate", "final")), "source": self.of(TITLES), "note": "",
            "area": self.of(("Sơn La", "Sơn La", "Việt Nam", "Lào Cai", "Phú Thọ")), "entity": self.of(("", "", "", "Sở A", "=B")),
            "boundaries": self.of(("", "", "old", "new")),
        }  # fmt: skip


def figures(data: bytes, folder: Path) -> None:
    """Run one command on a table that the bytes draw."""
    draw = Draw(data)
    options = [draw.of(("table", "table", "json", "csv", "markdown"))]
    chosen = draw.of(DRAWN) if draw.number(8) == 0 else draw.of(COMMANDS)
    more = [
        *draw.of(((), ("--ids",), ("--quiet",), ("--lang", "vi"))), *draw.of(((), ("--rounding", "exact"), ("--rounding", "truncated")))
    ]  # fmt: skip
    rows = [draw.row() for _ in range(1 + draw.number(12))]
    (folder / "drawn.csv").write_text(csv_text(rows, COLUMNS), "utf-8")
    if chosen in DRAWN:
        command(*chosen, "--data", "drawn.csv", "--no-embedded", shown=chosen[0] == "chart")
        return
    form = options[0]
    command(
        *chosen,
        "--data",
        "drawn.csv",
        "--no-embedded",
        "--format",
        form,
        *more,
        shown=form in ("table", "markdown"),
    )
