"""Mutation testing of `core/`: every small change that mutmut can make, and whether a test notices it.

    python scripts/mutation.py interval figure --results mutation.json     # in a copy of the repository

mutmut makes the mutants (in `mutants/`); the tests are collected once, and each mutant gets a child of the process
that has them. Every test is first run by itself, to learn how long it takes and which functions it reaches; a mutant
meets the tests that reach its function and those of its own module, the quickest first, and the first failure ends
it. A function that no test reaches runs while its module is imported: it meets them all. A mutant that is already in
the results is not tried again. `SONLA_EXAMPLES` sets Hypothesis's examples.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import pytest

#: seconds of processor time a mutant has before it counts as killed: it hangs
PATIENCE = 30
WORDS = {0: "survived", 1: "killed"}


def generate() -> None:
    """Write the mutants of every module."""
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
    from mutmut.mutation.trampoline import set_mutant_under_test

    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(1)


def names(module: str) -> list[str]:
    """Return the mutants of a module of the core."""
    meta = Path("mutants", "src", "sonla_cli", "core", f"{module}.py.meta")
    return list(json.loads(meta.read_text("utf-8"))["exit_code_by_key"])


class Reach:
    """How long a test takes, and the functions it reaches, by the names mutmut gives them."""

    def __init__(self, item: pytest.Item, told: dict[str, Any]) -> None:
        self.item, self.seconds = item, float(told["seconds"])
        self.functions = frozenset(told["functions"])

    def meets(self, function: str, module: str) -> bool:
        """Return whether the test may notice a mutant of the function."""
        return function in self.functions or self.item.path.name == f"test_{module}.py"


class Campaign:
    """A plug-in of pytest that runs the collected tests once for every mutant."""

    def __init__(self, modules: list[str], results: Path, seconds: float) -> None:
        self.modules, self.results, self.end = modules, results, time.monotonic() + seconds
        self.mutants = {module: names(module) for module in modules}
        self.found: dict[str, str] = json.loads(results.read_text("utf-8")) if results.exists() else {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant instead of running the tests."""
        tests = sorted((_reach(item) for item in session.items), key=lambda test: test.seconds)
        reached = frozenset().union(*(test.functions for test in tests))
        for module in self.modules:
            for name in self.mutants[module]:
                if name not in self.found:
                    if time.monotonic() > self.end:
                        return True
                    function = name.partition("__mutmut_")[0]
                    everything = function not in reached
                    met = [test.item for test in tests if everything or test.meets(function, module)]
                    self.found[name] = self._tried(name, met)
                    self.results.write_text(json.dumps(self.found, indent=0, ensure_ascii=False), "utf-8")
            print(summary(module, self.mutants[module], self.found), file=sys.stderr, flush=True)
        return True

    def _tried(self, name: str, items: list[pytest.Item]) -> str:
        process = os.fork()
        if not process:
            os._exit(self._child(name, items))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        return WORDS.get(status, f"killed: {status}")

    @staticmethod
    def _child(name: str, items: list[pytest.Item]) -> int:
        os.environ["MUTANT_UNDER_TEST"] = name
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        try:
            return int(not _passes(items))
        except BaseException:  # noqa: BLE001 - whatever a mutant does to the tests, they noticed
            return 1


def _reach(item: pytest.Item) -> Reach:
    """Run one test without a mutant, in a child: what a cache keeps does not hide what the next one reaches."""
    from mutmut.state import state

    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        started = time.process_time()
        passes = _passes([item])
        told = {"seconds": time.process_time() - started, "functions": sorted(state()._stats)}
        with os.fdopen(writing, "w", encoding="utf-8") as file:
            json.dump(told, file)
        os._exit(int(not passes))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as file:
        text = file.read()
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]):
        raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
    return Reach(item, json.loads(text))


def _passes(items: list[pytest.Item]) -> bool:
    """Run the tests silently, in a child, until one fails."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    failed: list[Any] = []

    class Watch:
        @staticmethod
        def pytest_runtest_logreport(report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report)

    items[0].config.pluginmanager.register(Watch())
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed:
            return False
    return True


def summary(module: str, mutants: list[str], found: dict[str, str]) -> str:
    """Return one row of a table: mutants, tried, killed, survived."""
    tried = [found[name] for name in mutants if name in found]
    survived = tried.count(WORDS[0])
    return f"| `{module}` | {len(mutants)} | {len(tried)} | {len(tried) - survived} | {survived} |"


def main() -> int:
    """Run the campaign on the modules named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="+")
    parser.add_argument(
        "--results", type=lambda text: Path(text).resolve(), default=Path("mutation.json").resolve()
    )
    parser.add_argument("--seconds", type=float, default=86_400, help="when to stop")
    parser.add_argument("--again", action="store_true", help="try those that survived once more")
    asked = parser.parse_args()
    generate()
    campaign = Campaign(asked.modules, asked.results, asked.seconds)
    if asked.again:
        campaign.found = {name: word for name, word in campaign.found.items() if word != WORDS[0]}
    os.chdir("mutants")
    sys.path.insert(0, str(Path("src").resolve()))
    os.environ["MUTANT_UNDER_TEST"] = ""
    options = ["-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider"]
    options += ["-p", "no:xdist", "--hypothesis-seed=0", "-m", "not slow", "tests/core"]
    pytest.main(options, plugins=[campaign])
    for module in asked.modules:
        print(summary(module, campaign.mutants[module], campaign.found))
        print(
            *(f"  {name}" for name in campaign.mutants[module] if campaign.found.get(name) == WORDS[0]),
            sep="\n",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
