import re

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger import mapping
from tests.console import ROOT

WRONG = """\
[columns]
area = "province"
uint = "unit"

[areas]
14 = "Sơn Lạ"

[amounts.actual]
column = "amount"
unit = "tỷ đòng"
basis = "central"

[amounts.plan]
column = 3

[[metrics]]
metric = "disbursment"
item = "9499-9200"
"""


def problems(text, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SonlaError) as caught:
        mapping.read(str(path))
    return caught.value.problems


def test_keys_and_types_are_reported_together_with_their_lines(tmp_path):
    found = problems(WRONG, tmp_path)
    assert [(each.code, each.place.line, each.suggestions) for each in found] == [
        (Code.LEDGER_KEY, 3, ("unit",)),
        (Code.LEDGER_MAPPING, 14, ()),
    ]


def test_a_code_without_quotes_is_told_with_its_own_line(tmp_path):
    text = """\
[amounts.actual]
column = "amount"
when = { kind = 7 }
sign = { column = "side", plus = ["C", 3] }

[[metrics]]
metric = "disbursement"
item = "9200-9499"

[[metrics]]
metric = "revenue.land"
item = 1401
"""
    found = problems(text, tmp_path)
    assert [(each.values["key"], each.place.line, each.suggestions) for each in found] == [
        ("amounts.actual.when.kind", 3, ('"7"',)),
        ("amounts.actual.sign.plus", 4, ('"3"',)),
        ("metrics.item", 12, ('"1401"',)),
    ]
    assert found[2].place.excerpt == "item = 1401"


@pytest.mark.parametrize("value", ["true", "1.5", "{ a = 1 }", "2025-01-01"])
def test_what_is_neither_a_text_nor_a_list_is_no_code(tmp_path, value):
    (found,) = problems(f'[[metrics]]\nmetric = "revenue.land"\nitem = {value}\n', tmp_path)
    assert (found.code, found.values["key"], found.place.line) == (Code.LEDGER_MAPPING, "metrics.item", 3)


def test_words_of_the_field_are_reported_together_with_the_nearest(tmp_path):
    text = WRONG.replace("uint", "unit").replace("column = 3", 'column = "plan"\nbasis = "centrl"')
    found = problems(text, tmp_path)
    assert [(each.values["key"], each.suggestions[:1]) for each in found] == [
        ("areas.14", ("Sơn La",)),
        ("amounts.actual.unit", ("tỷ đồng",)),
        ("amounts.actual.basis", ()),
        ("amounts.plan.basis", ("central",)),
        ("metrics.metric", ("disbursement",)),
        ("metrics.item", ()),
    ]
    assert [each.place.line for each in found] == [6, 10, 11, 15, 18, 19]


@pytest.mark.parametrize("code", ["92*'; DROP TABLE x", "1401 OR 1=1", "9*9", "", "92-9", "*"])
def test_a_code_is_digits_letters_and_a_star_at_its_end(code, tmp_path):
    text = f'[amounts.actual]\ncolumn="a"\n[[metrics]]\nmetric="disbursement"\nitem="""{code}"""'
    assert problems(text, tmp_path)[0].code == Code.LEDGER_MAPPING


def test_a_sign_cannot_be_both(tmp_path):
    text = '[amounts.actual]\ncolumn="a"\nsign={column="s",plus=["D","X"],minus="X"}'
    assert problems(text, tmp_path)[0].values == {"key": "amounts.actual.sign", "value": "X"}


@pytest.mark.parametrize("text", ["[columns", "a = ", "\udcff"])
def test_what_is_no_toml_is_unreadable(text, tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SonlaError) as caught:
        mapping.read(str(path))
    assert caught.value.problems[0].code == Code.UNREADABLE


def test_without_a_file_only_the_fields_own_names_are_taken():
    found = mapping.guess(["area", "month", "year", "actual", "plan", "x"])
    assert found.columns.area == "area"
    assert found.columns.unit is None
    assert {name: (each.column, each.basis) for name, each in found.measures.items()} == {
        "actual": ("actual", ""),
        "plan": ("plan", "unspecified"),
    }


def test_the_example_is_a_mapping():
    found = mapping.read(str(ROOT / "examples" / "vouchers.toml"))
    assert set(found.used()) == {
        "province",
        "unit",
        "booked_on",
        "budget_year",
        "item",
        "amount",
        "kind",
        "side",
    }


def test_the_mapping_of_the_page_on_ledgers_names_every_column_its_rules_need(tmp_path):
    [text] = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.M | re.S)
    path = tmp_path / "page.toml"
    path.write_text(text, encoding="utf-8")
    named = mapping.read(str(path)).columns.model_dump()
    assert {"chapter", "item"} <= set(mapping.read(str(path)).used())
    assert named["chapter"]
    assert named["item"]


def test_a_column_that_only_a_rule_speaks_of_is_required():
    found = mapping.parse({"metrics": [{"metric": "disbursement", "chapter": "400-599"}]})
    assert list(found.used()) == ["chapter"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('metrics = [{ metric = ["disbursement", "disbursement"], item = "92*" }]', "metrics.metric"),
        ('metrics = [{ metric = [], item = "92*" }]', "metrics.metric"),
        ('metrics = [{ metric = "disbursement", item = [] }]', "metrics.item"),
        ('amounts.actual = { column = "a", when = { kind = [] } }', "amounts.actual.when.kind"),
        ("period = { cumulative = false, months = 13 }", "period.months"),
    ],
)
def test_what_would_count_money_twice_or_fit_everything_is_refused(text, key, tmp_path):
    (found,) = problems(text, tmp_path)
    assert (found.code, found.values["key"]) == (Code.LEDGER_MAPPING, key)


def test_flows_have_twelve_months_unless_fewer_are_asked_for():
    assert [mapping.parse({"period": each}).period.last for each in (
        {}, {"cumulative": False}, {"cumulative": False, "months": 6}, {"months": 24},
    )] == [13, 12, 6, 24]  # fmt: skip
