"""What a finished page may hold: checked on the final HTML, whatever wrote it (reliability.md, H01, H04, H07)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from greenbook.errors import Problem

FORBIDDEN = frozenset({"iframe", "object", "embed", "form", "base", "frame", "applet", "audio", "video", "portal",
                       "foreignobject", "marquee"})
SCRIPTS = frozenset({"../assets/theme.js", "../assets/book.js", "../assets/search.js", "assets/search-list.js"})
SHEETS = frozenset({"../assets/book.css", "assets/fonts.css", "fonts.css", "../assets/source.css"})
METAS = frozenset({"content-security-policy"})
_LOCAL = re.compile(r"(?:#|\.{0,2}/?[\w\-./%]*(?:#|$))")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_DATA = re.compile(r"data:(?:image/png|image/jpeg|text/csv)[;,]")


def check_pages(pages: Mapping[str, str], language: str, *, inline: bool = False) -> list[Problem]:
    """A problem for all in `pages` that could run, load or leave; `inline` allows the single file's own blocks."""
    return [problem for name, html in sorted(pages.items())
            for problem in check_page(html, name, language, inline=inline)]


def check_page(html: str, name: str, language: str, *, inline: bool = False) -> list[Problem]:
    """The problems of one page; see `check_pages`."""
    reader = _Reader(inline)
    reader.feed(html)
    reader.close()
    return [Problem(name, language, "GB605", f"found {found}", "text, pictures and links of the book alone",
                    "remove it from its source") for found in dict.fromkeys(reader.found)]


class _Reader(HTMLParser):
    """Notes elements and attributes that a page of ours never has."""

    def __init__(self, inline: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.inline = inline
        self.found: list[str] = []

    def updatepos(self, i: int, j: int) -> int:
        """Counts no lines: nobody asks for them, and they are a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name.lower(): value or "" for name, value in attributes}
        if tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        if tag == "script" and values.get("src") not in SCRIPTS and not (self.inline and not values):
            self.found.append("a script of another's")
        if tag == "style" and not self.inline:
            self.found.append("a style block")
        if tag == "link" and values.get("rel") == "stylesheet" and values.get("href") not in SHEETS:
            self.found.append("a foreign style sheet")
        if tag == "meta" and "http-equiv" in values and values["http-equiv"].lower() not in METAS:
            self.found.append(f'meta {values["http-equiv"]}')
        for key, value in values.items():
            self._attribute(tag, key, value)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        plain = re.sub(r"[\x00-\x20]", "", value)
        if name.startswith("on"):
            self.found.append(f"the handler {name}")
        elif name == "style":
            self.found.append(f"a style attribute on <{tag}>")
        elif name in ("src", "srcset", "poster", "action", "formaction", "background", "xlink:href"):
            if not (_LOCAL.match(plain) or _DATA.match(plain)) or plain.startswith("//"):
                self.found.append(f"{name} {value[:60]}")
        elif name == "href" and tag == "link" and plain.startswith("data:image/svg+xml,"):
            return
        elif name == "href" and not self._may_lead(tag, plain):
            self.found.append(f"href {value[:60]}")

    @staticmethod
    def _may_lead(tag: str, target: str) -> bool:
        if tag == "a" and (_WEB.match(target) or _DATA.match(target)):
            return True
        return bool(_LOCAL.match(target)) and not target.startswith("//")
