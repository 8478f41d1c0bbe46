"""From a number in the published report back to its sentence, formula, observations, sources and commit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbook.errors import CommandError, Problem, write_instead
from greenbook.outline import read_outline
from greenbook.project import open_project
from greenbook.review.printed import Place, on_page, places_of

IN_FULL = 3
"""So many values are told in full; more are listed, to choose from."""

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What a name or number leads to: figures and tables, and values, each with the places that print it."""

    exhibits: list[dict[str, Any]]
    values: list[tuple[dict[str, Any], list[Place]]]


def trace(folder: Path, edition: str | None, wanted: str, page: int | None = None,
          language: str | None = None) -> Iterator[str]:
    """Lines that lead from `wanted` (a value, a figure, a table, or a number as printed) to where it comes from.

    `page` is that of the PDF from which a number was copied. Raises CommandError where the edition is not built or
    nothing of that name or number is in it, EnvironmentMissing where the PDF's text cannot be read.
    """
    project = open_project(folder)
    link = project.output(read_outline(project).edition(edition).id)
    if not (link / "manifest.json").is_file():
        raise CommandError([Problem(project.relative(link), "", "GB212", "found no published edition there",
                                    "a built report", "run build.py report")])
    manifest = json.loads((link / "manifest.json").read_text("utf-8"))
    if "sentences" not in manifest:
        raise CommandError([Problem(project.relative(link), "", "GB212", "found an edition of an earlier program",
                                    "a manifest with sentences", "run build.py report")])
    if language is not None and language not in manifest["languages"]:
        raise CommandError([Problem("--language", "", "GB211", f'found "{language}"',
                                    f"one of {', '.join(manifest['languages'])}",
                                    write_instead(language, manifest["languages"], "leave it out"))])
    found = find(manifest, wanted, language)
    if page is not None:
        found = Found(found.exhibits, on_page(link, manifest["languages"], found.values, page, language))
    if not found.values and not found.exhibits:
        raise CommandError([_unknown(manifest, wanted, page)])
    yield from _told(found, wanted)
    yield f"edition {manifest['edition']}, as of {manifest['as_of']}, commit {manifest['commit']}"


def find(manifest: Manifest, wanted: str, language: str | None = None) -> Found:
    """Everything that is called or printed as `wanted`; a number is looked for in `language`, or in all."""
    exhibits = [item for item in [*manifest["figures"], *manifest["tables"]]
                if wanted in (item["id"], item["number"], item["title"])]
    known = {value["id"]: value for value in manifest["values"]}
    named = [value for value in manifest["values"] if wanted in (value["id"], value["name"])]
    places = places_of(manifest["sentences"], wanted, language, {value["id"] for value in named})
    ids = [value["id"] for value in named] or [name for name in places if name in known]
    return Found(exhibits, [(known[name], places.get(name, [])) for name in ids])


def _told(found: Found, wanted: str) -> Iterator[str]:
    for item in found.exhibits:
        yield from _exhibit(item)
    if len(found.values) <= IN_FULL:
        for value, places in found.values:
            yield from _value(value, places)
        return
    yield f"{len(found.values)} values are called or printed as {wanted}; name one, or the page of the PDF by --page:"
    for value, places in found.values:
        yield f"  {value['id']}: {places[0].sentence if places else value['value']}"


def _exhibit(item: dict[str, Any]) -> Iterator[str]:
    drawn = f"; drawn points: {item['data']}" if "data" in item else ""
    yield f"{item['id']}  {item['number']}  {item['title']}"
    yield f"  uses     {', '.join(item['uses'])}{drawn}"
    for part in item["rests_on"]:
        years = f" {part['year'][0]}–{part['year'][-1]}" if part["year"] else ""
        dates = f", released {part['released'][0]}…{part['released'][-1]}" if part["released"] else ""
        yield (f"  input    {part['count']} {part['kind']}{'s' if part['count'] > 1 else ''} {part['name']}{years}; "
               f"source {', '.join(part['source'])}{dates}; {_lines(part['lines'])}")


def _lines(lines: list[str]) -> str:
    """File and lines, shortened: the first and the last of each file."""
    files: dict[str, list[int]] = {}
    for line in lines:
        name, _, number = line.rpartition(":")
        files.setdefault(name, []).append(int(number))
    return ", ".join(f"{name}:{min(numbers)}" + (f"–{max(numbers)}" if len(numbers) > 1 else "")
                     for name, numbers in sorted(files.items()))


def _value(value: dict[str, Any], places: list[Place]) -> Iterator[str]:
    yield f"{value['id']} = {value['value']} {value['unit']} ({value['period']}, {value['status']})"
    sentences: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        sentences.setdefault((place.language, place.sentence), []).append(place)
    for (language, sentence), found in sentences.items():
        texts = " / ".join(dict.fromkeys(place.text for place in found))
        yield f"  printed  {texts}, {language} {', '.join(dict.fromkeys(place.place for place in found))}: {sentence}"
    yield f"  formula  {value['formula'] or 'as published'}"
    for item in value["inputs"]:
        estimated = " (estimated)" if item.get("estimated") else ""
        name = " ".join(str(item[key]) for key in ("indicator", "id", "region", "year") if item.get(key))
        at = f"; {item['file']}:{item['line']}" if item.get("file") else ""
        by = (f"; source {item['source']}, released {item.get('released', '')}{estimated}" if item.get("source")
              else f"; {item['kind']}")
        number = f" = {item['value']} {item.get('unit', '')}".rstrip() if "value" in item else ""
        yield f"  input    {name}{number}{by}{at}"


def _unknown(manifest: Manifest, wanted: str, page: int | None) -> Problem:
    names = {value["id"] for value in manifest["values"]} | {value["name"] for value in manifest["values"]}
    names |= {item["id"] for item in [*manifest["figures"], *manifest["tables"]]}
    where = "" if page is None else f" on page {page}"
    return Problem("manifest.json", "", "GB213", f'found nothing that is called or printed as "{wanted}"{where}',
                   "a value's name, a figure's or table's id or number, or a number as it is printed",
                   write_instead(wanted, names, "copy the number with its unit"))
