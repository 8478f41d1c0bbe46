"""book.yml is read as one typed object; whatever else stands in it is told with its line, never as a traceback."""

import copy
import datetime

import pytest
from ruamel.yaml import YAML

from greenbook.errors import CommandError
from greenbook.outline import read_outline
from greenbook.project import Project

BOOK = {
    "title": {"zh-Hans": "书", "en": "A book"}, "languages": ["zh-Hans", "en"], "default_edition": "full",
    "editions": [{"id": "full", "as_of": datetime.date(2025, 12, 14), "state": "draft", "version": "0.1"}],
    "people": {"author": ["王小明"], "editor": None}, "parameters": {"region": "CN"},
    "front": [{"slug": "preface", "title": {"zh-Hans": "前言", "en": "Preface"}}],
    "parts": [{"id": "one", "title": {"zh-Hans": "一", "en": "One"}, "notebook": "sector.ipynb",
               "people": {"author": ["李小红"]}, "chapters": [
        {"slug": "steel", "title": {"zh-Hans": "钢铁", "en": "Steel"}, "parameters": {"sector": "steel"}},
        {"slug": "paper", "title": {"zh-Hans": "造纸", "en": "Paper"}, "notebook": "paper.ipynb", "evidence": "A/B"}]}],
}


def read(folder, tree):
    (folder / "notebooks").mkdir(exist_ok=True)
    with (folder / "notebooks" / "book.yml").open("w", encoding="utf-8") as file:
        YAML().dump(tree, file)
    return read_outline(Project(folder))


def changed(path, value):
    """The book with `value` at `path`."""
    tree = copy.deepcopy(BOOK)
    holder = tree
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return tree


def codes(folder, tree):
    with pytest.raises(CommandError) as caught:
        read(folder, tree)
    return [(problem.code, problem.found) for problem in caught.value.problems]


def paths(node, path=()):
    yield from [path] if path else []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from paths(value, (*path, key))


def test_chapters_inherit_notebook_parameters_and_people(tmp_path):
    preface, steel, paper = read(tmp_path, BOOK).chapters
    assert (preface.notebook, preface.number) == ("preface.ipynb", None)
    assert (steel.notebook, steel.number, steel.people["author"]) == ("sector.ipynb", 1, ("李小红",))
    assert steel.parameters == {"chapter_id": "steel", "edition": None, "region": "CN", "sector": "steel"}
    assert (paper.notebook, paper.number, paper.evidence) == ("paper.ipynb", 2, "A/B")


WRONG = (None, 5, "x", [], ["x"], {}, {"a": 1}, [[1]], True)


@pytest.mark.parametrize("path", paths(BOOK), ids=lambda path: ".".join(map(str, path)))
def test_value_of_any_other_kind_is_told_with_its_line_or_taken(tmp_path, path):
    """Every key of the book, with nothing, a number, text, lists and mappings in its place: no error of Python's."""
    for value in WRONG:
        try:
            outline = read(tmp_path, changed(path, value))
        except CommandError as error:
            assert all(problem.place.isdigit() for problem in error.problems), error
        else:
            assert all(isinstance(words, str) and words for words in outline.title.values())


@pytest.mark.parametrize("tree", [None, 5, "x", ["x"]])
def test_book_that_is_no_mapping_is_told(tmp_path, tree):
    assert [code for code, _ in codes(tmp_path, tree)] == ["GB215"]


@pytest.mark.parametrize(("path", "value", "code", "found"), [
    (("titel",), {"en": "x"}, "GB205", 'found key "titel" in the book'),
    (("title", "zh"), "书", "GB205", 'found key "zh" in title of the book'),
    (("people", "autor"), ["x"], "GB205", 'found key "autor" in people of the book'),
    (("parts", 0, "chapters", 0, "slug"), "index", "GB210", 'found slug "index"'),
    (("parts", 0, "chapters", 0, "slug"), "../steel", "GB210", 'found slug "../steel"'),
    (("parts", 0, "chapters", 1, "slug"), "steel", "GB210", 'found slug "steel"'),
    (("parts", 0, "chapters", 1, "title"), "Paper", "GB215", 'found "Paper" as title of chapter paper'),
    (("editions", 0, "as_of"), "December", "GB208", 'found as_of "December"'),
    (("editions", 0, "as_of"), datetime.datetime(2025, 12, 14, 10), "GB208", 'found as_of "2025-12-14 10:00:00"'),
    (("editions", 0, "state"), "drafted", "GB209", 'found state "drafted"'),
    (("editions", 0, "id"), "cache", "GB216", 'found edition "cache"'),
    (("editions", 0, "id"), "full-draft", "GB216", 'found edition "full-draft"'),
    (("languages",), ["zh"], "GB207", 'found language "zh"'),
    (("default_edition",), "ful", "GB202", 'found edition "ful"'),
])
def test_fault_is_named(tmp_path, path, value, code, found):
    assert (code, found) in codes(tmp_path, changed(path, value))


@pytest.mark.parametrize("key", ["title", "languages", "default_edition", "editions", "parts"])
def test_key_that_a_book_must_have_is_missed(tmp_path, key):
    tree = {name: BOOK[name] for name in BOOK if name != key}
    assert ("GB206", f"found no {key} in the book") in codes(tmp_path, tree)


def test_broken_yaml_is_told_with_its_line(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "book.yml").write_text("title: {en: A\nlanguages: [en]\n", "utf-8")
    with pytest.raises(CommandError) as caught:
        read_outline(Project(tmp_path))
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("GB204", "2")]
