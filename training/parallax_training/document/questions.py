"""Fields of a schema as questions: phrases, each of a kind and of a few words, and the type of what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from .facts import CONCEPTS, Fact, english, invent, of_concept, of_others, shortened, siblings, type_of
from .features import grams_of
from .pages import Page
from .tables import ITEMS, of_column
from .values import value_of

PHRASES = 4  # of a question: what the field belongs to, then three that name the field itself
WORDS = 8  # of a phrase; the rest is cut
NONE, OWNER, TITLE, NAME, CAPTION, DESCRIPTION, EXAMPLE = range(7)  # kinds of phrases
TYPES = ("string", "number", "integer", "boolean", "date", "time", "email", "uri", "iban", "enum")


@dataclass(frozen=True)
class Question:
    """A field: phrases by kind, at most one of them an owner's, and an index of ``TYPES``; ``column`` where it has a value in every
    record of a list, its owner."""

    phrases: tuple[tuple[int, str], ...]
    type: int
    column: bool = False


@dataclass(frozen=True)
class Answered:
    """A question with the segments of a page that answer it; none where the page does not."""

    question: Question
    segments: tuple[int, ...]


def words_of(text: str) -> list[str]:
    """The words of a phrase or of a property's name: ``grossAmount`` and ``gross_amount`` are two each."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text).replace("_", " ")
    return [word for word in re.split(r"[\s/]+", spaced) if any(c.isalnum() for c in word) or word in ("#", "%")]


def slots(question: Question) -> list[tuple[int, list[str]]]:
    """``PHRASES`` pairs of a kind and words: first the owner, then the others in their order."""
    owners = [text for kind, text in question.phrases if kind == OWNER]
    own = [(kind, words_of(text)[:WORDS]) for kind, text in question.phrases if kind != OWNER]
    first = (OWNER, words_of(owners[0])[:WORDS]) if owners else (NONE, [])
    rest: list[tuple[int, list[str]]] = [(kind, words) for kind, words in own if words][: PHRASES - 1]
    return [first, *rest, *[(NONE, [])] * (PHRASES - 1 - len(rest))]


