"""A published edition taken apart: what stands under each id of each page, and each data file by its rows."""

import csv
import functools
import hashlib
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Units(HTMLParser):
    """The words, attributes and drawings under the nearest id, in reading order."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], {}

    def handle_starttag(self, tag, attributes):
        own = dict(attributes).get("id")
        # Ids inside a drawing only serve the drawing: its figure is the unit.
        drawing = any(name == "svg" for name, _ in self.open)
        if tag not in VOID:
            self.open.append((tag, own if own and not drawing else None))
        self._add(f"<{tag} {sorted((name, value or '') for name, value in attributes)}>")

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self._add(data)

    def _add(self, words):
        unit = next((own for _, own in reversed(self.open) if own), "")
        self.found.setdefault(unit, []).append(words)


@functools.lru_cache(maxsize=16)
def _read(page):
    reader = _Units()
    reader.feed(page.read_text("utf-8"))
    return {unit: "".join(words) for unit, words in reader.found.items()}


def page_units(page):
    """Id → what stands under it, of one page."""
    return dict(_read(page))


def units(edition):
    """(file, row) → contents: of CSV files by row, of the rest the whole file's hash."""
    found = {}
    for path in sorted(edition.resolve().rglob("*")):
        name = path.relative_to(edition.resolve()).as_posix()
        if path.suffix == ".csv":
            found |= {(name, "|".join(row)): "" for row in csv.reader(path.read_text("utf-8").splitlines())}
        elif path.is_file():
            found[name, ""] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def changed(before, after):
    """The keys at which two results of `units` or `page_units` differ."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
