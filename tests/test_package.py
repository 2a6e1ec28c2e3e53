"""What is released: built twice to the same bytes, checked, listed, and doing the main job without the source."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
def source(tmp_path_factory) -> Path:
    """Return a folder with the files under version control, as they are now."""
    folder = tmp_path_factory.mktemp("source")
    for name in call("git", "ls-files", "-z", cwd=ROOT).rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def built(original: Path, folder: Path) -> Path:
    """Build from a copy of the source of its own, and return where the results are."""
    source, dist = folder / "copy", folder / "dist"
    shutil.copytree(original, source, copy_function=shutil.copyfile)
    call(sys.executable, "-m", "build", "--outdir", dist, source, cwd=folder, SOURCE_DATE_EPOCH="1764028800")
    return dist


@pytest.fixture(scope="module")
def dist(source, tmp_path_factory) -> Path:
    return built(source, tmp_path_factory.mktemp("first"))


def test_building_again_elsewhere_gives_the_same_bytes(source, dist, tmp_path):
    again = built(source, tmp_path / "somewhere" / "else")
    digests = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (dist, again)
    ]
    assert len(digests[0]) == 2
    assert digests[0] == digests[1]


def test_the_index_will_take_both(dist):
    told = call(sys.executable, "-m", "twine", "check", "--strict", *dist.iterdir(), cwd=dist)
    assert told.count("PASSED") == 2


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


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_a_fresh_environment_runs_the_main_job(dist, tmp_path, kind):
    (wheel,) = dist.glob(kind)
    call(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    call(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    sonla = tmp_path / "env" / "bin" / "sonla"
    assert "revenue.local:implied_plan@central:2025" in call(sonla, "budget", "--json", cwd=tmp_path)
    assert "4.138,7 … 4.147,5" in call(sonla, "--lang", "vi", "budget", cwd=tmp_path)
    assert call(sonla, "--version", cwd=tmp_path) == f"sonla {__version__}\n"
    assert call(python, "-m", "sonla_cli", "--version", cwd=tmp_path) == f"sonla {__version__}\n"
    assert call(python, "-O", "-W", "error", "-m", "sonla_cli", "disbursement", "--json", cwd=tmp_path)
    listed(python, tmp_path)


def listed(python: Path, folder: Path) -> None:
    """Hold the bill of materials of an environment against what the metadata asks for, directly and through others."""
    bill = folder / "sbom.json"
    call(
        sys.executable, "-m", "cyclonedx_py", "environment", python, "--output-format", "JSON",
        "--output-reproducible", "--output-file", bill, cwd=folder,
    )  # fmt: skip
    names = {canonicalize_name(each["name"]) for each in json.loads(bill.read_text("utf-8"))["components"]}
    wanted = {
        canonicalize_name(Requirement(each).name)
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    }
    assert wanted | {"sonla", "pydantic-core"} <= names
    assert not names & {"pytest", "ruff", "numpy"}
