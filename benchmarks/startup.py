"""Start-up of `sonla` beside the bare imports it cannot do without, in one run.

    python benchmarks/startup.py [RUNS]

Commands take turns, so that a drift of the machine hits all of them; medians of wall time, and the two ratios
the project holds itself to. Run it from an environment where sonla is installed as a wheel.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time

MODELS = (
    "import sonla_cli.models.report as r, sonla_cli.models.observation; r.Report.model_rebuild(force=True)"
)
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import click": [sys.executable, "-c", "import click"],
    "sonla --help": [shutil.which("sonla") or "sonla", "--help"],
    "import click, pydantic": [sys.executable, "-c", "import click; from pydantic import BaseModel"],
    "… and sonla's models": [sys.executable, "-c", f"import click; from pydantic import BaseModel; {MODELS}"],
    "sonla budget --json": [shutil.which("sonla") or "sonla", "budget", "--json"],
    "sonla budget": [shutil.which("sonla") or "sonla", "budget"],
}


def main() -> None:
    """Time every command and print the medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    for name, seconds in medians.items():
        print(f"{name:24} {1000 * seconds:7.1f} ms")
    bare, with_models = medians["import click, pydantic"], medians["… and sonla's models"]
    limit = 1.25 * bare + (with_models - bare)
    print(
        f"{'--help / import click':24} {medians['sonla --help'] / medians['import click']:7.2f}   (at most 1.25)"
    )
    print(
        f"{'budget --json / limit':24} {medians['sonla budget --json'] / limit:7.2f}   (at most 1: 1.25 × bare + models)"
    )


if __name__ == "__main__":
    main()
