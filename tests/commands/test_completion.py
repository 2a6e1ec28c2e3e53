"""The shells complete commands, options and the names of the catalogue."""

from __future__ import annotations

import os
import re
import shutil
import signal

import pytest

from tests.console import ROOT, environment, run


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
        'eval "$(sonla completion bash)"; COMP_WORDS=(sonla bud); COMP_CWORD=1; COMP_LINE="sonla bud"; COMP_POINT=9;'
        " _sonla_completion sonla bud sonla; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    assert run(script).stdout.split() == ["budget"]


@pytest.mark.parametrize(
    ("line", "word", "given"),
    [
        ("sonla budget --area=Lao", "Lao", "Lào Cai"),
        ("sonla budget --area=", "", "Lào Cai"),
        ("sonla budget --area Lào\\ C", "Lào\\ C", "Lào Cai"),
        ("sonla explain revenue.local:implied", "implied", "implied_plan@central:2025"),
        ("sonla explain revenue.local:", "", "actual:2025-10M"),
        ("sonla explain 'revenue.local:implied", "revenue.local:implied", "revenue.local:implied_plan@central:2025"),
        ("sonla whatif --set=revenue.lo", "revenue.lo", "revenue.local="),
        ("SONLA_LANG=vi sonla bud", "bud", "budget"),
    ],
)  # fmt: skip
def test_bash_is_given_what_comes_after_the_last_mark_that_ends_a_word(line, word, given):
    done = run("sonla", _SONLA_COMPLETE="bash_complete", COMP_LINE=line, COMP_WORD=word)
    assert done.stderr == ""
    assert f"plain,{given}" in done.stdout.splitlines()


#: what is typed before the tabulator, and what then stands there
TYPED = {
    "sonla budget --area Son": "sonla budget --area Sơn\\ La ",
    'sonla budget --area "Son': 'sonla budget --area "Sơn La" ',
    "sonla budget --area=Lao": "sonla budget --area=Lào\\ Cai ",
    "sonla explain revenue.local:implied_plan@ce": "sonla explain revenue.local:implied_plan@central:2025 ",
    "sonla whatif --set revenue.loca": "sonla whatif --set revenue.local=",
    "sonla budget --data=exampl": "sonla budget --data=examples/",
}


@pytest.mark.slow
def test_what_bash_writes_at_a_tabulator_is_a_command_that_runs(tmp_path):
    """Bash itself is at a terminal: what a key writes there is the line that it would run."""
    import pty

    script = tmp_path / "rc"
    # instead of running a line, show it
    script.write_text(
        'eval "$(sonla completion bash)"\nshow() { printf "\\n<%s>\\n" "$READLINE_LINE"; READLINE_LINE=; }\n'
        "bind -x '\"\\C-g\": show'\nbind 'set bell-style none'\necho ready\n",
        encoding="utf-8",
    )
    more = environment(TERM="dumb", PS1="> ", COLUMNS="500")
    child, screen = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execvpe("bash", ["bash", "--rcfile", str(script), "-i"], more)  # noqa: S606 - the shell is what is tried
    shown = ""

    def until(mark: str) -> str:
        nonlocal shown
        while mark not in shown:
            shown += os.read(screen, 4096).decode(errors="replace")
        before, _, shown = shown.partition(mark)
        return before

    try:
        until("ready")
        for line, completed in TYPED.items():
            os.write(screen, f"{line}\t\a".encode())
            until("\n<")
            assert until(">\r\n") == completed
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(screen)


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
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}
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
    if shell == "bash":
        name = name.replace(" ", "\\ ")
    assert re.search(rf"^{re.escape(name)}(\s|:|$)", done.stdout, re.MULTILINE), done.stdout + done.stderr
