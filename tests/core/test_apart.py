"""A stranger's file is read by a process of its own, which ends alone: refused, broken, too large, or without end."""

from __future__ import annotations

import pytest

from sonla_cli.core import apart
from sonla_cli.core.apart import ApartError, ask

READER = """
import sys, time
from sonla_cli.core.apart import answer

def read(data):
    if data == b"wrong":
        raise ValueError("no such file")
    if data == b"broken":
        raise RuntimeError("a fault of the reader")
    if data == b"large":
        return str(len(bytearray({memory} + 2**20))).encode()
    if data == b"endless":
        time.sleep(600)
    return data.upper()

sys.exit(answer(read, (ValueError,)))
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    (tmp_path / "stranger.py").write_text(READER.format(memory=apart.MEMORY), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "stranger"


def test_the_answer_comes_back(reader):
    assert ask(reader, b"s\xc6n la") == b"S\xc6N LA"


def test_a_file_that_is_refused_comes_back_with_its_reason(reader):
    with pytest.raises(ApartError, match=r"^no such file$"):
        ask(reader, b"wrong")


def test_a_reader_that_breaks_says_nothing(reader):
    with pytest.raises(ApartError, match=r"^$"):
        ask(reader, b"broken")


def test_a_file_that_would_fill_the_memory_ends_its_reader_only(reader):
    """Not a byte of it is touched: it is the limit that ends it, and not the machine."""
    pytest.importorskip("resource")
    with pytest.raises(ApartError, match=r"^$"):
        ask(reader, b"large")


def test_a_reader_without_end_is_ended(reader, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 1)
    with pytest.raises(ApartError, match="not read within 1 seconds"):
        ask(reader, b"endless")


def test_a_module_of_the_working_folder_is_not_taken_for_one_of_the_program(tmp_path, monkeypatch):
    (tmp_path / "stranger.py").write_text(READER.format(memory=apart.MEMORY), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with pytest.raises(ApartError, match=r"^$"):
        ask("stranger", b"")
