"""What is written is a valid Frictionless Data Package, the embedded one first; and the check can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys

import frictionless
import pytest

from sonla_cli.sources import embedded
from sonla_cli.sources.writing import write
from tests.console import ROOT, environment

# what frictionless's own imports warn about is not ours
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::ResourceWarning")]  # fmt: skip


def errors(path):
    return frictionless.validate(str(path)).flatten(["type", "rowNumber", "fieldName"])


def test_the_embedded_package_is_valid():
    assert errors(embedded.FOLDER / "datapackage.json") == []


def test_the_descriptor_is_the_one_made_from_the_models():
    done = subprocess.run(
        [sys.executable, "scripts/datapackage.py", "--check"], cwd=ROOT, env=environment(), check=False
    )
    assert done.returncode == 0


def test_a_written_package_is_valid(tmp_path):
    write(embedded.dataset(), str(tmp_path / "p"))
    assert errors(tmp_path / "p" / "datapackage.json") == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "Sơn La,revenue.total,actual,,2025-10M,25188,",
            "Sơn La,revenue.total,actual,,2025-10M,25.188.0,",
            "type-error",
        ),
        ("Sơn La,revenue.total,actual,", "Sơn La,revenue.total,guess,", "constraint-error"),
        ("estimate,vietnamplus-2025-11-18,", "estimate,nowhere,", "foreign-key"),
    ],
)
def test_a_broken_package_is_not_valid(tmp_path, old, new, error):
    folder = tmp_path / "p"
    shutil.copytree(embedded.FOLDER, folder, ignore=shutil.ignore_patterns("*.py*"))
    path = folder / "observations.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert error in {each[0] for each in errors(folder / "datapackage.json")}
