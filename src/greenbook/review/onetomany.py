"""Characters that have several traditional forms, case by case: the list that a reviewer signs (brief, 5.4).

    python -m greenbook.review.onetomany [FOLDER]

writes `templates/house/one-to-many.csv` anew from the words that the book prints: a case is a word of two characters,
or a character that stands alone, with the form that the conversion gives it. Signatures (`reviewed_by`) are kept.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.documents.traditional import ONE_TO_MANY, Converter
from greenbook.errors import Problem

NAME = "one-to-many.csv"
COLUMNS = ("character", "simplified", "traditional", "count", "chapters", "reviewed_by")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_CHAPTERS = 3


@dataclass(frozen=True)
class Occurrence:
    """A one-to-many character at `at` in `words`, what the words become, and the chapter or file they stand in."""

    words: str
    became: str
    at: int
    place: str

    def cases(self) -> list[tuple[str, str]]:
        """The words of two characters about it, or the character alone, each with its traditional form."""
        spans = [(start, start + 2) for start in (self.at, self.at - 1)
                 if start >= 0 and len(_HAN.findall(self.words[start:start + 2])) == 2]
        return [(self.words[a:b], self.became[a:b]) for a, b in spans or [(self.at, self.at + 1)]]


def occurrences(texts: Iterable[tuple[str, str]], converter: Converter) -> list[Occurrence]:
    """Every one-to-many character in `texts`, which are pairs of place and zh-Hans words."""
    found = []
    for place, words in texts:
        if not ONE_TO_MANY.isdisjoint(words):
            became = converter.quietly(words)
            found += [Occurrence(words, became, at, place) for at, character in enumerate(words)
                      if character in ONE_TO_MANY]
    return found


def texts_of(sentences: Iterable[Any], catalog: Any, templates: Path) -> list[tuple[str, str]]:
    """(place, words) of all zh-Hans words that are known without a run: prose, data, matter and interface."""
    texts = [(sentence.slug, sentence.words) for sentence in sentences if sentence.language == "zh-Hans"]
    for entry in catalog.indicators.values():
        texts += [("data", words) for words in (entry.label["zh-Hans"], entry.scope.get("zh-Hans", ""))]
    for policy in catalog.policies.values():
        texts += [("data", words) for words in (policy.title_zh, policy.issuer_zh, policy.summary_zh)]
    texts += [("data", source.release_zh) for source in catalog.sources.values()]
    texts += [("data", term.zh) for term in catalog.glossary]
    files = [*sorted((templates / "matter").glob("*.zh-Hans.md")), templates / "locale" / "zh-Hans.yml"]
    return texts + [("templates", line) for path in files if path.is_file()
                    for line in path.read_text("utf-8").splitlines()]


def read_cases(templates: Path) -> list[dict[str, str]]:
    """The rows of the list; none where there is no list."""
    path = templates / "house" / NAME
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) if path.is_file() else []


def judged(rows: Iterable[Mapping[str, str]], found: Iterable[Occurrence]) -> tuple[list[str], list[Problem]]:
    """The cases that the list does not hold, most frequent first; and those converted against its decision (GB597)."""
    decided = {(row["simplified"], row["traditional"]) for row in rows}
    known = {word: became for word, became in sorted(decided)}
    missing: Counter[str] = Counter()
    against: set[tuple[str, str, str]] = set()
    for item in found:
        held = [case for case in item.cases() if case[0] in known]
        if not held:
            missing[item.cases()[0][0]] += 1
        elif decided.isdisjoint(held):
            against |= {(word, became, item.place) for word, became in held}
    return [word for word, _ in missing.most_common()], [
        Problem(f"templates/house/{NAME}", word, "GB597", f'found "{became}" for "{word}" in {place}',
                f'expected "{known[word]}", as decided', "add an override to templates/locale/traditional.yml")
        for word, became, place in sorted(against)]


def listed(found: Sequence[Occurrence], before: Iterable[Mapping[str, str]]) -> str:
    """The list as CSV: the fewest words that hold every occurrence, each with its form, count and chapters."""
    signed = {(row["simplified"], row["traditional"]): row["reviewed_by"] for row in before}
    rows: list[tuple[str, str, str, int, str, str]] = []
    left = list(found)
    while left:
        (word, became), _ = Counter(case for item in left for case in item.cases()).most_common(1)[0]
        own = [item for item in left if (word, became) in item.cases()]
        left = [item for item in left if (word, became) not in item.cases()]
        places = Counter(item.place for item in own)
        told = " ".join(sorted(place for place, _ in places.most_common(_MOST_CHAPTERS)))
        character = next(item.words[item.at] for item in own)
        rows.append((character, word, became, len(own), told + (" …" if len(places) > _MOST_CHAPTERS else ""),
                     signed.get((word, became), "")))
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows.sort(key=lambda row: (row[0], -row[3], row[1]))
    writer.writerows(rows)
    return page.getvalue()


def main(folder: Path) -> str:
    """Writes the list of the project in `folder`; says how many cases there are."""
    from greenbook.catalog.reading import read_catalog
    from greenbook.outline import read_outline
    from greenbook.project import open_project
    from greenbook.review.prose import sources
    from greenbook.review.wording import read_sentences

    project = open_project(folder)
    notebooks, _ = sources(project, read_outline(project))
    texts = texts_of(read_sentences(notebooks, {}), read_catalog(project), project.templates)
    page = listed(occurrences(texts, Converter.of(project.templates)), read_cases(project.templates))
    (project.templates / "house" / NAME).write_text(page, "utf-8")
    return f"templates/house/{NAME}: {len(page.splitlines()) - 1} cases"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()))
