"""Writes `docs/errors.md`: every problem code with its sentence, and a session that provokes it.

    python scripts/errors.py            writes the page
    python scripts/errors.py --check    says whether it is current, which runs every session again

What provokes a code is in `errors.toml`: a command and the files it reads, and where the machine matters, packages
that are not there (`without`), variables (`environment`), a package another process writes to (`held`), and what the
page says of it (`where`). Each runs in an empty folder, once in English and once in Vietnamese, and has to tell what
the code stands for.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from sonla_cli import language
from sonla_cli.cli import run
from sonla_cli.core.problem import Code
from sonla_cli.language import _
from sonla_cli.render.problems import TEXTS

HERE = Path(__file__).parent
FILE = HERE.parent / "docs" / "errors.md"
#: a session is shortened to what tells the problem beyond this many lines
MOST_LINES = 12
QUIET = {"COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
HEAD = """\
# Errors

Made by `python scripts/errors.py`, which runs every session below; a test compares. `[exit 2]` below a session is its
exit status; the same follows in Vietnamese.

An error names the file, the line and the column, then what is wrong, then what stands there, and after an empty
line what to do. All problems of a file are told at once. The exit status is 2 and nothing is written. A warning
tells the same beside a result; a note stands below the table. With `--json` a problem is data: `code`, `severity`,
`values`, and where known `file`, `line` and `column`. The codes below are these; they keep their meaning within a
version of the schema.
"""


def page() -> str:
    """Return the page, with every session run."""
    cases = tomllib.loads((HERE / "errors.toml").read_text(encoding="utf-8"))
    links = (f"[`{code}`](#{code})" for code in Code if code in cases)
    parts = [HEAD, " · ".join([*links, "[others](#without-a-session)"]) + "\n"]
    parts += ["\n".join(section(code, cases[code])) for code in Code if code in cases]
    language.use("en")
    rows = [
        f"| `{code}` | {_cell(TEXTS[code][0])} | {_cell(TEXTS[code][1])} |"
        for code in Code
        if code not in cases
    ]
    parts.append(
        "\n".join(
            [
                "## Without a session",
                "",
                "This one needs a server that refuses a login.",
                "",
                "| code | sentence | hint |",
                "|---|---|---|",
                *rows,
                "",
            ]
        )
    )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def section(code: Code, case: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of one code: files, session, and the same in Vietnamese."""
    yield from (f"## `{code}`", "")
    if "where" in case:
        yield from (case["where"], "")
    for name, content in case.get("files", {}).items():
        yield from _shown(name, content)
    yield from ("```console", *_told(code, case, "en"), "```", "")
    # the commands again would add nothing
    vietnamese = [line for line in _told(code, case, "vi") if not line.startswith("$ ")]
    yield from ("```text", *vietnamese, "```", "")


def _shown(name: str, content: Any) -> Iterator[str]:
    """Yield how the page gives a file."""
    if isinstance(content, str):
        if content:
            shown = content.rstrip("\n").replace("\0", "␀").replace("\x1b", "␛")
            yield from (f"`{name}`:", "", "```text", shown, "```", "")
        else:
            yield from (f"`{name}` is empty.", "")
    elif isinstance(content, list):
        yield from (f"A sheet of `{name}`:", "", "```text")
        yield from (" | ".join(str(cell) for cell in row) for row in content)
        yield from ("```", "")
    elif "zip" in content:
        entries = ", ".join(f"`{entry}`, {size:,} zero bytes" for entry, size in content["zip"].items())
        yield from (f"`{name}` holds {entries}.", "")
    elif "columns" in content:
        yield from (f"`{name}` has {content['columns']} columns.", "")
    elif "double" in content:
        names = ", ".join(f"`{each}`" for each in (*content["text"], content["double"]))
        yield from (f"`{name}` has the columns {names}, the last as double precision.", "")
    elif "program" in content:
        yield from (f"`{name}` is a program that cannot do it.", "")
    elif "xls" in content:
        yield from _shown(name, content["xls"])
    elif "times" in content:
        yield from (
            f"`{name}`, with its last line {content['times']} times:",
            "",
            "```text",
            content["text"].rstrip("\n"),
            "```",
            "",
        )
    else:
        yield from (
            f"`{name}`, saved as {content['encoding']}:",
            "",
            "```text",
            content["text"].rstrip("\n"),
            "```",
            "",
        )


