"""The same figures give the same bytes: whatever the clock, the time zone, the locale and the flags of Python."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from tests.console import environment
from tests.faults.writers import WRITERS, prepare

#: every kind of file once; what is appended to is written by the same lines as a package
MADE = [
    each
    for each in WRITERS
    if not each.appends and each.command not in ("disbursement", "investment", "pace", "project")
]

ALL = """
import json, os, sys
from sonla_cli.cli import run
for place, arguments in enumerate(json.loads(sys.stdin.read())):
    os.chdir(f"{sys.argv[1]}/{place}")
    if run(arguments) not in (0, 1):
        sys.exit(f"failed: {arguments}")
"""

FLAGS = {
    "plain": [], "-O": ["-O"], "-OO": ["-OO"], "-W error": ["-W", "error"], "-X dev": ["-X", "dev"], "-X utf8=0": ["-X", "utf8=0"],
}  # fmt: skip
SURROUNDINGS = {
    "zone ahead": {"TZ": "Pacific/Kiritimati"}, "zone behind": {"TZ": "America/Adak"},
    "locale C": {"LC_ALL": "C"}, "locale tr": {"LC_ALL": "tr_TR.UTF-8"}, "locale vi": {"LC_ALL": "vi_VN.UTF-8"},
    "seed 0": {"PYTHONHASHSEED": "0"}, "seed 1": {"PYTHONHASHSEED": "1"}, "seed 4294967295": {"PYTHONHASHSEED": "4294967295"},
    "epoch": {"SOURCE_DATE_EPOCH": "86400"},
}  # fmt: skip
CLOCKS = {"long ago": "1999-12-31 23:59:59", "leap day": "2028-02-29 12:00:00"}


#: Altair reads docstrings, which -OO leaves out
PICTURES = (
    "chart",
    "report --section disbursement --to out.html",
    "report --section disbursement --to out.docx",
)


def hashes(base, name, command, **more):
    made = [each for each in MADE if not ("-OO" in command and each.words.startswith(PICTURES))]
    folder = base / name.replace(" ", "-")
    folder.mkdir()
    for place, writer in enumerate(made):
        prepare(folder / str(place), writer, with_old=False)
    done = subprocess.run(
        [*command, "-c", ALL, str(folder)], input=json.dumps([each.arguments for each in made]), env=environment(**more),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (name, done.stderr[-3000:])
    return {
        f"{writer.words}: {file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for place, writer in enumerate(made)
        for file in sorted((folder / str(place)).rglob("*")) if file.is_file()
    }  # fmt: skip


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    found = hashes(tmp_path_factory.mktemp("bytes"), "plain", [sys.executable])
    assert len(found) >= len(MADE)
    return found


def differing(one, two):
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", FLAGS)
def test_flags_of_python_change_no_byte(tmp_path, expected, name):
    found = hashes(tmp_path, name, [sys.executable, *FLAGS[name]])
    assert len(found) >= len(MADE) - 5
    assert differing(found, {each: expected[each] for each in found}) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_zone_locale_and_seed_change_no_byte(tmp_path, expected, name):
    assert differing(hashes(tmp_path, name, [sys.executable], **SURROUNDINGS[name]), expected) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CLOCKS)
def test_the_clock_changes_no_byte(tmp_path, expected, name):
    assert differing(hashes(tmp_path, name, ["faketime", CLOCKS[name], sys.executable]), expected) == []
