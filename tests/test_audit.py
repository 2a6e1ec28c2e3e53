"""Bandit finds nothing in the code that has not been judged where it stands; pip-audit runs in the workflow."""

from __future__ import annotations

import subprocess

import pytest

from tests.console import ROOT


@pytest.mark.slow
def test_bandit_is_content_with_the_code():
    bandit = ROOT / ".slow-tools" / "audit" / "bin" / "bandit"
    done = subprocess.run(
        [bandit, "--quiet", "--configfile", "pyproject.toml", "--recursive", "src"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "Issue" not in done.stdout


def test_the_workflow_audits_what_is_pinned():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert "pip-audit --strict --no-deps --disable-pip --requirement constraints.txt" in workflow
    assert "bandit --quiet --configfile pyproject.toml --recursive src" in workflow
