"""Style sheet and scripts, from the templates; the colours and type come from the house style's tokens."""

from __future__ import annotations

from greenbook.project import Project
from greenbook.publishing.themes import theme_css


def book_css(project: Project) -> str:
    """The whole style sheet: the tokens as custom properties, the charts' colours by role, then the rules."""
    return theme_css(project) + _asset(project, "book.css")


def scripts(project: Project, *names: str) -> str:
    """Scripts one after the other, for the single file."""
    return "\n".join(_asset(project, name) for name in names)


def shared_assets(project: Project) -> dict[str, bytes]:
    """The files that all languages share, by name."""
    files = {name: _asset(project, name) for name in ("book.js", "theme.js", "search.js")}
    return {name: text.encode() for name, text in {"book.css": book_css(project), **files}.items()}


def _asset(project: Project, name: str) -> str:
    return (project.templates / "html" / "assets" / name).read_text("utf-8")
