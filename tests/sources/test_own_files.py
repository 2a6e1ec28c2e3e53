"""Files of rules, values, heads and indicators: read whole or refused with every mistake and its place."""

from __future__ import annotations

import pytest

from sonla_cli.catalogue import own
from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.reports.budget import budget
from sonla_cli.reports.query import Query
from sonla_cli.sources import indicators, pefa, rules, values
from sonla_cli.sources.embedded import dataset


def problems(read, *arguments):
    with pytest.raises(SonlaError) as wrong:
        read(*arguments)
    return wrong.value.problems


def test_rules_with_labels_and_integers():
    found = rules.parse("# the label above\na == b\n\nb <= c  # its own\ninteger a, b\n")
    assert [(each.label, each.line) for each in found.bounds] == [("the label above", 2), ("its own", 4)]
    assert found.integers == ("a", "b")


def test_every_mistake_of_a_file_of_rules_is_reported():
    found = problems(rules.parse, "a = b\nc == d\n(e == f\n", "r.txt")
    assert [str(each.place) for each in found] == ["r.txt:1:3", "r.txt:3:4"]
    assert {each.code for each in found} == {Code.INVALID_RULE}


def test_names_of_rules_are_figures_or_variables():
    read = rules.parse("revenue.locl == revenue.total", "r.txt")
    (found,) = problems(rules.check_names, read)
    assert (found.code, found.place.line, found.place.column) == (Code.UNKNOWN_NAME, 1, 1)
    assert "revenue.local" in found.suggestions
    rules.check_names(rules.parse("revenue.local <= revenue.total"))
    assert problems(rules.check_names, rules.parse("plan >= 0"))
    assert problems(rules.check_names, rules.parse("a == b"), ["a"])


def test_a_missing_file_is_a_problem(tmp_path):
    for read in (rules.read, values.read, pefa.read, indicators.load):
        (found,) = problems(read, str(tmp_path / "none"))
        assert found.code == Code.UNREADABLE


def test_values_and_unknowns(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("name,value,unit,hedge\na,12.50,tỷ,\nb,,,\nc,37,lần,over\n", "utf-8")
    assert values.is_plain(str(path))
    a, b, c = values.read(str(path))
    assert (a.printed, a.figure.digits, b.figure, c.figure.hedge) == ("12.50 tỷ", "12.50", None, "over")


def test_every_mistake_of_a_table_of_values_is_reported(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("name,value,unit,hedge,colour\na,1.2.3,,,\n,4,,,\nb,4,parsecs,,\nc,4,,maybe,\n", "utf-8")
    codes = {(each.place.line, each.code) for each in problems(values.read, str(path))}
    assert {
        (2, Code.INVALID_VALUE),
        (3, Code.MISSING_COLUMN),
        (4, Code.INVALID_UNIT),
        (5, Code.INVALID_VALUE),
    } <= codes
    assert (2, Code.UNKNOWN_COLUMN) in codes


def test_heads_of_a_budget(tmp_path):
    path = tmp_path / "h.csv"
    path.write_text("year,head,kind,budget,actual,unit\n2024,Health,function,900,880,triệu đồng\n", "utf-8")
    ((year, name, kind, budget_, actual),) = pefa.read(str(path))
    assert (year, name, kind, str(budget_.value), actual.digits) == (
        2024,
        "Health",
        "function",
        "0.900",
        "880",
    )
    path.write_text("year,head,kind,budget,actual\n24,Health,functoin,x,880\n,,,,\n", "utf-8")
    found = problems(pefa.read, str(path))
    assert [each.place.line for each in found] == [2, 2, 2, 3, 3, 3, 3, 3]
    assert found[1].suggestions == ("function",)


INDICATOR = """
[[indicator]]
id = "share_of_plan"
label = "Share"
formula = "revenue.local / revenue.local.plan@council * 100"
unit = "%"
"""


@pytest.fixture
def catalogue():
    yield
    own.forget()
    assert "share_of_plan" not in INDICATORS


@pytest.mark.usefixtures("catalogue")
def test_an_own_indicator_works_like_any_other(tmp_path):
    path = tmp_path / "i.toml"
    path.write_text(INDICATOR.replace("revenue.local.plan@council", "revenue.total"), "utf-8")
    indicators.load(str(path))
    rows = [row for row in budget(Query(dataset())).rows if row.indicator == "share_of_plan"]
    assert [str(round(row.value, 1)) for row in rows] == ["18.1"]
    assert rows[0].low < rows[0].value < rows[0].high


@pytest.mark.usefixtures("catalogue")
def test_every_mistake_of_a_file_of_indicators_is_reported(tmp_path):
    path = tmp_path / "i.toml"
    wrong = (
        INDICATOR.replace('"%"', '"tỷ đồng"'),
        INDICATOR.replace("revenue.local /", "revenue.locl /"),
        INDICATOR.replace("share_of_plan", "growth"),
        INDICATOR.replace("* 100", "* (100"),
        INDICATOR.replace("/ revenue.local.plan@council", "+ disbursement.attainment"),
        INDICATOR.replace('label = "Share"', 'labl = "Share"'),
    )
    path.write_text("".join(wrong), "utf-8")
    found = problems(indicators.load, str(path))
    codes = {each.code for each in found}
    assert codes >= {
        Code.UNIT_MISMATCH, Code.UNKNOWN_NAME, Code.DUPLICATE_NAME, Code.INVALID_RULE, Code.INVALID_INDICATOR,
        Code.MISSING_COLUMN, Code.UNKNOWN_COLUMN,
    }  # fmt: skip
    assert all(each.place.line for each in found)
    assert not own.OWN
