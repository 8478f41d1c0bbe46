"""Search: an index of the whole text for the site, and an embedded list for a book opened from a disk."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from greenbook.errors import EnvironmentMissing, Problem
from greenbook.publishing.pages import Site


def index(folder: Path) -> None:
    """Writes pagefind's index of the pages in `folder` (one language) to `folder/search`.

    Raises EnvironmentMissing with the program's words when it fails.
    """
    done = subprocess.run([_program(), "--site", str(folder), "--output-path", str(folder / "search"), "--silent"],
                          capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise EnvironmentMissing([Problem("search", folder.name, "GB712", f"found {done.stderr.strip()}",
                                          "a search index", "install the dependencies again")])
    for name in _UNUSED:
        for path in (folder / "search").glob(name):
            path.unlink()


_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


def embedded_list(site: Site) -> str:
    """A classic script with [words, address, where] of each chapter, heading, figure, table and indicator."""
    rows = [row for section in site.sections for row in _rows(site, section.id)]
    return f"window.GREENBOOK_LIST = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def _rows(site: Site, name: str) -> list[list[str]]:
    section = site.book.section(name)
    title = f"{section.label} {section.title}".strip()
    rows = [[title, f"{name}.html", ""]]
    rows += [[item.text, f"{name}.html#{item.id}", title] for item in site.fragments[name].headings if item.id]
    rows += [[f"{item.words} {item.title}", site.href(item.id, ""), title]
             for item in site.book.numbered.values() if item.section == name and item.id in site.owners]
    labels = {row.label: row.id for row in reversed(section.numbers) if row.label}
    return rows + [[label, site.href(place, ""), title] for label, place in sorted(labels.items())]


def _program() -> str:
    """The extended program, which cuts Chinese into words; the plain one finds nothing in Chinese."""
    from pagefind_bin_extended import get_executable

    return str(get_executable())
