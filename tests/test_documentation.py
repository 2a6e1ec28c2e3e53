"""The documents say what the code does: every command, every option, every page made from it."""

from __future__ import annotations

import re

import pytest

from sonla_cli.cli import EXAMPLES, SECTIONS
from tests.console import ROOT, run

COMMANDS = [name for section in SECTIONS.values() for name in section]


def test_the_generated_page_of_indicators_is_current():
    assert run("python scripts/indicators.py --check").returncode == 0


def test_every_session_of_the_page_of_errors_tells_what_it_shows():
    done = run("python scripts/errors.py --check")
    assert done.returncode == 0, done.stderr or "docs/errors.md is not what `python scripts/errors.py` writes"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help_with_examples(command):
    assert f"sonla {command}" in (ROOT / "README.md").read_text("utf-8")
    shown = run(f"sonla {command} --help")
    assert shown.returncode == 0
    if command not in ("data", "config"):
        assert "Examples:" in shown.stdout


def _examples() -> list[str]:
    found = [command for command, _ in EXAMPLES]
    for name in COMMANDS:
        shown = run(f"sonla {name} --help", COLUMNS="200").stdout
        found += re.findall(r"^ {2}(sonla .*?)(?: {2,}|$)", shown, re.MULTILINE)
    return [each for each in found if "…" not in each]


def test_every_example_of_the_help_pages_runs(tmp_path):
    examples = _examples()
    assert len(examples) > len(COMMANDS)
    for example in examples:
        command = re.sub(r" >>? \S+$", "", example).replace("| jq", "| cat #")
        # a file that an example writes goes into a folder of the test
        command, files = re.subn(r"(--to|-o) (\S+)", rf"\1 {tmp_path}/\2", command)
        done = run(f"set -o pipefail; {command}", ROOT, HOME=str(tmp_path))
        assert done.returncode in (0, 1), (example, done.stderr)
        assert done.stdout or files, example


def test_every_proof_named_by_the_security_page_is_a_test():
    named = re.findall(r"`(tests/\S+?)::(\w+)`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 20
    for path, name in named:
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (path, name)


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path):
    # without --quiet, which would hide the warnings from --strict too
    done = run(f"python -W ignore -m mkdocs build --strict --site-dir {tmp_path / 'site'}", ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "errors" / "index.html").exists()
