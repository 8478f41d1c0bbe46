"""`build.py check`: what it looks at, and the whole message of each kind of fault."""

import resource
import subprocess
import sys

import pytest
from damaged_book import Book

from greenbook.errors import GreenbookError
from greenbook.project import HOUSE, Project
from greenbook.review.check import check
from greenbook.review.locks import problems_of_locks
from greenbook.review.templates import problems_of_templates, problems_of_tokens, problems_of_words

FORM = "{{ name }} or {{ name | filter }}; work it out in a code cell and name it with chapter.value"
REFERENCE = ('found a reference to "#fig-outpt"; the id of a figure, a '
             'table, a heading or a chapter; write steel.fig-output')
UNKNOWN = 'found "{{ output_peek }}"; no value of that name in this chapter; write output_peak'
CAPTION = "a cell tagged caption below the code; write what the figure or table shows"

PROSE = {
    "a name mistyped in Chinese": f"notebooks/steel.ipynb:level-zh: GB501: {UNKNOWN}",
    "a name mistyped in English": f"notebooks/steel.ipynb:level-en: GB501: {UNKNOWN}",
    "a calculation": f'notebooks/carbon.ipynb:level-2-zh: GB503: found "{{{{ emissions_growth + 1 }}}}"; {FORM}',
    "a filter": 'notebooks/carbon.ipynb:level-zh: GB504: found "{{ emissions_latest | yaer }}"; one of the '
                'filters year, '
                'number, bare; write year',
    "a condition": 'notebooks/carbon.ipynb:level-2-zh: GB505: found the tag "if-emissions_grwth"; a value, indicator, '
                   'target, figure or table of that name; write if-emissions_growth',
    "a twin missing": "notebooks/recycling.ipynb:limits-zh: GB510: found no twin of limits-zh; a cell limits-en tagged "
                      "en; write the English text",
    "twins with other values": "notebooks/carbon.ipynb:level-2-zh and level-2-en: GB511: found {{ emissions_growth }} "
                               "only in level-2-en; the same values in both languages; use the same values and filters",
    "twins with another filter": "notebooks/carbon.ipynb:level-zh and level-en: GB511: found {{ emissions_latest | "
                                 "year }} only in level-en; the same values in both languages; use the same values and "
                                 "filters",
    "twins with other references": "notebooks/steel.ipynb:scope-zh and scope-en: GB512: found tbl-scope only in "
                                   "scope-zh; the same references in both languages; refer to the same figures and "
                                   "tables",
    "twins with other conditions": "notebooks/carbon.ipynb:level-2-zh and level-2-en: GB513: found if-emissions_grwth "
                                   "only in level-2-zh, if-emissions_growth only in level-2-en; the same if- "
                                   "tags; give "
                                   "both cells the same tags",
    "a caption missing": "notebooks/recycling.ipynb:tbl-policies: GB515: found recycling.tbl-policies without "
                         "a caption "
                         f"in zh-Hans; {CAPTION}",
    "an English caption missing": "notebooks/recycling.ipynb:tbl-policies: GB515: found recycling.tbl-policies without "
                                  f"a caption in en; {CAPTION}",
    "no alternative text": "notebooks/steel.ipynb:fig-output-en: GB516: found no alternative text; a paragraph that "
                           "begins with Alt:; say in words what the picture shows",
    "a digit": 'notebooks/steel.ipynb:scope-zh: GB520: found "到2030年"; no number in prose that the data could give; '
               "name the number with chapter.value and write {{ name }}; a word is marked as [14th]{.word}",
    "a direction word": 'notebooks/steel.ipynb:finding-output-en: GB521: found "down" beside {{ output_growth }}; the '
                        "value prints its own direction word; leave the word out",
    "a reference mistyped in Chinese": f"notebooks/steel.ipynb:limits-zh: GB541: {REFERENCE}",
    "a reference mistyped in English": f"notebooks/steel.ipynb:limits-en: GB541: {REFERENCE}",
    "a refused form": 'notebooks/steel.ipynb:limits-en: GB545: found "dual carbon" at steel.limits-1 in en; '
                      'the form of '
                      'the glossary; write "carbon peaking and carbon neutrality goals"',
    "an unknown citation": 'notebooks/steel.ipynb:limits-zh: GB546: found the citation "@crst"; a key of '
                           'data/references.bib; '
                           "add the entry",
    "the finding's figure": 'notebooks/steel.ipynb:steel.finding-output: GB556: found the figure "outputs" in finding '
                            "output; a figure of the chapter; name the figure that shows the finding",
    "an indicator mistyped": 'notebooks/recycling.ipynb:data:2: GB421: found no indicator "ce_scrap_steel_use_mt"; '
                             "expected an id of data/indicators; write ce_scrap_steel_used_mt",
    "no parameters cell": "notebooks/recycling.ipynb: GB414: found no cells tagged parameters; expected one; tag the "
                          "first code cell, and no other, parameters",
    "outputs of a run": "notebooks/recycling.ipynb:data: GB401: found outputs of a run; expected a notebook without "
                        "outputs; run make tidy",
}


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """The small book with a fault of each kind: the lines of `check` and its messages."""
    book = Book(tmp_path_factory.mktemp("book") / "small")
    for language, words in (("zh", "[@crst]。本章不对"), ("en", "See [](#fig-outpt) on dual carbon")):
        book.say("steel", f"level-{language}", "{{ output_peak }}", "{{ output_peek }}")
        book.say("steel", f"limits-{language}", "本章不对" if language == "zh" else "This chapter does",
                 f"见[](#fig-outpt){words}" if language == "zh" else f"{words}. This chapter does")
    book.say("steel", "fig-output-en", "\n\nAlt: Line", "\n\nLine")
    book.say("steel", "scope-zh", "本章所用", "到2030年，本章所用")
    book.say("steel", "scope-en", "[](#tbl-scope)", "the table")
    book.say("steel", "finding-output-en", "{{ output_growth }} on", "down {{ output_growth }} on")
    book.say("steel", "finding-output", 'figure="output"', 'figure="outputs"')
    book.say("carbon", "level-zh", "{{ emissions_latest | year }}", "{{ emissions_latest | yaer }}")
    book.say("carbon", "level-2-zh", "{{ emissions_growth }}", "{{ emissions_growth + 1 }}")
    book.change("carbon", "level-2-zh", lambda cell: cell["metadata"].update(tags=["zh", "if-emissions_grwth"]))
    book.remove("recycling", "limits-en", "tbl-policies-zh", "tbl-policies-en")
    book.say("recycling", "data", "ce_scrap_steel_used_mt", "ce_scrap_steel_use_mt")
    book.change("recycling", "data", lambda cell: cell.update(execution_count=3))
    book.change("recycling", "parameters", lambda cell: cell["metadata"].update(tags=[]))
    return book.checked()


