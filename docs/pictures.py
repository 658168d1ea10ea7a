"""Takes the pictures of README: an answer, a decision sheet, a report.

    python docs/pictures.py           take them anew into docs/images/

Needs a browser that takes pictures without a screen: chromium or chrome. The days
of asking are given, so that the same rules give the same pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = Path(__file__).with_name("images")
FIRM = "examples/firms/toy-maker.yaml"
LANG = ("--lang", "zh")
ASKED = ("--today", "2023-03-15", *LANG)
PAGES = {
    "answer": (("check", FIRM, *ASKED, "--format", "html"), "960,1080"),
    "sheet": (("check", FIRM, *ASKED, "--format", "sheet"), "860,1180"),
}
"""The command that writes each page, and the size of its picture."""
REPORT = "1000,1080"


def command(*words: str) -> None:
    """Run policy-match; end where it fails. Rows that were rejected are no failure."""
    program = Path(sys.executable).with_name("policy-match")
    done = subprocess.run([program, *words], cwd=ROOT, check=False)
    if done.returncode not in {0, 5}:
        sys.exit(done.returncode)


def taken(page: Path, name: str, size: str) -> None:
    """Take the picture of a page."""
    browser = shutil.which("chromium") or shutil.which("chrome")
    if browser is None:
        sys.exit("no chromium or chrome is installed")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    target = IMAGES / f"{name}.png"
    picture = [f"--window-size={size}", f"--screenshot={target}", page.as_uri()]
    done = subprocess.run([browser, *options, *picture], check=False)
    if done.returncode or not target.exists():
        sys.exit(f"{browser} took no picture of {page}")


def main() -> None:
    """Write every page to a directory of its own, and take its picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name, (words, size) in PAGES.items():
            page = Path(home) / f"{name}.html"
            command(*words, "--out", str(page))
            taken(page, name, size)
        city, out = Path(home) / "city", Path(home) / "out"
        generate = [sys.executable, "examples/city/generate.py"]
        made = [*generate, "--firms", "2000", "--seed", "7", "--out", str(city)]
        subprocess.run(made, cwd=ROOT, check=True)
        firms, claims = str(city / "firms.csv"), str(city / "claims.csv")
        days = ("--on", "2022-12-31")
        command("screen", firms, "--claims", claims, *ASKED, *days, "--out", str(out))
        taken(out / "report.html", "report", REPORT)


if __name__ == "__main__":
    main()
