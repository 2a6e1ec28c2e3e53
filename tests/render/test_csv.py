"""CSV of a report: ids and exact numbers, and nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io

import pytest

from sonla_cli.models.report import Report, Row
from sonla_cli.render import csv as rendered

FIELDS = {
    "id": "a",
    "indicator": "actual",
    "metric": "x",
    "area": "Sơn La",
    "period": "2025",
    "unit": "",
    "how": "published",
}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_what_a_source_wrote_is_never_a_formula(sign):
    wrote = f"{sign}HYPERLINK(1)"
    row = Row(**{**FIELDS, "entity": wrote, "sources": (wrote,)})
    report = Report(command="budget", area="Sơn La", period="2025", rows=(row,))
    [line] = csv.DictReader(io.StringIO(rendered.render(report)))
    assert (line["entity"], line["sources"]) == (f"'{wrote}", f"'{wrote}")


def test_a_number_below_zero_stays_a_number():
    row = Row(**{**FIELDS, "value": "-5.0"})
    report = Report(command="budget", area="Sơn La", period="2025", rows=(row,))
    [line] = csv.DictReader(io.StringIO(rendered.render(report)))
    assert line["value"] == "-5.0"
