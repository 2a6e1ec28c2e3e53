"""The console sessions of the documents print exactly what they show."""

from __future__ import annotations

import re

import pytest

from tests.console import DOCUMENTS, READMES, Step, matches, printed, sessions


def _steps() -> list[tuple[str, Step]]:
    return [
        (path.name, step)
        for path in DOCUMENTS
        for session in sessions(path.read_text("utf-8"))
        for step in session
    ]


@pytest.mark.parametrize(
    ("document", "step"), _steps(), ids=lambda each: each if isinstance(each, str) else each.command[:60]
)
def test_a_session_prints_what_it_shows(document, step):
    shown = printed(step)
    assert matches(step.expected, shown), f"{document}:{step.line}: $ {step.command}\n{shown}"


def test_a_command_of_a_session_can_be_pasted():
    """A continuation line begins with `> `, which a shell would take for something else."""
    assert [f"{name}:{step.line}" for name, step in _steps() if "\n" in step.command] == []


def test_both_readmes_show_the_same():
    def plain(step: Step) -> str:
        return step.command.replace(" --lang vi", "")

    english, vietnamese = (
        [[plain(step) for step in each] for each in sessions(path.read_text("utf-8"))] for path in READMES
    )
    assert english == vietnamese
    fences = [re.findall(r"^```sh\n(.*?)^```$", path.read_text("utf-8"), re.M | re.S) for path in READMES]
    assert fences[0] == fences[1]
    commands = [re.findall(r"^\| `(sonla .*?)`", path.read_text("utf-8"), re.M) for path in READMES]
    assert commands[0] == commands[1]


def test_the_readme_begins_with_a_session():
    assert any(True for _ in sessions(READMES[0].read_text("utf-8")))
