"""The page in a real Chromium: no error, sorting, what a number shows, telephone, dark, paper, axe-core."""

from __future__ import annotations

import shutil

import pytest

from tests.console import ROOT, run

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

AXE = ROOT / ".slow-tools" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for language in ("en", "vi"):
        done = run(f"sonla report --to report-{language}.html --lang {language}", folder)
        assert done.returncode == 0, done.stderr
    done = run("sonla chart rank -o rank.html", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium: run scripts/install-slow-tools"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def show(browser, files):
    """Open a page; whatever it says on the console, or asks of the network, fails the test."""
    contexts, said = [], []

    def opened(name="report-en.html", **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda request: said.append(request.url) if not request.url.startswith("file://") else None,
        )
        page.goto((files / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not said


def violations(page):
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]]


@pytest.mark.parametrize("name", ["report-en.html", "report-vi.html", "rank.html"])
@pytest.mark.parametrize(
    "settings",
    [{"viewport": {"width": 1200, "height": 900}}, {"viewport": {"width": 360, "height": 740}},
     {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"}],
    ids=["wide", "telephone", "dark"],
)  # fmt: skip
def test_axe_finds_nothing(show, name, settings):
    page = show(name, **settings)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert violations(page) == []
    page.locator(".figure > button").first.focus()
    assert violations(page) == []


def test_a_click_sorts_by_number_and_a_second_turns_it_round(show):
    page = show()
    head = page.locator("#disbursement-plans thead th").nth(3)

    def values():
        return page.locator("#disbursement-plans tbody tr td:nth-child(4)").evaluate_all(
            "cells => cells.map(cell => cell.dataset.sort)"
        )

    head.locator("button").click()
    up = [float(each) for each in values() if each]
    assert head.get_attribute("aria-sort") == "ascending"
    assert up == sorted(up)
    assert len(up) > 1
    assert values()[-1] == ""
    head.locator("button").press("Enter")
    down = [float(each) for each in values() if each]
    assert down == up[::-1]
    assert values()[-1] == ""
    assert page.locator("#disbursement-plans th[aria-sort]").count() == 1


def test_names_sort_as_the_language_does(show):
    page = show("rank.html")
    page.locator("#rank-every thead button").first.click()
    names = page.locator("#rank-every tbody th").all_inner_texts()
    assert names == page.evaluate("names => [...names].sort(new Intl.Collator('en').compare)", names)


@pytest.mark.parametrize("by", ["hover", "focus"])
def test_a_number_shows_its_formula_bounds_and_source(show, by):
    page = show()
    number = page.locator("#disbursement-plans .implied > button").first
    tip = page.locator(f"#{number.get_attribute('aria-describedby')}")
    assert not tip.is_visible()
    getattr(number, by)()
    assert tip.is_visible()
    text = tip.inner_text()
    assert "Formula: actual ÷ attainment × 100" in text
    assert "Between: 7,445 … 7,463\N{NO-BREAK SPACE}billion VND" in text
    assert "Source [" in text
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_a_telephone_shows_everything_without_scrolling_sideways(show):
    page = show(viewport={"width": 360, "height": 740})
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("figure .narrow svg").first.is_visible()
    assert not page.locator("figure .wide svg").first.is_visible()
    small = page.evaluate(
        "Array.from(document.querySelectorAll('figure .narrow text'))"
        ".map(each => each.getBoundingClientRect().height).filter(height => height > 0 && height < 9).length"
    )
    assert small == 0


def test_dark_pictures_change_their_colours(show):
    colours = {}
    for scheme in ("light", "dark"):
        page = show(color_scheme=scheme)
        colours[scheme] = page.evaluate(
            "getComputedStyle(document.querySelector('svg text[fill=\"#1f2933\"]')).fill"
        )
    assert colours == {"light": "rgb(31, 41, 51)", "dark": "rgb(230, 234, 239)"}


def test_the_keyboard_reaches_every_number_and_heading(show):
    page = show("rank.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _press in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-describedby') || ''"))
    assert len(reached - {""}) == page.locator(".figure > button").count()


def test_paper_has_pages_without_tips(show, tmp_path):
    page = show("report-vi.html")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    text = run(f"pdftotext -layout {tmp_path}/page.pdf -").stdout
    assert "25.188" in text
    assert "÷" not in text
    pages = int(run(f"pdfinfo {tmp_path}/page.pdf | sed -n 's/^Pages: *//p'").stdout)
    assert 4 <= pages <= 12


def test_a_script_of_a_stranger_does_not_run(browser, files, tmp_path):
    """The policy of the page stops what a mistake in escaping would let in."""
    text = (
        (files / "report-en.html")
        .read_text("utf-8")
        .replace("</main>", "<script>document.title = 'broken'</script></main>")
    )
    (tmp_path / "broken.html").write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "broken.html").as_uri())
    assert page.title() != "broken"
    page.close()
