"""The shells complete commands, options and the names of the catalogue."""

from __future__ import annotations

import re
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
        ("sonla completion ", "powershell"),
        ("sonla check --area Son", "Sơn La"),
        ("sonla check --source viet", "vietnamplus-2025-11-18"),
        ("sonla chart compare 20", "2024"),
        ("sonla chart rank --metric disb", "disbursement"),
        ("sonla explain disburse", "disbursement"),
        ("sonla rollup --indicator att", "attainment"),
        ("sonla whatif --set revenue.lo", "revenue.local="),
        ("sonla data convert --unit tri", "triệu đồng"),
        ("sonla help pe", "periods"),
        ("sonla data sh", "show"),
    ],
)
def test_names_are_offered(line, name):
    assert name in offered(line)


@pytest.mark.parametrize(
    "line", ["sonla budget --data ex", "sonla data validate ex", "sonla check ex", "sonla report --to ex"]
)
def test_files_are_left_to_the_shell(line):
    words = line.split(" ")
    done = run("sonla", _SONLA_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert done.stdout == "file,ex\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
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


#: a line and a name that a shell offers at its end: a command, an option, an area, a metric, an indicator, a year, a source
LINES = (
    ("sonla bud", "budget"),
    ("sonla budget --are", "--area"),
    ("sonla budget --area Lào", "Lào Cai"),
    ("sonla rank revenue.l", "revenue.local"),
    ("sonla explain implied_p", "implied_plan"),
    ("sonla compare 20", "2024"),
    ("sonla budget --source viet", "vietnamplus-2025-11-18"),
)

BASH = """\
eval "$(sonla completion bash)"
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
_sonla_completion sonla "${{COMP_WORDS[-1]}}" sonla
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

#: what would be shown is printed instead, which takes the place of a screen
ZSH = """\
autoload -Uz compinit; compinit -u -d {folder}/dump
source <(sonla completion zsh)
compadd() {{ while [[ $1 == -* ]]; do [[ $1 == -V ]] && shift; shift; done; print -l -- "${{(@P)1}}" }}
_describe() {{ print -l -- "${{(@P)${{@[-1]}}}}" "${{(@P)${{@[-2]}}}}" }}
words=({line}); CURRENT=$#words
_sonla_completion
"""

FISH = "sonla completion fish | source; complete -C '{line}'"


@pytest.mark.slow
@pytest.mark.parametrize(("line", "name"), LINES)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_real_shells_complete(shell, line, name, tmp_path):
    assert shutil.which(shell), f"{shell} is not installed"
    script = tmp_path / "script"
    text = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]
    script.write_text(text.format(line=line, folder=tmp_path), encoding="utf-8")
    done = run(f"{shell} {'-f ' if shell == 'zsh' else ''}{script}", tmp_path, HOME=str(tmp_path))
    assert re.search(rf"^{re.escape(name)}(\s|:|$)", done.stdout, re.MULTILINE), done.stdout + done.stderr
