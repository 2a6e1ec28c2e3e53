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
    for part in (
        "sonla.toml:1: no setting `aera`",
        "`area`",
        "sonla.toml:3: `down`",
        "sonla.toml:4: `true`",
        '    aera = "Lào Cai"',
    ):
        assert part in done.stderr
    (home / "work" / "sonla.toml").write_text("area = \n", "utf-8")
    assert "sonla.toml:1:8: cannot read the file: Invalid value\n    area =" in sonla(home, "budget").stderr


@pytest.mark.parametrize(
    ("text", "place"), [("area = ", "1:8"), ("a = 1\nb", "2:2"), ('a = "\n', "1:6"), ("[x", "1:3"), ("", "")]
)
def test_a_file_that_is_no_toml_is_told_with_line_and_column(home, text, place):
    (home / "work" / "sonla.toml").write_text(text, "utf-8")
    assert f"sonla.toml:{place}: " in sonla(home, "help").stderr or not text


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"SONLA_ROUNDING": "foo"}, "SONLA_ROUNDING: `foo` is no value of the setting `rounding`"),
        ({"SONLA_LANG": "fr"}, "SONLA_LANG: `fr` is no value of the setting `lang`"),
        ({"SONLA_AREA": "Xyz"}, "SONLA_AREA: no area `Xyz`"),
        ({"SONLA_TARGET": "much"}, "SONLA_TARGET: `much` is not a percentage"),
    ],
)
def test_what_is_wrong_with_a_variable_names_it(home, variables, says):
    done = sonla(home, "disbursement", **variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {says}" in done.stderr


def test_a_wrong_name_or_number_of_a_file_is_told_with_its_line(home):
    (home / "work" / "sonla.toml").write_text('\narea = "Xyz"\n', "utf-8")
    assert "error: sonla.toml:2: no area `Xyz`" in sonla(home, "disbursement").stderr
    assert "error: no area `Xya`" in sonla(home, "disbursement --area Xya").stderr
    (home / "work" / "sonla.toml").write_text('target = "much"\n', "utf-8")
    assert "error: sonla.toml:1: `much` is not a percentage" in sonla(home, "disbursement").stderr
    assert "error: `--target`: `more` is not a" in sonla(home, "disbursement --target more").stderr


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({"LC_ALL": "vi_VN.UTF-8"}, ("vi", "LC_ALL")),
        ({"LC_ALL": "", "LANG": "vi_VN"}, ("vi", "LANG")),
        ({"LC_ALL": "", "LANG": "en_GB"}, ("en", "LANG")),
        ({"LC_ALL": "C.UTF-8", "LANG": "vi_VN"}, ("en", "default")),
        ({"LC_ALL": "vi_VN", "SONLA_LANG": "en"}, ("en", "SONLA_LANG")),
    ],
)
def test_the_language_in_force_is_shown_with_what_chose_it(home, variables, shown):
    assert origins(home, **variables)["lang"] == shown
    said = sonla(home, "config show", **variables).stdout
    assert ("thiết lập" in said) is (shown[0] == "vi")


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


OWN = "area,metric,measure,period,value,unit\nSơn La,exports,actual,2026-10M,{value},triệu USD\n"

#: of each setting: values for the user's file, the folder's, the variable and the option, and what shows the one in force
SETTINGS = {
    "area": (("Lào Cai", "Điện Biên", "Hưng Yên", "Hải Phòng"), "disbursement{option} --json | jq -r .area"),
    "lang": (
        ("vi", "en", "vi", "en"),
        "{before}budget --help | sed 's/Cách dùng.*/vi/; s/Usage.*/en/; q'",
    ),
    "data": (
        ("one.csv", "two.csv", "three.csv", "four.csv"),
        'data show --metric exports --json{option} | jq -r \'.[] | select(.period == "2026-10M") | .value + ".csv"\'',
    ),
    "rounding": (("up", "even", "truncated", "ceiling"), "disbursement{option} --json | jq -r .rounding"),
    "target": (
        ("91%", "92%", "93%", "94%"),
        'disbursement{option} --json | jq -r \'[.rows[] | select(.indicator == "pace_needed") | .inputs[]'
        ' | select(.name == "target") | .value][0] | tostring + "%"\'',
    ),
    "color": (
        ("always", "never", "always", "never"),
        "disbursement{option} | grep -q $(printf '\\033') && echo always || echo never",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_taken_from_the_nearest_place_and_shown_with_it(home, name):
    (user, folder, variable, option), command = SETTINGS[name]
    for value, number in zip(("one", "two", "three", "four"), "1234", strict=True):
        for place in (home / "work", home / "user" / "sonla"):
            (place / f"{value}.csv").write_text(OWN.format(value=number), "utf-8")
    names = {"1.csv": "one.csv", "2.csv": "two.csv", "3.csv": "three.csv", "4.csv": "four.csv"}

    def taken(given: str = "", **more: str) -> str:
        said = sonla(home, command.format(option=given, before=f"{given.strip()} " if given else ""), **more)
        assert said.stderr == ""
        return names.get(said.stdout.strip(), said.stdout.strip())

    def shown(**more: str) -> tuple[str, str]:
        rows = json.loads(sonla(home, "config show --json", **more).stdout)
        row = next(each for each in rows if each["setting"] == name)
        return Path(row["value"]).name, row["origin"]

    assert shown()[1] == "default"
    (home / "user" / "sonla" / "sonla.toml").write_text(f'{name} = "{user}"\n', "utf-8")
    assert taken() == user
    assert shown() == (user, str(home / "user" / "sonla" / "sonla.toml"))
    (home / "work" / "sonla.toml").write_text(f'{name} = "{folder}"\n', "utf-8")
    assert taken() == folder
    assert shown() == (folder, "sonla.toml")
    more = {f"SONLA_{name.upper()}": variable}
    assert taken(**more) == variable
    assert shown(**more) == (variable, f"SONLA_{name.upper()}")
    assert taken(f" --{name} '{option}'", **more) == option


def test_a_check_takes_the_rounding_and_not_the_area(home):
    (home / "work" / "sonla.toml").write_text('area = "Lào Cai"\nrounding = "up"\n', "utf-8")
    found = json.loads(sonla(home, "check --json").stdout)
    assert found["rounding"] == "up"
    assert len({row["area"] for row in found["rows"]}) > 1
