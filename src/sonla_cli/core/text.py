"""Marks text for translation where it is defined; it is translated where it is shown."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Return `message` unchanged; the catalogue of messages is collected from these calls."""
    return message


#: the words that stand for what a person puts in, on help pages and in errors; a test holds them against the commands
PLACEHOLDERS = (
    N_("ARGS"), N_("BASIS"), N_("CHAR"), N_("COMMAND"), N_("COST"), N_("DATE"), N_("DAYS"), N_("FILE"), N_("ID"), N_("IN"),
    N_("KEYS"), N_("METRIC"), N_("NAME"), N_("OPTIONS"), N_("OUT"), N_("PACKAGE"), N_("PATH"), N_("PERCENT"),
    N_("PERIOD"), N_("RATE"), N_("ROWS"), N_("SOURCE"), N_("TABLE"), N_("TEXT"), N_("TOPIC"), N_("UNIT"),
    N_("URL"), N_("VALUE"), N_("YEAR"),
)  # fmt: skip
