"""Plain rows on a terminal of any width: nothing that says what a figure means is left out or cut off."""

from __future__ import annotations

import pytest

from sonla_cli import language
from sonla_cli.models.observation import COLUMNS
from sonla_cli.render import listing

ROWS = [
    dict.fromkeys(COLUMNS, "")
    | {
        "area": "Sơn La",
        "metric": "disbursement.target_programmes",
        "measure": "attainment",
        "basis": basis,
        "period": "2025@2026-01-31",
        "value": value,
        "unit": "%",
        "hedge": "over",
        "status": "estimate",
        "source": "a-source-2025-11-18",
        "note": "a note of more than a few words",
    }
    for basis, value in (("central", "110"), ("prime_minister", "101.4"))
]
MEANT = (
    "central",
    "prime_minister",
    "110",
    "101.4",
    "%",
    "over",
    "estimate",
    "attainment",
    "2025@2026-01-31",
)


@pytest.fixture(autouse=True)
def english():
    language.use("en")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_what_a_figure_means_is_shown_at_every_width(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = listing.render(ROWS, COLUMNS, "table")
    assert all(len(line) <= width for line in shown.splitlines())
    for word in MEANT:
        assert word in shown
    left = [name for name in ("note", "source") if name not in shown.partition("not shown here")[0]]
    for name in left:
        assert name in shown.partition("not shown here")[2]


def test_what_is_the_same_in_every_row_is_said_once_where_room_is_short(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    shown = listing.render(ROWS, COLUMNS, "table")
    assert shown.count("disbursement.target_programmes") == 1
    assert shown.count("Sơn La") == 1