def _written(path: Path, content: Any) -> None:
    """Write a file of a case."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif isinstance(content, list):
        import xlsxwriter

        with xlsxwriter.Workbook(str(path)) as book:
            sheet, day = book.add_worksheet("Biểu"), book.add_format({"num_format": "dd/mm/yyyy"})
            for line, row in enumerate(content):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(line, column, value, day)
                    elif str(value).startswith("#"):
                        sheet.write_formula(line, column, "=1/0", None, value)
                    else:
                        sheet.write(line, column, value)
    elif "zip" in content:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, size in content["zip"].items():
                archive.writestr(name, bytes(size))
    elif "columns" in content:
        path.write_text(
            ",".join(f"c{place}" for place in range(content["columns"])) + "\n1\n", encoding="utf-8"
        )
    elif "double" in content:
        import pyarrow as pa
        from pyarrow import parquet

        parquet.write_table(
            pa.table({**{name: [text] for name, text in content["text"].items()}, content["double"]: [1.5]}),
            path,
        )
    elif "program" in content:
        path.write_text(content["program"], encoding="utf-8")
        path.chmod(0o755)
    elif "xls" in content:
        import xlwt

        book = xlwt.Workbook()
        sheet = book.add_sheet("Biểu")
        for line, row in enumerate(content["xls"]):
            for column, value in enumerate(row):
                sheet.write(line, column, value)
        book.save(str(path))
    elif "times" in content:
        *first, last = content["text"].splitlines(keepends=True)
        path.write_text("".join(first) + last * content["times"], encoding="utf-8")
    else:
        path.write_text(content["text"], encoding=content["encoding"])


def _told(code: Code, case: dict[str, Any], lang: str) -> list[str]:
    """Run the commands of a case and return the session; the last one has to tell what `code` stands for."""
    session: list[str] = []
    with TemporaryDirectory() as folder:
        for name, content in case.get("files", {}).items():
            _written(Path(folder, name), content)
        places = {"XDG_CONFIG_HOME": str(Path(folder, "none")), "HOME": folder} | case.get("environment", {})
        with (
            patch.dict(os.environ, {**QUIET, **places, "SONLA_LANG": lang}),
            _without(case.get("without", ())),
            chdir(folder),
            _held(case.get("held", "")),
        ):
            for command in case.get("before", []):
                session += [f"$ {command}", *_run(command)]
            lines = _run(case["run"])
            sentence = _(case.get("sentence", TEXTS[code][0]))
    found = _where(sentence, lines)
    if found is None:
        raise SystemExit(f"{code}: `{case['run']}` does not tell it:\n" + "\n".join(lines))
    return [*session, f"$ {case['run']}", *_short(lines, *found)]


@contextmanager
def _without(packages: list[str]) -> Iterator[None]:
    """Let imports of packages fail, as where they are not installed."""
    kept = {name: sys.modules.get(name) for name in packages}
    sys.modules.update(dict.fromkeys(packages))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in kept.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module


@contextmanager
def _held(package: str) -> Iterator[None]:
    """Hold the lock of a package, as another process does that writes to it; waiting for it ends at once."""
    if not package:
        yield
        return
    from filelock import FileLock

    from sonla_cli.sources import adding

    Path(package).mkdir(exist_ok=True)
    at_once = partial(FileLock, blocking=False)
    with FileLock(Path(package, adding.LOCK)), patch("filelock.FileLock", at_once):
        yield


def _run(command: str) -> list[str]:
    """Run a command in this process and return what it prints, and its status where that is not 0."""
    arguments = shlex.split(command)[1:]
    out, err = io.BytesIO(), io.StringIO()
    stdout = io.TextIOWrapper(out, encoding="utf-8")
    with redirect_stdout(stdout), redirect_stderr(err):
        language.choose(arguments)
        status = run(arguments)
        stdout.flush()
    lines = (out.getvalue().decode() + err.getvalue()).splitlines()
    return [*lines, *([f"[exit {status}]"] if status else [])]


def _where(sentence: str, lines: list[str]) -> tuple[int, int] | None:
    """Return the first line and the line after the paragraph that says `sentence`, whatever its values."""
    parts = [re.escape(part).replace(r"\ ", " ") for part in re.split(r"\{\w+\}", sentence)]
    pattern = re.compile(".*".join(parts))
    starts = [place for place, line in enumerate(lines) if line and not line.startswith(" ")]
    for first in starts:
        last = first + 1
        while first and last < len(lines) and lines[last] and not re.match(r"! |\w+: ", lines[last]):
            last += 1
        if pattern.search(" ".join(line.strip() for line in lines[first:last])):
            return first, last
    return None


def _short(lines: list[str], first: int, last: int) -> list[str]:
    """Return the lines, or of many only those that tell the problem and what to do."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[0]:
        del kept[0]
    if len(kept) <= MOST_LINES:
        return kept
    if (
        lines[last - 1 : last]
        and last + 1 < len(lines)
        and not lines[last]
        and re.match(r"\w+( \w+)?: ", lines[last + 1])
    ):
        last += 2
    status = [kept[-1]] if kept[-1].startswith("[exit") else []
    rest = len(lines) - last - len(status)
    shown = [line.rstrip() for line in lines[first:last]]
    return [*(["…"] if first else []), *shown, *(["…"] if rest else []), *status]


if __name__ == "__main__":
    made = page()
    if "--check" in sys.argv:
        sys.exit(FILE.read_text(encoding="utf-8") != made)
    FILE.write_text(made, encoding="utf-8")
