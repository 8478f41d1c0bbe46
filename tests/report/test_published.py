"""What `make report` publishes: the files, their hashes, the lineage of every value."""

import csv
import datetime
import hashlib
import json
import re
import tempfile
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest

from building import ROOT

LANGUAGES = ("zh-Hans", "en", "zh-Hant")


def test_edition_holds_every_promised_file(report):
    for language in LANGUAGES:
        for path in (f"{language}/index.html", f"{language}/steel.html", f"report-{language}.html",
                     f"report-{language}.pdf"):
            assert (report / path).stat().st_size > 5000, path
    assert (report / "data/datapackage.json").is_file() and (report / "source/steel.html").is_file()


def test_edition_is_a_link_to_one_whole_version(report):
    assert report.is_symlink() and report.resolve().parent.name == "versions"


def test_manifest_lists_every_file_with_its_hash(report, manifest):
    listed = {item["path"]: item["sha256"] for item in manifest["files"]}
    root = report.resolve()
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert found == listed.keys() | {"manifest.json"}
    for path, digest in listed.items():
        assert hashlib.sha256((report / path).read_bytes()).hexdigest() == digest, path


def test_all_chapters_of_the_contents_are_there(report, manifest):
    chapters = manifest["chapters"]
    assert [chapter["number"] for chapter in chapters if chapter["number"]] == list(range(1, 23))
    assert {"preface", "outlook"} <= {chapter["id"] for chapter in chapters}
    for chapter in chapters:
        for language in LANGUAGES:
            assert (report / language / f"{chapter['id']}.html").is_file()


def test_every_value_rests_on_inputs_public_by_the_edition_date(manifest):
    assert len(manifest["values"]) > 500
    for value in manifest["values"]:
        assert value["inputs"], value["id"]
        for item in value["inputs"]:
            if item["kind"] in ("observation", "target", "policy"):
                assert item["released"] <= manifest["as_of"], value["id"]
                assert item["file"].startswith("data/") and item["line"] > 1


def test_printed_values_are_printed_in_every_language(manifest):
    printed = [value for value in manifest["values"] if value["shown"]]
    assert printed
    for value in printed:
        assert set(value["shown"]) == set(LANGUAGES), value["id"]


def test_figures_and_tables_are_numbered_by_chapter_without_gaps(manifest):
    numbers = {chapter["id"]: chapter["number"] for chapter in manifest["chapters"]}
    for kind in ("figures", "tables"):
        for slug, number in numbers.items():
            found = [item["number"] for item in manifest[kind] if item["chapter"] == slug]
            if number:
                assert found == [f"{number}-{place}" for place in range(1, len(found) + 1)], (slug, kind)


def test_figure_csv_holds_exactly_the_points_of_the_manifest(report, manifest):
    for figure in manifest["figures"]:
        rows = list(csv.DictReader((report / figure["data"]).read_text("utf-8").splitlines()))
        assert len(rows) == figure["points"] > 0, figure["id"]


def test_data_package_names_each_table_with_its_hash(report):
    package = json.loads((report / "data/datapackage.json").read_text("utf-8"))
    names = {resource["path"] for resource in package["resources"]}
    assert names == {path.name for path in (report / "data").glob("*.csv")}
    for resource in package["resources"]:
        content = (report / "data" / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_no_published_text_names_a_mirror_or_this_machine(report, manifest):
    own = {str(path.resolve()) for path in (ROOT, Path.home(), Path(tempfile.gettempdir()))} - {"/"}
    hosts = re.compile("|".join(["github\\.com/energyandcleanair", "369fx", *(re.escape(path) + "/" for path in own)]))
    for item in manifest["files"]:
        if item["path"].endswith((".html", ".csv", ".json", ".js", ".css", ".svg")):
            text = (report / item["path"]).read_text("utf-8")
            assert not hosts.search(text), item["path"]


class Links(HTMLParser):
    """Ids and links of a page."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.loads = set(), [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "id" in found:
            assert found["id"] not in self.ids, f"id {found['id']} stands twice"
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("script", "img", "link") and (address := found.get("src") or found.get("href")):
            self.loads.append(address)
        assert "style" not in found or tag == "svg", f"a style attribute on {tag}"


def links(page):
    parser = Links()
    parser.feed(page.read_text("utf-8"))
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_the_site_leads_somewhere(report, language):
    pages = {page.resolve(): links(page) for page in (report.resolve() / language).glob("*.html")}
    pages |= {page.resolve(): links(page) for page in (report.resolve() / "source").glob("*.html")}
    pages |= {page.resolve(): links(page) for other in LANGUAGES for page in (report.resolve() / other).glob("*.html")}
    for page, found in pages.items():
        if page.parent.name != language:
            continue
        for target in found.links:
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            goal = (page.parent / path).resolve() if path else page
            assert goal.exists(), f"{page.name} → {target}"
            if anchor and goal in pages:
                assert anchor in pages[goal].ids, f"{page.name} → {target}"
        for address in found.loads:
            assert not re.match(r"(https?:)?//", address), f"{page.name} loads {address}"


def test_every_chart_is_well_formed_and_described(report):
    for language in LANGUAGES:
        for page in (report / language).glob("*.html"):
            for drawing in re.findall(r"<svg.*?</svg>", page.read_text("utf-8"), re.S):
                if 'role="img"' in drawing:
                    ElementTree.fromstring(drawing)
                    assert re.search(r'aria-label(ledby)?="[^"]{4,}', drawing), page.name


def test_data_package_holds_no_source_of_later_and_its_types_keys_and_links_are_true(report, manifest):
    package = json.loads((report / "data/datapackage.json").read_text("utf-8"))
    assert package["profile"] == "tabular-data-package" and package["sources"]
    tables = {}
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        schema = resource["schema"]
        rows = list(csv.DictReader((report / "data" / resource["path"]).read_text("utf-8").splitlines(keepends=True)))
        for field in schema["fields"]:
            for row in rows:
                assert TYPED[field["type"]](row[field["name"]] or None), (resource["path"], field, row)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows] if "primaryKey" in schema else []
        assert len(keys) == len(set(keys)), resource["path"]
        tables[resource["name"]] = schema, rows
    for schema, rows in tables.values():
        for link in schema.get("foreignKeys", ()):
            known = {row["id"] for row in tables[link["reference"]["resource"]][1]}
            assert {row[link["fields"]] for row in rows} <= known, link
    assert all(row["published"][:10] <= manifest["as_of"] for row in tables["sources"][1])
    assert all(source["published"][:10] <= manifest["as_of"] for source in manifest["sources"])


TYPED = {
    "string": lambda cell: True, "integer": lambda cell: cell is None or str(int(cell)) == cell,
    "number": lambda cell: cell is None or float(cell) is not None,
    "boolean": lambda cell: cell in (None, "true", "false"),
    "date": lambda cell: cell is None or datetime.date.fromisoformat(cell),
}
