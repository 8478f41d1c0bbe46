"""The house style's tokens as custom properties of CSS, in both themes, and the charts' colours by role."""

from __future__ import annotations

from greenbook.project import Project
from greenbook.publishing.typefaces import family_list
from greenbook.style.tokens import Tokens, tokens

TAGS = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}


def theme_css(project: Project) -> str:
    """Families by language, colours by role for light and dark pages, and the charts' colours that follow them."""
    look = tokens(project.templates / "style")
    light, dark = _properties(look, "light"), _properties(look, "dark")
    families = "".join(
        f':lang({tag}){{--serif:{family_list("serif", language)};--sans:{family_list("sans", language)}}}\n'
        for tag, language in TAGS.items())
    return (f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
            f":root[data-theme=dark]{{{dark}}}\n@media print{{:root:root{{{light}}}}}\n{families}{_charts(look)}")


def _properties(look: Tokens, theme: str) -> str:
    pages = {role: both[theme] for role, both in look.tree["pages"].items()}
    charts = {f"c-{role.replace('_', '-')}": both[theme] for role, both in look.colours.items()}
    return f"color-scheme:{theme};" + "".join(f"--{role}:{colour};" for role, colour in {**pages, **charts}.items())


def _charts(look: Tokens) -> str:
    """One rule a colour: a presentation attribute of the chart yields to the role it stands for.

    Roles that share a hex in the light theme share it in the dark one; the first of them names the rule.
    """
    roles: dict[str, str] = {}
    for role, both in look.colours.items():
        roles.setdefault(both["light"].lower(), f"var(--c-{role.replace('_', '-')})")
    rules = [f'.plot [{what}="{colour}" i]{{{what}:{value}}}' for colour, value in sorted(roles.items())
             for what in ("fill", "stroke")]
    return "\n".join([".plot{fill:var(--c-text)}", *rules, ""])
