"""Collects the messages of the sources and of Click, updates the Vietnamese catalogue, and compiles it.

    python scripts/messages.py            update and compile
    python scripts/messages.py --check    say what is missing, fuzzy or out of date; exit 1 if anything is

Every message in `N_()`, `_()` and `ngettext()` of `src/`, and every message of Click, has an entry.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "sonla_cli"
FOLDER = SOURCE / "locale" / "vi" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
#: the catalogue carries no clock
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Return every message of the sources and of Click, in the order of the files."""
    catalog = Catalog(project="sonla", charset="utf-8")
    for folder in (SOURCE, Path(click.__file__).parent):
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, [("**.py", "python")], {}, KEYWORDS
        ):
            if message:
                catalog.add(message, flags=("python-brace-format",) if "{" in str(message) else ())
    return catalog


def vietnamese() -> Catalog:
    """Return the Vietnamese catalogue as committed."""
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="vi", domain="messages")


def compiled(catalog: Catalog) -> bytes:
    """Return the compiled form of a catalogue; the same entries give the same bytes."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def problems() -> list[str]:
    """Return everything that keeps the Vietnamese catalogue from being complete and current."""
    wanted, have = template(), vietnamese()
    found = []
    for message in wanted:
        if not message.id:
            continue
        entry = have.get(message.id)
        if entry is None or not all([entry.string] if isinstance(entry.string, str) else entry.string):
            found.append(f"missing: {message.id}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {message.id}")
        elif _placeholders(entry.id) != _placeholders(entry.string):
            found.append(f"placeholders differ: {message.id}")
    found += [f"no longer used: {entry.id}" for entry in have if entry.id and entry.id not in wanted]
    if (FOLDER / "messages.mo").read_bytes() != compiled(have):
        found.append("messages.mo is not compiled from messages.po")
    return found


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    from string import Formatter

    one = text if isinstance(text, str) else text[-1]
    return {name for _literal, name, _spec, _conversion in Formatter().parse(one) if name}


def update() -> None:
    """Bring the catalogue up to date: new messages are empty, unused ones go; then compile it."""
    wanted = template()
    have = vietnamese() if (FOLDER / "messages.po").exists() else Catalog(locale="vi")
    result = Catalog(
        locale="vi", project="sonla", version="1", charset="utf-8", fuzzy=False, creation_date=DAY, revision_date=DAY,
        header_comment="# Vietnamese messages of sonla.", last_translator="the sonla developers",
        language_team="the sonla developers", msgid_bugs_address="the issue tracker",
    )  # fmt: skip
    for message in wanted:
        if message.id:
            entry = have.get(message.id)
            string = entry.string if entry else ("" if isinstance(message.id, str) else ("",))
            result.add(message.id, string, flags=message.flags)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "messages.po").open("wb") as file:
        write_po(file, result, width=110, omit_header=False, sort_output=False, no_location=True)
    (FOLDER / "messages.mo").write_bytes(compiled(vietnamese()))


if __name__ == "__main__":
    if "--check" in sys.argv:
        wrong = problems()
        print("\n".join(wrong))
        sys.exit(bool(wrong))
    update()
    left = [each for each in problems() if each.startswith("missing")]
    print(f"{len(left)} messages to translate")
