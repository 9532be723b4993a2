"""What a document may state: facts with their captions, and how a schema may ask for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .lexicon import spellings
from .locales import pool
from .values import KINDS, Habits, invented, value_of

# Concepts of the lexicon, and what their values are.
CONCEPTS = {
    "invoiceNumber": "code", "orderNumber": "code", "customerNumber": "code", "contractNumber": "code", "deliveryNote": "code", "reference": "code",
    "date": "date", "dueDate": "date", "deliveryDate": "date", "vatId": "vat", "iban": "iban", "bic": "bic", "net": "amount", "tax": "amount",
    "total": "amount", "amountDue": "amount", "discount": "amount", "shipping": "amount", "deposit": "amount", "tip": "amount",
    "currency": "currency",
    "articleNumber": "code", "taxRate": "percent", "paymentTerms": "phrase", "paymentMethod": "phrase", "phone": "phone", "fax": "phone",
    "email": "email", "website": "website", "address": "address", "name": "person", "contact": "person", "time": "time",
    "seller": "company", "buyer": "company", "shipTo": "company", "quantity": "integer",
    "accountHolder": "person", "statementNumber": "code", "openingBalance": "amount", "closingBalance": "amount",
}  # fmt: skip

# Facts that the lexicon does not know, in English: their kind and what they are called.
OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("date", ("start date", "from", "begin", "start", "commencement date", "effective date", "valid from")),
    ("date", ("end date", "to", "end", "until", "expiry date", "expires", "valid until")), ("date", ("date of birth", "birth date", "born", "DOB")),
    ("person", ("first name", "given name", "forename")), ("person", ("last name", "surname", "family name")),
    ("phrase", ("nationality", "citizenship")), ("code", ("passport number", "passport no", "document no")),
    ("code", ("employee number", "personnel no", "staff ID")), ("company", ("employer", "company name", "organization", "company")),
    ("amount", ("gross pay", "gross salary", "gross")), ("amount", ("net pay", "take home pay", "net salary")), ("company", ("bank name", "bank")),
    ("code", ("account number", "account no", "acct #")), ("code", ("registration number", "registration no", "reg. no")),
    ("job", ("position", "job title", "occupation")), ("city", ("city", "town", "place")),
    ("postcode", ("postal code", "zip code", "zip", "postcode")), ("street", ("street", "street address", "address line 1")),
    ("company", ("agency", "agent", "broker")), ("person", ("sales person", "account executive", "representative")),
    ("company", ("client", "customer name", "account name")), ("company", ("insurer", "carrier", "provider")),
    ("code", ("policy number", "policy no", "policy")), ("code", ("tracking number", "waybill", "shipment no")),
    ("measure", ("weight", "gross weight", "total weight")), ("integer", ("pages", "number of pages")),
    ("phrase", ("department", "division", "unit")), ("phrase", ("subject", "re", "regarding", "title")),
    ("amount", ("opening balance", "previous balance")), ("amount", ("closing balance", "new balance")),
    ("phrase", ("product", "product name", "service")), ("phrase", ("country", "state", "region")),
    ("code", ("license plate", "plate no", "vehicle registration")), ("code", ("meter number", "meter no")), ("code", ("seat", "seat no")),
    ("code", ("gate", "platform")), ("phrase", ("event", "venue", "show")), ("amount", ("price", "fare", "fee")),
    ("amount", ("gross amount", "gross total", "total gross")), ("phrase", ("status", "state")), ("amount", ("rent", "monthly rent")),
    ("amount", ("commission", "agency commission")), ("person", ("signed by", "signatory", "authorised by")), ("person", ("patient", "patient name")),
    ("person", ("doctor", "physician")), ("person", ("tenant", "lessee")), ("person", ("landlord", "lessor")),
)  # fmt: skip

NOUNS = (
    "account", "agency", "agent", "airway", "area", "asset", "audit", "band", "base", "basin", "batch", "bay", "berth", "block", "board", "bond",
    "booking", "borough", "branch", "brand", "broadcast", "budget", "building", "bundle", "buyer", "cabin", "campaign", "carrier", "cargo", "case",
    "channel", "chapter", "charge", "circuit", "claim", "class", "clause", "client", "clinic", "coach", "colour", "committee", "component",
    "consignee", "container", "copy", "cost", "county", "course", "court", "cover", "craft", "credit", "crew", "crop", "cycle", "daypart", "dealer",
    "debtor", "deck", "deed", "degree", "demand", "depot", "design", "desk", "device", "district", "docket", "donor", "draft", "driver", "duty",
    "element", "engine", "entity", "entry", "estate", "estimate", "event", "exam", "export", "facility", "faculty", "farm", "ferry", "field",
    "file", "film", "fleet", "flight", "floor", "folio", "format", "forum", "frame", "freight", "fuel", "fund", "gauge", "goods", "grade", "grant",
    "group", "guest", "hall", "harbour", "haul", "heat", "herd", "holder", "hotel", "house", "import", "incident", "index", "insured", "issue",
    "journal", "journey", "judge", "kit", "label", "lane", "launch", "layer", "lease", "ledger", "lesson", "level", "licence", "limit", "line",
    "load", "lodge", "lot", "machine", "maker", "market", "matter", "medium", "member", "merchant", "meter", "method", "mill", "mine", "model",
    "module", "mortgage", "motor", "network", "notary", "office", "operator", "option", "outlet", "owner", "package", "pallet", "panel", "parcel",
    "parish", "parity", "party", "patch", "payee", "payer", "permit", "phase", "pilot", "plan", "plant", "platform", "plot", "pool", "port", "post",
    "premium", "press", "print", "process", "profile", "program", "project", "property", "publisher", "pupil", "quarter", "quota", "quote", "rail",
    "range", "record", "region", "release", "resort", "route", "royalty", "sample", "school", "score", "season", "section", "sector", "sender",
    "series", "service", "session", "shaft", "shelf", "shift", "ship", "signal", "site", "skill", "slot", "source", "speaker", "spot", "sponsor",
    "stage", "station", "stock", "store", "stream", "student", "studio", "suite", "survey", "system", "target", "tariff", "team", "term",
    "terminal", "theatre", "ticket", "tier", "tour", "tower", "track", "trade", "trailer", "transit", "trial", "trust", "tutor", "union", "vehicle",
    "vendor", "venue", "vessel", "visit", "volume", "voucher", "ward", "warehouse", "well", "witness", "yard", "zone",
)  # fmt: skip

# What a caption may end with, the kinds of its values, and how it may be shortened.
TAILS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", ("code", "integer")), ("no", ("code", "integer")), ("code", ("code", "letters")), ("ref", ("code",)), ("ID", ("code",)),
    ("date", ("date",)), ("name", ("company", "person", "phrase")), ("type", ("phrase", "letters")), ("amount", ("amount",)),
    ("total", ("amount", "integer")), ("rate", ("amount", "percent")), ("qty", ("integer",)), ("time", ("time",)), ("contact", ("person",)),
    ("manager", ("person",)), ("address", ("address",)), ("phone", ("phone",)), ("value", ("amount",)), ("status", ("phrase",)), ("from", ("date",)),
    ("to", ("date",)), ("start", ("date",)), ("end", ("date",)), ("weight", ("measure",)), ("share", ("percent",)), ("title", ("phrase",)),
    ("", ("company", "person", "phrase", "code", "amount", "date", "letters", "integer", "city")), ("", ("company", "phrase", "code")),
    ("", ("company", "phrase", "code")),
)  # fmt: skip
HEADS = ("gross", "net", "original", "primary", "total", "billing", "first", "last", "new", "external", "internal", "main", "old", "actual",
"planned", "local")
SHORT = {
    "number": ("no", "no.", "nr", "nr.", "#", "num"), "no": ("number", "no.", "#"), "amount": ("amt", "amt."), "quantity": ("qty",),
    "reference": ("ref", "ref."), "ref": ("reference",),
    "account": ("acct", "a/c"), "department": ("dept",), "date": ("dt", "date"), "address": ("addr",), "id": ("ID", "id no"), "contract": ("contr.",
    ), "customer": ("cust.",), "total": ("tot.",),
    "invoice": ("inv.", "inv"), "order": ("ord.",), "estimate": ("est.", "est"), "percent": ("%",), "code": ("cd",), "qty": ("quantity",),
    "phone": ("tel", "telephone"), "from": ("start",), "to": ("end",),
}  # fmt: skip


@dataclass
class Fact:
    """One thing that a page may state, and where it then stands.

    ``spans`` are the segments that print it, all of equal right; a fact without any is not there. ``below`` are lines that stand
    below it and are no part of it, such as a company's address.
    """

    caption: str
    kind: str
    calls: tuple[str, ...]  # other names of the same thing
    concept: str | None = None
    owner: str = ""  # the heading of the section it belongs to
    text: str = ""
    spans: list[int] = field(default_factory=list)
    below: tuple[str, ...] = ()


def of_concept(concept: str, h: Habits, rng: Random) -> Fact:
    """A fact of the lexicon under one of its captions in the document's language."""
    own = spellings(concept, h.locale.language)
    caption = rng.choice(own)
    calls = (*spellings(concept, "en"), *own, *(english(concept),) * 3)
    return Fact(caption, CONCEPTS[concept], calls, concept, text=value_of(CONCEPTS[concept], h, rng))


