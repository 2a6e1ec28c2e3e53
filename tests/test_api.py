"""The public names: documented, imported when used, and every session of `docs/api.md` runs."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from contextlib import chdir

import pytest

import sonla_cli
from sonla_cli import language
from sonla_cli.models.report import Cited, Report, Row
from tests.console import ROOT, environment

PAGE = ROOT / "docs" / "api.md"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    language.use("en")
    yield
    language.use("en")


def test_every_session_of_the_page_prints_what_it_shows():
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("".join(blocks), {}, "api.md", str(PAGE), 0)
    assert len(test.examples) > 20
    told: list[str] = []
    with chdir(ROOT):
        failed, _tried = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not failed, "".join(told)


def test_a_figure_of_many_digits_is_reckoned_whatever_the_context_of_the_caller():
    from decimal import Context, Inexact, localcontext

    long = "12345678901234567890123456789012"
    fields = {"area": "Sơn La", "metric": "revenue.local", "period": "2025-10M"}
    one = sonla_cli.Observation(measure="actual", value=long, unit="đồng", **fields)
    rate = sonla_cli.Observation(measure="attainment", basis="central", value="50", unit="%", **fields)
    data = sonla_cli.Dataset(observations=(one, rate))
    with localcontext(Context(prec=5, traps=[Inexact])):
        found = sonla_cli.check(sonla_cli.Query(data))
    assert not found.contradictions
    assert sonla_cli.check is sonla_cli.check


def test_every_public_name_is_there_and_on_the_page():
    text = PAGE.read_text("utf-8")
    for name in sonla_cli.__all__:
        assert getattr(sonla_cli, name) is not None
        if name not in ("Problem",):
            assert f"`{name}" in text or re.search(rf"import .*\b{name}\b", text), name


def test_importing_the_package_imports_nothing_else():
    code = "import sys, sonla_cli; print(*sorted(m for m in sys.modules if m.startswith(('sonla_cli.', 'pydantic', 'rich'))))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


HOSTILE = Report(
    command="budget", area="<b>Sơn La</b>", period="2025-10M",
    rows=(Row(id="x", indicator="actual", metric="revenue.local", area="Sơn La", period="2025-10M", unit="%", how="published"),),
    sources=(Cited(id="s", title="<script>alert(1)</script>"),),
)  # fmt: skip


def test_a_notebook_gets_every_kind_and_only_what_it_asks_for():
    report = sonla_cli.budget(sonla_cli.Query(sonla_cli.load()))
    shown = sonla_cli.show(report, "vi")
    bundle = shown._repr_mimebundle_()
    assert "4.138,7 … 4.147,5" in bundle["text/html"]
    assert "4.138,7 … 4.147,5" in bundle["text/markdown"]
    assert bundle["text/plain"] == repr(shown)
    assert len(bundle["application/json"]["rows"]) == len(report.rows)
    assert "4,138.7 … 4,147.5" in sonla_cli.show(report)._repr_html_()
    assert set(shown._repr_mimebundle_(include=["text/html"])) == {"text/html"}
    assert "text/html" not in shown._repr_mimebundle_(exclude=["text/html"])
    json.dumps(bundle)


def test_what_a_source_wrote_cannot_become_markup_of_a_notebook():
    text = sonla_cli.show(HOSTILE)._repr_html_()
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<b>" not in text


def test_findings_are_shown_too():
    found = sonla_cli.check(sonla_cli.Query(sonla_cli.load(), area="Hải Phòng"))
    assert "165,012" in sonla_cli.show(found)._repr_html_()


def test_a_whole_report_is_returned_or_written(tmp_path):
    asked = sonla_cli.Query(sonla_cli.load())
    page = sonla_cli.report(asked, str(tmp_path / "r.html"), sections=["revenue"], lang="vi")
    assert page == (tmp_path / "r.html").read_text("utf-8")
    assert language.current() == "en"
    with pytest.raises(sonla_cli.SonlaError, match="file_exists"):
        sonla_cli.report(asked, str(tmp_path / "r.html"), sections=["revenue"])
    assert sonla_cli.report(asked, kind="xlsx", sections=["revenue"])[:2] == b"PK"
    for wrong in (
        {"to": "r.foo"},
        {"kind": "foo"},
        {"sections": ["foo"]},
        {"lang": "fr"},
        {"template": "x.foo"},
    ):
        with pytest.raises(ValueError, match=r"foo|fr"):
            sonla_cli.report(asked, **wrong)


def test_a_query_takes_any_spelling_and_says_what_is_none():
    data = sonla_cli.load()
    assert sonla_cli.Query(data, area="Son La").area == "Sơn La"
    assert sonla_cli.Query(data, area="tỉnh lào cai") == sonla_cli.Query(data, area="Lào Cai")
    with pytest.raises(sonla_cli.SonlaError) as raised:
        sonla_cli.Query(data, area="Sonlaa")
    [problem] = raised.value.problems
    assert (problem.code, problem.suggestions) == ("unknown_area", ("Sơn La",))
    with pytest.raises(sonla_cli.SonlaError, match="invalid_period"):
        sonla_cli.Query(data, period="2025-13")


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no language 'fr'"):
        sonla_cli.show(HOSTILE, "fr")


def test_data_show_how_much_there_is_and_not_all_of_it():
    data = sonla_cli.load()
    assert repr(data) == f"<Dataset: {len(data.observations)} observations, {len(data.sources)} sources>"
    text = data._repr_html_()
    assert len(text) < 10_000
    assert text.count("<tr>") == 2 + 4 + 10
    assert "1.009" in sonla_cli.show(data, "vi")._repr_html_()
    assert "None" not in sonla_cli.show(sonla_cli.Dataset())._repr_html_()


def test_what_a_file_says_cannot_become_markup_of_a_notebook():
    figure = sonla_cli.Observation(
        area="<script>", metric="revenue.local", measure="actual", period="2025", value="1", unit="tỷ đồng"
    )
    assert "<script" not in sonla_cli.show(sonla_cli.Dataset(observations=(figure,)))._repr_html_()


def test_a_notebook_shows_years_side_by_side_and_numbers_to_the_right():
    report = sonla_cli.compare(sonla_cli.Query(sonla_cli.load()), [2024, 2025])
    text = sonla_cli.show(report)._repr_html_()
    heads, line = re.findall(r"<tr>(.*?)</tr>", text)[:2]
    assert re.findall(r"<th[^>]*>(.*?)</th>", heads)[:4] == ["Metric", "2024", "2025", "Unit"]
    assert '<td style="text-align: right">● est 25,188</td>' in line
    assert "est estimate" in text


def test_the_figures_of_a_text_say_what_they_are():
    text = "Năm 2025, thu nội địa của tỉnh Sơn La đạt 4.100 tỷ đồng, bằng 102,5% dự toán Trung ương giao."
    found = sonla_cli.extract(text)
    assert [each.value for each in found] == ["4100", "102.5"]
    assert repr(found).splitlines() == [
        "<2 figures>",
        "  revenue.domestic:actual:2025 = 4100 tỷ đồng",
        "  revenue.domestic:attainment@central:2025 = 102.5 %",
    ]
    assert len(repr(sonla_cli.extract(text * 100))) < 1000
    assert repr(sonla_cli.extract("")) == "<0 figures>"
