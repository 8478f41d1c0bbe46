"""Policies as a notebook holds them: documents, events and steps of the campaign, public by the edition's date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from greenbook.authoring.mistakes import AuthoringError
from greenbook.catalog.value import Value, text_of
from greenbook.errors import write_instead
from greenbook.records import Text, ValueRecord
from greenbook.units import Units


@dataclass(frozen=True)
class Policy:
    """A row of policies.csv. `date` is ISO; `title_is_original` says whether 《》 may stand round the title."""

    id: str
    kind: str
    date: str
    date_is_estimated: bool
    title: Text
    title_is_original: bool
    number: str
    issuer: Text
    summary: Text

    @property
    def year(self) -> int:
        return int(self.date[:4])

    @property
    def day(self) -> Value:
        """The date as a Value, to be printed in words; only year and month where the day is estimated."""
        period = self.date[:7] if self.date_is_estimated else self.date
        number = float(self.date.replace("-", ""))
        return Value(
            ValueRecord(
                name="",
                value=number,
                unit="",
                show={},
                form="date",
                label=self.title,
                period=period,
                inputs=(f"policy:{self.id}",),
            ),
            Units({}),
        )


class Policies(tuple[Policy, ...]):
    """The policies in the order of their dates: a tuple that can be asked. `known` are the ids of all editions."""

    known: Collection[str] = ()

    def of(self, kind: str = "", since: int = 0, ids: Iterable[str] = ()) -> Policies:
        """Those of a kind (document, event, campaign), of a year or later, or with the listed ids.

        An id that is not public by the edition's date is left out; raises AuthoringError for one of no edition.
        """
        wanted = {self._checked(id) for id in ids}
        chosen = Policies(
            policy
            for policy in self
            if (not kind or policy.kind == kind) and policy.year >= since and (not wanted or policy.id in wanted)
        )
        chosen.known = self.known
        return chosen

    def named(self, id: str) -> Policy:
        """The policy called `id`; raises AuthoringError where it is not public by the edition's date."""
        held = {policy.id: policy for policy in self}
        if self._checked(id) not in held:
            raise AuthoringError(
                "GB474",
                f'found the policy "{id}", which is not public by the edition\'s date',
                "expected one that is, or of(ids=[…]), which leaves it out",
                "see the dates of data/policies.csv",
            )
        return held[id]

    def _checked(self, id: str) -> str:
        """`id`; raises AuthoringError with the near name where no edition has such a policy."""
        known = {*self.known, *(policy.id for policy in self)}
        if id in known:
            return id
        raise AuthoringError(
            "GB474",
            f'found no policy "{id}"',
            "expected an id of data/policies.csv",
            write_instead(id, sorted(known), "add the policy"),
        )


def policies_of(piece: Mapping[str, Any]) -> Policies:
    """The policies of the slice `_policies`."""
    held = Policies(sorted(map(_policy, piece["policies"]), key=lambda policy: (policy.date, policy.id)))
    held.known = tuple(piece.get("known", ()))
    return held


def _policy(entry: Mapping[str, Any]) -> Policy:
    return Policy(
        entry["id"],
        entry["kind"],
        entry["date"],
        bool(entry.get("date_is_estimated")),
        text_of(entry, "title"),
        bool(entry.get("title_is_original")),
        entry.get("number") or "",
        text_of(entry, "issuer"),
        text_of(entry, "summary"),
    )
