"""Makes the pictures of the README anew, in docs/pictures/: the terminal, a chart, a page and a printed page.

    python scripts/pictures.py

The page and the paper need Chromium, LibreOffice and pdftoppm: see scripts/install-slow-tools. A test holds the
words of the terminal and the chart against what `sonla` prints now.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
TERMINAL = ("budget", "--source", "vietnamplus-2025-11-18", "--quiet")
WIDTH = 100


def sonla(*arguments: str, language: str = "en") -> bytes:
    """Run `sonla` and return what it prints."""
    environment = {**os.environ, "SONLA_LANG": language, "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "sonla_cli", *arguments]
    return subprocess.run(command, check=True, capture_output=True, env=environment, cwd=ROOT).stdout


def terminal(*arguments: str) -> str:
    """Return a command and its coloured answer as the picture of a terminal."""
    console = Console(
        record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text("$ sonla " + " ".join(arguments), style="bold"))
    console.print(Text.from_ansi(sonla(*arguments, "--color", "always").decode()), soft_wrap=True)
    return console.export_svg(title="sonla", theme=MONOKAI, unique_id="sonla")


def page(file: Path) -> bytes:
    """Return a screenshot of the top of a page."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page(viewport={"width": 1100, "height": 1150})
        shown.goto(file.as_uri())
        taken = shown.screenshot()
        browser.close()
    return taken


def paper(file: Path) -> bytes:
    """Return the first page of a PDF."""
    command = [
        "pdftoppm",
        "-r",
        "80",
        "-f",
        "1",
        "-l",
        "1",
        "-png",
        "-singlefile",
        file,
        file.with_suffix(""),
    ]
    subprocess.run(command, check=True)
    return file.with_suffix(".png").read_bytes()


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "terminal.svg").write_text(terminal(*TERMINAL), encoding="utf-8")
    sonla("chart", "disbursement", "-o", str(FOLDER / "disbursement.svg"), "--force")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("html", "pdf"):
            sonla("report", "--to", f"{folder}/report.{kind}", language="vi")
        (FOLDER / "page.png").write_bytes(page(Path(folder) / "report.html"))
        (FOLDER / "paper.png").write_bytes(paper(Path(folder) / "report.pdf"))


if __name__ == "__main__":
    main()
