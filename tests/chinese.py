"""What is English in a line that is meant for readers of Chinese."""

from __future__ import annotations

import re

FILE = r"\S+\.(?:yaml|csv|json)\b(?::\d+)*"
COMMAND = "policy-match(?: [a-z]+)*|--[a-z]+"
AS_IT_STANDS = re.compile(f"“[^”]*”|`[^`]*`|{FILE}|{COMMAND}")
"""What an author typed or is to type, names of files, commands."""
WORDS = re.compile(r"[A-Za-z]+[ ,;:.]+[A-Za-z]+")
HAN = re.compile("[\u4e00-\u9fff]")


def english_in(line: str) -> list[str]:
    """Return each two words that follow one another outside of quotes."""
    return WORDS.findall(AS_IT_STANDS.sub("", line))


def chinese(line: str) -> bool:
    """Whether there is Chinese outside of quotes, and no English sentence."""
    told = AS_IT_STANDS.sub("", line)
    return bool(HAN.search(told)) and not english_in(line)
