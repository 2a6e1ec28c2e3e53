"""Runs one campaign in a process of its own: bounded in memory, watched in time, every finding kept with its input.

    python -m tests.fuzz.campaign TARGET --seconds 60 [--guided] [--findings FOLDER]
    python -m tests.fuzz.campaign all --executions 200 --seed 1

Without `--guided` inputs come from `mutation` and a seed alone, the same everywhere; with it atheris (libFuzzer)
follows the coverage of `sonla_cli`. The last line printed for a target is a JSON object with its figures.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
#: bytes a process may ask for, processor seconds one input may take, seconds after which a stuck library is ended
MEMORY = 4 * 1024**3
PATIENCE = 10.0
STUCK = 120


class TooLongError(BaseException):
    """One input took longer than any should."""


class Campaign:
    """Runs inputs of one target and keeps count."""

    def __init__(
        self, name: str, run: Callable[[bytes, Path], None], folder: Path, findings: Path | None
    ) -> None:
        self.name, self.run, self.folder, self.findings = name, run, folder, findings
        self.executions, self.slowest, self.began = 0, 0.0, time.monotonic()
        self.found: dict[str, str] = {}
        # what was being read stays behind where a library ends the process
        self.last = (findings or folder) / f"{name}-last.input"
        self.last.parent.mkdir(parents=True, exist_ok=True)

    def one(self, data: bytes) -> None:
        """Run one input; what it raises is a finding."""
        self.last.write_bytes(data)
        before = time.process_time()
        faulthandler.dump_traceback_later(STUCK, exit=True)
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            self.run(data, self.folder)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever comes out of a target is a finding
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self.keep(error, data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            faulthandler.cancel_dump_traceback_later()
        self.executions += 1
        self.slowest = max(self.slowest, time.process_time() - before)

    def keep(self, error: BaseException, data: bytes) -> None:
        """Keep the first input of each kind of finding."""
        frames = [each for each in traceback.extract_tb(error.__traceback__) if "sonla_cli" in each.filename]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "outside"
        kind = f"{type(error).__name__} at {place}"
        if kind in self.found:
            return
        self.found[kind] = str(error)[:300]
        if self.findings is not None:
            mark = hashlib.sha256(kind.encode()).hexdigest()[:8]
            (self.findings / f"{self.name}-{mark}.input").write_bytes(data)
            text = "".join(traceback.format_exception(error))[-6000:]
            (self.findings / f"{self.name}-{mark}.txt").write_text(text, "utf-8", "backslashreplace")

    def figures(self) -> str:
        """Return what the campaign came to, as one line of JSON."""
        return json.dumps({
            "target": self.name, "executions": self.executions, "seconds": round(time.monotonic() - self.began, 1),
            "slowest": round(self.slowest, 2), "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "findings": self.found,
        })  # fmt: skip


def seeds_of(name: str) -> list[bytes]:
    """Return the valid seeds of a target and the inputs that once broke it."""
    from tests.fuzz.targets import TARGETS

    kept = sorted((CORPUS / name).glob("*")) if (CORPUS / name).is_dir() else []
    return [*TARGETS[name].seeds(), *(each.read_bytes() for each in kept)]


def simple(campaign: Campaign, *, executions: int, seconds: float, seed: int) -> None:
    """Mutate seeds, the same way for the same seed number."""
    from tests.fuzz.mutation import mutate
    from tests.fuzz.targets import TARGETS

    target, inputs = TARGETS[campaign.name], seeds_of(campaign.name)
    draw = random.Random(f"{campaign.name} {seed}")  # noqa: S311 - the same inputs for the same seed
    end = time.monotonic() + seconds if seconds else None
    for each in inputs:
        campaign.one(each)
    while campaign.executions < executions if end is None else time.monotonic() < end:
        campaign.one(mutate(draw, draw.choice(inputs), target.words, inputs))


def guided(campaign: Campaign, *, seconds: float, seed: int) -> None:
    """Let atheris choose the inputs by the coverage they reach; does not return."""
    import atheris

    from tests.fuzz.mutation import mutate
    from tests.fuzz.targets import TARGETS

    target, inputs = TARGETS[campaign.name], seeds_of(campaign.name)
    corpus = campaign.folder / "corpus"
    corpus.mkdir()
    for place, each in enumerate(inputs):
        (corpus / str(place)).write_bytes(each)
    end, told = time.monotonic() + seconds, [0.0]

    def one(data: bytes) -> None:
        campaign.one(data)
        if time.monotonic() >= end or time.monotonic() - told[0] > 30:
            told[0] = time.monotonic()
            print(campaign.figures(), flush=True)
        if time.monotonic() >= end:
            # libFuzzer would go on to its own end, and say much about itself
            os._exit(0)

    def changed(data: bytes, most: int, number: int) -> bytes:
        draw = random.Random(number)  # noqa: S311 - libFuzzer's own seed
        if draw.random() < 0.4:
            return bytes(atheris.Mutate(data, most))[:most]
        return mutate(draw, data, target.words, inputs, most)

    options = [
        f"-max_total_time={int(seconds)}",
        f"-seed={seed}",
        "-max_len=60000",
        "-timeout=300",
        "-rss_limit_mb=0",
        "-verbosity=0",
        "-print_final_stats=0",
    ]
    atheris.Setup(["fuzz", *options, str(corpus)], one, custom_mutator=changed)
    atheris.Fuzz()


def prepared(*, instrumented: bool) -> None:
    """Import everything there is, bounded and without a network; let atheris see its branches where asked."""
    import importlib
    import pkgutil

    def load() -> None:
        import sonla_cli

        for each in pkgutil.walk_packages(sonla_cli.__path__, "sonla_cli."):
            if not each.name.startswith(("sonla_cli.ledger", "sonla_cli.__main__")):
                importlib.import_module(each.name)
        importlib.import_module("sonla_cli.ledger.mapping")

    if instrumented:
        import atheris

        with atheris.instrument_imports(include=["sonla_cli"]):
            load()
    else:
        load()
    from tests.fuzz.session import without_network

    without_network()


def main() -> None:
    """Run the campaigns that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target")
    asked.add_argument("--executions", type=int, default=100)
    asked.add_argument("--seconds", type=float, default=0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--guided", action="store_true")
    asked.add_argument("--findings", type=Path)
    given = asked.parse_args()
    findings = given.findings.absolute() if given.findings else None

    def alarm(_signal: int, _frame: object) -> None:
        raise TooLongError(f"more than {PATIENCE} seconds of the processor")

    signal.signal(signal.SIGVTALRM, alarm)
    prepared(instrumented=given.guided)
    from tests.fuzz.session import quiet_environment
    from tests.fuzz.targets import TARGETS

    names = list(TARGETS) if given.target == "all" else given.target.split(",")
    for name in names:
        seeds_of(name)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            inside = Path(folder) / name
            inside.mkdir()
            quiet_environment(inside)
            campaign = Campaign(name, TARGETS[name].run, inside, findings)
            if given.guided:
                guided(campaign, seconds=given.seconds, seed=given.seed)
            # what starts a process for every input gets fewer of them
            executions = given.executions // (4 if name in ("xls", "ods") else 1)
            simple(campaign, executions=executions, seconds=given.seconds, seed=given.seed)
            print(campaign.figures(), flush=True)
        quiet_environment(Path("/"))


if __name__ == "__main__":
    main()
    sys.exit(0)
