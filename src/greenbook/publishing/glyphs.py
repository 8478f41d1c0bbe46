"""Which characters a page shows in which role of type: read from the finished HTML, pictures included."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SANS_TAGS = frozenset({
    "nav", "header", "footer", "figure", "figcaption", "table", "button", "summary", "label", "input", "svg", "code",
    "pre", "dl", "title",
})
BOLD_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "th", "dd"})
SANS_CLASSES = frozenset({"box", "numbers", "source", "notes", "where", "eyebrow", "grade", "label", "no", "stamp",
                          "toc", "list-of", "hits", "chapters"})
BOLD_CLASSES = frozenset({"brand", "part", "title", "num-value", "num-label", "t", "contents-title"})
SLANTED = frozenset({"em", "i"})
SILENT = frozenset({"script", "style", "template"})
VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col", "wbr"})
# Shapes of pictures hold no words, and are most of a page's elements.
_SHAPES = re.compile(r"<(path|use|circle|rect|line|polyline|polygon)\b[^<>]*(?:/>|></\1>)")
LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}


class _Reader(HTMLParser):
    """Collects characters by role, with a stack of what is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.roles: dict[str, set[str]] = {"serif": set(), "sans": set(), "bold": set(), "italic": set()}
        self.page = ""
        self.open: list[tuple[str, frozenset[str], bool]] = [("", frozenset({"serif"}), True)]

    def updatepos(self, i: int, j: int) -> int:
        """Counts no lines: nobody asks for them, and they are a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        _, roles, seen = self.open[-1]
        values = dict(attributes)
        names, language = set((values.get("class") or "").split()), LANGUAGES.get(values.get("lang") or "", "")
        self.page = self.page or language
        if tag in SANS_TAGS or names & SANS_CLASSES:
            roles = (roles - {"serif"}) | {"sans"}
        if tag in BOLD_TAGS or names & BOLD_CLASSES or "aria-current" in values:
            roles = roles | {"bold", "sans"}
        if tag in SLANTED:
            roles = roles | {"italic"}
        if language.startswith("zh") and (language == "zh-Hant") != (self.page == "zh-Hant"):
            roles = frozenset({language})
        self.open.append((tag, roles, seen and tag not in SILENT))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth][0] == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        _, roles, seen = self.open[-1]
        if seen:
            for role in roles:
                self.roles.setdefault(role, set()).update(data)


def roles_of(html: str) -> dict[str, frozenset[str]]:
    """The characters of a page by role (serif, sans, bold, italic); one place may need several roles.

    A word in the other Chinese script (the name of its edition) has that script as its role: the faces of the page
    may lack its characters, and those of Traditional Chinese should.
    """
    reader = _Reader()
    reader.feed(_SHAPES.sub("", html))
    reader.close()
    return {role: frozenset(characters) for role, characters in reader.roles.items()}