@pytest.mark.parametrize("fault", PROSE)
def test_fault_in_a_notebook_is_told_with_its_whole_message(damaged, fault):
    assert PROSE[fault] in damaged[1]


def test_faults_bring_no_other_problem(damaged):
    assert set(damaged[1]) == set(PROSE.values())


def test_numbers_typed_lower_the_share_of_bound_ones(damaged):
    assert any("30 of 31 numbers in sentences bound (96.8 %)" in line for line in damaged[0])


def test_sound_book_passes_and_says_what_was_checked(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "limits-zh", "本章", "[PM2.5]{.word}，本章")
    lines, problems = book.checked()
    assert problems == []
    assert lines[:3] == [
        "notebooks: 3 of 3 tidy",
        "book.yml: 3 chapters in 2 parts, 2 editions, zh-Hans, en, zh-Hant",
        "data: 5 indicators, 136 observations, 3 targets (3 without a scope), 5 policies, 16 sources; "
        "rows not declared: run make tidy",
    ]
    assert lines[3] == ("prose: 3 chapters; 34 of 34 numbers in sentences bound (100.0 %)\n"
                        "  words with digits marked by hand: 1 (PM2.5)")


def test_check_says_where_the_computed_grade_is_not_the_expected_one(tmp_path):
    book = Book(tmp_path)
    assert "expects another" not in book.checked()[0][3]
    book.write("notebooks/book.yml", "slug: steel, evidence: A", "slug: steel, evidence: B/C")
    lines, problems = book.checked()
    assert problems == []
    assert lines[3].endswith("evidence as computed, where book.yml expects another: steel A (expected B/C)")


