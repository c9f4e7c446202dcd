"""What a page says of itself in schema.org, for search engines: JSON-LD whose context is the vocabulary."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from budgetkg.vocab import PREFIXES
from budgetkg.web.pages.view import Page, View

_CONTEXT = {"@vocab": PREFIXES["schema"]}
_THINGS = {
    "bkg:AdministrativeDivision": "AdministrativeArea",
    "bkg:Department": "GovernmentOrganization",
    "bkg:UnitOfUse": "Organization",
    "bkg:Project": "Project",
    "bkg:Document": "DigitalDocument",
    "bkg:BudgetPlan": "CreativeWork",
    "bkg:PolicyCitation": "Legislation",
    "skos:Concept": "DefinedTerm",
    "skos:ConceptScheme": "DefinedTermSet",
}
"""Classes that schema.org has a word for; of several the first. Whatever else there is, is a Thing."""
_PAGES = {
    "questions.html": "CollectionPage",
    "list.html": "CollectionPage",
    "search.html": "SearchResultsPage",
    "search-files.html": "SearchResultsPage",
}
_FILES = {"csv": "text/csv", "json": "application/sparql-results+json",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def described(page: Page, view: View) -> dict[str, Any]:
    """A page: the site, an answer as a dataset with its files, a list, a search; else a page of the web."""
    site = {"@type": "WebSite", "name": str(view.say("site.name"))}
    title = str(page.content.get("title") or site["name"])
    common = {"@context": _CONTEXT, "name": title, "inLanguage": view.language}
    if page.template == "home.html":
        return {**common, **site, "description": str(view.say("site.about"))}
    if page.template == "question.html":
        files = [
            {"@type": "DataDownload", "encodingFormat": _FILES[ending], "contentUrl": href}
            for ending, href in page.content["downloads"]
            if ending in _FILES
        ]
        return {**common, "@type": "Dataset", "description": str(page.content["description"] or title),
                "variableMeasured": [column.heading for column in page.content["table"].columns],
                "distribution": files}  # fmt: skip
    return {**common, "@type": _PAGES.get(page.template, "WebPage"), "isPartOf": site}


def thing(iri: str, title: str, types: Set[str]) -> dict[str, Any]:
    """A thing of the graph, by its classes."""
    kind = next((kind for name, kind in _THINGS.items() if name in types), "Thing")
    language = {"inLanguage": "zh"} if kind in ("DigitalDocument", "CreativeWork", "Legislation") else {}
    return {"@context": _CONTEXT, "@type": kind, "@id": iri, "name": title, **language}
