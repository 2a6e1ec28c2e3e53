"""The language of everything people read; one choice for the whole process, Click's own messages included.

`--lang` wins over `SONLA_LANG`, which wins over the locale; whatever is not Vietnamese is English, the
language of the source. Machine output never passes through here.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Sequence
from pathlib import Path

from sonla_cli import settings

LANGUAGES = ("en", "vi")
DOMAIN = "messages"
FOLDER = Path(__file__).parent / "locale"


def choose(arguments: Sequence[str] = ()) -> str:
    """Set the language named in `arguments`, the environment or the locale, and return it."""
    asked = _asked(arguments) or os.environ.get("SONLA_LANG", "") or settings.language()
    if asked not in LANGUAGES:
        asked, _variable = located()
    use(asked)
    return asked


def located() -> tuple[str, str]:
    """Return the language of the locale, and the variable that says it; nothing where none of ours is said."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        local = os.environ.get(name, "").lower()
        if local:
            said = local[:2] in LANGUAGES and not local[2:3].isalpha()
            return (local[:2], name) if said else ("en", "")
    return "en", ""


def use(language: str) -> None:
    """Set the language of the process."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def current() -> str:
    """Return the language in use."""
    chosen = os.environ.get("LANGUAGE", "")
    return chosen if chosen in LANGUAGES else "en"


def _(message: str | None) -> str:
    """Return `message` in the language in use; nothing stays nothing."""
    return gettext.gettext(message) if message else ""


_PLACEHOLDER = re.compile("[A-Z]{2,}")


def placeholder(text: str) -> str:
    """Return what a usage line prints for a parameter, its words in the language in use."""
    return _PLACEHOLDER.sub(lambda word: _(word[0]), text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with `count`, in the language in use."""
    return gettext.ngettext(one, many, count)


def spellings(message: str) -> tuple[str, ...]:
    """Return a message in every language, for who searches by a word of any."""
    return message, *(
        gettext.translation(DOMAIN, str(FOLDER), [each]).gettext(message) for each in LANGUAGES[1:]
    )


def _asked(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return ""
