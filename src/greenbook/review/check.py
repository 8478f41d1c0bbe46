"""Everything that needs no execution, checked in seconds; all problems are reported together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenbook.catalog.reading import read_catalog
from greenbook.catalog.view import Catalog
from greenbook.errors import GreenbookError, Problem, error_of
from greenbook.execution.source import SourceNotebook
from greenbook.outline import Outline, read_outline
from greenbook.project import HOUSE, Project
from greenbook.review.sentences import Sentence

_MOST_WORDS = 12


def check(project: Project) -> Iterator[str]:
    """Lines that say what was checked, with counts. Raises the error of all problems after the last line."""
    checking = _Checking(project)
    for step in (checking.notebooks, checking.book, checking.data, checking.prose, checking.style,
                 checking.characters, checking.templates, checking.environment):
        before = len(set(checking.problems))
        line = step()
        found = len(set(checking.problems)) - before
        yield line + (f"; {found} problem{'s' if found > 1 else ''}" if found else "")
    if checking.problems:
        raise error_of(checking.problems)


@dataclass
class _Checking:
    """One call of `check`: each step adds its problems, and says in a line what it looked at."""

    project: Project
    problems: list[Problem] = field(default_factory=list)
    outline: Outline | None = None
    catalog: Catalog | None = None
    sentences: list[Sentence] = field(default_factory=list)
    read: tuple[dict[str, SourceNotebook], dict[str, dict[str, str]]] = field(default_factory=lambda: ({}, {}))

    def notebooks(self) -> str:
        """Whether the notebooks are as `make tidy` leaves them."""
        from greenbook.documents.tidy import notebooks_of, untidy

        found = untidy(self.project)
        self.problems += found
        count, bad = len(notebooks_of(self.project)), len({problem.path for problem in found})
        return f"notebooks: {count - bad} of {count} tidy"

    def book(self) -> str:
        """book.yml."""
        try:
            self.outline = read_outline(self.project)
        except GreenbookError as error:
            self.problems += error.problems
            return "book.yml: not read"
        found = self.outline
        return (f"book.yml: {len(found.chapters)} chapters in {len(found.parts)} parts, "
                f"{len(found.editions)} editions, {', '.join(found.languages)}")

    def data(self) -> str:
        """The catalog: files, schema, and what holds between rows."""
        try:
            found = self.catalog = read_catalog(self.project)
        except GreenbookError as error:
            self.problems += error.problems
            return "data: not read"
        unscoped = sum(not target.scope_zh for target in found.targets.values())
        return (f"data: {len(found.indicators)} indicators, {len(found.observations)} observations, "
                f"{len(found.targets)} targets ({unscoped} without a scope), {len(found.policies)} policies, "
                f"{len(found.sources)} sources"
                + ("" if (self.project.data / "rows.csv").is_file() else "; rows not declared: run make tidy"))

    def prose(self) -> str:
        """The notebooks' form, and their sentences in each language; without data only what needs none."""
        if self.outline is None:
            return "prose: not read, since book.yml is not"
        from greenbook.review.prose import sources, twins_alone

        notebooks, problems = sources(self.project, self.outline)
        self.problems += problems
        if self.catalog is None:
            self.problems += twins_alone(notebooks.values())
            return f"prose: {len(notebooks)} chapters, twins and expressions only, since the data are not read"
        return self._sentences(self.outline, self.catalog, notebooks)

    def _sentences(self, outline: Outline, catalog: Catalog, notebooks: dict[str, SourceNotebook]) -> str:
        from greenbook.review.expectation import differing_grades
        from greenbook.review.prose import read_prose

        prose = read_prose(self.project, outline, catalog, notebooks)
        self.problems += prose.problems
        self.read = notebooks, prose.forms
        every = prose.bound + prose.typed
        share = f"{100 * prose.bound / every:.1f} %" if every else "no number"
        lines = [f"prose: {len(notebooks)} chapters; {prose.bound} of {every} numbers in sentences bound ({share})"]
        if prose.words:
            lines.append(f"words with digits marked by hand: {len(prose.words)} ({_counted(prose.words)})")
        lines += [f"{slug}: names of {', '.join(sorted(verbs))} made at run time, left to the build"
                  for slug, verbs in sorted(prose.open.items())]
        if other := differing_grades(outline, catalog, notebooks):
            lines.append(f"evidence as computed, where book.yml expects another: {', '.join(other)}")
        return "\n  ".join(lines)

    def style(self) -> str:
        """The sentences against the rules of the house, and against one another."""
        from greenbook.review.stylerules import read_rules
        from greenbook.review.wording import problems_of_wording, read_sentences, repeated

        rules, unreadable = read_rules(self.project.templates)
        self.problems += unreadable
        if rules is None:
            return "style: no rules"
        every = self.sentences = read_sentences(*self.read)
        self.problems += [*problems_of_wording(every, rules), *repeated(every)]
        return f"style: {len(every)} sentences against {rules.count} rules"

    def characters(self) -> str:
        """The characters of several traditional forms against the list that a reviewer signs."""
        from greenbook.documents.traditional import Converter
        from greenbook.review.onetomany import judged, occurrences, read_cases, texts_of

        rows = read_cases(self.project.templates)
        if self.catalog is None or not rows:
            return "zh-Hant: not read, since the data or the list of cases are not there"
        texts = texts_of(self.sentences, self.catalog, self.project.templates)
        missing, against = judged(rows, occurrences(texts, Converter.of(self.project.templates)))
        self.problems += against
        signed = sum(bool(row["reviewed_by"]) for row in rows)
        return (f"zh-Hant: {len(rows)} cases of characters with several forms, {signed} reviewed"
                + (f"; {len(missing)} not in the list: {', '.join(missing[:_MOST_WORDS])}" if missing else ""))

    def templates(self) -> str:
        """Templates compile, words are there in each language, tokens can be read."""
        from greenbook.review.templates import problems_of_templates, problems_of_tokens, problems_of_words

        files, unsound = problems_of_templates(self.project)
        words, unlike = problems_of_words(self.project)
        colours, unreadable = problems_of_tokens(self.project)
        self.problems += [*unsound, *unlike, *unreadable]
        return f"templates: {files} templates, {words} words of the interface, {colours} colours"

    def environment(self) -> str:
        """The lists of what is installed agree: those of the project, or the house's where it has none."""
        from greenbook.review.locks import PYPROJECT, RUNTIME, pins, problems_of_locks

        root = self.project.root if (self.project.root / PYPROJECT).is_file() else HOUSE
        self.problems += problems_of_locks(root)
        return f"environment: {len(pins(root / RUNTIME))} locked packages against {PYPROJECT} and environment.yml"


def _counted(words: list[str]) -> str:
    """The marked words, each once with how often it stands, the most frequent first."""
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    told = [word if number == 1 else f"{word} ×{number}" for word, number in counts[:_MOST_WORDS]]
    return ", ".join(told + (["…"] if len(counts) > _MOST_WORDS else []))
