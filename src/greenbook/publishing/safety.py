"""What a finished page may hold: checked on the final HTML, whatever wrote it (reliability.md, H01, H04, H07)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from greenbook.errors import Problem
from greenbook.publishing import markup
from greenbook.publishing.markup import Tag

FORBIDDEN = frozenset({"iframe", "object", "embed", "form", "base", "frame", "applet", "audio", "video", "portal",
                       "foreignobject", "marquee", "textarea", "select", "noscript", "noembed", "noframes", "xmp",
                       "plaintext", "annotation-xml"})
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
    page = markup.read(html)
    found = [f"markup that browsers may read in different ways: {text}" for text in page.unreadable]
    # A tag is judged by its own words alone, so the same words are judged once.
    for text in dict.fromkeys(page.tags):
        tag = markup.tag_of(text)
        if tag and not tag.end:
            found += _tag(tag, inline)
    return [Problem(name, language, "GB605", f"found {what}", "text, pictures and links of the book alone",
                    "remove it from its source") for what in dict.fromkeys(found)]


def _tag(tag: Tag, inline: bool) -> Iterator[str]:
    """What a page of ours never has, in one tag."""
    name, values = tag.name, tag.values
    if name in FORBIDDEN:
        yield f"<{name}>"
    if name == "script" and values.get("src") not in SCRIPTS and not (inline and not values):
        yield "a script of another's"
    if name == "style" and not inline:
        yield "a style block"
    if name == "link" and values.get("rel") == "stylesheet" and values.get("href") not in SHEETS:
        yield "a foreign style sheet"
    if name == "meta" and "http-equiv" in values and values["http-equiv"].lower() not in METAS:
        yield f'meta {values["http-equiv"]}'
    for key, value in values.items():
        yield from _attribute(name, key, value)


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    plain = re.sub(r"[\x00-\x20]", "", value)
    if name.startswith("on"):
        yield f"the handler {name}"
    elif name == "style":
        yield f"a style attribute on <{tag}>"
    elif name in ("src", "srcset", "poster", "action", "formaction", "background", "xlink:href"):
        if not (_LOCAL.match(plain) or _DATA.match(plain)) or plain.startswith("//"):
            yield f"{name} {value[:60]}"
    elif name == "href" and tag == "link" and plain.startswith("data:image/svg+xml,"):
        return
    elif name == "href" and not _may_lead(tag, plain):
        yield f"href {value[:60]}"


def _may_lead(tag: str, target: str) -> bool:
    if tag == "a" and (_WEB.match(target) or _DATA.match(target)):
        return True
    return bool(_LOCAL.match(target)) and not target.startswith("//")
