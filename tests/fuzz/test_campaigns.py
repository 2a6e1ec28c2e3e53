"""A short campaign on every way in, the same on every run; `scripts/fuzz` runs the same targets as long as wanted.

`SONLA_FUZZ=SECONDS` gives each target so many seconds instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.console import ROOT, environment
from tests.fuzz.campaign import CORPUS
from tests.fuzz.targets import TARGETS

#: what a short campaign does with each target
EXECUTIONS = 25
#: the targets shared out to processes, so that each costs one start
GROUPS = [list(TARGETS)[place::4] for place in range(4)]


@pytest.mark.parametrize("group", GROUPS, ids=lambda names: "-".join(names[:3]))
def test_no_input_breaks_a_reader_takes_too_long_or_too_much(group, tmp_path):
    seconds = os.environ.get("SONLA_FUZZ", "")
    bound = ["--seconds", seconds] if seconds else ["--executions", str(EXECUTIONS)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.campaign", ",".join(group), *bound, "--findings", str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", cwd=ROOT, env=environment(RUST_BACKTRACE="0"), check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout[-500:], done.stderr[-3000:])
    campaigns = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [each["target"] for each in campaigns] == group
    for each in campaigns:
        assert each["findings"] == {}, (each, *(path.read_text("utf-8") for path in tmp_path.glob("*.txt")))
        assert each["executions"] >= len(list((CORPUS / each["target"]).glob("*")))


def test_every_kept_input_belongs_to_a_target():
    assert {each.name for each in CORPUS.iterdir()} <= set(TARGETS)
    assert sum(each.stat().st_size for each in CORPUS.rglob("*") if each.is_file()) < 200_000
