"""Start-up of `sonla` beside the bare imports and other command-line tools on a table of five lines.

Run it with the Python of an environment that has the wheel and the peers; `benchmarks/run` makes one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import main, megabytes, milliseconds, table, turns

FIVE_LINES = """metric,period,actual,plan
revenue.total,2025-10M,25188,18243
revenue.local,2025-10M,4564,4500
disbursement,2025-11-13,3563,7454
expenditure,2025-9M,13200,18000
"""
#: what a data scientist would write for the attainments of such a table
PANDAS = (
    "import pandas, sys; table = pandas.read_csv(sys.argv[1]);"
    " table['attainment'] = table.actual / table.plan * 100; print(table.to_json(orient='records'))"
)
JOURNAL = """~ monthly from 2025-10-01 to 2025-11-01
    revenue  4500
    budget

2025-10-31 local revenue
    revenue  4564
    treasury
"""
#: the two ratios the project holds itself to
HELP, BUDGET = 1.15, 1.0


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is timed, by name."""
    here = Path(sys.executable).parent

    def tool(name: str) -> str:
        found = shutil.which(name, path=str(here)) or shutil.which(name)
        if found is None:
            raise SystemExit(f"missing: {name} (benchmarks/run says where it comes from)")
        return found

    data, journal = str(folder / "five.csv"), str(folder / "five.journal")
    Path(data).write_text(FIVE_LINES, encoding="utf-8")
    Path(journal).write_text(JOURNAL, encoding="utf-8")
    python, sonla = sys.executable, tool("sonla")
    return {
        "python -c pass": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "sonla --help": [sonla, "--help"],
        "sonla --version": [sonla, "--version"],
        "sonla budget --json": [sonla, "budget", "--json"],
        "sonla budget": [sonla, "budget"],
        "sonla compare 2024 2025 --json": [sonla, "compare", "2024", "2025", "--json"],
        "sonla compare 2024 2025": [sonla, "compare", "2024", "2025"],
        "import click, rich, babel": [python, "-c", "import click, rich.table, babel.numbers"],
        "import pydantic": [python, "-c", "from pydantic import BaseModel"],
        "csvstat (csvkit)": [tool("csvstat"), data],
        "frictionless describe": [tool("frictionless"), "describe", data, "--json"],
        "sqlite-utils memory": [tool("sqlite-utils"), "memory", data, "select metric, actual * 100.0 / plan from five"],
        "pandas, the same attainment": [python, "-c", PANDAS, data],
        "hledger balance --budget": [tool("hledger"), "-f", journal, "balance", "--budget"],
        "Miller put": [tool("mlr"), "--icsv", "--ojson", "put", "$attainment = $actual / $plan * 100", data],
    }  # fmt: skip


def section(quick: bool) -> str:
    """Time every command and return the table and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        found = turns(commands(Path(folder)), 5 if quick else 21)
    budget = found["sonla budget --json"].wall
    rows = [
        [
            name,
            milliseconds(run.wall),
            milliseconds(run.processor),
            megabytes(run.peak),
            f"{run.wall / budget:.2f}",
        ]
        for name, run in found.items()
    ]
    help_ratio = found["sonla --help"].wall / found["import click"].wall
    budget_ratio = budget / found["csvstat (csvkit)"].wall
    return (
        "## Start-up\n\nA whole run of each command, the tools on a table of five lines.\n\n"
        + table(["command", "ms", "processor ms", "MB", "÷ `sonla budget --json`"], rows)
        + f"\n`sonla --help` ÷ `import click`: {help_ratio:.2f} (at most {HELP})  \n"
        f"`sonla budget --json` ÷ `csvstat`: {budget_ratio:.2f} (below {BUDGET:.0f})\n"
    )


if __name__ == "__main__":
    main(section)