def test_check_runs_no_cell(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "data", "output = ", f"open({str(tmp_path / 'ran')!r}, 'w').close()\noutput = ")
    assert book.checked()[1] == [] and not (tmp_path / "ran").exists()


def test_names_made_at_run_time_are_left_to_the_build(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "data", '"output_peak"', '"output" + "_peak"')
    lines, problems = book.checked()
    assert problems == []
    assert "steel: names of value made at run time, left to the build" in lines[3]


def test_chapter_handed_to_a_function_is_left_to_the_build(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "data", 'chapter.value("output_peak", output.highest)', "name_all(chapter)")
    assert book.checked()[1] == []


def test_code_that_is_no_python_is_told_with_its_line(tmp_path):
    book = Book(tmp_path)
    book.say("steel", "data", "chapter.value", "chapter..value")
    assert book.checked()[1] == ["notebooks/steel.ipynb:data:3: GB420: found code that is no Python: invalid syntax; "
                                 "expected a cell that can run; mend the line"]


def test_twins_are_compared_where_the_data_are_refused(tmp_path):
    book = Book(tmp_path)
    book.remove("steel", "limits-en")
    book.write("data/issuers.csv", "id,", "name,")
    lines, problems = book.checked()
    assert lines[2].startswith("data: not read; ")
    assert any(problem.startswith("data/issuers.csv:1: GB309: ") for problem in problems)
    assert any(problem.startswith("notebooks/steel.ipynb:limits-zh: GB510: ") for problem in problems)


def test_data_are_read_where_the_outline_is_broken(tmp_path):
    book = Book(tmp_path)
    book.write("notebooks/book.yml", "people:", "poeple:")
    book.write("data/targets.csv", "eaf_share", "eaf_shar")
    lines, problems = book.checked()
    assert lines[1] == "book.yml: not read; 1 problem" and lines[3] == "prose: not read, since book.yml is not"
    assert any(problem.startswith('notebooks/book.yml:12: GB205: found key "poeple" in the book; ')
               for problem in problems)
    assert any(problem.startswith("data/targets.csv:") and ": GB322: " in problem for problem in problems)


def test_command_prints_lines_then_problems_and_ends_with_their_code(tmp_path):
    book = Book(tmp_path)
    book.remove("steel", "limits-en")
    command = [sys.executable, "build.py", "check", "--project", str(tmp_path)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True)
    assert done.returncode == 5
    assert done.stdout.splitlines()[0] == "notebooks: 3 of 3 tidy"
    assert done.stderr.splitlines()[0].startswith("notebooks/steel.ipynb:limits-zh: GB510: ")


TEMPLATES = {
    "a page that does not close": (
        "html/part.html", "{% endblock %}", "",
        "templates/html/part.html:14: GB591: found a template that does not compile: Unexpected end of "
        "template. Jinja was "
        "looking for the following tags: 'endblock'. The innermost block that needs to be closed is 'block'.; expected "
        "Jinja that is closed and whole; mend the line"),
    "a page that calls for another": (
        "html/search.html", 'extends "layout.html"', 'extends "layuot.html"',
        'templates/html/search.html: GB591: found a call for the template "layuot.html"; expected a file beside it; '
        "write layout.html"),
    "a word under another key": (
        "locale/en.yml", "list_of_tables:", "list_of_table:",
        'templates/locale/en.yml: GB592: found no "list_of_tables"; expected the same keys in each language; write '
        "list_of_table"),
    "a word with another place": (
        "locale/en.yml", '"Figure {}"', '"Figure"',
        'templates/locale/en.yml: GB593: found the places none in "figure"; expected those of zh-Hans.yml: {}; use the '
        "same places"),
    "traditional words that are stale": (
        "locale/zh-Hant.yml", "資料來源", "数据来源",
        "templates/locale/zh-Hant.yml: GB594: found words that are not those of zh-Hans.yml; expected the "
        "conversion of "
        "zh-Hans.yml; run python -m greenbook.documents.locale templates"),
    "a colour": (
        "style/tokens.yml", '"#56B4E9", dark: "#2f78a3"', 'sky, dark: "#2f78a3"',
        "templates/style/tokens.yml: GB595: found sky as the colour fill_sky in light; expected #rrggbb; mend "
        "the token"),
    "tokens that are no YAML": (
        "style/tokens.yml", "colours:", "colours: {",
        "templates/style/tokens.yml:7: GB595: found broken YAML: did not find expected ',' or '}'; expected a "
        "mapping of "
        "roles; mend the line"),
}


