"""The files a release rests on agree with the code: one version, constraints for every environment, workflows."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from sonla_cli import __version__
from tests.console import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LINES = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
PINS = [Requirement(line) for line in LINES if not line.startswith("#")]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def environment(python: str, system: str) -> dict[str, str]:
    machine = {"platform_machine": "x86_64", "implementation_name": "cpython"}
    names = {"python_version": python, "python_full_version": f"{python}.9"}
    return {**SYSTEMS[system], **machine, **names, "platform_python_implementation": "CPython", "extra": ""}


def asked() -> list[Requirement]:
    """Return what the metadata asks for in any extra."""
    every = [
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
    ]
    return [each for each in map(Requirement, every) if each.name != "sonla"]


def pins(name: str, where: dict[str, str]) -> list[Requirement]:
    wanted = canonicalize_name(name)
    return [
        each
        for each in PINS
        if canonicalize_name(each.name) == wanted and (each.marker is None or each.marker.evaluate(where))
    ]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_constraints_pin_one_version_of_what_each_environment_is_asked_for(python, system):
    where = environment(python, system)
    for each in asked():
        if each.marker is None or each.marker.evaluate(where):
            (pin,) = pins(each.name, where)
            (exactly,) = pin.specifier
            assert exactly.operator == "=="
            assert each.specifier.contains(exactly.version), str(each)


def test_the_constraints_pin_what_those_need_in_turn():
    import sys

    system = {"linux": "linux", "darwin": "macos"}.get(sys.platform, "windows")
    where = environment(f"{sys.version_info.major}.{sys.version_info.minor}", system)
    found: set[tuple[str, str]] = set()
    left = asked()
    while left:
        each = left.pop()
        for extra in ("", *each.extras):
            if (each.name, extra) in found:
                continue
            found.add((each.name, extra))
            assert pins(each.name, where), f"{each} is not pinned"
            try:
                further = requires(each.name) or []
            except PackageNotFoundError:
                continue  # of an extra that is not installed here
            for more in map(Requirement, further):
                if more.marker is None or more.marker.evaluate({**where, "extra": extra}):
                    left.append(more)
    assert len(found) > 80


def test_the_constraints_name_no_place_to_take_packages_from():
    for line in LINES:
        assert line.startswith("#") or re.match(r"[A-Za-z0-9._-]+==\S+( ; .+)?$", line), line


def test_the_version_is_written_once():
    assert "version" not in PROJECT
    assert PROJECT["dynamic"] == ["version"]
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{__version__}]" in log or "## [Unreleased]" in log


def workflow(name: str) -> dict[str, object]:
    found = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_matrix_is_what_the_metadata_promises():
    promised = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert promised == list(PYTHONS)
    assert workflow("ci.yml")["jobs"]["tests"]["strategy"]["matrix"]["python"] == promised
    assert promised[0] in SpecifierSet(PROJECT["requires-python"])


def test_workflows_take_no_more_rights_than_they_need():
    for name in ("ci.yml", "release.yml"):
        found = workflow(name)
        assert found["permissions"] == {"contents": "read"}
        for job, what in found["jobs"].items():
            rights = what.get("permissions", {})
            assert rights in ({}, {"id-token": "write"}), (name, job)
            for step in what["steps"]:
                if str(step.get("uses", "")).startswith("actions/checkout"):
                    assert step["with"]["persist-credentials"] is False


def test_only_a_tag_publishes_and_without_a_password():
    found = workflow("release.yml")
    # YAML reads the bare word `on` as true
    assert found[True] == {"push": {"tags": ["v*"]}}
    assert found["jobs"]["publish"]["needs"] == "build"
    assert "password" not in (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
