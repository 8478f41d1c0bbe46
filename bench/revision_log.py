"""The revision log between each two editions: values revised, new and withdrawn, and the findings they touch.

    python bench/revision_log.py

Findings are those of the later edition, read from its manifest where it is built, whole or in part
(`build.py report --edition … --language zh-Hans --format html` is enough). Ends with 1 where an edition is not built.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from greenbook.catalog.reading import read_catalog  # noqa: E402
from greenbook.composition.revisions import revision_log, touched  # noqa: E402
from greenbook.outline import read_outline  # noqa: E402
from greenbook.project import Project  # noqa: E402

FIELDS = ("indicator", "region", "year", "as_at", "vintage", "released")


def findings(manifest: dict) -> list[tuple[str, list[str]]]:
    """The findings of a manifest, each with what its values rest on, in the form of observation keys."""
    inputs = {value["id"]: ["|".join(str(item.get(name, "")) for name in FIELDS) for item in value["inputs"]]
              for value in manifest["values"]}
    return [(item["id"], [key for name in item["values"]
                          for key in inputs.get(name, inputs.get(f"{item['chapter']}.{name}", ()))])
            for item in manifest["findings"]]


def main() -> int:
    project, missing = Project(ROOT), 0
    catalog = read_catalog(project)
    editions = sorted(read_outline(project).editions.values(), key=lambda edition: edition.as_of)
    for earlier, later in pairwise(editions):
        log = revision_log(catalog, earlier.as_of, later.as_of)
        count = sum(item.count for item in log.revised)
        print(f"{earlier.id} ({earlier.as_of}) → {later.id} ({later.as_of}): {count} values of {len(log.revised)} "
              f"indicators revised, {log.new} new, {log.withdrawn} withdrawn")
        for item in log.revised:
            cause = f"{item.cause}: {item.before} → {item.after}"
            print(f"  {item.indicator} {item.year}: {item.old:g} → {item.new:g} ({cause})")
        path = manifest_of(project, later.id)
        if path is None:
            print(f"  findings: {later.id} is not built")
            missing += 1
            continue
        short = [_shortened(item) for item in log.revised]
        found = touched(short, findings(json.loads(path.read_text("utf-8"))))
        print(f"  findings touched: {len(found)}")
        for name, indicators in sorted(found.items()):
            print(f"    {name}: {', '.join(indicators)}")
    return 1 if missing else 0


def manifest_of(project: Project, edition: str) -> Path | None:
    """The manifest of the edition's newest build, if there is one."""
    found = [path for name in (edition, f"{edition}-part") if (path := project.build / name / "manifest.json").exists()]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _shortened(item):
    """The revision with the keys of its rows without their hash, as the manifest can tell them."""
    return dataclasses.replace(item, rows=tuple(row.rpartition("|")[0] for row in item.rows))


if __name__ == "__main__":
    raise SystemExit(main())