@pytest.mark.parametrize("fault", TEMPLATES)
def test_fault_in_a_template_is_told_with_its_whole_message(tmp_path, fault):
    name, old, new, message = TEMPLATES[fault]
    book = Book(tmp_path, templates=True)
    book.write(f"templates/{name}", old, new)
    assert any(problem.startswith(message) for problem in looked_at(book))


def looked_at(book):
    """What the looks at templates, words and tokens find; the prose is not read."""
    project = Project(book.root)
    looks = (problems_of_templates, problems_of_words, problems_of_tokens)
    return [str(problem) for look in looks for problem in look(project)[1]]


LOCKS = {
    "a dependency without a pin": (
        "pyproject.toml", '"papermill>=2.7"', '"papermil>=2.7"',
        "requirements.lock: GB791: found no papermil; expected a pin of papermil>=2.7; "),
    "a pin below the floor": (
        "pyproject.toml", '"papermill>=2.7"', '"papermill>=99"',
        "requirements.lock:papermill: GB792: found papermill 2."),
    "a pin other than the one wanted": (
        "pyproject.toml", "typst==0.15.2", "typst==0.15.3",
        "requirements.lock:typst: GB792: found typst 0.15.2; expected typst==0.15.3 as in pyproject.toml; "),
    "an address": (
        "requirements.lock", "typst==0.15.2", "typst @ https://host/typst.whl",
        "requirements.lock: GB793: found an address in typst @ https://host/typst.whl; expected names and "
        "versions only; "),
    "a pin without a hash": (
        "requirements.lock", "typst==0.15.2 ", "extra==1\ntypst==0.15.2 ",
        "requirements.lock: GB794: found extra==1 without a hash; expected --hash=sha256:… of each file; "),
    "locks of two resolutions": (
        "requirements-dev.lock", "typst==0.15.2", "typst==0.15.1",
        "requirements-dev.lock:typst: GB795: found no typst 0.15.2; expected the versions of requirements.lock; "),
    "another Python for conda": (
        "environment.yml", "python >=3.11", "python >=3.10",
        "environment.yml: GB796: found python >=3.10,<3.14; expected python >=3.11,<3.14 as in pyproject.toml; "
        "write that"),
    "conda without the lock": (
        "environment.yml", "      - -r requirements.lock\n", "",
        'environment.yml: GB796: found no "-r requirements.lock" under pip; expected the packages of '
        'requirements.lock; '
        "add it"),
}


@pytest.mark.parametrize("fault", LOCKS)
def test_lists_that_disagree_are_told_with_their_whole_message(tmp_path, fault):
    name, old, new, message = LOCKS[fault]
    for file in ("pyproject.toml", "environment.yml", "requirements.lock", "requirements-dev.lock"):
        text = (HOUSE / file).read_text("utf-8")
        assert file != name or old in text
        (tmp_path / file).write_text(text.replace(old, new) if file == name else text, "utf-8")
    assert any(str(problem).startswith(message) for problem in problems_of_locks(tmp_path))


def test_real_book_passes_in_under_ten_seconds():
    """Chapters that are not written yet are left to the build, which needs them all."""
    before, problems = spent(), []
    try:
        list(check(Project(HOUSE)))
    except GreenbookError as error:
        problems = [str(problem) for problem in error.problems if problem.code != "GB410"]
    assert problems == []
    assert spent() - before < 10


def spent():
    """Seconds of processor time of this process and its children so far."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
