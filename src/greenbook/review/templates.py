"""Templates, words and tokens, read without filling them: syntax, equal keys, readable colours and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenbook.composition.matter import environment as matter_environment
from greenbook.documents.locale import read_words, traditional_words
from greenbook.errors import Problem, write_instead
from greenbook.language import LANGUAGES
from greenbook.project import Project

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FIELD = re.compile(r"\{(\w*)\}")
MASTER, TRADITIONAL = LANGUAGES[0], LANGUAGES[2]


def problems_of_templates(project: Project) -> tuple[int, list[Problem]]:
    """How many Jinja templates there are, and those that do not compile or call for one that is not there (GB591)."""
    from jinja2 import Environment, StrictUndefined

    plain, matter = Environment(undefined=StrictUndefined), matter_environment(project.templates / "matter")
    pages = sorted([*project.templates.glob("html/**/*.html"), *project.templates.glob("html/**/*.j2")])
    texts = sorted(project.templates.glob("matter/*.md"))
    problems: list[Problem] = []
    for environment, paths in ((plain, pages), (matter, texts)):
        for path in paths:
            problems += _uncompiled(project, path, environment)
    return len(pages) + len(texts), problems


def _uncompiled(project: Project, path: Path, environment: Any) -> Iterator[Problem]:
    from jinja2 import TemplateError, meta

    name, text = project.relative(path), path.read_text("utf-8")
    try:
        tree = environment.parse(text)
        if path.suffix != ".j2":  # nbconvert gives its template filters of its own
            environment.compile(text)
    except TemplateError as error:
        line = str(getattr(error, "lineno", "") or "")
        yield Problem(name, line, "GB591", f"found a template that does not compile: {' '.join(str(error).split())}",
                      "expected Jinja that is closed and whole", "mend the line")
        return
    beside = [other.name for other in path.parent.iterdir()]
    for wanted in meta.find_referenced_templates(tree):
        if wanted is not None and not (path.parent / wanted).is_file():
            yield Problem(name, "", "GB591", f'found a call for the template "{wanted}"', "expected a file beside it",
                          write_instead(wanted, beside, "add it, or mend the name"))


def problems_of_words(project: Project) -> tuple[int, list[Problem]]:
    """How many words the interface has, and where the languages' lists differ or zh-Hant.yml is stale (GB592–GB594)."""
    words = {language: read_words(project.templates, language) for language in LANGUAGES}
    every = {key for table in words.values() for key in table}
    problems = [problem for language, table in words.items()
                for problem in _unlike(language, table, words[MASTER], every)]
    current = (project.templates / "locale" / f"{TRADITIONAL}.yml").read_text("utf-8")
    if current != traditional_words(project.templates):
        problems.append(Problem(_file(TRADITIONAL), "", "GB594", f"found words that are not those of {MASTER}.yml",
                                f"expected the conversion of {MASTER}.yml",
                                "run python -m greenbook.documents.locale templates"))
    return len(every), problems


def _unlike(language: str, table: dict[str, str], master: dict[str, str], every: set[str]) -> Iterator[Problem]:
    for key in sorted(every - table.keys()):
        yield Problem(_file(language), "", "GB592", f'found no "{key}"', "expected the same keys in each language",
                      write_instead(key, table.keys() - master.keys(), "add the word"))
    for key in sorted(table.keys() & master.keys()):
        own, wanted = (sorted(_FIELD.findall(words[key])) for words in (table, master))
        if own != wanted:
            yield Problem(_file(language), "", "GB593", f'found the places {_list(own)} in "{key}"',
                          f"expected those of {MASTER}.yml: {_list(wanted)}", "use the same places")


def _list(places: list[str]) -> str:
    return ", ".join("{" + place + "}" for place in places) or "none"


def _file(language: str) -> str:
    return f"templates/locale/{language}.yml"


def problems_of_tokens(project: Project) -> tuple[int, list[Problem]]:
    """How many colours the house style has, and what of it cannot be read (GB595)."""
    import yaml

    from greenbook.style.tokens import Tokens, read_yaml

    path = project.templates / "style" / "tokens.yml"
    try:
        look = Tokens(read_yaml(path))
        colours = {**look.tree["pages"], **look.colours}
        return len(colours), [*_unlike_colours(colours), *_unlike_sizes(look.tree["sizes"]), *_unlike_cues(look)]
    except yaml.MarkedYAMLError as error:
        line = str(error.problem_mark.line + 1) if error.problem_mark else ""
        return 0, [Problem(project.relative(path), line, "GB595", f"found broken YAML: {error.problem}",
                           "expected a mapping of roles", "mend the line")]
    except KeyError as error:
        return 0, [_token(f"no {error.args[0]}", "a part of it", "colours, pages, sizes, cues")]


def _unlike_colours(colours: dict[str, dict[str, str]]) -> list[Problem]:
    return [_token(str(themes.get(theme, "nothing")), f"the colour {role} in {theme}", "#rrggbb")
            for role, themes in colours.items() for theme in ("light", "dark")
            if not _COLOUR.fullmatch(str(themes.get(theme, "")))]


def _unlike_sizes(sizes: dict[str, Any]) -> list[Problem]:
    return [_token(str(size), f"the size {role}", "points") for role, given in sizes.items()
            for size in (given if isinstance(given, list) else [given]) if not isinstance(size, (int, float))]


def _unlike_cues(look: Any) -> list[Problem]:
    return [_token(role, "the colour of a series", f"one of {', '.join(look.colours)}")
            for role, *_ in look.cues["series"] if role not in look.colours]


def _token(found: str, what: str, expected: str) -> Problem:
    return Problem("templates/style/tokens.yml", "", "GB595", f"found {found} as {what}", f"expected {expected}",
                   "mend the token")
