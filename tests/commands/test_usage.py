"""Wrong use gets a clear error, the nearest names and exit status 2; a closed pipe and Ctrl-C end quietly."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import click
import jsonschema
import pytest

from tests.console import environment, run

TABLE = "area,metric,measure,basis,period,value,unit\n"


@pytest.mark.parametrize(
    ("command", "says", "hints"),
    [
        ("sonla budgt", "no command `budgt`", "`budget`"),
        ("sonla budget --area Sonlaa", "no area `Sonlaa`", "did you mean `Sơn La`?"),
        ("sonla budget --period 2025-13", "no period `2025-13`", "2025-10M"),
        ("sonla budget --period 2031", "nothing was published for Sơn La, period 2031", "2025-10M"),
        ("sonla budget --area Huế", "nothing was published for Huế", "were published for `Việt Nam`"),
        ("sonla rank revenue.local --period 2025", "nothing was published", "`2025-10M`"),
        ("sonla budget --source vietnamplus", "no source `vietnamplus`", "vietnamplus"),
        ("sonla budget --wrong", "no option `--wrong`", "did you mean `--rounding`"),
        (
            "sonla budget --format xml",
            "`--format`: `xml` is not one of `table`, `json`",
            "sonla budget --help",
        ),
        ("sonla budget --data nowhere.csv", "nowhere.csv: cannot read the file", "check the path"),
        ("sonla compare 2024", "a comparison needs two different years or more", "sonla compare 2024 2025"),
        ("sonla compare 2024 next", "`next` is not a year", ""),
        ("sonla compare 1990 1991", "nothing was published", ""),
        ("sonla disbursement --as-of yesterday", "`yesterday` is not a date", ""),
        ("sonla disbursement --by 2025-01-31", "`--by 2025-01-31` is not after the figures", "a later day"),
        ("sonla disbursement --target much", "`much` is not a percentage", ""),
        ("sonla disbursement --target 1.000%", "`1.000` has one mark with three digits", "write `1000`"),
        ("sonla whatif --set revenue.local=4,800", "`4,800` has one mark", "`4.8` if it is the decimal mark"),
        ("sonla check --trust official=-2", "`--trust official=-2` is not a number above zero", ""),
        ("sonla check --revision 1.125%", "`1.125` has one mark", "`1.1250`"),
        ("sonla disbursement --as-of 2001-01-01", "nothing was published", ""),
        ("sonla explain disbursment", "nothing is called `disbursment`", "`disbursement`"),
        ("sonla explain revenue.local:implied_plan@centre:2025", "nothing is called", "@central:2025"),
        ("sonla budget 2025", "`2025` is one argument too many", "name the time with `--period 2025`"),
        ("sonla budget --area Sơn La", "`La` is one argument too many", "in quotation marks"),
        ("sonla budget --area Atlantis", "no area `Atlantis`", "one of the 34 provinces"),
        ("sonla budget --area sơnla", "no area `sơnla`", "did you mean `Sơn La`?"),
        ("sonla rank disbursement --basis prime", "no basis `prime`", "did you mean `prime_minister`"),
        ("sonla chart", "error: `KIND` is missing\n", "choose `budget`, `disbursement`"),
        ("sonla completion", "error: `SHELL` is missing\n", "choose `bash`, `zsh`"),
        ("sonla data convert one.csv", "`OUT` is missing", ""),
        ("sonla data convert", "`IN` is missing", ""),
        ("sonla data shwo", "no such command `shwo`", "`show`"),
        (
            "sonla explain revenue.local:actual:2019",
            "nothing is called",
            "did you mean `revenue.local:actual:",
        ),
        ("sonla data schema reprot", "`NAME`: `reprot` is not one of", ""),
    ],
)
def test_a_wrong_use_is_explained(command, says, hints):
    done = run(command)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert says in done.stderr
    assert hints in done.stderr
    assert "Traceback" not in done.stderr


def test_every_problem_of_a_table_comes_at_once(tmp_path):
    table = tmp_path / "wrong.csv"
    table.write_text(
        TABLE
        + "Sơn La,revenue.locl,actual,,2025,12,tỷ đồng\n"
        + "Sơn Lá,revenue.local,actual,,2025,12,tỷ đồng\n"
        + "Sơn La,revenue.local,actual,,2025,12.5.1,tỷ đồng\n"
        + "Sơn La,revenue.local,attainment,,2025,12,%\n"
        + "Sơn La,revenue.local,actual,,2025,12,tỷ dồng\n",
        encoding="utf-8",
    )
    done = run(f"sonla budget --data {table}")
    assert done.returncode == 2
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert [line.split("wrong.csv:")[1].split(":")[0] for line in errors] == ["2", "3", "4", "5", "6"]
    assert "`revenue.local`" in done.stderr


@pytest.mark.parametrize(
    "command", ["budget", "disbursement", "investment", "compare 2024 2025", "indicators", "data show"]
)
def test_a_reader_that_leaves_early_is_no_error(command):
    done = run(f"set -o pipefail; sonla {command} --format json | head -c 10")
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    "command",
    ["budget", "disbursement", "investment", "compare 2024 2025", "indicators", "explain attainment"],
)
def test_json_keeps_to_the_published_schema(command):
    schema = json.loads(run("sonla data schema").stdout)
    document = json.loads(run(f"sonla {command} --json").stdout)
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)
    assert document["schema"] == {"name": "sonla.report", "version": 1}


def test_every_number_shown_can_be_explained():
    for command in ("budget", "disbursement", "investment", "compare 2024 2025"):
        document = json.loads(run(f"sonla {command} --json").stdout)
        for row in document["rows"][::5]:
            done = run(f"sonla explain '{row['id']}' --json")
            assert done.returncode == 0, (row["id"], done.stderr)
            explained = json.loads(done.stdout)["rows"][0]
            assert explained["id"] == row["id"]


def test_machine_output_has_no_locale_and_no_clock():
    first = run("sonla budget --json").stdout
    assert (
        run(
            "sonla budget --json", LC_ALL="vi_VN.UTF-8", SONLA_LANG="vi", TZ="Asia/Tokyo", PYTHONHASHSEED="7"
        ).stdout
        == first
    )


def test_language_is_chosen_by_option_then_variable_then_locale():
    assert (
        "Cách" in run("sonla --lang vi budget --help").stdout
        or "Tùy chọn" in run("sonla --lang vi budget --help").stdout
    )
    assert run("sonla budget --help", SONLA_LANG="vi").stdout != run("sonla budget --help").stdout
    assert (
        run("sonla budget --help", SONLA_LANG="", LC_ALL="vi_VN.UTF-8").stdout
        == run("sonla budget --help", SONLA_LANG="vi").stdout
    )
    assert run("sonla --lang en budget --help", SONLA_LANG="vi").stdout == run("sonla budget --help").stdout


def test_every_command_takes_its_language_and_debug():
    from sonla_cli.cli import cli

    def commands(group: click.Group, context: click.Context) -> Iterator[click.Command]:
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            assert found is not None
            yield found
            if isinstance(found, click.Group):
                yield from commands(found, context)

    for each in commands(cli, click.Context(cli)):
        names = [name for parameter in each.params for name in parameter.opts]
        assert names.count("--lang") == names.count("--debug") == 1, each.name
    assert "đến 31/12" in run("sonla help periods --lang vi").stdout


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    out = tmp_path / "budget.csv"
    assert run(f"sonla budget --format csv -o {out}").returncode == 0
    written = out.read_bytes()
    again = run(f"sonla budget --json -o {out}")
    assert again.returncode == 2
    assert "`--force`" in again.stderr
    assert out.read_bytes() == written
    assert run(f"sonla budget --json -o {out} --force").returncode == 0
    assert json.loads(out.read_text("utf-8"))["command"] == "budget"
    assert [each.name for each in tmp_path.iterdir()] == ["budget.csv"]


def test_colour_is_off_in_a_pipe_and_on_when_asked():
    assert "\x1b[" not in run("sonla budget", NO_COLOR="").stdout
    assert "\x1b[" in run("sonla budget --color always", NO_COLOR="").stdout


@pytest.mark.parametrize("width", ["60", "92", "100", "130", "160", "200"])
@pytest.mark.parametrize(
    "command", ["budget", "disbursement", "investment", "compare 2024 2025", "compare 2022 2023 2024 2025"]
)
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(command, width):
    shown = run(f"sonla {command} --quiet", COLUMNS=width).stdout
    assert max(map(len, shown.splitlines())) <= int(width)
    table = shown.split("●", 1)[1]
    assert not any(line.rstrip().endswith(("…", "≥", "≤")) for line in table.splitlines())


def test_interrupting_ends_quietly_with_130():
    code = "import sys,time,signal; from sonla_cli import cli, sources; sources.load=lambda *a, **k: time.sleep(30); cli.main(['budget'])"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, env=environment(), text=True
    )
    time.sleep(2)
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=20)
    assert child.returncode == 130
    assert "Traceback" not in errors


def test_a_bug_is_one_line_and_a_traceback_on_request():
    code = "from sonla_cli import cli, sources; sources.load=lambda *a, **k: 1/0; cli.main(['budget'{}])"
    for extra, traceback in (("", False), (", '--debug'", True)):
        done = subprocess.run(
            [sys.executable, "-c", code.format(extra)],
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
        assert ("Traceback" in done.stderr) is traceback
        assert "ZeroDivisionError" in done.stderr
        assert done.returncode != 0


def test_strict_makes_what_is_missing_an_answer_of_no():
    assert run("sonla budget --strict --quiet").returncode == 0
    missing = run("sonla budget --area 'Lào Cai' --strict")
    assert missing.returncode == 1
    assert missing.stderr == ""
    assert run("sonla budget --area 'Lào Cai'").returncode == 0


def test_figures_of_more_digits_than_usual_are_shown_with_all_of_them(tmp_path):
    digits = "123456789012345678901234567890123"
    table = tmp_path / "big.csv"
    table.write_text(
        f"area,metric,measure,period,value,unit\nSơn La,revenue.local,actual,2025-10M,{digits},tỷ đồng\n",
        "utf-8",
    )
    for form in ("table", "json", "csv", "markdown"):
        done = run(f"sonla budget --data {table} --no-embedded --format {form}")
        assert done.returncode == 0, done.stderr
        assert digits in done.stdout.replace(",", ""), form
