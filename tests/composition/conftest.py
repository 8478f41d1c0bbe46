"""One way to compose for all tests of the stage."""

import chapters_by_hand
import pytest

from greenbook.composition.compose import compose

BIB = """@article{ang2005, author={Ang, B. W.}, title={The LMDI approach}, journal={Energy Policy}, year={2005},
 volume={33}, number={7}, pages={867--871}}
@report{many, author={甲 and 乙 and 丙 and 丁}, title={年度报告}, institution={出版社}, address={北京}, year={2024}}
@standard{std, title={标点符号用法}, number={GB/T 15834—2011}, year={2011}}
@online{web, author={{国家统计局}}, title={公报}, date={2025-02-28}, urldate={2025-05-10}, url={https://example.org/a}}
@article{paper, entrysubtype={newspaper}, author={Li, Wei}, title={News},
 journal={China Daily}, date={2025-02-05}, pages={3}}
"""


@pytest.fixture
def composed():
    """Compose documents of a small book; keyword arguments as of `compose`."""

    def run(*documents, outline=None, edition=None, catalog=None, languages=("zh-Hans", "en"), **options):
        outline = outline or chapters_by_hand.an_outline()
        edition = edition or chapters_by_hand.an_edition()
        view = (catalog or chapters_by_hand.a_catalog()).at(edition.as_of)
        return compose(
            outline,
            edition,
            view,
            chapters_by_hand.readings(*documents),
            languages=languages,
            commit="abc1234",
            **options,
        )

    return run


@pytest.fixture
def bibliography(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIB, "utf-8")
    return path


@pytest.fixture
def found():
    """The codes of a composition's problems with the texts that were found."""
    return lambda composition: [(problem.code, problem.found) for problem in composition.problems]
