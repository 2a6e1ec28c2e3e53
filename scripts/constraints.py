"""Writes `constraints.txt`: the version of every package that the extra `dev` needs, as installed here.

    python scripts/constraints.py

Only packages that the project's metadata asks for, directly or through others, are written; what else is installed
is left out. Run it in an environment in which the tests pass.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FILE = ROOT / "constraints.txt"
HEAD = """\
# Versions with which the tests pass: pip install -c constraints.txt --editable '.[dev]'
# Written by scripts/constraints.py.
"""


def closure() -> dict[str, str]:
    """Return the packages that `sonla[dev]` needs, each with its installed version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [Requirement(each) for each in project["project"]["dependencies"] + extras["dev"]]
    wanted += [Requirement(each) for each in project["build-system"]["requires"]]
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if name == "sonla":
            wanted += [Requirement(each) for extra in requirement.extras for each in extras[extra]]
            continue
        for extra in ("", *requirement.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                package = distribution(requirement.name)
            except PackageNotFoundError:
                raise SystemExit(f"`{requirement}` is not installed") from None
            found[name] = package.version
            for each in map(Requirement, package.requires or ()):
                if each.marker is None or each.marker.evaluate({"extra": extra}):
                    wanted.append(each)
    return found


if __name__ == "__main__":
    versions = sorted(f"{name}=={version}\n" for name, version in closure().items())
    FILE.write_text(HEAD + "".join(versions), encoding="utf-8")