def english(concept: str) -> str:
    """The words of a concept's own name: ``dueDate`` is "due date"."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in concept)


def of_others(h: Habits, rng: Random) -> Fact:
    kind, names = rng.choice(OTHERS)
    caption = rng.choice(names)
    return Fact(caption, kind, names, text=value_of(kind, h, rng))


def invent(h: Habits, rng: Random) -> Fact:
    """A fact under a caption of which nothing can be known but its words."""
    words = pool(h.locale.faker).words
    stem = rng.choice((rng.choice(NOUNS), rng.choice(NOUNS), rng.choice(NOUNS), rng.choice(words), invented(rng)))
    parts = [stem]
    if rng.random() < 0.2:
        parts.insert(0, rng.choice((rng.choice(NOUNS), rng.choice(HEADS))))
    elif rng.random() < 0.1:
        parts.insert(0, rng.choice(words))
    tail, kinds = rng.choice(TAILS)
    kind = rng.choice(kinds)
    caption = " ".join([*parts, tail] if tail else parts)
    return Fact(caption, kind, (caption,), text=value_of(kind, h, rng))


def siblings(fact: Fact, h: Habits, rng: Random) -> list[Fact]:
    """Facts whose captions share words with another's: X, X code, X ref, external X."""
    stem = fact.caption.split()
    base = stem[:-1] if len(stem) > 1 and any(stem[-1] == tail for tail, _ in TAILS) else stem
    found: list[Fact] = []
    for tail, kinds in rng.sample(TAILS, rng.randint(1, 3)):
        caption = " ".join([*base, tail] if tail else [rng.choice(HEADS), *base])
        if caption.lower() == fact.caption.lower() or any(caption == other.caption for other in found):
            continue
        kind = rng.choice(kinds)
        found.append(Fact(caption, kind, (caption,), text=value_of(kind, h, rng)))
    return found


def rival(fact: Fact, h: Habits, rng: Random) -> list[Fact]:
    """A fact whose caption elsewhere means the same as another's: where a page prints both, each is asked for by its own."""
    others = [spelling for spelling in spellings(fact.concept, h.locale.language) if spelling != fact.caption] if fact.concept else []
    if not others:
        return []
    fact.calls = (fact.caption,)
    caption = rng.choice(others)
    return [Fact(caption, fact.kind, (caption,), text=value_of(fact.kind, h, rng))]


def shortened(caption: str, rng: Random) -> str:
    """A caption as another hand would write it: words cut short or spelled out."""
    words = caption.split()
    return " ".join(rng.choice(SHORT[w.lower()]) if w.lower() in SHORT and rng.random() < 0.6 else w for w in words)


def type_of(kind: str) -> tuple[str, str]:
    """What a schema says of a value: its type and its format."""
    return KINDS[kind][1], KINDS[kind][2]
