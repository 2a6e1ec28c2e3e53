"""Bytes → observations: the embedded package, and the files people bring."""
