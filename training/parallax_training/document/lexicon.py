"""Captions by concept and language: those that Parallax ships, and two languages more for training."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LEXICON = Path("src") / "templating" / "captions" / "lexicon"
SHIPPED = ROOT / LEXICON if (ROOT / LEXICON).exists() else ROOT / "dist" / LEXICON  # of the sources, or of the package that is installed
OWN = Path(__file__).with_name("captions")

Lexicon = dict[str, tuple[str, ...]]  # spellings by concept


@cache
def lexicons() -> dict[str, Lexicon]:
    """Of each language (ISO 639-1) the spellings of each concept."""
    files = sorted([*SHIPPED.glob("*.json"), *OWN.glob("*.json")])
    read = [json.loads(path.read_text()) for path in files]
    found: dict[str, Lexicon] = {}
    for one in read:
        known = found.setdefault(one["language"], {})
        for concept, spellings in one["captions"].items():
            known[concept] = (*known.get(concept, ()), *spellings)
    return found


def spellings(concept: str, language: str) -> tuple[str, ...]:
    """How a language calls a concept; English where the language has no word for it, none where nothing has."""
    by_language = lexicons()
    return by_language.get(language, {}).get(concept) or by_language["en"].get(concept, ())


def languages() -> list[str]:
    return sorted(lexicons())
