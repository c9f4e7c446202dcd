"""What the values on a page are: their kind, whose they are, what they are about, and their amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from budgetkg.graph import Rows
from budgetkg.resources import page_query
from budgetkg.store.explain import Statement
from budgetkg.terms import short
from budgetkg.web.pages.view import View
from budgetkg.web.pages.words import catalogue

_MOST = 400
"""Values of one page that are described: as many as its facts and mentions show."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a thing is called where it is a value: ``amount`` is in yuan, ``english`` its English name."""

    kind: str
    about: str
    owner: str
    english: str
    amount: Decimal | None

    def name(self, view: View, here: str) -> str:
        """What to call what has no name, on the page of ``here``: "theme assignment: Film screening"."""
        parts = [part for part in (self.owner, self.about) if part and part != here]
        return view.pick("：", ": ").join(filter(None, (self.kind, " · ".join(parts))))


Descriptions = Mapping[str, Described]


async def described(view: View, iri: str, statements: Iterable[Statement]) -> Descriptions:
    """The thing of a page and the values of its statements, by IRI; without those that nothing is said of."""
    values = {statement.value.value for statement in statements if isinstance(statement.value, NamedNode)}
    chosen = tuple(NamedNode(value) for value in [iri, *sorted(values - {iri})[:_MOST]])
    rows = Rows(await view.site.rows(page_query("values"), {"value": chosen}))
    found = {}
    for row in rows:
        amount = row["amount_yuan"]
        found[str(row["value"])] = Described(
            str(row[f"kind_{view.language}"] or "") or word(view, short(str(row["class"]))),
            str(row[f"about_{view.language}"] or row["about_zh"] or ""),
            str(row["owner"] or ""),
            str(row["name_en"] or ""),
            Decimal(amount) if isinstance(amount, int | Decimal) else None,
        )
    return found


def word(view: View, term: str) -> str:
    """What a term of another vocabulary is called; empty where nobody said."""
    name = f"value.{term}"
    return str(view.say(name)) if name in catalogue() else ""
