"""The documents say what the code does: every command, every option, every page made from it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import click
import pytest

from sonla_cli.cli import EXAMPLES, SECTIONS, cli
from tests.console import ROOT, run

COMMANDS = [name for section in SECTIONS.values() for name in section]


def test_the_generated_page_of_indicators_is_current():
    assert run("python scripts/indicators.py --check").returncode == 0


def test_every_session_of_the_page_of_errors_tells_what_it_shows():
    done = run("python scripts/errors.py --check")
    assert done.returncode == 0, done.stderr or "docs/errors.md is not what `python scripts/errors.py` writes"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"sonla {command}" in (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, context: click.Context) -> Iterator[click.Command]:
    """Yield every command, and every command of a command."""
    for name in group.list_commands(context):
        each = group.get_command(context, name)
        assert each is not None
        yield each
        if isinstance(each, click.Group):
            yield from commands(each, click.Context(each, parent=context, info_name=name))


def test_every_command_has_help_with_examples_and_every_example_runs(tmp_path):
    root = click.Context(cli, info_name="sonla")
    every = list(commands(cli, root))
    assert len(every) > 25
    examples = [command for command, _ in EXAMPLES]
    for command in every:
        told = [line for line, _ in command.examples]
        assert told, command.name
        shown = command.get_help(click.Context(command, info_name=command.name, terminal_width=200))
        assert shown.index("Examples:") < shown.index("Options:")
        assert all(each in shown for each in told)
        examples += told
    report = ROOT / "examples" / "monthly-report.xlsx"
    for place, example in enumerate(dict.fromkeys(each for each in examples if "…" not in each)):
        folder = tmp_path / str(place)
        (folder / ".config" / "fish" / "completions").mkdir(parents=True)
        shutil.copytree(ROOT / "examples", folder / "examples")
        if not example.endswith("figures.csv"):
            shutil.copyfile(ROOT / "examples" / "half-year.csv", folder / "figures.csv")
        for name in ("bao-cao.xlsx", "november.xlsx"):
            shutil.copyfile(report, folder / name)
        before = set(folder.rglob("*"))
        line = example.replace("| jq", "| cat #")
        done = run(
            f"set -o pipefail; {line}",
            folder,
            HOME=str(folder),
            PROFILE=str(folder / "profile"),
            XDG_CONFIG_HOME="",
        )
        assert done.returncode in (0, 1), (example, done.stderr)
        assert done.stdout.strip() or set(folder.rglob("*")) - before, example


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
