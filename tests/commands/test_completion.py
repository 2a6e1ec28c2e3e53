"""The shells complete commands, options and the names of the catalogue."""

from __future__ import annotations

import shutil

import pytest

from tests.console import run


def offered(line: str, *, shell: str = "bash") -> list[str]:
    words = line.split(" ")
    done = run("sonla", _SONLA_COMPLETE=f"{shell}_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert done.stderr == ""
    return [each.split(",", 1)[-1].split("\n")[0] for each in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("sonla bud", "budget"),
        ("sonla budget --ar", "--area"),
        ("sonla budget --area Ha", "Hải Phòng"),
        ("sonla budget --period 2025-1", "2025-10M"),
        ("sonla budget --source viet", "vietnamplus-2025-11-18"),
        ("sonla budget --format ", "markdown"),
        ("sonla compare 20", "2024"),
        ("sonla explain acc", "acceleration"),
        ("sonla data show --metric revenue.l", "revenue.local"),
        ("sonla completion ", "zsh"),
    ],
)
def test_names_are_offered(line, name):
    assert name in offered(line)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed(shell):
    done = run(f"sonla completion {shell}")
    assert "_SONLA_COMPLETE" in done.stdout
    assert done.returncode == 0


def test_bash_takes_the_script_and_completes():
    script = (
        'eval "$(sonla completion bash)"; COMP_WORDS=(sonla bud); COMP_CWORD=1; COMPREPLY=();'
        " _sonla_completion sonla bud sonla; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    assert run(script).stdout.split() == ["budget"]


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_real_shells_read_the_script(shell, tmp_path):
    assert shutil.which(shell), f"{shell} is not installed"
    script = tmp_path / "completion"
    script.write_text(run(f"sonla completion {shell}").stdout, encoding="utf-8")
    if shell == "fish":
        done = run(f"fish -c 'source {script}; complete -C \"sonla bud\"'")
        assert done.stdout.split()[0] == "budget"
    else:
        done = run(
            f"zsh -fc 'autoload -Uz compinit; compinit -u; source {script}; print -l ${{(k)_comps[(r)_sonla_completion]}}'"
        )
        assert "sonla" in done.stdout, done.stderr
    assert done.stderr == ""
