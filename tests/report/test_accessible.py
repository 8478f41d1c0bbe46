"""One page of each kind before axe-core, in both themes; `make evidence` takes every page of every language."""

from building import bench

CHAPTER = "zh-Hant/esg.html"
KINDS = (CHAPTER, "zh-Hans/index.html", "en/findings.html", "zh-Hant/figures.html", "zh-Hans/search.html",
         "en/glossary.html", "zh-Hant/methods.html", "zh-Hans/part-traditional.html", "en/preface.html",
         "en/esg-numbers.html",
         "source/esg.html")


def test_page_of_each_kind_has_no_grave_violation_and_a_quiet_console(report):
    assert [name for name in KINDS if not (report / name).is_file()] == []
    _, grave, troubles = bench("pages").looked_at(report.resolve(), list(KINDS))
    assert (grave, troubles) == ([], [])


def test_the_gate_catches_a_picture_without_words_and_a_page_without_language(report, tmp_path):
    page = (report / CHAPTER).read_text("utf-8")
    broken = page.replace('role="img" aria-label="', 'role="img" data-label="').replace('<html lang="zh-TW"', "<html")
    (tmp_path / "page.html").write_text(broken, "utf-8")
    _, grave, _ = bench("pages").looked_at(tmp_path, ["page.html"])
    assert {line.split()[3].rstrip(":") for line in grave} >= {"svg-img-alt", "html-has-lang"}
