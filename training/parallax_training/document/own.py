"""A user's own pages as the network learns from them, in a folder that ``parallax train`` writes:

    questions.json   a list, a field each: {"phrases": [["title", "Contract number"], …], "type": "string", "column": false}
    pages.jsonl      a line a page, or a part of a long one: {"fold": 0, "rows": [[{"text": "No", "box": [0.1, …]}, …], …],
                     "answers": [{"question": 0, "runs": [[3, 4], [17]]}, …]}

``runs`` are the places where a value stands, any of which is right, as numbers of words in reading order; none where the page does
not state it. What is not answered is not asked there. Documents with the same ``fold`` are held out together; null is never held out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..tagger.words import Words
from .examples import UNKNOWN, Example
from .features import seen
from .questions import CAPTION, DESCRIPTION, EXAMPLE, NAME, OWNER, TITLE, TYPES, Question

KINDS = {"owner": OWNER, "title": TITLE, "name": NAME, "caption": CAPTION, "description": DESCRIPTION, "example": EXAMPLE}


@dataclass(frozen=True)
class OwnPage:
    fold: int | None
    example: Example


def own_pages(folder: Path) -> list[OwnPage]:
    """Those of a folder on which anything is asked."""
    questions = [question_of(said) for said in json.loads((folder / "questions.json").read_text())]
    lines = (folder / "pages.jsonl").read_text().splitlines()
    pages = [own_page(json.loads(line), questions) for line in lines if line.strip()]
    return [page for page in pages if page.example.questions]


def question_of(said: dict[str, Any]) -> Question:
    return Question(tuple((KINDS[kind], text) for kind, text in said["phrases"]), TYPES.index(said["type"]), said["column"])


def own_page(said: dict[str, Any], questions: Sequence[Question]) -> OwnPage:
    cells = [(number, word) for number, row in enumerate(said["rows"]) for word in row]
    boxes = np.array([word["box"] for _, word in cells], dtype=np.float64)
    words = Words([word["text"] for _, word in cells], boxes, np.ones(len(cells)), np.array([row for row, _ in cells], dtype=np.int64))
    looks = seen(words)
    unknown = np.full(len(cells), UNKNOWN)
    asked = [questions[one["question"]] for one in said["answers"]]
    return OwnPage(said["fold"], Example(words, looks, unknown, unknown, asked, [one["runs"] for one in said["answers"]]))


def folds_of(pages: Sequence[OwnPage]) -> list[int]:
    return sorted({page.fold for page in pages if page.fold is not None})
