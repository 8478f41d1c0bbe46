"""The words of the interface in zh-Hant: the conversion of zh-Hans.yml, checked in so that editors can read it."""

from __future__ import annotations

import re
from pathlib import Path

from greenbook.documents.traditional import Converter
from greenbook.documents.wordlist import read_table

_HEAD = "# Made from zh-Hans.yml: do not edit, run `python -m greenbook.documents.locale templates`.\n"
_COMMENT = re.compile(r"^\s*#")


def traditional_words(templates: Path) -> str:
    """The content of zh-Hant.yml: every line of zh-Hans.yml converted, its comments left out."""
    lines = (templates / "locale" / "zh-Hans.yml").read_text("utf-8").splitlines()
    converter = Converter.of(templates)
    kept = [converter.text(line) for line in lines if line.strip() and not _COMMENT.match(line)]
    return _HEAD + "\n".join(kept).replace("簡體中文", "繁體中文") + "\n"


def write_traditional_words(templates: Path) -> Path:
    """Write zh-Hant.yml afresh; returns its path."""
    path = templates / "locale" / "zh-Hant.yml"
    path.write_text(traditional_words(templates), "utf-8", newline="\n")
    return path


def read_words(templates: Path, language: str) -> dict[str, str]:
    """The words of the interface in `language`, by key; raises FileNotFoundError where the language has none."""
    return read_table(templates / "locale" / f"{language}.yml")


if __name__ == "__main__":
    import sys

    print(write_traditional_words(Path(sys.argv[1])))
