"""What may be said of an engine's URL: everything but its password and its options.

Whatever text an engine returns is passed through `Secrets.hide` before anyone sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

HIDDEN = "***"
#: an option shorter than this (`threads=2`) is no secret; a password is one however short
LEAST = 3


@dataclass(frozen=True, slots=True)
class Secrets:
    """A URL as it may be shown, and the words that may not."""

    shown: str
    words: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """Return `text` with every secret word replaced."""
        for word in self.words:
            text = text.replace(word, HIDDEN)
        return text


def of(url: str) -> Secrets:
    """Return what may be shown of `url`."""
    try:
        parts = urlsplit(url)
        password = _password(parts)
    except ValueError:
        return Secrets(HIDDEN, (url,))
    options = parse_qsl(parts.query.replace(";", "&")) + parse_qsl(
        parts.path.partition(";")[2].replace(";", "&")
    )
    values = {each for each in _spellings(password) if each}
    values.update(each for _name, value in options if len(value) >= LEAST for each in _spellings(value))
    return Secrets(shown(parts), tuple(sorted(values, key=len, reverse=True)))


def shown(parts: SplitResult) -> str:
    """Return the URL without its password, options and fragment."""
    login, at, host = parts.netloc.rpartition("@")
    user, colon, _password = login.partition(":")
    netloc = f"{user}{colon and ':' + HIDDEN}{at}{host}"
    # `sc://host/;token=…` keeps its options in the path
    path = parts.path.partition(";")[0]
    return f"{parts.scheme}://{netloc}{path}"


def _password(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[0].partition(":")[2]


def _spellings(value: str) -> tuple[str, ...]:
    plain = unquote(value)
    return value, plain, quote(plain, safe="")
