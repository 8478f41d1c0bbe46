"""A new chapter: the template copied, and a line for it in book.yml."""

from __future__ import annotations

from typing import Any

from greenbook.errors import CommandError, Problem
from greenbook.execution.whole import write_whole
from greenbook.outline import NAME, RESERVED, SLUG, read_outline
from greenbook.project import Project

TEMPLATE = "_template.ipynb"


def new_chapter(project: Project, name: str) -> str:
    """Makes `notebooks/<name>.ipynb` from the template, enters it at the end of the last part where book.yml does not
    name it yet, and gives back one line on what was done. Raises CommandError; then nothing was written."""
    outline = read_outline(project)
    target, template = project.notebooks / f"{name}.ipynb", project.notebooks / TEMPLATE
    _check(name, target.exists(), template.exists())
    entered = name in {entry.slug for entry in outline.chapters}
    book = None if entered else _entered(project.book.read_text("utf-8"), name)
    write_whole(target, template.read_bytes())
    if book is not None:
        write_whole(project.book, book.encode())
    where = "already in" if entered else "entered in"
    return f"notebooks/{name}.ipynb: made from {TEMPLATE}, {where} {NAME}; write its title there"


def _check(name: str, exists: bool, template: bool) -> None:
    path = f"notebooks/{name}.ipynb"
    if not SLUG.fullmatch(name) or name in RESERVED:
        raise CommandError([Problem(path, "", "GB224", f'found the name "{name}"',
                                    "expected lower-case letters, digits and hyphens, and none of "
                                    f"{', '.join(RESERVED)}", "choose another")])
    if exists:
        raise CommandError([Problem(path, "", "GB225", "found a notebook of that name", "expected none yet",
                                    "open it, or choose another name")])
    if not template:
        raise CommandError([Problem(f"notebooks/{TEMPLATE}", "", "GB226", "found no template",
                                    "expected the notebook that a new chapter copies", "restore it from git")])


def _entered(text: str, name: str) -> str:
    """book.yml with a chapter `name` at the end of its last part. Only a line is added, so that all comments and the
    author's own layout stay; the YAML reader tells where."""
    from ruamel.yaml import YAML

    chapters = YAML(typ="rt").load(text)["parts"][-1]["chapters"]
    if getattr(chapters.fa, "flow_style", lambda: False)() or not len(chapters):
        raise CommandError([Problem(NAME, "", "GB227", "found no list of chapters in lines of its own",
                                    "expected one line a chapter in the last part", f"enter {name} by hand")])
    line, column = _end(chapters, text.splitlines())
    entry = f"{' ' * column}- {{slug: {name}, title: {{zh-Hans: {name}, en: {name}}}}}"
    lines = text.splitlines()
    return "\n".join([*lines[:line], entry, *lines[line:]]) + "\n"


def _end(chapters: Any, lines: list[str]) -> tuple[int, int]:
    """The line after the last chapter, and the column of the list's dashes."""
    start, column = chapters.lc.item(len(chapters) - 1)
    dash = lines[start].index("-") if "-" in lines[start][:column] else column - 2
    end = start + 1
    while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip()) > dash:
        end += 1
    return end, dash
