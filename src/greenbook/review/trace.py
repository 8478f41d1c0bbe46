"""From a number in the published report back to its formula, observations, sources and commit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenbook.errors import CommandError, Problem, write_instead
from greenbook.outline import read_outline
from greenbook.project import open_project


def trace(folder: Path, edition: str | None, wanted: str) -> Iterator[str]:
    """Lines that lead from `wanted` (a value, a figure, a table, or a number as printed) to where it comes from.

    Raises CommandError where the edition is not built or nothing of that name or number is in it.
    """
    project = open_project(folder)
    link = project.output(read_outline(project).edition(edition).id)
    if not (link / "manifest.json").is_file():
        raise CommandError([Problem(project.relative(link), "", "GB212", "found no published edition there",
                                    "a built report", "run build.py report")])
    manifest = json.loads((link / "manifest.json").read_text("utf-8"))
    values = [value for value in manifest["values"] if _means(value, wanted)]
    exhibits = [item for item in [*manifest["figures"], *manifest["tables"]] if wanted in (item["id"], item["number"])]
    if not values and not exhibits:
        raise CommandError([_unknown(manifest, wanted)])
    for item in exhibits:
        yield f"{item['id']}  {item['number']}  {item['title']}"
        yield f"  uses {', '.join(item['uses'])}" + (f"; drawn points: {item['data']}" if "data" in item else "")
    for value in values:
        yield from _lines(value)
    yield f"edition {manifest['edition']}, as of {manifest['as_of']}, commit {manifest['commit']}"


def _means(value: dict[str, Any], wanted: str) -> bool:
    texts = [text for shown in value["shown"].values() for text in shown]
    return wanted in (value["id"], value["name"]) or wanted in texts


def _lines(value: dict[str, Any]) -> Iterator[str]:
    shown = "; ".join(f"{language} {' / '.join(texts)}" for language, texts in value["shown"].items())
    yield f"{value['id']} = {value['value']} {value['unit']} ({value['period']}, {value['status']})"
    if shown:
        yield f"  printed  {shown}, at {', '.join(value['places'])}"
    yield f"  formula  {value['formula'] or 'as published'}"
    for item in value["inputs"]:
        estimated = " (estimated)" if item.get("estimated") else ""
        name = " ".join(str(item[key]) for key in ("indicator", "id", "region", "year") if item.get(key))
        yield (f"  input    {name} = {item.get('value', '')} {item.get('unit', '')}; source {item.get('source', '')}, "
               f"released {item.get('released', '')}{estimated}; {item.get('file', '')}:{item.get('line', '')}")


def _unknown(manifest: dict[str, Any], wanted: str) -> Problem:
    names = {value["id"] for value in manifest["values"]} | {value["name"] for value in manifest["values"]}
    names |= {item["id"] for item in [*manifest["figures"], *manifest["tables"]]}
    return Problem("manifest.json", "", "GB213", f'found nothing that is called or printed as "{wanted}"',
                   "a value's name, a figure's or table's id or number, or a number as it is printed",
                   write_instead(wanted, names, "copy the number with its unit"))
