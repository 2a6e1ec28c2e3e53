"""Every command that writes a file, with what it writes; a test compares the list with the commands' own options."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from tests.console import ROOT
from tests.sources.files import csv_text, fields, observation

DATA = ROOT / "src" / "sonla_cli" / "data" / "observations.csv"
VOUCHERS = ROOT / "examples" / "vouchers.csv"
OLD = b"the old file, whole\n"
PACKAGE = "package"


class Writer(NamedTuple):
    """A command in words, the file or folder it writes, and whether it appends to what is there."""

    words: str
    target: str
    appends: bool = False

    @property
    def arguments(self) -> list[str]:
        """What follows `sonla`."""
        return self.words.split()

    @property
    def command(self) -> str:
        """The path of the command."""
        return " ".join(self.arguments[: 2 if self.words.startswith("data") else 1])


#: the other commands that show a report; of the formats, `budget` tries every one
OTHERS = (
    "disbursement", "investment", "compare 2024 2025", "pace", "project", "rank disbursement", "check",
    "whatif --set revenue.local:actual=5000", "explain attainment", "indicators",
    f"pefa {ROOT / 'examples' / 'pefa.csv'}",
)  # fmt: skip
WRITERS = (
    *(Writer(f"budget --format {form} -o out --force", "out") for form in ("table", "json", "csv", "markdown")),
    *(Writer(f"{words} --format json -o out --force", "out") for words in OTHERS),
    *(Writer(f"report --section disbursement --to out.{end} --force", f"out.{end}") for end in ("html", "docx", "xlsx", "md")),
    *(Writer(f"chart disbursement -o out.{end} --force", f"out.{end}") for end in ("svg", "png", "html")),
    *(
        Writer(f"data convert {DATA} out.{end} --force", f"out.{end}")
        for end in ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "zip")
    ),
    Writer(f"data convert {DATA} {PACKAGE} --to package --force", PACKAGE),
    Writer(f"data add new.csv --to {PACKAGE}", PACKAGE, appends=True),
    *(Writer(f"data template out.{end} --force", f"out.{end}") for end in ("xlsx", "csv")),
    *(
        Writer(f"extract {ROOT / 'examples' / 'article.txt'} --format {form} -o out --force", "out")
        for form in ("csv", "json", "jsonl", "text")
    ),
    *(
        Writer(f"rollup {VOUCHERS} --map {VOUCHERS.with_suffix('.toml')} --format {form} -o out --force", "out")
        for form in ("csv", "json")
    ),
)  # fmt: skip


def prepare(folder: Path, writer: Writer, *, with_old: bool = True) -> None:
    """Lay out the folder a command starts from; without the old, what it writes is not there yet."""
    folder.mkdir()
    if writer.appends:
        (folder / "new.csv").write_text(
            csv_text([fields(value="4900", period="2025-11M", source="mine")]), encoding="utf-8"
        )
    if not with_old:
        return
    if writer.target == PACKAGE:
        shutil.copytree(old_package(folder.parent), folder / PACKAGE)
    else:
        (folder / writer.target).write_bytes(OLD)


def old_package(folder: Path) -> Path:
    """Return a package with one figure and a publication that nobody else knows."""
    from sonla_cli.models.observation import Dataset, Source
    from sonla_cli.sources.writing import write

    found = folder / f"old-{PACKAGE}"
    if not found.exists():
        old = Dataset(
            observations=(observation(source="old"),), sources=(Source(id="old", title="+Old report"),)
        )
        write(old, str(found), form="package")
    return found


def content(folder: Path, writer: Writer) -> object:
    """Return what is there to be read: the bytes of a file, the observations of a package, `None` for neither."""
    target = folder / writer.target
    if writer.target != PACKAGE:
        return target.read_bytes() if target.exists() else None
    if not (target / "datapackage.json").exists():
        return None
    from sonla_cli.sources import tables

    read = tables.load([str(target)])
    titles = {name: source.title for name, source in read.sources.items()}
    cited = {each.source for each in read.observations}
    return tuple(read.observations), tuple(sorted((name, titles.get(name)) for name in cited))


def strays(folder: Path, writer: Writer) -> list[str]:
    """Return the files that do not belong to what a command leaves behind."""
    known = {writer.target, "new.csv"} | {
        f"{PACKAGE}/{name}" for name in ("observations.csv", "sources.csv", "datapackage.json", ".sonla.lock")
    }
    found = {str(each.relative_to(folder)) for each in folder.rglob("*")}
    return sorted(found - known)


def commands_that_write() -> Iterator[str]:
    """Yield the path of every command with an option or argument that names a file to write."""
    from sonla_cli.cli import cli

    def walk(group: click.Group, path: tuple[str, ...]) -> Iterator[str]:
        context = click.Context(group)
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, click.Group):
                yield from walk(found, (*path, name))
            elif found is not None and {each.name for each in found.params} & {"output", "to", "force"}:
                yield " ".join((*path, name))

    return walk(cli, ())
