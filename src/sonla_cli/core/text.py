"""Marks text for translation where it is defined; it is translated where it is shown."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Return `message` unchanged; the catalogue of messages is collected from these calls."""
    return message
