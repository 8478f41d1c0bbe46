"""templates/style/tokens.yml as one object: colours, families and sizes by role."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greenbook.project import HOUSE

VARIABLE = "GREENBOOK_STYLE"


@dataclass(frozen=True)
class FigureSize:
    """A figure's width and height and its margins (left, right, bottom, top), in millimetres."""

    width: float
    height: float
    margins: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Tokens:
    """What stands in tokens.yml. A role that is not there raises KeyError with the roles there are."""

    tree: dict[str, Any]

    def colour(self, role: str, theme: str = "light") -> str:
        """The colour of `role` as #rrggbb, for light or dark pages."""
        return self._found("colours", role)[theme]

    @property
    def colours(self) -> dict[str, dict[str, str]]:
        """Role → theme → #rrggbb: publishing makes the classes of the dark mode from it."""
        return self.tree["colours"]

    def families(self, role: str, language: str) -> tuple[str, ...]:
        """The families of `role` in `language`, in the order in which a glyph is looked for."""
        return tuple(self._found("families", role)[language])

    def size(self, role: str) -> float:
        """A size in points."""
        return float(self._found("sizes", role))

    def figure(self, size: str) -> FigureSize:
        """A figure's size by role: wide, narrow or tall."""
        entry = self._found("figures", size)
        return FigureSize(entry["width"], entry["height"], tuple(entry["margins"]))

    @property
    def cues(self) -> dict[str, Any]:
        """The second cues beside colour: lines and markers."""
        return self.tree["cues"]

    def series(self, place: int) -> tuple[str, str, str]:
        """Colour, line and marker of the series at `place` in a chart of several."""
        order = self.cues["series"]
        role, line, marker = order[place % len(order)]
        return self.colour(role), line, marker

    def _found(self, group: str, role: str) -> Any:
        entries = self.tree[group]
        if role not in entries:
            raise KeyError(f"{group} of tokens.yml has no {role}; it has {', '.join(entries)}")
        return entries[role]


def style_folder() -> Path:
    """The folder of tokens.yml and charts.mplstyle: GREENBOOK_STYLE in a build, else the house's own."""
    return Path(os.environ.get(VARIABLE) or HOUSE / "templates" / "style")


def tokens(folder: Path | None = None) -> Tokens:
    """The tokens of `folder` (of `style_folder()` where not given), read once a process."""
    return _read(folder or style_folder())


def forget() -> None:
    """Has the tokens read anew, where one process makes many builds."""
    _read.cache_clear()


@cache
def _read(folder: Path) -> Tokens:
    return Tokens(read_yaml(folder / "tokens.yml"))


def read_yaml(path: Path) -> dict[str, Any]:
    """The plain values of a YAML file of the house, by the C reader where there is one: a kernel waits for it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text("utf-8"))
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
