"""Reasons of ours, of the system and of parsers are told in the reader's language, with what stands in them kept."""

from __future__ import annotations

import errno
import json
import os
import re
import tomllib

import pytest
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import ValidationError

from sonla_cli import language
from sonla_cli.core.dimension import Dimension
from sonla_cli.core.unit import UnitError
from sonla_cli.render.reasons import REASONS, reason
from sonla_cli.sources.package import Package


@pytest.fixture
def vietnamese():
    language.use("vi")
    yield
    language.use("en")


@pytest.mark.parametrize("template", REASONS)
def test_every_reason_is_translated_and_keeps_what_stands_in_it(vietnamese, template):
    names = re.findall(r"{(\w+)}", template)
    told = template.format(**{name: f"«{name}»" for name in names})
    assert reason(told) != told
    assert all(f"«{name}»" in reason(told) for name in names)
    language.use("en")
    assert reason(told) == told


def test_what_is_not_ours_stays_as_it_came(vietnamese):
    for text in ("", "a reason of a driver", "{braces} of a stranger"):
        assert reason(text) == text


@pytest.mark.parametrize(
    "number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS]
)
def test_what_the_system_says_is_known(vietnamese, number):
    assert reason(os.strerror(number)) != os.strerror(number)


@pytest.mark.parametrize("text", ["a =", "a = [", 'a = "', "a", "a = 1\na = 2", "[x", "a = {"])
def test_what_the_parser_of_toml_says_is_known(vietnamese, text):
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    said = str(raised.value).partition(" (at ")[0]
    assert reason(said) != said


@pytest.mark.parametrize("text", ["{", "[1", '{"a" 1}', "[1 2]", "1 2", '"a'])
def test_what_the_parser_of_json_says_is_known(vietnamese, text):
    with pytest.raises(json.JSONDecodeError) as raised:
        json.loads(text)
    assert reason(raised.value.msg) != raised.value.msg


def test_what_a_descriptor_lacks_is_known(vietnamese):
    for wrong in (
        {},
        {"resources": []},
        {"resources": 3},
        {"resources": [3]},
        {"resources": [{"name": 3, "path": "x"}]},
    ):
        with pytest.raises(ValidationError) as raised:
            Package.model_validate(wrong)
        for each in raised.value.errors():
            assert reason(each["msg"]) != each["msg"]


def test_what_a_template_lacks_is_known(vietnamese):
    with pytest.raises(UndefinedError) as raised:
        SandboxedEnvironment(undefined=StrictUndefined).from_string("{{ areaa }}").render()
    assert reason(str(raised.value)) == "không có tên 'areaa'"


def test_units_that_do_not_go_together_are_said_in_words():
    money, rate = Dimension({"VND": 1}, None), Dimension({}, "percent")
    with pytest.raises(UnitError, match=r"cannot combine VND and % by \+"):
        money.sum(rate, "+")
    assert str(Dimension({"VND": 1, "day": -1}, None)) == "VND/day"
    assert str(Dimension({"day": -1}, None)) == "1/day"
    assert str(Dimension({"VND": 2}, None)) == "VND × VND"
    assert str(Dimension({}, None)) == "a plain number"
