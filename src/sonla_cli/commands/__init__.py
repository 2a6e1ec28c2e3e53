"""One short file per command: options → report → render → exit code; no arithmetic."""
