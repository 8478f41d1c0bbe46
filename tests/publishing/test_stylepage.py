"""docs/reference/style.html shows the house style as it is today: every role, every element, every language."""

import re

import pytest

from building import ROOT, bench
from specimen import composed
from stylepage import PAGE, page

LANGUAGES = ("zh-Hans", "en", "zh-Hant")
# What an element of the report is in the page; each stands in each language.
ELEMENTS = ('class="cover"', 'class="leading"', 'class="box finding"', 'class="box case"', 'class="box refusals"',
            'class="chart wide"', 'class="chart narrow"', 'class="table"', 'class="points"', "<math",
            "<blockquote", 'role="doc-noteref"', 'role="doc-endnotes"', "<code", "<strong", "<em", "<ul", "<ol", "<h3",
            'class="v"', 'class="ref"', 'class="num"', 'class="unit"', "references.ref-")


@pytest.fixture(scope="module")
def shown():
    return PAGE.read_text("utf-8")


def of(shown, language):
    """The part of the page in `language`."""
    return shown.split(f'id="{language}.top"')[1].split('<section class="tongue"')[0]


def test_the_page_is_what_the_templates_make_today(shown, tmp_path):
    made = page(composed(tmp_path / "book"))
    assert made == shown, "run .venv/bin/python tests/stylepage.py, look at the page, and commit it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_element_stands_in_each_language(shown, language):
    assert [element for element in ELEMENTS if element not in of(shown, language)] == []


def test_each_role_of_colour_stands_with_its_values(shown):
    from greenbook.style.tokens import tokens

    tree = tokens(ROOT / "templates" / "style").tree
    for group in ("colours", "pages", "print"):
        for role in tree[group]:
            row = re.search(rf'<tr><th scope="row">{role}</th>.*?</tr>', shown[shown.index("Colours by role"):])
            assert row, role
    every = {value for role in (*tree["colours"].values(), *tree["pages"].values()) for value in role.values()}
    assert [value for value in every | set(tree["print"].values()) if f"> {value}</td>" not in shown] == []


def test_the_page_stands_alone_is_quiet_and_accessible(shown, tmp_path):
    (tmp_path / "style.html").write_text(shown, "utf-8")
    _, grave, troubles = bench("pages").looked_at(tmp_path, ["style.html"])
    assert (grave, troubles) == ([], [])
    known = re.findall(r' id="([^"]+)"', shown)
    assert len(known) == len(set(known))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(known)
