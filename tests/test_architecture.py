"""The arrows of `docs/architecture.md` are the arrows of the code."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.console import ROOT

SOURCE = ROOT / "src" / "sonla_cli"
TABLE = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.MULTILINE)


def allowed() -> dict[str, set[str]]:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = text.split("## Who may import whom", 1)[1].split("\n## ", 1)[0]
    return {part: set(re.findall(r"`(\w+)`", names)) for part, names in TABLE.findall(section)}


def part_of(path: Path) -> str:
    inside = path.relative_to(SOURCE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem.strip("_")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "sonla_cli":
                found |= {f"sonla_cli.{each.name}" for each in node.names if not each.name.startswith("__")}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found


FILES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py" or path.parent != SOURCE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_import_is_an_arrow_of_the_table(path):
    part, table = part_of(path), allowed()
    assert part in table, f"{part} has no row in docs/architecture.md"
    used = {name.split(".")[1] for name in imports(path) if name.startswith("sonla_cli.")} - {part}
    assert used <= table[part], f"{part} may not import {sorted(used - table[part])}"


def test_core_knows_the_standard_library_only():
    for path in (SOURCE / "core").glob("*.py"):
        for name in imports(path):
            assert name.startswith("sonla_cli.core") or name.split(".")[0] in sys.stdlib_module_names, (
                path,
                name,
            )


def test_every_row_of_the_table_is_a_part():
    parts = {part_of(path) for path in SOURCE.rglob("*.py")} | {"locale", "data"}
    assert set(allowed()) <= parts


def test_files_stay_short():
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := p.read_text("utf-8").count("\n")) > 350}
    assert not long
