"""The pictures of the README show what `sonla` prints today."""

from __future__ import annotations

import re
from html import unescape

from tests.console import ROOT, run

FOLDER = ROOT / "docs" / "pictures"


def words(path):
    """Return the words of an SVG picture."""
    found = re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text("utf-8"))
    return [each for text in found for each in unescape(text).replace("\u00a0", " ").split()]


def test_the_terminal_says_what_the_command_prints():
    shown = words(FOLDER / "terminal.svg")
    command = " ".join(shown[shown.index("$") :]).partition(" Sơn La")[0].removeprefix("$ ")
    printed = run(command).stdout
    assert [each for each in printed.split() if re.search(r"\d", each)] == [
        each for each in " ".join(shown).partition(command)[2].split() if re.search(r"\d", each)
    ]


def test_the_chart_has_the_numbers_of_today(tmp_path):
    assert run("sonla chart disbursement -o now.svg", tmp_path).returncode == 0
    assert words(FOLDER / "disbursement.svg") == words(tmp_path / "now.svg")


def test_every_picture_is_named_where_it_is_shown_and_there():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {each for page in pages for each in re.findall(r"\bpictures/([\w.]+)", page.read_text("utf-8"))}
    assert named == {path.name for path in FOLDER.iterdir()}
