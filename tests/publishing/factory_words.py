"""The words of the factory's book."""

# ruff: noqa: E501 — prose, a sentence a line

PROSE = {
    "zh-Hans": """
## 规模与结构 {#SLUG.level}

::: {#SLUG.level-1 .par}
2024年粗钢产量[10.05亿吨]{.value name="SLUG.output_latest"}，同比[下降1.7%]{.value name="SLUG.output_growth"}（见[图3-1](#SLUG.fig-output){.ref}），
比[2020]{.value name="SLUG.peak_year"}年的峰值少[0.60亿吨]{.value name="SLUG.output_gap"}。“十四五”以来，产量连续处于十亿吨上下的平台；
需求结构由建筑用钢转向制造用钢，单位产品的能耗和排放下降主要来自*工艺结构*的变化，而不是产量的变化。[^1]
:::

[^1]: 粗钢产量为国家统计局首次公布数，CO₂排放因子取自GB/T 51366—2019。

::: {#SLUG.level-2 .par}
电炉钢比例提高缓慢。废钢资源、电价与产能置换政策共同决定了这一比例能否在2030年达到15%以上；相关政策见[第四章](#ch-OTHER){.ref}和
[表3-1](#SLUG.tbl-growth){.ref}。设能源强度为$E/Y$，则$\\Delta C = \\sum_i \\Delta \\frac{C_i}{E_i}$。
:::

::: {#SLUG.finding-peak .finding strength="B/yes" wording="trend" figure="SLUG.fig-output"}
粗钢产量在[2020]{.value name="SLUG.peak_year"}年达到[10.65亿吨]{.value name="SLUG.output_peak"}的峰值，此后四年累计[下降5.6%]{.value name="SLUG.output_fall"}。
:::

::: {#SLUG.fig-output .figure}
::: caption
粗钢产量已在平台期：四年累计[下降5.6%]{.value name="SLUG.output_fall"}

粗钢产量，亿吨，2015—2024年；空心点为初步数
:::
::: notes
2017年起统计口径有调整；数据为规模以上工业企业。
:::
::: source
资料来源：国家统计局《2024年国民经济和社会发展统计公报》（2025-02-28发布），作者计算。
:::
:::

### 分工艺的增长 {#SLUG.route}

::: {#SLUG.route-1 .par}
增长的分解以两期之间的几何平均为准。下表列出各时期的年均增长；与[前一节](#SLUG.level){.ref}的结论一致的是，产量在“十四五”期间转为下降。
:::

::: {#SLUG.tbl-growth .table}
::: caption
粗钢产量的年均增长
:::
::: unit
单位：万亿千瓦时
:::

| 指标 | 2015—2020年 | 2020—2024年 | 资料来源 |
|:---|---:|---:|:---|
| 粗钢产量 | [5.8]{.value name="SLUG.tbl-growth.output.a"} | [−1.4]{.value name="SLUG.tbl-growth.output.b"} | 国家统计局 |
| 电炉钢产量 | … | — | 缺 |

::: notes
“…”表示小于所用单位，“—”表示不适用。
:::
::: source
资料来源：国家统计局，作者计算。
:::
:::

## 案例与局限 {#SLUG.limits}

::: {#SLUG.case-a .case}
某企业全废钢电炉短流程炼钢，吨钢二氧化碳排放低于长流程。数字由企业提供，未经审计，不作汇总。
:::

::: {#SLUG.limits-1 .par}
本章不能说明的是：民营企业的能耗、出口钢材的隐含碳，以及废钢的社会库存。
:::

::: {#SLUG.refusals .refusals}
- 吨钢能耗的趋势检验未做：可比的年份不足五年。
- 出口与产量的脱钩状态未做：两者口径不同。
:::
""",
    "en": """
## Level and structure {#SLUG.level}

::: {#SLUG.level-1 .par}
Crude steel output was [1,005 Mt]{.value name="SLUG.output_latest"} in 2024, [down 1.7%]{.value name="SLUG.output_growth"} on the year
(see [Figure 3-1](#SLUG.fig-output){.ref}), or [60 Mt]{.value name="SLUG.output_gap"} below its peak of
[2020]{.value name="SLUG.peak_year"}. Since the beginning of the 14th Five-Year Plan, output has stayed on a plateau; demand has moved from
construction towards manufacturing, and what fell per tonne fell because of *how* steel is made rather than how much of it.[^1]
:::

[^1]: Output as first published by the National Bureau of Statistics; CO₂ factors follow GB/T 51366—2019.

::: {#SLUG.level-2 .par}
The share of electric furnaces rises slowly. Scrap, the price of electricity and the rules on capacity swaps decide whether it can reach
the target; see [Chapter 4](#ch-OTHER){.ref} and [Table 3-1](#SLUG.tbl-growth){.ref}. With $E/Y$ for the energy intensity,
$\\Delta C = \\sum_i \\Delta \\frac{C_i}{E_i}$.
:::

::: {#SLUG.finding-peak .finding strength="B/yes" wording="trend" figure="SLUG.fig-output"}
Crude steel output peaked at [1,065 Mt]{.value name="SLUG.output_peak"} in [2020]{.value name="SLUG.peak_year"} and has since
[fallen 5.6%]{.value name="SLUG.output_fall"}.
:::

::: {#SLUG.fig-output .figure}
::: caption
Steel output has reached a plateau: [down 5.6%]{.value name="SLUG.output_fall"} in four years

Crude steel output, million tonnes, 2015–2024; hollow markers are preliminary
:::
::: notes
The statistical scope changed in 2017; enterprises above designated size.
:::
::: source
Sources: National Bureau of Statistics, Statistical Communiqué 2024 (released 28 February 2025), author's calculation.
:::
:::

### Growth by route {#SLUG.route}

::: {#SLUG.route-1 .par}
Average growth is geometric. The table lists it by period; as in [the section above](#SLUG.level){.ref}, output turned downwards after 2020.
:::

::: {#SLUG.tbl-growth .table}
::: caption
Average annual growth of crude steel output
:::
::: unit
Unit: TWh
:::

| Indicator | 2015–2020 | 2020–2024 | Source |
|:---|---:|---:|:---|
| Crude steel output | [5.8]{.value name="SLUG.tbl-growth.output.a"} | [−1.4]{.value name="SLUG.tbl-growth.output.b"} | NBS |
| Electric furnace steel | … | — | n.a. |

::: notes
“…” is smaller than the unit shown, “—” not applicable.
:::
::: source
Sources: National Bureau of Statistics, author's calculation.
:::
:::

## Cases and limits {#SLUG.limits}

::: {#SLUG.case-a .case}
A works that makes steel from scrap alone emits less CO₂ a tonne than the blast furnace route. Figures from the firm, not audited.
:::

::: {#SLUG.limits-1 .par}
This chapter cannot say how much energy private works use, nor how large the stock of scrap is.
:::

::: {#SLUG.refusals .refusals}
- No trend test of energy per tonne: fewer than five comparable years.
- No decoupling of exports from output: their scopes differ.
:::
""",
}

TITLES = {
    "zh-Hans": ("2025中国绿色生产力发展趋势报告", "绿皮书", "中国工业报社", "钢铁", "光伏", "第{}章", "图{}", "表{}", "传统产业", "战略性新兴产业和未来产业"),
    "en": ("2025 China Green Productivity Development Trend Report", "A green book", "China Industry News",
           "Iron and steel", "Photovoltaics", "Chapter {}", "Figure {}", "Table {}", "Traditional industries",
           "Strategic emerging and future industries"),
}
TEXT = {"zh-Hans": "粗钢产量", "en": "Crude steel output"}
TEXT["zh-Hant"] = TEXT["zh-Hans"]
