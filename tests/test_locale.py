"""The Vietnamese catalogue is complete, current and compiled, and everything a person can meet is in it."""

from __future__ import annotations

import ast
import gettext
import re
import sys
from importlib import import_module
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir

from sonla_cli import language
from sonla_cli.cli import SECTIONS, cli
from sonla_cli.core.text import PLACEHOLDERS
from tests.console import ROOT, run

SOURCE = ROOT / "src" / "sonla_cli"
MARKS = {"_", "N_", "gettext", "ngettext"}
#: messages that are the same in both languages
SAME = {"(dynamic)", "URL", "{editor}: {e}"}


@pytest.fixture(scope="module")
def vietnamese() -> gettext.NullTranslations:
    return gettext.translation(language.DOMAIN, str(language.FOLDER), ["vi"])


def fields(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


def clicks() -> list[str | tuple[str, ...]]:
    """Return every message template of the Click that is installed."""
    folder = Path(click.__file__).parent
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    return [found[2] for found in extract_from_dir(folder, [("**.py", "python")], {}, keywords) if found[2]]


def test_the_catalogue_is_complete_and_compiled():
    done = run("python scripts/messages.py --check")
    assert done.stdout == "\n", done.stdout
    assert done.returncode == 0


def test_no_message_hides_in_an_f_string():
    """Before Python 3.12 the tools of gettext do not look into them."""
    for path in SOURCE.rglob("*.py"):
        for text in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(text, ast.JoinedStr):
                for call in ast.walk(text):
                    assert not (
                        isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and call.func.id in MARKS
                        and call.args
                        and isinstance(call.args[0], ast.Constant)
                    ), f"{path}:{call.lineno}"


def test_every_message_of_click_speaks_vietnamese(vietnamese):
    templates = clicks()
    assert len(templates) > 60
    for template in templates:
        forms = (template,) if isinstance(template, str) else template
        for count in (1, 2, 7):
            said = (
                vietnamese.gettext(forms[0])
                if len(forms) == 1
                else vietnamese.ngettext(forms[0], forms[1], count)
            )
            assert said not in (*forms, "") or said in SAME, template
            # Click fills one form or the other with the same values
            assert fields(said) <= fields(forms[-1]) | fields(forms[0]), template


def commands(group: click.Command, context: click.Context):
    """Yield every command with a context of its own."""
    yield group, context
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            each = group.get_command(context, name)
            assert each is not None
            yield from commands(each, click.Context(each, parent=context, info_name=name))


def words() -> set[str]:
    """Return the words in capitals that usage lines and options have for what is put in."""
    found: set[str] = set()
    for command, context in commands(cli, click.Context(cli, info_name="sonla")):
        parameters = [each for each in command.get_params(context) if not getattr(each, "is_flag", False)]
        metavars = [each.make_metavar(context) for each in parameters]
        pieces = command.collect_usage_pieces(context)
        found |= set(re.findall("[A-Z]{2,}", " ".join([*metavars, *pieces])))
    return found


def test_every_word_for_what_is_put_in_is_translated(vietnamese):
    language.use("en")
    assert words() == set(PLACEHOLDERS)
    for word in PLACEHOLDERS:
        assert vietnamese.gettext(word) != word or word in SAME


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("budget --aera x", "không có tùy chọn `--aera`"),
        (
            "budget --format tabel",
            "`--format`: `tabel` không thuộc các giá trị `table`, `json`, `csv`, `markdown`",
        ),
        ("budget --period", "tùy chọn `--period` phải kèm 1 giá trị"),
        ("budget --json=1", "tùy chọn `--json` không kèm giá trị"),
        ("budget extra", "thừa tham số `extra`"),
        ("budget extra more", "thừa tham số `extra`"),
        ("rank", "thiếu `KHOẢN_MỤC`"),
        ("completion", "chọn một trong `bash`"),
        ("rollup x --sample 0", "`--sample`: 0 không nằm trong khoảng x>=1"),
        ("rollup x --sample a", "`a` không phải là số nguyên hợp lệ"),
        ("data shw", "không có lệnh `shw`"),
        ("data", "Cách dùng: sonla data [TÙY CHỌN] LỆNH [THAM_SỐ]..."),
        ("data add x", "thiếu `--to`"),
        ("report --template .", "là một thư mục"),
        ("disbursement --by mai", "`mai` không phải là ngày (ví dụ: 2025-12-31)"),
        ("--help", "Hiện hướng dẫn này rồi thoát."),
    ],
)
def test_what_click_tells_a_person_is_vietnamese(command, told):
    done = run(f"sonla {command}", SONLA_LANG="vi")
    text = done.stdout + done.stderr
    assert told in text
    assert not re.search(r"\b(Usage|Error|Invalid|Missing|No such|Try|Options|hint|error)\b", text)


def test_every_section_and_command_of_the_help_page_is_translated(vietnamese):
    for title, members in SECTIONS.items():
        for message in (title, *members.values()):
            assert vietnamese.gettext(message) != message
        for name in members:
            found = import_module(f"sonla_cli.commands.{name}").command
            assert vietnamese.gettext(found.help) != found.help
            for line in getattr(found, "examples", ()):
                assert vietnamese.gettext(line[1]) != line[1]


def test_the_check_of_the_catalogue_sees_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    messages = import_module("messages")
    text = (messages.FOLDER / "messages.po").read_text("utf-8")
    broken = text.replace('msgstr "không có lệnh `{name}`"', 'msgstr "không có lệnh `{tên}`"')
    broken = broken.replace('msgid "hint"\nmsgstr "gợi ý"', '#, fuzzy\nmsgid "hint"\nmsgstr "gợi ý"')
    broken = broken.replace('msgid "error"\nmsgstr "lỗi"', 'msgid "error"\nmsgstr ""')
    (tmp_path / "messages.po").write_text(broken, "utf-8")
    (tmp_path / "messages.mo").write_bytes((messages.FOLDER / "messages.mo").read_bytes())
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    assert messages.problems() == [
        "placeholders differ: no command `{name}`",
        "missing: error",
        "fuzzy: hint",
        "messages.mo is not compiled from messages.po",
    ]
    sys.modules.pop("messages", None)
