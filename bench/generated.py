"""A generated book of N chapters for the benchmarks: the same notebooks for greenbook, papermill and the peers.

Each chapter reads one CSV of 6,960 rows, shows three tables and four figures and prints one line. The cells name the
CSV's folder by the variable GREENBOOK_SLICES, so that any runner that passes it executes the same code. The same seed
gives the same bytes.
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

REGIONS = [f"region {number:02d}" for number in range(29)]
OPEN = """\
import base64, io, json, os
import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

def show(figure):
    figure.savefig(target := io.BytesIO(), format="png", dpi=110, metadata={"Software": None})
    display({"image/png": base64.b64encode(target.getvalue()).decode()}, raw=True)

as_of = os.environ["GREENBOOK_EDITION"].split(":")[1]
opening = {"chapter": chapter_id, "edition": "e", "as_of": as_of}
display({"application/vnd.greenbook.opening+json": opening}, raw=True)"""
UNSET = "chapter_id = ''\nedition = None\nlast_year = 2010"
CELLS = [
    ("open", OPEN),
    ("load", """\
frame = pd.read_csv(os.path.join(os.environ["GREENBOOK_SLICES"], f"{chapter_id}.csv"), parse_dates=["date"])
frame["year"] = frame["date"].dt.year
frame = frame[frame["year"] <= last_year]
frame.shape"""),
    ("tbl-annual", """\
annual = frame.pivot_table(index="year", columns="region", values="output", aggfunc="sum")
annual.iloc[-8:, :8].round(1)"""),
    ("fig-lines", """\
figure = Figure(figsize=(8, 4))
ax = figure.add_subplot()
top = annual.iloc[-1].nlargest(8).index
for region in top:
    ax.plot(annual.index, annual[region], label=region, lw=1.4)
ax.set_title(f"Output by region, {chapter_id}")
ax.legend(ncol=2, fontsize=7)
show(figure)"""),
    ("fig-area", """\
figure = Figure(figsize=(8, 4))
ax = figure.add_subplot()
share = annual[top].div(annual.sum(axis=1), axis=0) * 100
ax.stackplot(share.index, share.T.values, labels=share.columns, alpha=0.85)
ax.legend(loc="upper left", ncol=4, fontsize=6)
show(figure)"""),
    ("tbl-intensity", """\
sums = frame.groupby(["region", "year"])[["output", "energy", "co2"]].sum()
sums["intensity"] = sums["co2"] / sums["output"]
sums.groupby(level=0)["intensity"].agg(["first", "last", "mean", "std"]).round(3)"""),
    ("fig-bars", """\
last = sums.xs(last_year, level="year").sort_values("co2")
figure = Figure(figsize=(7, 6))
ax = figure.add_subplot()
ax.barh(last.index, last["co2"])
for place, value in enumerate(last["co2"]):
    ax.text(value, place, f" {value:,.0f}", va="center", fontsize=6)
show(figure)"""),
    ("fig-multiples", """\
figure = Figure(figsize=(9, 5))
monthly = frame.set_index("date").groupby("region")["output"]
for ax, region in zip(figure.subplots(2, 3, sharex=True).flat, top):
    quarters = monthly.get_group(region).resample("QS").sum()
    ax.plot(quarters.index, quarters, lw=0.6, color="0.6")
    ax.plot(quarters.index, quarters.rolling(4).mean(), lw=1.4)
    ax.set_title(region, fontsize=8)
show(figure)"""),
    ("tbl-trend", """\
change = np.log(annual.clip(lower=1e-6)).diff().dropna()
trend = pd.DataFrame({"mean": change.mean(), "std": change.std()}).sort_values("mean")
trend.head(12).round(4)"""),
    ("result", """print(f"total {annual.iloc[-1].sum():,.1f}; largest {top[0]}; co2 {last['co2'].sum():,.1f}")"""),
]
PROSE = "## About {name}\n\nLevels first, then the change, then who leads. Shares are in per cent.\n"


def write_book(folder: Path, count: int) -> list[str]:
    """Writes `count` chapters into `folder` (notebooks, slices, scripts, baked, templates); their slugs."""
    for name in ("notebooks", "slices", "scripts", "baked", "templates/style", "templates/locale"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    slugs = [f"ch{number:03d}" for number in range(count)]
    for number, slug in enumerate(slugs):
        given = f"chapter_id = {slug!r}\nedition = None\nlast_year = 2022"
        (folder / "slices" / f"{slug}.csv").write_text(_rows(number), "utf-8")
        (folder / "notebooks" / f"{slug}.ipynb").write_text(_notebook(UNSET))
        (folder / "baked" / f"{slug}.ipynb").write_text(_notebook(given))
        code = [given, *(source for _, source in CELLS)]
        (folder / "scripts" / f"{slug}.py").write_text("\n\n".join(code) + "\n", "utf-8")
    return slugs


def _rows(seed: int) -> str:
    chance, lines = random.Random(seed), ["date,region,output,energy,co2"]
    for region in REGIONS:
        base, growth, intensity = chance.uniform(5, 120), chance.uniform(-0.02, 0.07), chance.uniform(0.5, 2.5)
        for month in range(240):
            season = (1 + 0.2 * math.sin(month / 2)) * chance.uniform(0.9, 1.1)
            value = base * (1 + growth) ** (month / 12) * season / 12
            lines.append(f"{2004 + month // 12}-{1 + month % 12:02d}-01,{region},{value:.3f},{value * 0.4:.3f},"
                         f"{value * intensity:.3f}")
    return "\n".join(lines) + "\n"


def _notebook(parameters: str) -> str:
    cells = [_cell("parameters", "code", parameters, ["parameters"])]
    for name, source in CELLS:
        cells += [_cell(f"about-{name}", "markdown", PROSE.format(name=name), []), _cell(name, "code", source, [])]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5,
                       "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}}, indent=1)


def _cell(name: str, kind: str, source: str, tags: list[str]) -> dict:
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"id": name, "cell_type": kind, "source": source, "metadata": {"tags": tags} if tags else {}, **code}
