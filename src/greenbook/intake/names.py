"""What headers and cells are called in Chinese and English, and how they lead to the words of the catalog."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from greenbook.catalog.view import Catalog
from greenbook.intake.rules import Rules

_HEADERS = {
    "indicator": "indicator 指标 指标名称 指标编号 项目 series", "region": "region 地区 省份 省市 区域 province area",
    "year": "year 年份 年 年度", "value": "value 数值 值 数据 figure", "status": "status 状态 数据状态",
    "bound": "bound 界限 边界", "as_at": "as_at 时点 期间 截至", "vintage": "vintage 版本 数据版本 版次",
    "source": "source 来源 数据来源 资料来源", "released": "released 发布日期 公布日期",
    "released_is_estimated": "released_is_estimated 发布日期为推定 日期为推定", "note": "note notes 备注 说明 remark",
    "unit": "unit 单位 计量单位",
}
HEADERS = {word: column for column, words in _HEADERS.items() for word in words.split()}
WORDS = {
    "status": {word: status for status, words in (
        ("final", "最终 最终数 最终值 终值 最终核实 最终核实数"),
        ("preliminary", "初步 初步数 初值 快报 初步核算 初步核算数"),
        ("revised", "修订 修订数 修订值"), ("derived", "推算 推算数"), ("estimated", "估计 估算 估计数 估算数"),
        ("projected", "预测 预测数 预测值")) for word in words.split()},
    "bound": {"超过": "over", "不低于": "at_least", "至少": "at_least", "低于": "under", "不足": "under",
              "约": "about"},
    "released_is_estimated": {"是": "true", "否": "false", "TRUE": "true", "FALSE": "false"},
}
_REGIONS = (
    "CN 全国 中国 China National;BJ 北京 Beijing;TJ 天津 Tianjin;HE 河北 Hebei;SX 山西 Shanxi;NM 内蒙古 Inner_Mongolia;"
    "LN 辽宁 Liaoning;JL 吉林 Jilin;HL 黑龙江 Heilongjiang;SH 上海 Shanghai;JS 江苏 Jiangsu;ZJ 浙江 Zhejiang;"
    "AH 安徽 Anhui;FJ 福建 Fujian;JX 江西 Jiangxi;SD 山东 Shandong;HA 河南 Henan;HB 湖北 Hubei;HN 湖南 Hunan;"
    "GD 广东 Guangdong;GX 广西 Guangxi;HI 海南 Hainan;CQ 重庆 Chongqing;SC 四川 Sichuan;GZ 贵州 Guizhou;YN 云南 Yunnan;"
    "XZ 西藏 Tibet Xizang;SN 陕西 Shaanxi;GS 甘肃 Gansu;QH 青海 Qinghai;NX 宁夏 Ningxia;XJ 新疆 Xinjiang;"
    "TW 台湾 Taiwan;HK 香港 Hong_Kong;MO 澳门 Macao")
_SUFFIX = re.compile("(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_UNIT = re.compile(r"^(.*?)\s*[(（]([^()（）]+)[)）]$")


def _codes() -> dict[str, str]:
    pairs = {}
    for entry in _REGIONS.split(";"):
        code, *words = entry.split()
        pairs.update({word.replace("_", " ").casefold(): code if code == "CN" else f"CN-{code}" for word in words})
    return pairs


REGIONS = _codes()


def plain(text: str) -> str:
    """A name in the form in which names are compared: composed, half-width, small letters, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Names:
    """How the names of one file lead to ids: its rules first, then the catalog's own words."""

    catalog: Catalog
    rules: Rules

    def column(self, header: str) -> str:
        """The column of a header, unit, ignore, or nothing."""
        return self.rules.columns.get(header) or HEADERS.get(plain(header), "")

    def indicator(self, text: str) -> str:
        """The id of an indicator called `text`, or nothing."""
        return self.rules.indicators.get(text) or self._indicators.get(plain(text), "")

    def split(self, text: str) -> tuple[str, str]:
        """`粗钢产量（万吨）` as name and unit; the unit is empty where the brackets hold none."""
        match = _UNIT.match(text)
        unit = self.unit(match[2]) if match else ""
        return (match[1], unit) if match and unit else (text, "")

    def region(self, text: str) -> str:
        """The code of a region; a code stays, what is not known stays as it is, to be refused."""
        known = self.rules.regions.get(text) or REGIONS.get(plain(text))
        return known or REGIONS.get(_SUFFIX.sub("", plain(text)), text)

    def unit(self, text: str) -> str:
        """The id of the unit written `text` (an id, or its word in a language), or nothing."""
        return text if text in self.catalog.units else self._units.get(plain(text), "")

    def near(self) -> Iterable[str]:
        return [*self._indicators, *HEADERS]

    @cached_property
    def _indicators(self) -> Mapping[str, str]:
        """Labels that one indicator alone has, and ids."""
        labels: dict[str, set[str]] = {}
        for name, entry in self.catalog.indicators.items():
            for label in (name, *entry.label.values()):
                labels.setdefault(plain(label), set()).add(name)
        return {label: next(iter(names)) for label, names in labels.items() if len(names) == 1}

    @cached_property
    def _units(self) -> Mapping[str, str]:
        words: dict[str, set[str]] = {}
        for name in self.catalog.units:
            for language in ("zh-Hans", "en"):
                words.setdefault(plain(self.catalog.units[name].head(language)), set()).add(name)
        return {word: next(iter(names)) for word, names in words.items() if len(names) == 1}
