"""`open_chapter` and the six verbs of a notebook: load, value, figure, table, finding, case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from greenbook.analysis.gap import Gap
from greenbook.analysis.result import Result
from greenbook.authoring import output
from greenbook.authoring.claims import check_claim
from greenbook.authoring.figure import draw, lineage, refusals_of, texts_of
from greenbook.authoring.mistakes import AuthoringError
from greenbook.authoring.names import Names
from greenbook.authoring.opening import Opening, opening
from greenbook.authoring.policies import Policies, policies_of
from greenbook.authoring.table import Table
from greenbook.catalog.comparability import both_languages
from greenbook.catalog.indicator import Indicator
from greenbook.catalog.opened import indicator_of
from greenbook.catalog.selection import unique
from greenbook.catalog.slices import CASES, POLICIES
from greenbook.catalog.value import Value
from greenbook.errors import write_instead
from greenbook.records import CaseRecord, FindingRecord, LoadRecord, OpeningRecord, Record, Refusal, Text


def open_chapter(chapter_id: str, edition: str | None = None) -> Chapter:
    """The chapter called `chapter_id` under the edition's date (book.yml's default where None).

    In plain Jupyter the data are read and checked first. Raises AuthoringError, or the errors of the data.
    """
    chapter = Chapter(chapter_id, opening(edition))
    chapter.emit(
        OpeningRecord(chapter_id, chapter.opening.edition, chapter.opening.as_of),
        f"{chapter_id} · {chapter.opening.edition} ({chapter.opening.as_of})",
    )
    return chapter


class Chapter:
    """An open chapter. Each verb hands the build one record, as an output of its cell."""

    def __init__(self, slug: str, opened: Opening, show: output.Show | None = None) -> None:
        self.slug, self.opening = slug, opened
        self._show = show or output.display_bundle
        self._names = Names()
        self._values: dict[str, Value] = {}
        self._loaded: dict[str, Indicator] = {}

    def __repr__(self) -> str:
        return f"Chapter({self.slug}, {self.opening.edition}, {self.opening.as_of})"

    def emit(self, record: Record, text: str = "", html: str = "", png: bytes = b"") -> None:
        """Hands `record` to the build."""
        self._show(output.bundle(record, text, html, png))

    def load(self, id: str) -> Any:
        """The Indicator called `id`, filtered by the edition's date (empty where nothing is public yet);
        `load("policies")` gives the policies. Raises AuthoringError with the near name."""
        if id == "policies":
            return self._policies()
        series = indicator_of(self.opening.piece(id), lambda: self.opening.policies, lambda: self.opening.units)
        self._loaded[id] = series
        self.emit(
            LoadRecord(
                id,
                series.empty,
                tuple(target.id for target in series.aims),
                tuple(change.year for change in series.breaks),
            ),
            repr(series),
            series._repr_html_(),
        )
        return series

    def _policies(self) -> Policies:
        found = policies_of(self.opening.piece(POLICIES))
        self.emit(LoadRecord("policies", not found), f"{len(found)} policies")
        return found

    def value(self, name: str, value: Value, show: Text | None = None) -> None:
        """Names a Value, so that prose can say `{{ name }}`. `show` shows it in other units: {"zh": "万吨@0",
        "en": "Mt@1"}.

        A value that does not exist is recorded as absent, with its reason. Raises AuthoringError for a bare number.
        """
        if not isinstance(value, Value):
            raise AuthoringError(
                "GB478",
                f'value "{name}": found a bare {type(value).__name__}',
                "expected a Value, which knows its unit and sources",
                "write series.latest, series.at(year), growth(series), count(list, …)",
            )
        self._names.give("value", name)
        if show and value.exists:
            try:
                value = value.shown_as(both_languages(show, "show"))
            except ValueError as error:
                raise AuthoringError(
                    "GB478", f'value "{name}": found {error}', "expected unit@digits", "see data/units.yml"
                ) from None
        self._values[name] = value
        self.emit(value.record(name), f"{name} = {value!r}", f"<code>{escape(name)}</code>{value._repr_html_()}")

    def figure(
        self,
        name: str,
        uses: Iterable[Indicator | Value | Gap | Result],
        size: str = "wide",
        panels: tuple[int, int] | None = None,
        notes: Text | Iterable[Text] = (),
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Draws the decorated `f(ax, label)` once a language; with `panels=(rows, columns)` it is `f(axes, label)`.

        `size` is wide (165 mm), narrow (80 mm) or tall. Where nothing of `uses` exists by the edition's date,
        nothing is drawn and the reasons are recorded. Raises AuthoringError for numbers that are not recorded and for
        missing glyphs.
        """
        self._names.give("figure", name)
        used = lineage(uses, name)

        def drawn(function: Callable[..., Any]) -> Callable[..., Any]:
            if not any(not item.empty if isinstance(item, Indicator) else item.exists for item in used):
                self._refused(refusals_of(used))
                return function
            record, png = draw(self.slug, name, function, used, size, panels, texts_of(notes))
            self.emit(record, f"figure {name}", png=png)
            return function

        return drawn

    def table(self, name: str, table: Table, notes: Text | Iterable[Text] = ()) -> None:
        """Names a table of `scope_table`, `level_table`, `growth_table`, `target_table`, `policy_table` or
        `value_table`.

        A table without rows is not made; its refusals are recorded. Its cells are values called
        `tbl-<name>.<row>.<column>`.
        """
        if not isinstance(table, Table):
            raise AuthoringError(
                "GB479",
                f'table "{name}": found {type(table).__name__}',
                "expected a table made of Indicators and Values",
                "write level_table(output) or value_table(…)",
            )
        self._names.give("table", name)
        if table.empty:
            self._refused(table.content.refusals)
            return
        self.emit(table.record(name, texts_of(notes)), f"table {name}", table._repr_html_())

    def finding(
        self,
        name: str,
        values: Iterable[str | Value],
        figure: str = "",
        strength: str = "B/yes",
        wording: str = "fact",
        changes: Text | None = None,
    ) -> None:
        """A key finding; its sentences follow in twin cells tagged `zh, finding` and `en, finding`.

        `values` are names given by `value` (or the Values themselves), `strength` evidence/agreement, `wording` a
        class of the brief, `changes` what would change it, in both languages (required). Raises AuthoringError.
        """
        self._names.give("finding", name)
        if not changes:
            raise AuthoringError(
                "GB490",
                f'finding "{name}": found no changes',
                "expected what would change it",
                'add changes={"zh": "…", "en": "…"}',
            )
        names = unique(self._named(name, value) for value in values)
        check_claim(name, strength, wording, (self._values[item] for item in names), self._loaded)
        self.emit(
            FindingRecord(name, names, figure, strength, wording, both_languages(changes, "changes")), f"finding {name}"
        )

    def case(self, id: str) -> None:
        """A case of cases.csv; its text follows in twin cells tagged `zh, case` and `en, case`. Raises
        AuthoringError."""
        known = [entry["id"] for entry in self.opening.piece(CASES)["cases"]]
        if id not in known:
            raise AuthoringError(
                "GB474",
                f'found no case "{id}"',
                "expected an id of data/cases.csv",
                write_instead(id, known, "add the case"),
            )
        self._names.give("case", id)
        self.emit(CaseRecord(id), f"case {id}")

    def _named(self, finding: str, value: str | Value) -> str:
        known = {id_: name for name, held in self._values.items() for id_ in (id(held),)}
        name = known.get(id(value)) if isinstance(value, Value) else value
        if name not in self._values:
            raise AuthoringError(
                "GB491",
                f'finding "{finding}": found the value "{name or "without a name"}"',
                "expected a name given by chapter.value",
                write_instead(str(name), self._values, "name it first"),
            )
        return name

    def _refused(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.emit(
                refusal, f"{refusal.method}: {refusal.reason.get('zh-Hans', '')} · {refusal.reason.get('en', '')}"
            )
