"""Under code pages and the locale `C` nothing crashes, letters come near, and JSON and files keep every one of them."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli import language
from sonla_cli.render.letters import encoded
from tests.console import environment, run

PAGES = ("cp1252", "cp1258", "cp437", "ascii")
#: every character of the Vietnamese messages
LETTERS = sorted(
    set((language.FOLDER / "vi" / "LC_MESSAGES" / "messages.po").read_text("utf-8")) | set("●○◌◇▶█░─│→≥≤…−÷×")
)


def shown(text: str, page: str) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=page)
    return encoded(text, "table", stream).decode(page)


@pytest.mark.parametrize("page", PAGES)
@given(text=st.text(st.sampled_from(LETTERS)))
def test_every_character_of_the_messages_has_one_that_is_near(page, text):
    told = shown(text, page)
    assert told.count("?") == text.count("?")
    assert told.count("\n") == text.count("\n")


@pytest.mark.parametrize("page", PAGES)
@given(text=st.text())
def test_no_text_at_all_crashes(page, text):
    shown(text, page)


@given(st.text(st.sampled_from("aăâeêioôơuưyđ")), st.sampled_from("\u0300\u0301\u0303\u0309\u0323"))
def test_the_vietnamese_code_page_keeps_every_tone(letters, tone):
    text = unicodedata.normalize("NFC", "".join(each + tone * (each != "đ") for each in letters))
    assert unicodedata.normalize("NFC", shown(text, "cp1258")) == text


def test_what_stands_for_what():
    text = "Sơn La · 4.563,5 … 4.564,5 tỷ đồng ÷ 2 ≥ −1 → đạt…"
    assert shown(text, "ascii") == "Son La - 4.563,5 ~ 4.564,5 ty dong / 2 >= -1 > dat..."
    assert shown("nghìn tỷ đồng", "cp1252") == "nghìn ty dông"


@given(st.text())
def test_json_says_the_same_in_any_encoding(text):
    document = json.dumps({"said": text}, ensure_ascii=False)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    data = encoded(document, "json", stream)
    assert data.isascii()
    assert json.loads(data) == {"said": text}


@pytest.mark.parametrize("page", [*PAGES, "cp65001"])
def test_a_table_an_error_help_and_json_in_every_code_page(page, tmp_path):
    script = (
        "sonla budget > table; sonla budget --bogus 2> error; sonla budget --help > help; sonla help periods > topic;"
        "sonla budget --json > json; sonla budget --format csv > csv; sonla budget -o file.txt"
    )
    done = run(script, tmp_path, PYTHONIOENCODING=page, SONLA_LANG="vi")
    assert done.returncode == 0
    assert done.stderr == ""
    text = {
        name: (tmp_path / name).read_bytes().decode(page)
        for name in ("table", "error", "help", "topic", "json")
    }
    plain = page not in ("cp1258", "cp65001")
    for name, word in (
        ("table", "Chi tieu" if plain else "Chỉ tiêu"),
        ("error", "khong co" if plain else "không có"),
        ("help", "Tuy chon" if plain else "Tùy chọn"),
        ("topic", "luy ke" if plain else "lũy kế"),
    ):
        bare = text[name] if not plain else _bare(text[name])
        assert word in unicodedata.normalize("NFC", bare)
        assert "\\u" not in text[name]
    assert "\ufffd" not in "".join(text.values())
    assert json.loads(text["json"])["area"] == "Sơn La"
    assert "Sơn La" in (tmp_path / "csv").read_text("utf-8")
    assert "Chỉ tiêu" in (tmp_path / "file.txt").read_text("utf-8")


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(each for each in apart if not unicodedata.combining(each))


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_the_locale_c_without_utf_8_has_plain_letters(locale):
    settings = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = run("sonla budget && sonla --help && sonla bugdet", SONLA_LANG="vi", **settings)
    assert done.returncode == 2
    assert (done.stdout + done.stderr).isascii()
    assert "Son La - 10 thang nam 2025" in done.stdout
    assert "goi y: co phai y ban la `budget`?" in done.stderr


def terminal(command: list[str], lines: int, **more: str) -> str:
    """Run a command on a terminal of so many lines and return what it shows; Windows has none to open."""
    pty, fcntl, termios = map(pytest.importorskip, ("pty", "fcntl", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 100, 0, 0))
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**{"TERM": "xterm", **more})
    ) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            found += part
        process.wait(60)
    os.close(ours)
    return found.decode()


PAGER = "sed s/^/paged:/"


@pytest.mark.parametrize("arguments", [["budget"], ["budget", "--help"], ["help"]])
def test_a_page_longer_than_the_terminal_goes_to_the_pager(arguments):
    command = [sys.executable, "-m", "sonla_cli", *arguments]
    assert "paged:" in terminal(command, 10, PAGER=PAGER)
    assert "paged:" not in terminal(command, 200, PAGER=PAGER)
    assert "paged:" not in terminal(command, 10, PAGER=PAGER, TERM="dumb")
    assert "paged:" not in terminal(command, 10, PAGER="no-such-pager")
    assert "paged:" not in terminal(command, 10, PAGER=PAGER, SONLA_PAGER="cat")


def test_data_for_a_script_are_never_paged():
    command = [sys.executable, "-m", "sonla_cli", "budget", "--json"]
    assert "paged:" not in terminal(command, 10, PAGER=PAGER)
