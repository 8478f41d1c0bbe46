"""Which characters a page shows in which role of type: read from the finished HTML, pictures included."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape

from greenbook.publishing import markup
from greenbook.publishing.markup import Tag

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
LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}


@dataclass
class _Reader:
    """Collects words by role, with a stack of what is open: name, roles, whether it is seen."""

    words: dict[frozenset[str], list[str]] = field(default_factory=dict)
    page: str = ""
    open: list[tuple[str, frozenset[str], bool]] = field(default_factory=lambda: [("", frozenset({"serif"}), True)])

    def starts(self, tag: Tag) -> None:
        _, roles, seen = self.open[-1]
        names, language = set(tag.values.get("class", "").split()), LANGUAGES.get(tag.values.get("lang", ""), "")
        self.page = self.page or language
        if tag.name in SANS_TAGS or names & SANS_CLASSES:
            roles = (roles - {"serif"}) | {"sans"}
        if tag.name in BOLD_TAGS or names & BOLD_CLASSES or "aria-current" in tag.values:
            roles = roles | {"bold", "sans"}
        if tag.name in SLANTED:
            roles = roles | {"italic"}
        if language.startswith("zh") and (language == "zh-Hant") != (self.page == "zh-Hant"):
            roles = frozenset({language})
        self.open.append((tag.name, roles, seen and tag.name not in SILENT))

    def ends(self, name: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth][0] == name:
                del self.open[depth:]
                return

    def reads(self, words: str) -> None:
        _, roles, seen = self.open[-1]
        if seen:
            self.words.setdefault(roles, []).append(words)


def roles_of(html: str) -> dict[str, frozenset[str]]:
    """The characters of a page by role (serif, sans, bold, italic); one place may need several roles.

    A word in the other Chinese script (the name of its edition) has that script as its role: the faces of the page
    may lack its characters, and those of Traditional Chinese should.
    """
    reader, page = _Reader(), markup.read(html)
    reader.reads(page.words[0])
    for text, words in zip(page.tags, page.words[1:], strict=True):
        tag = markup.tag_of(text)
        if tag is not None and tag.end:
            reader.ends(tag.name)
        elif tag is not None and not tag.alone and tag.name not in VOID:
            reader.starts(tag)
        if words:
            reader.reads(words)
    roles: dict[str, set[str]] = {"serif": set(), "sans": set(), "bold": set(), "italic": set()}
    for names, found in reader.words.items():
        for name in names:
            roles.setdefault(name, set()).update(unescape("\n".join(found)))
    return {role: frozenset(characters) for role, characters in roles.items()}
