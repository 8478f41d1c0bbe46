"""docs/reference/style.html: the roles of the house style, and every element of the specimen book in every language.

    .venv/bin/python tests/stylepage.py        writes the page anew
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from building import ROOT
from specimen import Specimen, composed

PAGE = ROOT / "docs" / "reference" / "style.html"
SECTIONS = ("findings", "elements", "grids", "references")
QUALITY = 11
_ID = re.compile(r'( id="|href="#|url\(#|aria-labelledby="|aria-describedby="|headers="| for=")')
_LINK = re.compile(r'href="#([^"]+)"')
OWN = """
.lead, main > section > p { max-width: var(--measure); }
h1 + .lead { margin-top: 1.2rem; }
.roles { font: .875rem/1.5 var(--sans); width: auto; }
.roles th, .roles td { padding: .25rem 1.2rem .25rem 0; }
main > section > .scroll { margin-bottom: 1.6rem; }
.swatch { vertical-align: -.2em; outline: 1px solid var(--rule); }
.tongue { border-top: .25rem solid var(--green); margin-top: 4rem; padding-top: 2rem; }
.tongue .sheet { margin-top: 4rem; }
"""
NOTES = {
    "colours": ("Charts", "Colours change with the theme; contrast is that with the role paper."),
    "pages": ("Pages", "Text, rules and surfaces of the web edition; contrast is that with the role paper."),
    "print": ("Print", "The green of the printed book; contrast is that with white."),
}


def page(specimen: Specimen) -> str:
    """The whole page as HTML, with its styles, script and faces inside."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    from greenbook.publishing.assets import book_css, scripts
    from greenbook.publishing.stitching import ICON
    from greenbook.style.tokens import tokens

    project, look = specimen.project, tokens(specimen.project.templates / "style")
    tongues = [tongue(specimen, language) for language in specimen.books]
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = jinja.from_string((ROOT / "tests" / "stylepage.html").read_text("utf-8"))
    script = Markup(scripts(project, "theme.js", "book.js"))
    common = {"tongues": tongues, "groups": groups(look), "series": look.cues["series"], "icon": ICON,
              "families": look.tree["families"], "sizes": sizes(look), "scripts": script}
    bare = template.render(**common, policy="", styles="")
    styles = Markup(faces(bare, tongues, specimen) + book_css(project) + OWN)
    return template.render(**common, policy=policy(styles, script), styles=styles)


def tongue(specimen: Specimen, language: str) -> dict:
    """The elements of the specimen in `language`: cover, findings, both chapters with their numbers, references."""
    from markupsafe import Markup

    from greenbook.publishing.html import DRAFT, prepared
    from greenbook.publishing.single import PAGES, without_files
    from greenbook.publishing.stitching import TAGS, Stitcher

    book = specimen.books[language]
    stitcher = Stitcher(prepared(book, specimen.project, DRAFT), specimen.books, specimen.project)
    common = {**stitcher.common("index"), "single": True}
    parts = [stitcher.templates.get_template("cover.html").render(**common, **stitcher.cover())]
    for name in SECTIONS:
        shown = stitcher.section(book.section(name), name)
        shown |= {"lists": [], "html": stitcher.site.flat(without_files(stitcher.site.fragments[name].html))}
        parts.append(stitcher.templates.get_template("sheet.html").render(**common, page=shown))
    html = PAGES.sub(lambda match: f'href="#{match[2] or match[1]}"', "\n".join(parts))
    html = html.replace("<h1>", '<h2 class="h1">').replace("</h1>", "</h2>")
    return {"language": language, "tag": TAGS[language], "words": book.words, "html": Markup(own(html, language))}


def own(html: str, language: str) -> str:
    """`html` with anchors of its own language; a link to what the page does not show leads to the language's top."""
    marked = _ID.sub(rf"\g<1>{language}.", html)
    known = set(re.findall(r' id="([^"]+)"', marked))
    return _LINK.sub(lambda match: match[0] if match[1] in known else f'href="#{language}.top"', marked)


def groups(look) -> list[dict]:
    """Each family of colours with its roles: the hex of each theme and its contrast with the paper of that theme."""
    made = []
    for name, (title, note) in NOTES.items():
        roles, themes = look.tree[name], () if name == "print" else ("light", "dark")
        paper = {theme: roles["paper"][theme] for theme in themes}
        made.append({"title": title, "note": note, "themes": themes or ("print",), "roles": [
            {"name": role, "colours": [swatch(both[theme], paper[theme]) for theme in themes]
             or [swatch(both, "#ffffff")]} for role, both in roles.items()]})
    return made


def swatch(colour: str, paper: str) -> dict:
    """A colour and its contrast with `paper` as WCAG 2.2 counts it."""
    high, low = sorted((luminance(colour), luminance(paper)), reverse=True)
    return {"hex": colour, "contrast": f"{(high + 0.05) / (low + 0.05):.1f}"}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def sizes(look) -> dict[str, str]:
    """Sizes and spacing by role, as text."""
    both = {**look.tree["sizes"], **look.tree["spacing"]}
    return {role: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for role, value in both.items()}


def faces(bare: str, tongues: list[dict], specimen: Specimen) -> str:
    """The shipped faces cut to each language's characters, side by side under their families."""
    from greenbook.publishing.html import fonts_of
    from greenbook.publishing.single import data_uri
    from greenbook.publishing.webfonts import font_css

    rest, css = bare, ""
    for item in tongues:
        rest = rest.replace(str(item["html"]), "")
    for item in tongues:
        language = item["language"]
        texts = {"report": f'<html lang="{item["tag"]}">{item["html"]}</html>', "own": rest if language == "en" else ""}
        fonts = fonts_of(texts, specimen.books[language], specimen.project, QUALITY)
        inside = {font.file: data_uri("font/woff2", font.data) for font in fonts}
        css += font_css(fonts, inside, spare=False, apart=True)
    return css


def policy(styles: str, script: str) -> str:
    """Nothing but the page's own style and script."""
    from greenbook.publishing.single import policy_of

    return policy_of(styles, script)


def renew() -> None:
    """Writes the page anew."""
    with tempfile.TemporaryDirectory() as name:
        PAGE.write_text(page(composed(Path(name) / "book")), "utf-8")


if __name__ == "__main__":
    renew()
