"""The benchmarks run through and write their tables; how fast, no test says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.console import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "tables"),
    [("solving", ["mpmath.iv /s", "Slope of a log-log fit"]), ("reading", ["CSV, sonla", "XLSX, calamine", "JSON, Pydantic"])],
)  # fmt: skip
def test_a_benchmark_writes_its_tables(name, tables, tmp_path):
    written = tmp_path / "tables.md"
    command = [sys.executable, ROOT / "benchmarks" / f"{name}.py", "--quick", "--markdown", written]
    subprocess.run(command, check=True, cwd=tmp_path)
    text = written.read_text(encoding="utf-8")
    for each in tables:
        assert each in text
