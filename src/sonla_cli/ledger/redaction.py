"""What may be said of an engine's URL: everything but its password and its options.

Whatever text an engine returns is passed through `Secrets.hide` before anyone sees it. A password may hold any sign:
the login is all that stands between `://` and the last `@`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

HIDDEN = "***"
#: options whose values are secrets: those of a name with one of these in it
SECRET = re.compile(r"pass|pwd|secret|token|credential|key", re.IGNORECASE)
#: a word of fewer signs is hidden where it stands for itself only, not inside another
LONG = 6
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(?:(.*)@)?([^/?#;]*)([^?#;]*)(.*)", re.DOTALL)
_USER = re.compile(r"[\w.%+-]*\Z")
#: signs that end the login for whoever reads a URL by the rules
BREAKING = frozenset("/?#@[]")
#: the scheme whose URL is the path of a file
FILES = "duckdb"


@dataclass(frozen=True, slots=True)
class Secrets:
    """A URL as it may be shown, and the words that may not."""

    shown: str
    words: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """Return `text` with every secret word replaced."""
        for word in self.words:
            text = re.sub(_pattern(word), HIDDEN, text)
        return text


def of(url: str) -> Secrets:
    """Return what may be shown of `url`; what is no URL is not shown at all."""
    found = _URL.match(url)
    if found is None or found[3].count("[") != found[3].count("]"):
        return Secrets(HIDDEN, (url,) if url else ())
    scheme, login, host, path, rest = found.groups()
    words = set(_spellings(_password(login or "")))
    for name, value in parse_qsl(rest.lstrip("?#;").replace(";", "&")):
        if SECRET.search(name):
            words.update(_spellings(value))
    at = "" if login is None else f"{_user(login)}@"
    words.discard("")
    if words:
        words.add(url)
    return Secrets(f"{scheme}://{at}{host}{path}", tuple(sorted(words, key=len, reverse=True)))


def is_broken(url: str) -> bool:
    """Whether the login of a URL has a sign that ends it too early, so that a reader would take half for a host."""
    found = _URL.match(url)
    return bool(found and found[1] != FILES and found[2] and BREAKING.intersection(found[2]))


def _user(login: str) -> str:
    user, colon, _rest = login.partition(":")
    return f"{user if _USER.match(user) else HIDDEN}{colon and ':' + HIDDEN}"


def _password(login: str) -> str:
    user, colon, password = login.partition(":")
    return password if colon else "" if _USER.match(user) else user


def _pattern(word: str) -> str:
    """Return what finds a word: a short one not inside another, such as `s` in `password`."""
    found = re.escape(word)
    if len(word) >= LONG:
        return found
    before = r"(?<!\w)" if re.match(r"\w", word) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", word) else ""
    return f"{before}{found}{after}"


def _spellings(value: str) -> tuple[str, ...]:
    plain = unquote(value)
    return value, plain, quote(plain, safe="")
