"""Which tokens of a page spell which value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import torch

from ..dense.alphabet import ALPHABET, CLASS
from ..dense.segments import Segment
from ..tagger.align import Mark
from .fields import FIELD_OF, FIELDS, LONGEST, TOLD
from .tokens import Place, Tokens

MOST = 6  # places of a value
Entity = tuple[str, str]  # a field, and which of the page's places of it


def aligned(read: Sequence[str], printed: Sequence[str]) -> list[int]:
    """For every printed character the number of the one read for it, −1 where it was lost; with the fewest edits (Wagner and
    Fischer, 1974)."""
    table = [list(range(len(printed) + 1))]
    for i, character in enumerate(read, 1):
        row = [i]
        for j, true in enumerate(printed, 1):
            row.append(min(table[-1][j - 1] + (character != true), table[-1][j] + 1, row[-1] + 1))
        table.append(row)
    found, i, j = [-1] * len(printed), len(read), len(printed)
    while i and j:
        if table[i][j] == table[i - 1][j - 1] + (read[i - 1] != printed[j - 1]):
            i, j = i - 1, j - 1
            found[j] = i
        elif table[i][j] == table[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return found


def printed(segment: Segment) -> list[tuple[str, Mark]]:
    """The characters that the reader knows, spaces left out, with their marks."""
    pairs = zip(segment.text, segment.marks, strict=True)
    return [(character, mark) for character, mark in pairs if character in CLASS and not character.isspace()]


def entity_of(mark: Mark) -> Entity | None:
    """The value that a character certainly belongs to, or one of the places of it."""
    return None if mark.weak or mark.label not in FIELD_OF else (FIELD_OF[mark.label], mark.entity)


def sizes(segments: Iterable[Segment]) -> Counter[Entity]:
    """How many characters each value of a page has."""
    return Counter(entity for s in segments for _, mark in printed(s) if (entity := entity_of(mark)))


def truth_of(
    lines: Sequence[Tokens], segments: Sequence[Segment], whole: Counter[Entity], cased: bool
) -> dict[str, list[Place]]:
    """The known fields of a page. ``whole`` tells the sizes of its values before any was cut off: a value that has lost a
    part is left out, and what was never on a ``cased`` page, all of whose fields are known, is absent."""
    spelt: dict[Entity, list[tuple[int, int]]] = defaultdict(list)
    first = 0
    for tokens, segment in zip(lines, segments, strict=True):
        for entity, character, token in spelling(tokens, segment, cased):
            spelt[entity].append((character, token + first if token >= 0 else -1))
        first += len(tokens)
    names = FIELDS if cased else TOLD
    truth: dict[str, list[Place]] = {name: [] for name in names if cased and all(name != known for known, _ in whole)}
    for (name, entity), pairs in spelt.items():
        if name in names and len(pairs) == whole[name, entity] <= LONGEST[name] and any(token >= 0 for _, token in pairs):
            classes, tokens = torch.tensor(pairs).unbind(1)
            truth.setdefault(name, []).append(Place(classes, tokens))
    return {name: places[:MOST] for name, places in truth.items()}


def spelling(tokens: Tokens, segment: Segment, cased: bool) -> list[tuple[Entity, int, int]]:
    """Of a line's characters that belong to a value: to which, the true class, and the token, −1 where it was not read. Where
    the transcript is in capitals whatever is printed, the case is as it was read."""
    read, told = [ALPHABET[c - 1] for c in tokens.classes.tolist()], printed(segment)
    fold = (lambda c: c) if cased else str.upper
    places = aligned([fold(c) for c in read], [fold(c) for c, _ in told])
    found = []
    for (character, mark), token in zip(told, places, strict=True):
        if entity := entity_of(mark):
            same = token >= 0 and fold(read[token]) == fold(character)
            found.append((entity, CLASS[read[token] if same else character], token))
    return found
