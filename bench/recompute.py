"""A value of the manifest computed again from its inputs, by its formula, without the program's methods."""

from __future__ import annotations

import ast
import contextlib
import math
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from curves import CURVE, curved
from decomposed import decomposed
from refitted import FORECAST, SIMULATED, forecasts, revised

Value = dict[str, Any]
_REFERENCE = re.compile(r"([A-Za-z_][\w:@.\-]*)\[([0-9]{4}|t(?:−1)?)\]")
_PRODUCT = re.compile(r"Π\(1 \+ ([A-Za-z_][\w:@.\-]*)\[t\]\)")
_RANGE = re.compile(r", t = ([0-9]{4})…([0-9]{4})$")
_COUNTED = re.compile(r"number of points of (\S+)$")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
MADE_HERE = ("count", "simulation", "policy")
STATED = ("assumption", "target")
# Grammes a kilowatt-hour times kilowatt-hours are grammes; the base unit of their mass is the tonne.
_GRAMMES = ("coal_rate", "carbon_intensity")


class Unlike(Exception):
    """Why a value cannot be computed again, or comes out differently."""


class Recompute:
    """Formulas over inputs, in the base units of data/units.yml."""

    def __init__(self, data: Path) -> None:
        units = yaml.safe_load((data / "units.yml").read_text("utf-8"))
        self.units = {name: (entry["dimension"], Fraction(entry["factor"]), entry) for name, entry in units.items()}
        self.kinds: Counter[str] = Counter()

    def check(self, value: Value, printed: str, language: str) -> None:
        """Raises Unlike unless the inputs give the value, and the value the number as printed."""
        if value["form"] in ("date", "year") or all(item["kind"] in MADE_HERE for item in value["inputs"]):
            if not value["inputs"]:
                raise Unlike("no input")
            self.kinds["dates, years, counts, simulations and policies: the input is named"] += 1
            return
        if value["formula"].startswith("ceiling ") and any(item["kind"] == "simulation" for item in value["inputs"]):
            self.kinds["ceilings of a simulation: the input is named"] += 1
            return
        found, wanted = self.either(value), self.base(value["value"], value["unit"])
        if not any(math.isclose(result, wanted, rel_tol=1e-6, abs_tol=1e-12)
                   for number in found for result in (number, number / 100)):
            raise Unlike(f"{value['formula'] or 'the input'} gives {found[0]}, not {wanted}")
        self.shows(value, printed, language)
        self.kinds[_kind(value["formula"])] += 1

    def base(self, value: float, unit: str) -> float:
        return float(Fraction(Decimal(repr(float(value)))) * self.units[unit][1])

    def either(self, value: Value) -> list[float]:
        """The result with a sum's own parts taken from what the formula does not name, and from all inputs."""
        if match := FORECAST.match(value["formula"]):
            return self.refitted(value, match[2])
        if match := _COUNTED.match(value["formula"]):
            return [self.counted(value, match[1])]
        if match := CURVE.match(value["formula"]):
            return [self.curve(value, match[1], match[2])]
        found = [self.computed(value)]
        with contextlib.suppress(Unlike):
            found.append(self.computed(value, whole=True))
        return found

    def counted(self, value: Value, name: str) -> float:
        """How many years a series has among the inputs."""
        formula, points = _Formula(self, value, value["inputs"], False), 0
        for year in {item["year"] for item in value["inputs"] if item["kind"] == "observation"}:
            with contextlib.suppress(Unlike):
                formula.named(name, year)
                points += 1
        return float(points)

    def curve(self, value: Value, name: str, end: str) -> float:
        """A point of an S-curve from the series and the ceilings that the value names."""
        formula = _Formula(self, value, value["inputs"], False)
        ceilings = [self.base(item["value"], item["unit"]) for item in value["inputs"] if item["kind"] in STATED]
        years = sorted({item["year"] for item in value["inputs"] if item["kind"] == "observation"})
        return curved(years, [formula.named(name, year) for year in years], ceilings, end, formula.year)

    def refitted(self, value: Value, name: str) -> list[float]:
        """A forecast from the points that the value names."""
        formula = _Formula(self, value, value["inputs"], False)
        years = sorted({item["year"] for item in value["inputs"]})
        return forecasts(value["formula"], [formula.named(name, year) for year in years], formula.year - years[-1])

    def computed(self, value: Value, whole: bool = False) -> float:
        """The result of the formula in base units; without one, that of the only input."""
        inputs = [item for item in value["inputs"] if "value" in item]
        if not value["formula"] or value["formula"].startswith("ceiling "):
            found = {self.base(item["value"], item["unit"]) for item in inputs}
            if len(found) != 1:
                raise Unlike(f"{len(found)} inputs and no formula")
            return found.pop()
        formula = _Formula(self, value, inputs, whole)
        found = decomposed(value["formula"], value["period"], formula.named)
        if found is None:
            found = revised(value["formula"], inputs, [self.base(item["value"], item["unit"]) for item in inputs])
        return formula.result() if found is None else found

    def shows(self, value: Value, printed: str, language: str) -> None:
        """Whether a unit of the value's dimension gives the printed digits, by the word beside them or in a table."""
        numbers = [digits.replace(",", "") for digits in _NUMBER.findall(printed)]
        dimension, factor, _ = self.units[value["unit"]]
        exact = abs(Fraction(Decimal(repr(float(value["value"])))) * factor)
        for _, other, entry in (unit for unit in self.units.values() if unit[0] in (dimension, "ratio")):
            parts = [part.strip() for part in entry["en" if language == "en" else "zh-Hans"].split("{}")]
            bare = not re.search(r"[^\W\d_]|%", printed)
            if not bare and language != "zh-Hant" and not all(part in printed for part in parts):
                continue
            number = exact / other
            shown = Decimal(number.numerator) / Decimal(number.denominator)
            if any(shown.quantize(Decimal(1).scaleb(-len(digits.partition(".")[2])), ROUND_HALF_UP) == Decimal(digits)
                   for digits in numbers):
                return
        raise Unlike(f"{value['value']} {value['unit']} is not {printed}")


