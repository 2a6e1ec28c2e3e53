"""`sonla report`: kinds by suffix, sections, templates, what it refuses before any work."""

from __future__ import annotations

import pytest

from tests.console import ROOT, run


def test_markdown_goes_to_stdout():
    done = run("sonla report --section disbursement")
    assert done.returncode == 0
    assert done.stdout.startswith("# Budget and public investment of Sơn La")
    assert "## Public investment (to Nov 13, 2025)" in done.stdout
    assert "## Revenue" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("name", "magic"), [("a.html", b"<!DOCTYPE html>"), ("a.DOCX", b"PK"), ("a.xlsx", b"PK"), ("a.md", b"# ")]
)
def test_the_ending_says_the_kind(tmp_path, name, magic):
    done = run(f"sonla report --to {name} --section expenditure", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_stdout_takes_any_kind(tmp_path):
    assert run("sonla report --as docx --section expenditure > a.docx", tmp_path).returncode == 0
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"


def test_an_existing_file_is_kept(tmp_path):
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    done = run("sonla report --to a.md --section expenditure", tmp_path)
    assert done.returncode == 2
    assert "a.md: the file exists" in done.stderr
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "mine"
    assert run("sonla report --to a.md --section expenditure --force", tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--to a.odt", "`a.odt` does not say what kind of file to write"),
        ("--to report", "`report` does not say what kind of file to write"),
        ("--template a.odt", "`a.odt` is no template"),
        ("--template a.docx --to a.html", "the template `a.docx` does not make html files"),
        ("--template none.md.j2", "none.md.j2: cannot read the file"),
        ("--section nothing", "`nothing` is not one of"),
        ("--period 1990", "nothing was published for Sơn La, period 1990"),
        ("--to nowhere/a.md", "nowhere/a.md: cannot write the file"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, options, message):
    done = run(f"sonla report {options}", tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_template_of_an_office(tmp_path):
    path = ROOT / "examples" / "templates" / "brief.md.j2"
    done = run(f"sonla report --template {path}")
    assert "**4,138.7 … 4,147.5** billion VND" in done.stdout
    done = run(f"sonla report --template {path} --to brief.md --lang vi", tmp_path)
    assert done.returncode == 0
    assert "4.138,7 … 4.147,5" in (tmp_path / "brief.md").read_text(encoding="utf-8")


def test_a_library_that_is_missing_is_named(tmp_path):
    (tmp_path / "docx.py").write_text("raise ImportError", encoding="utf-8")
    done = run("python -c \"import sys; sys.path.insert(0, '.'); from sonla_cli.cli import main; main()\""
               " report --to a.docx --section expenditure", tmp_path)  # fmt: skip
    assert done.returncode == 2
    assert "`python-docx` is not installed" in done.stderr
    assert "pip install 'sonla[report]'" in done.stderr
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.slow
def test_progress_goes_to_a_terminal_only(tmp_path):
    slow = "sonla report --to a.html --force"
    assert run(slow, tmp_path).stderr == ""
    done = run(f"script -qec '{slow}' /dev/null < /dev/null", tmp_path, TERM="xterm")
    assert done.returncode == 0
    assert "writing: a.html" in done.stdout
    done = run(f"script -qec '{slow} --quiet' /dev/null < /dev/null", tmp_path, TERM="xterm")
    assert done.stdout.strip() == ""
