"""Why something could not be done, in the language in use: our own reasons, the system's and those of parsers.

A reason is data, one English sentence, as it is in JSON and to a program. For people a sentence of the list below is
told in their language, whatever stands at its braces kept; one that is not in the list stays as it came.
"""

from __future__ import annotations

import re
from functools import cache

from sonla_cli.core.text import N_
from sonla_cli.language import _, current

REASONS = (
    # the system
    N_("No such file or directory"), N_("Permission denied"), N_("Is a directory"), N_("Not a directory"),
    N_("No space left on device"), N_("File too large"), N_("Input/output error"), N_("Bad file descriptor"),
    N_("File name too long"), N_("Read-only file system"), N_("Disk quota exceeded"), N_("File exists"),
    N_("Too many levels of symbolic links"), N_("Operation not permitted"), N_("Invalid argument"),
    # our own
    N_("{cells} cells under {columns} columns"), N_("no object"), N_("nested too deeply"),
    N_("no array of objects and no `observations` in it"), N_("no such file in the package"),
    N_("compression {name} inside a package"), N_("no {name} in the archive"), N_("the folder holds no data package"),
    N_("two entries have one name"), N_("{count} entries"), N_("{count} bytes unpacked"),
    N_("{name}: {packed} → {unpacked} bytes"), N_("{name}: encrypted"), N_("broken, or not a workbook"),
    N_("not {encoding} text"), N_("not a Word document"), N_("not a readable PDF"),
    N_("a PDF without text; scanned pages are not read"),
    N_("`{library}` is not installed; it comes with `{extra}`"),
    N_("cannot combine {left} and {right} by {sign}"),
    N_("{count} columns"), N_("{count} rows"), N_("{count} cells"), N_("{count} bytes"), N_("{count} characters"),
    # TOML
    N_("Invalid value"), N_("Invalid statement"), N_("Unclosed array"), N_("Unclosed inline table"),
    N_("Unterminated string"), N_("Cannot overwrite a value"), N_("Cannot declare {name} twice"),
    N_("Expected '=' after a key in a key/value pair"), N_("Expected newline or end of document after a statement"),
    N_("Invalid initial character for a key part"), N_("Expected ']' at the end of a table declaration"),
    N_("Illegal character {what}"),
    # JSON, CSV, archives
    N_("Expecting value"), N_("Extra data"), N_("Expecting ',' delimiter"), N_("Expecting ':' delimiter"),
    N_("Expecting property name enclosed in double quotes"), N_("Unterminated string starting at"),
    N_("Invalid control character at"), N_("unexpected end of data"), N_("'{separator}' expected after '{quote}'"),
    N_("File is not a zip file"), N_("Bad CRC-32 for file {name}"),
    # descriptors of a package
    N_("Field required"), N_("List should have at least {least} item after validation, not {count}"),
    N_("Input should be a valid string"), N_("Input should be a valid list"), N_("Input should be a valid boolean"),
    N_("Input should be a valid dictionary or instance of {name}"), N_("Extra inputs are not permitted"),
    # templates
    N_("'{name}' is undefined"), N_("No filter named '{name}'."), N_("Encountered unknown tag '{name}'."),
    N_("'{owner}' has no attribute '{name}'"),
)  # fmt: skip

#: words for what a row lacks, what a file holds and what units are
WORDS = (
    N_("area"), N_("metric"), N_("period"), N_("date"),
    N_("amount"), N_("measure"), N_("unit"), N_("text"), N_("a plain number"), N_("VND"), N_("USD"), N_("project"), N_("day"), N_("person"), N_("percentage points"), N_("times"),
)  # fmt: skip

_BRACED = re.compile(r"\\\{(\w+)\\\}")


def reason(text: str) -> str:
    """Return a reason in the language in use."""
    if not text or current() == "en":
        return text
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _(template).format(**{name: word(each) for name, each in found.groupdict().items()})
    return text


def word(text: str) -> str:
    """Return one of our own words in the language in use; any other stays as it is."""
    return _(text) if text in WORDS else text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (each, re.compile(_BRACED.sub(r"(?P<\1>.+?)", re.escape(each)), re.DOTALL)) for each in REASONS
    )