def _kind(formula: str) -> str:
    match = FORECAST.match(formula)
    if match and match[1] in SIMULATED:
        return "forecasts refitted by the program's own module (simulation)"
    return "forecasts computed again here" if match else "formulas and inputs computed again here"


class _Formula:
    """One formula read as arithmetic over references to inputs."""

    def __init__(self, owner: Recompute, value: Value, inputs: list[dict[str, Any]], whole: bool) -> None:
        self.owner, self.value, self.inputs, self.whole = owner, value, inputs, whole
        years = re.findall(r"(?:19|20)[0-9]{2}", value["period"])
        self.year = int(years[0]) if years else 0
        self.span = _RANGE.search(value["formula"])

    def result(self) -> float:
        text = _RANGE.sub("", self.value["formula"])
        text = _PRODUCT.sub(lambda match: f"product({match[1]!r})", text)
        text = _REFERENCE.sub(lambda match: f"at({match[1]!r}, {match[2]!r})", text)
        text = text.replace("×", "*").replace("−", "-").replace("^", "**").replace("'t-1'", "'t−1'")
        try:
            return self.walk(ast.parse(text, mode="eval").body)
        except (SyntaxError, ZeroDivisionError, KeyError, TypeError) as error:
            raise Unlike(f"{self.value['formula']}: {error!r}") from error

    def walk(self, node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            left, right = self.walk(node.left), self.walk(node.right)
            return {ast.Add: lambda: left + right, ast.Sub: lambda: left - right, ast.Mult: lambda: left * right,
                    ast.Div: lambda: left / right, ast.Pow: lambda: left ** right}[type(node.op)]()
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name):
            return self.target()
        if isinstance(node, ast.Call):
            words = [argument.value for argument in node.args]
            return self.product(*words) if node.func.id == "product" else self.at(*words)
        if isinstance(node, ast.UnaryOp):
            return -self.walk(node.operand)
        raise Unlike(f"{ast.dump(node)} in {self.value['formula']}")

    def target(self) -> float:
        found = {self.owner.base(item["value"], item["unit"]) for item in self.inputs if item["kind"] == "target"}
        if len(found) != 1:
            raise Unlike(f"{len(found)} targets")
        return found.pop()

    def product(self, name: str) -> float:
        first, last = (int(self.span[1]), int(self.span[2])) if self.span else (0, 9999)
        years = sorted({item["year"] for item in self.inputs if item["kind"] == "observation"})
        return math.prod(1 + self.named(name, year) for year in years if first <= year <= last)

    def at(self, name: str, moment: str) -> float:
        year = self.year if moment == "t" else self.year - 1 if moment == "t−1" else int(moment)
        return self.named(name, year)

    def scale(self, rate: str) -> float:
        """From the product with `rate` to the base unit of what is made."""
        units = [item["unit"] for item in self.inputs if item.get("indicator") == rate]
        return 1e-6 if units and self.owner.units[units[0]][0] in _GRAMMES else 1.0

    def named(self, name: str, year: int) -> float:
        """An observation, or one that its name says how to make: a quotient, a share, an index, else the sum."""
        if match := re.fullmatch(r"(.+):index-([0-9]{4})", name):
            return self.named(match[1], year) / self.named(match[1], int(match[2])) * 100
        if match := re.fullmatch(r"([^:]+):removed-with-(.+)", name):
            return self.named(match[1], year - 1) + self.named(match[2], year) - self.named(match[1], year)
        if match := re.fullmatch(r"([^:]+):less-(.+)", name):
            return self.named(match[1], year) - self.named(match[2], year)
        if match := re.fullmatch(r"(.+?):(?:per|share-of)-(.+)", name):
            return self.named(match[1], year) / self.named(match[2], year)
        if match := re.fullmatch(r"(.+?):times-(.+)", name):
            return self.named(match[1], year) * self.named(match[2], year) * self.scale(match[2])
        if match := re.fullmatch(r"(.+):chained-([0-9]{4})", name):
            first, last = sorted((int(match[2]), year))
            grown = math.prod(1 + self.named(match[1], step) for step in range(first + 1, last + 1))
            return 100 * (grown if year == last else 1 / grown)
        base, _, part = name.partition("@")
        rows = [item for item in self.inputs if item["kind"] == "observation" and item["year"] == year]
        found = [item for item in rows if item["indicator"] == base
                 and (not part or part in (item["region"], item["vintage"]))]
        if found:
            newest = max(found, key=lambda item: item["released"])
            return self.owner.base(newest["value"], newest["unit"])
        named = set(re.findall(r"\w+", self.value["formula"]))
        rows = [item for item in rows if self.whole or item["indicator"] not in named]
        if base in {item.get("indicator") for item in self.inputs} or not rows:
            raise Unlike(f"no input {name} of {year}")
        return math.fsum(self.owner.base(item["value"], item["unit"]) for item in rows)
