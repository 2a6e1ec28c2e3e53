"""The built wheel, installed into a fresh environment without the source, does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from sonla_cli import __version__
from tests.console import ROOT, environment

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path, **more: str) -> str:
    env = {
        **environment(**more),
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL", "REQUESTS"))},
    }
    env.pop("PYTHONPATH", None)
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=ROOT)
    return folder


def test_the_wheel_holds_the_data_the_messages_and_nothing_else(dist):
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "data/observations.csv",
        "data/sources.csv",
        "locale/vi/LC_MESSAGES/messages.mo",
        "py.typed",
        "render/pages/templates/report.html.j2",
        "render/pages/templates/report.css",
        "render/charts/fonts/SonlaSans-Regular.ttf",
        "render/charts/fonts/OFL.txt",
    ):
        assert f"sonla_cli/{wanted}" in names
    assert all(name.startswith(("sonla_cli/", f"sonla-{__version__}.dist-info/")) for name in names)
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_the_source_distribution_builds_and_carries_its_tests(dist):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"pyproject.toml", "README.md", "LICENSE", "tests/console.py", "src/sonla_cli/cli.py"} <= names


def test_a_fresh_environment_runs_the_main_job(dist, tmp_path):
    (wheel,) = dist.glob("*.whl")
    call(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    call(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    sonla = tmp_path / "env" / "bin" / "sonla"
    assert "revenue.local:implied_plan@central:2025" in call(sonla, "budget", "--json", cwd=tmp_path)
    assert "4.138,7 … 4.147,5" in call(sonla, "--lang", "vi", "budget", cwd=tmp_path)
    assert call(sonla, "--version", cwd=tmp_path) == f"sonla {__version__}\n"
    assert call(python, "-m", "sonla_cli", "--version", cwd=tmp_path) == f"sonla {__version__}\n"
    assert call(python, "-O", "-W", "error", "-m", "sonla_cli", "disbursement", "--json", cwd=tmp_path)
