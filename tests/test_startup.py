"""The start-up is guarded by the set of loaded modules, not by a stopwatch."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.console import ROOT, environment

#: what a command that only reads the embedded data may load of the world outside the standard library
OUTSIDE = {"click"}
HEAVY = {
    "rich",
    "babel",
    "ibis",
    "duckdb",
    "pandas",
    "numpy",
    "openpyxl",
    "python_calamine",
    "jinja2",
    "docx",
    "altair",
}
#: what comes with the interpreter's site configuration
SITE = {"_distutils_hack", "sitecustomize", "usercustomize", "_virtualenv", "coverage", "google", "mypyc"}

CODE = """
import sys
before = set(sys.modules)
sys.argv = ["sonla", *{arguments!r}]
from sonla_cli.cli import main
try:
    main()
except SystemExit as end:
    print(*sorted(set(sys.modules) - before), sep="\\n", file=sys.stderr)
    sys.exit(end.code)
"""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(arguments=list(arguments))],
        capture_output=True, text=True, encoding="utf-8", env=environment(), cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def outside(modules: set[str]) -> set[str]:
    tops = {name.split(".")[0] for name in modules}
    ignored = SITE | {"sonla_cli"} | {name for name in tops if name.startswith("_sysconfigdata")}
    return tops - set(sys.stdlib_module_names) - ignored


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ()])
def test_the_help_page_loads_click_and_two_modules(arguments):
    modules = loaded(*arguments)
    assert outside(modules) <= {"click"}
    own = {name for name in modules if name.startswith("sonla_cli.")}
    assert own <= {
        "sonla_cli.cli",
        "sonla_cli.language",
        "sonla_cli.core",
        "sonla_cli.core.text",
        "sonla_cli.settings",
        "sonla_cli.telling",
    }


@pytest.mark.parametrize(
    "arguments",
    [("budget", "--json"), ("disbursement", "--json"), ("investment", "--json"), ("compare", "2024", "2025", "--json"),
     ("budget", "--format", "csv"), ("explain", "attainment", "--json")],
)  # fmt: skip
def test_machine_output_loads_nothing_made_for_people(arguments):
    modules = loaded(*arguments)
    assert outside(modules) <= OUTSIDE
    assert not any(
        name.startswith(("sonla_cli.press", "sonla_cli.ledger", "sonla_cli.render.people"))
        for name in modules
    )
    assert not HEAVY & {name.split(".")[0] for name in modules}
    assert not {"asyncio", "tempfile"} & modules
    assert "sonla_cli.render.table" not in modules


def test_what_people_bring_is_checked_by_pydantic():
    modules = loaded("budget", "--json", "--data", "examples/half-year.csv")
    assert {"pydantic", "sonla_cli.sources.checking"} <= modules