def seen_questions(questions: Sequence[Question]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For the words of all phrases [words, GRAMS] n-grams and [words] their phrase, counted through all questions; then
    [questions, PHRASES] kinds and [questions] types, which count from ``len(TYPES)`` on for columns."""
    filled = [slots(question) for question in questions]
    phrases = [phrase for some in filled for phrase in some]
    texts = [word for _, words in phrases for word in words]
    places = [number for number, (_, words) in enumerate(phrases) for _ in words]
    kinds = np.array([kind for kind, _ in phrases], dtype=np.int64).reshape(-1, PHRASES)
    types = np.array([question.type + len(TYPES) * question.column for question in questions], dtype=np.int64)
    return grams_of(texts), np.array(places, dtype=np.int64), kinds, types


def property_name(text: str, rng: Random) -> str:
    """A caption as a key of JSON: camelCase or snake_case."""
    words = [re.sub(r"\W", "", word).lower() for word in words_of(text)]
    words = [word for word in words if word] or ["field"]
    if rng.random() < 0.5:
        return "_".join(words)
    return words[0] + "".join(word.capitalize() for word in words[1:])


def ask(fact: Fact, page: Page, rng: Random) -> Question:
    """One of the ways in which a schema may ask for a fact."""
    called = rng.choice(fact.calls)
    if rng.random() < 0.3:
        called = shortened(called, rng)
    owner = fact.owner
    title = f"{owner} {called}" if owner and rng.random() < 0.4 else called
    title = rng.choice((title.capitalize(), title.title(), title, title[:1].upper() + title[1:]))
    name = property_name(english(fact.concept) if fact.concept and rng.random() < 0.4 else called, rng)
    form = rng.random()
    phrases: list[tuple[int, str]] = []
    if form < 0.75:
        phrases.append((TITLE, title))
    if form >= 0.4:
        whole = property_name(f"{owner} {called}", rng) if owner and title == called and rng.random() < 0.3 else name
        phrases.append((NAME, whole))
    phrases += described(fact, called, page, rng)
    if owner and (title == called or rng.random() < 0.5):
        phrases.append((OWNER, owner))
    return Question(tuple(phrases), asked_type(fact, rng))


def described(fact: Fact, called: str, page: Page, rng: Random) -> list[tuple[int, str]]:
    """A description, a caption or an example, for some fields."""
    drawn = rng.random()
    if drawn < 0.12:
        other = rng.choice(fact.calls)
        form = rng.choice(("The {} as printed", "{}", "The {} of this document", "Which {} it has", "{} of the {}", "{}, exactly as printed"))
        return [(DESCRIPTION, form.replace("{}", other, 1).replace("{}", page.kind))]
    if drawn < 0.2:
        return [(CAPTION, fact.caption)]
    if drawn < 0.25:
        return [(EXAMPLE, value_of(fact.kind, page.habits, rng))]
    return [(DESCRIPTION, called)] if drawn < 0.27 else []


def asked_type(fact: Fact, rng: Random) -> int:
    kind, form = type_of(fact.kind)
    if form in TYPES and rng.random() < 0.6:
        return TYPES.index(form)
    if fact.kind in ("phrase", "letters", "yes") and rng.random() < 0.1:
        return TYPES.index("enum")
    return TYPES.index(kind if rng.random() < 0.85 else "string")


ALIKE = (("total", "amountDue"), ("name", "contact", "buyer"), ("date", "deliveryDate"), ("net", "total"), ("invoiceNumber", "reference",
"deliveryNote"), ("seller", "name"))


def absent_facts(page: Page, rng: Random, count: int) -> list[Fact]:
    """Facts that the page does not state: other concepts, others' siblings, invented ones."""
    h = page.habits
    stated = {fact.concept for fact in page.facts}
    near = {other for group in ALIKE for one in group if one in stated for other in group}
    captions = {fact.caption.lower() for fact in page.facts}
    calls = {call.lower() for fact in page.facts for call in fact.calls}
    found: list[Fact] = []
    for _ in range(4 * count):
        if len(found) == count:
            break
        drawn = rng.random()
        if drawn < 0.35:
            fact = of_concept(rng.choice(list(CONCEPTS)), h, rng)
            if fact.concept in stated or fact.concept in near:
                continue
        elif drawn < 0.5:
            fact = of_others(h, rng)
        elif drawn < 0.75 and page.facts:
            several = siblings(rng.choice(page.facts), h, rng)
            if not several:
                continue
            fact = several[0]
        else:
            fact = invent(h, rng)
        fact.text = ""
        if fact.caption.lower() not in captions and not any(call.lower() in calls for call in fact.calls):
            found.append(fact)
    return found


def ask_column(fact: Fact, lists: Sequence[str], page: Page, rng: Random) -> Question:
    """A column as a property of a list's records."""
    called = rng.choice(fact.calls)
    if rng.random() < 0.2:
        called = shortened(called, rng)
    form = rng.random()
    phrases: list[tuple[int, str]] = []
    if form < 0.5:
        phrases.append((TITLE, rng.choice((called.capitalize(), called.title(), called))))
    if form >= 0.3:
        phrases.append((NAME, property_name(english(fact.concept) if fact.concept and rng.random() < 0.4 else called, rng)))
    phrases += described(fact, called, page, rng)
    if rng.random() < 0.9:
        phrases.append((OWNER, property_name(rng.choice(lists), rng)))
    return Question(tuple(phrases), asked_type(fact, rng), column=True)


def columns_of(page: Page, rng: Random, most: int) -> list[Answered]:
    """Up to ``most`` questions for the columns of one of the page's tables, about one in five for columns that it has not."""
    if not page.tables:
        return []
    table = rng.choice(page.tables)
    there = rng.sample(table.columns, min(len(table.columns), most - 1))
    asked = [Answered(ask_column(fact, table.calls, page, rng), tuple(fact.spans)) for fact in there]
    if rng.random() < 0.7:
        concept, kind = rng.choice(ITEMS)
        other = of_column(concept, kind, page.habits, rng) if rng.random() < 0.7 else invent(page.habits, rng)
        known = {call.lower() for fact in table.columns for call in (fact.caption, *fact.calls)}
        if not any(call.lower() in known for call in other.calls):
            asked.append(Answered(ask_column(other, table.calls, page, rng), ()))
    return asked


def questions_of(page: Page, rng: Random, most: int) -> list[Answered]:
    """Up to ``most`` questions, about one in five of them about what is not there; a fact may be asked for twice. Of a page with
    a table up to a third of them ask for its columns."""
    columns = columns_of(page, rng, most // 3)
    asked = [*values_of(page, rng, most - len(columns)), *columns]
    rng.shuffle(asked)
    return asked


def values_of(page: Page, rng: Random, most: int) -> list[Answered]:
    """Questions for single values."""
    there = [fact for fact in page.facts if fact.spans]
    empty = [fact for fact in page.facts if not fact.spans]
    chosen = rng.sample(there, min(len(there), most - max(2, most // 5)))
    if there and len(chosen) < most // 2:
        chosen.append(rng.choice(there))
    wrong = [*rng.sample(empty, min(len(empty), 2)), *absent_facts(page, rng, max(1, most // 6))]
    return [Answered(ask(fact, page, rng), tuple(fact.spans)) for fact in [*chosen, *wrong][:most]]
