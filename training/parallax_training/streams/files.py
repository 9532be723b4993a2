"""Files as a scanner hands them over: one document, several behind each other, or several on a page."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .issue import Issue
from .kinds import KINDS, card_slip, receipt
from .paper import Paper, bottom, joined, right_edge

FORMS = ("one", "one", "one", "same", "others", "one-issuer", "beside", "below")


@dataclass(frozen=True)
class Part:
    """A document of a file: its pages, from 0 on, and where it stands on its only page where it does not have that to itself.

    ``region`` is left, top, right, bottom, in the lengths of its page.
    """

    kind: str
    pages: tuple[int, ...]
    region: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class File:
    name: str
    pages: list[Paper]
    parts: list[Part]


def file(seed: int, number: int) -> File:
    """File ``number`` of the endless row of ``seed``."""
    rng = Random(f"streams/{seed}/{number}")
    form = FORMS[number % len(FORMS)]
    name = f"{number:05}-{form}"
    if form == "one":
        kinds = sorted(KINDS)
        kind = kinds[(number // len(FORMS) * FORMS.count("one") + number % len(FORMS)) % len(kinds)]
        return of_documents(name, [(kind, written(kind, Issue(rng)))])
    if form in ("beside", "below"):
        return on_a_page(name, form, rng)
    kind = rng.choice(sorted(KINDS))
    documents = [(kind, written(kind, first := Issue(rng)))]
    for _ in range(rng.choice((1, 1, 2))):
        other = kind if form == "same" else rng.choice(sorted(KINDS))
        same = form == "one-issuer"
        issue = Issue(rng, first.seller if same else None, first.h if same else None)
        if same:
            issue.face, issue.width, issue.pitch = first.face, first.width, first.pitch
        documents.append((other, written(other, issue)))
    return of_documents(name, documents)


def written(kind: str, issue: Issue) -> list[Paper]:
    return KINDS[kind](issue)


def of_documents(name: str, documents: list[tuple[str, list[Paper]]]) -> File:
    pages: list[Paper] = []
    parts: list[Part] = []
    for kind, own in documents:
        parts.append(Part(kind, tuple(range(len(pages), len(pages) + len(own)))))
        pages += own
    return File(name, pages, parts)


def on_a_page(name: str, form: str, rng: Random) -> File:
    """Two slips, or a slip and that of the card terminal about the same sale, side by side or below each other."""
    issue = Issue(rng)
    [first] = receipt(issue)
    gap = rng.uniform(2.5, 12)
    is_one = rng.random() < 0.3
    second = card_slip(issue) if is_one else receipt(Issue(rng, issue.seller if rng.random() < 0.3 else None))[0]
    dx, dy = (right_edge(first) + gap, 0.0) if form == "beside" else (0.0, bottom(first) + gap)
    page = joined(first, second, dx, dy)
    if is_one:
        return File(name, [page], [Part("receipt with card slip", (0,))])
    areas = [(x, y, x + right_edge(one), y + bottom(one)) for one, x, y in ((first, 0.0, 0.0), (second, dx, dy))]
    return File(name, [page], [Part("receipt", (0,), area) for area in areas])
