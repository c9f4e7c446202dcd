"""Showing an explanation: statements with the place and the words that say them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from budgetkg.cli.messages import language, say
from budgetkg.cli.terminal import command, out, paragraph, table
from budgetkg.cli.terminal import place as place_words
from budgetkg.export.answers import plain
from budgetkg.vocab import PREFIXES

if TYPE_CHECKING:
    from budgetkg.store.explain import Explanation, Statement
    from budgetkg.store.places import Place

# Of what points to a thing a reader wants examples and the count, not every one.
_EXAMPLES = 5


def show(asked: str, explanation: Explanation) -> None:
    """Print an explanation, or the things that a label may mean."""
    if explanation.iri is None:
        _candidates(asked, explanation)
        return
    out(_iri(explanation.iri))
    if explanation.statements:
        out(f"\n{say('statement-of')}")
        _statements(explanation.statements)
    if explanation.mentions:
        out(f"\n{say('said-of')}")
        for _, same in groupby(explanation.mentions, key=lambda item: item.property):
            several = list(same)
            _statements(several[:_EXAMPLES])
            if len(several) > _EXAMPLES:
                out(f"  … {len(several) - _EXAMPLES} +")
    _picture(explanation)


def _picture(explanation: Explanation) -> None:
    """The command that shows the first place as it looks on its page; the file is named as it was read."""
    place = next((place for item in explanation.statements for place in item.places), None)
    if place is not None:
        out()
        command("see-picture", place.picture)


def explanation_json(explanation: Explanation) -> str:
    """An explanation for machines."""
    value = asdict(explanation)
    for part, statements in (("statements", explanation.statements), ("mentions", explanation.mentions)):
        for written, statement in zip(value[part], statements, strict=True):
            written["value"] = plain(statement.value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def _statements(statements: Iterable[Statement]) -> None:
    for item in statements:
        label = (item.label_zh if language() == "zh" else item.label_en) or _iri(item.property)
        value = item.value_label or plain(item.value)
        paragraph(f"{label}: {_iri(value)}", 2, hanging=4)
        for place in item.places:
            paragraph(f"{_where(place)}  “{''.join(place.quote.splitlines())}”", 6, hanging=2)


def _where(place: Place) -> str:
    return f"{place.file}, {place_words(place.page, place.lines)}"


def _candidates(asked: str, explanation: Explanation) -> None:
    paragraph(say("candidates" if explanation.exact else "similar", label=asked))
    rows = [
        [
            _iri(item.iri),
            item.label,
            (item.type_zh if language() == "zh" else item.type_en) or "",
            item.owner or "",
            item.file or "",
        ]
        for item in explanation.candidates
    ]
    table(["IRI", say("name"), say("kind"), say("part-of"), say("document")], rows)


def _iri(text: str) -> str:
    """An IRI as a prefixed name where that is shorter and can be typed back."""
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace) and text != namespace:
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text
