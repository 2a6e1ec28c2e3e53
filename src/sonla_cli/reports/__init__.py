"""Observations → `Report`: one function per command, all on the same evidence."""
