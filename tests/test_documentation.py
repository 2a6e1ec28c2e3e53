"""The documents say what the code does: every command, every option, every page made from it."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sonla_cli.cli import EXAMPLES, SECTIONS, cli
from tests.console import ROOT, matches, printed, run, sessions

COMMANDS = [name for section in SECTIONS.values() for name in section]


@pytest.mark.parametrize("name", ["commands", "indicators"])
def test_a_page_made_from_the_code_is_current(name):
    assert run(f"python scripts/{name}.py --check").returncode == 0, f"run `python scripts/{name}.py`"


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
        assert ("come with the repository" in shown) == any(" examples/" in each for each in told)
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


def test_the_three_steps_to_an_indicator_lead_to_it(tmp_path):
    """The code of the page goes where the page says, in a copy of the source, and the copy prints what it says."""
    for name in ("src", "scripts", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "docs" / "adding-an-indicator.md").read_text("utf-8")
    quantities, record, row = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    package = tmp_path / "src" / "sonla_cli"
    _insert(package / "catalogue" / "indicators.py", "        *schedule.QUANTITIES,\n", quantities)
    _insert(package / "catalogue" / "indicators.py", ")  # fmt: skip\n\nINDICATORS", record)
    _insert(package / "reports" / "budget.py", "    for metric in MAIN:\n", row)
    where = {"PYTHONPATH": str(tmp_path / "src")}
    [commands] = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    done = run(f"set -e\n{commands}", tmp_path, **where)
    assert done.returncode == 0, done.stderr
    assert "3 messages to translate" in done.stdout
    assert "### `coverage`" in (tmp_path / "docs" / "indicators.md").read_text("utf-8")
    [session] = sessions(text, "text")
    for step in session:
        command = step.command.replace("sonla ", "python -m sonla_cli ", 1)
        shown = printed(step._replace(command=command), tmp_path, **where)
        assert matches(step.expected, shown), shown


def _insert(path: Path, before: str, text: str) -> None:
    old = path.read_text("utf-8")
    assert old.count(before) == 1
    path.write_text(old.replace(before, text + before), encoding="utf-8")


def test_the_page_of_the_architecture_is_complete():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    flow, _imports = text.split("## Who may import whom")
    source = ROOT / "src" / "sonla_cli"
    parts = [f"{each.name}/" for each in source.iterdir() if each.is_dir() and each.name != "__pycache__"]
    parts += ["render/charts/", "render/pages/", *(each.name for each in source.glob("[a-z]*.py"))]
    assert [each for each in parts if f"`{each}`" not in flow] == []
    named = re.findall(r"`((?:\w+/)+\w+\.\w+)`", text)
    assert len(named) > 20
    assert [each for each in named if not any((base / each).exists() for base in (source, ROOT))] == []


def test_every_dependency_is_justified():
    from packaging.requirements import Requirement

    text = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("## Dependencies")[1]
    always, development = text.split("For development")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {Requirement(each).name: {"always"} for each in project["dependencies"]}
    for extra in extras.keys() - {"dev"}:
        for each in extras[extra]:
            wanted.setdefault(Requirement(each).name, set()).add(extra)
    told = re.findall(r"^\| ([\w-]+) \| (.*?) \| \S", always, re.MULTILINE)
    assert {name: set(re.findall(r"[a-z]+", by)) for name, by in told[1:]} == wanted
    told_too = {
        name
        for line in re.findall(r"^\| ([\w, -]+) \| \S", development, re.MULTILINE)[1:]
        for name in line.split(", ")
    }
    assert told_too == {Requirement(each).name for each in extras["dev"]} - {"sonla"}


def test_the_citation_names_this_version():
    from sonla_cli import __version__

    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


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
