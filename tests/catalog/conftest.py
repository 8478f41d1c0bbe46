"""A small sound project in a temporary folder, for tests to damage."""

# ruff: noqa: E501  (rows of data)
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from greenbook.catalog.reading import read_catalog
from greenbook.errors import DataRefused
from greenbook.project import HOUSE, Project

FILES = {
    "units.yml": """\
Mt: {dimension: mass, factor: "1e6", zh-Hans: 百万吨, en: Mt}
亿吨: {dimension: mass, factor: "1e8", zh-Hans: 亿吨, en: 100 million t}
TWh: {dimension: energy_electric, factor: "1e12", zh-Hans: 太瓦时, en: TWh}
"%": {dimension: ratio, factor: "0.01", zh-Hans: "{}%", en: "{}%"}
""",
    "indicators/steel.yml": """\
crude_steel_output:
  label: {zh-Hans: 粗钢产量, en: Crude steel output}
  unit: Mt
  show: {zh-Hans: 亿吨@2, en: Mt@0}
  kind: flow
  scope: {zh-Hans: 规模以上工业企业, en: industrial enterprises above designated size}
  direction: down
  breaks:
    - {year: 2017, zh-Hans: 口径调整, en: scope changed}
  first_published: {zh-Hans: 各年为首次公布数, en: each year as first published}
  reported_growth: crude_steel_output_growth_reported
  chapters: [steel]
crude_steel_output_growth_reported:
  label: {zh-Hans: 粗钢产量同比增速, en: "Crude steel output, reported growth"}
  unit: "%"
  show: {zh-Hans: "%@1", en: "%@1"}
  kind: rate
  chapters: [steel]
""",
    "observations/steel.csv": """\
indicator,region,year,value,status,bound,as_at,vintage,source,released,released_is_estimated,note
crude_steel_output,CN,2022,1018,final,,,,NBS,2023-01-31,true,
crude_steel_output,CN,2023,1019.0813,final,,,,NBS,2024-01-31,true,
crude_steel_output,CN,2024,1005.0913,final,,,,NBS,2025-01-31,true,
crude_steel_output,CN,2024,1005.1,revised,,,NBS-2025-12,NBS,2025-12-26,false,"revised, with a comma"
crude_steel_output_growth_reported,CN,2024,-1.7,final,,,,NBS,2025-01-31,true,
""",
    "sources.csv": """\
id,issuer,release_zh,release_en,title_is_original,published,published_precision,kind,via,licence,verified_at_origin,url,where_read
NBS,NBS,主要产品产量,Output of main products,false,2025-01-21,day,official,Wind,,false,https://example.org/x,a file
PLAN,NDRC,钢铁行业节能降碳专项行动计划,Action plan for steel,true,2024-06,month,policy,,,false,,
""",
    "issuers.csv": """\
id,name_zh,name_en,short_zh,short_en
NBS,国家统计局,National Bureau of Statistics of China,国家统计局,NBS
NDRC,国家发展和改革委员会,National Development and Reform Commission,国家发展改革委,NDRC
""",
    "policies.csv": """\
id,kind,date,date_is_estimated,issuer_zh,issuer_en,title_zh,title_en,title_is_original,number,summary_zh,summary_en,source
steel_plan_2024,document,2024-06-07,false,国家发展改革委,NDRC,钢铁行业节能降碳专项行动计划,Action plan for steel,true,发改环资〔2024〕730号,,,PLAN
""",
    "targets.csv": """\
id,policy,indicator,label_zh,label_en,value,bound,unit,year,baseline_year,scope_zh,scope_en,released,released_is_estimated,source,chapters,note
steel_cap_2025,steel_plan_2024,crude_steel_output,粗钢产量,Crude steel output,10,at_most,亿吨,2025,2020,,,2024-06-07,false,PLAN,steel,
""",
    "cases.csv": """\
id,chapter,kind,name_zh,name_en,place_zh,place_en,date,consent,conflict_zh,conflict_en,text_zh,text_en,source
""",
    "glossary.csv": """\
no,zh,en,note,avoid_zh,avoid_en
1,绿色生产力,green productivity,,绿色生产率,green production force; green forces
""",
    "abbreviations.csv": """\
abbreviation,zh,en
NBS,国家统计局,National Bureau of Statistics of China
""",
}


class Book:
    """A project whose data files a test writes, replaces and reads."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        for name, text in FILES.items():
            self.write(name, text)

    def path(self, name: str) -> Path:
        return self.project.data / name

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, name: str, old: str, new: str) -> None:
        """Replaces `old`, which must stand there, by `new`."""
        text = self.path(name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def read(self):
        return read_catalog(self.project)

    def messages(self) -> list[str]:
        """The messages with which the data are refused; none where they are read."""
        try:
            self.read()
        except DataRefused as refused:
            return [str(problem) for problem in refused.problems]
        return []


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture(scope="session")
def real() -> Project:
    """The project itself, with the cache in its own _build."""
    return Project(HOUSE)


@pytest.fixture
def copied(tmp_path: Path) -> Project:
    """The project's data in a temporary folder, with an empty cache."""
    shutil.copytree(HOUSE / "data", tmp_path / "data")
    return Project(tmp_path)
