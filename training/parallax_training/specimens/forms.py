"""Forms: captions and what somebody filled in, in one of several layouts."""

from __future__ import annotations

from random import Random
from typing import Any

from ..document import values
from ..document.locales import LOCALES
from ..document.values import habits
from ..streams import blocks
from ..streams.issue import Issue
from ..streams.paper import Paper, new_paper

HEIGHT = 80.0
TITLES = {"en": "Membership application", "de": "Anmeldung zum Kurs", "fr": "Demande d'inscription", "es": "Solicitud de registro"}
CAPTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("Full name", "person"), ("Date of birth", "date"), ("Street", "street"), ("Town", "city"), ("Phone", "phone"), ("Email", "email"),
           ("Occupation", "job"), ("Membership no.", "code"), ("Emergency contact", "person"), ("Start date", "date")),
    "de": (("Name", "person"), ("Geburtsdatum", "date"), ("Straße", "street"), ("Ort", "city"), ("Telefon", "phone"), ("E-Mail", "email"),
           ("Beruf", "job"), ("Kursnummer", "code"), ("Arbeitgeber", "company"), ("Beginn", "date")),
    "fr": (("Nom", "person"), ("Date de naissance", "date"), ("Rue", "street"), ("Ville", "city"), ("Téléphone", "phone"), ("Courriel", "email"),
           ("Profession", "job"), ("N° de dossier", "code"), ("Employeur", "company"), ("Date d'entrée", "date")),
    "es": (("Nombre", "person"), ("Fecha de nacimiento", "date"), ("Calle", "street"), ("Ciudad", "city"), ("Teléfono", "phone"), ("Correo", "email"),
           ("Profesión", "job"), ("N.º de socio", "code"), ("Empresa", "company"), ("Fecha de alta", "date")),
}  # fmt: skip
LAYOUTS = ("beside", "boxes", "columns")


def form(language: str, layout: str, seed: str) -> tuple[Paper, dict[str, Any]]:
    """A page, and the pairs that it states from top to bottom; what was left empty is none."""
    rng = Random(seed)
    locale = next(one for one in LOCALES if one.language == language and one.country != "US")
    d = Issue(rng, h=habits(locale, rng))
    paper = new_paper(d.width, HEIGHT, d.face, 1.5)
    asked = [one for one in CAPTIONS[language] if rng.random() < 0.9]
    filled = [(caption, "" if rng.random() < 0.1 else values.value_of(kind, d.h, rng)) for caption, kind in asked]
    y = blocks.centred(paper, 1.0, [TITLES[language]], 1.5, True) + 2
    if layout == "boxes":
        ordered = in_boxes(paper, y, filled)
    elif layout == "columns":
        ordered = in_columns(paper, y, filled)
    else:
        ordered = one_below_the_other(paper, y, filled)
    return paper, {"entries": [{"label": caption, "value": value} for caption, value in ordered if value]}


Filled = list[tuple[str, str]]


def one_below_the_other(paper: Paper, y: float, filled: Filled) -> Filled:
    edge = max(paper.length(caption) for caption, _ in filled) + 2.5
    for caption, value in filled:
        paper.write(0, y, f"{caption}:")
        paper.write(edge, y, value)
        paper.rule(y + 0.7, edge)
        y += 2.2
    return filled


def in_columns(paper: Paper, y: float, filled: Filled) -> Filled:
    """Two beside each other, read row by row."""
    half = paper.width / 2
    for i, (caption, value) in enumerate(filled):
        x = (i % 2) * half
        end = paper.write(x, y, f"{caption}:")
        paper.write(end + 0.4, y, value)
        y += 2.2 if i % 2 else 0
    return filled


def in_boxes(paper: Paper, y: float, filled: Filled) -> Filled:
    """Small captions above their values, two boxes a row."""
    half = paper.width / 2
    for i, (caption, value) in enumerate(filled):
        x = (i % 2) * half
        paper.write(x, y, caption, size=0.75)
        paper.write(x, y + 1.3, value)
        if i % 2 or i == len(filled) - 1:
            y += 3.6
            paper.rule(y - 1.2)
    return filled
