"""An option wins over a variable, which wins over the folder's file, which wins over the user's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.console import ROOT, run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "user" / "sonla").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    return tmp_path


def sonla(home: Path, command: str, **more: str):
    return run(
        f"sonla {command}", home / "work", XDG_CONFIG_HOME=str(home / "user"), **{"SONLA_LANG": "", **more}
    )


def origins(home: Path, **more: str) -> dict[str, tuple[str, str]]:
    rows = json.loads(sonla(home, "config show --json", **more).stdout)
    return {row["setting"]: (row["value"], Path(row["origin"]).name) for row in rows}


def area(home: Path, command: str = "disbursement", **more: str) -> str:
    return json.loads(sonla(home, f"{command} --json", **more).stdout)["area"]


def test_each_place_wins_over_the_one_before(home):
    assert area(home) == "Sơn La"
    (home / "user" / "sonla" / "sonla.toml").write_text('area = "Lào Cai"\nrounding = "truncated"\n', "utf-8")
    assert area(home) == "Lào Cai"
    (home / "work" / "sonla.toml").write_text('area = "Điện Biên"\n', "utf-8")
    assert area(home) == "Điện Biên"
    assert area(home, SONLA_AREA="Hưng Yên") == "Hưng Yên"
    assert area(home, "disbursement --area 'Sơn La'", SONLA_AREA="Hưng Yên") == "Sơn La"
    found = origins(home, SONLA_AREA="Hưng Yên")
    assert found["area"] == ("Hưng Yên", "SONLA_AREA")
    assert found["rounding"] == ("truncated", "sonla.toml")
    assert found["target"] == ("100%", "default")


def test_the_language_and_the_data_of_a_file(home):
    (home / "work" / "own.csv").write_text(
        "area,metric,measure,period,value,unit\nSơn La,exports,actual,2026-10M,200,triệu USD\n", "utf-8"
    )
    (home / "work" / "sonla.toml").write_text('lang = "vi"\ndata = ["own.csv"]\n', "utf-8")
    assert "Tùy chọn" in sonla(home, "budget --help").stdout
    assert "2026-10M" in sonla(home, "data show --metric exports --format csv").stdout


def test_every_problem_of_a_file_is_told_with_its_line(home):
    (home / "work" / "sonla.toml").write_text(
        'aera = "Lào Cai"\n\nrounding = "down"\ntarget = true\n', "utf-8"
    )
    done = sonla(home, "budget")
    assert done.returncode == 2
    assert done.stdout == ""
    for part in ("sonla.toml:1: no setting `aera`", "`area`", "sonla.toml:3: `down`", "sonla.toml:4: `True`"):
        assert part in done.stderr
    (home / "work" / "sonla.toml").write_text("area = \n", "utf-8")
    assert "cannot read the file" in sonla(home, "budget").stderr


def test_the_file_of_the_page_on_settings_is_one(home):
    [text] = re.findall(
        r"^```toml\n(.*?)^```$", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.M | re.S
    )
    (home / "work" / "sonla.toml").write_text(text, encoding="utf-8")
    assert {origin for _value, origin in origins(home).values()} == {"sonla.toml"}


def test_every_command_on_an_area_takes_the_area_of_the_settings(home):
    for name in ("budget", "disbursement", "pefa"):
        done = sonla(home, name, SONLA_AREA="Nowhere")
        assert (done.returncode, "no area `Nowhere`" in done.stderr) == (2, True), name
