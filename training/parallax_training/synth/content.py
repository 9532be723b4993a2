"""Random receipts whose arithmetic works as a real till's does.

All amounts are integers in minor units; ``unit_price`` of fuel alone is a float, because
petrol stations print a third decimal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from . import catalogue
from .countries import COUNTRIES, Country, digits
from .money import rounded_to, tax_upon, tax_within


@dataclass(frozen=True)
class Merchant:
    name: str
    address: list[str]
    phone: str
    tax_id: str


@dataclass(frozen=True)
class Item:
    """One bought line: ``amount == round(quantity * unit_price)``, tax at ``rate`` percent."""

    description: str
    code: str
    quantity: float
    unit_price: float
    amount: int
    rate: float
    unit: str = ""


@dataclass(frozen=True)
class TaxLine:
    """The share of one tax rate: ``net + tax == gross``."""

    rate: float
    net: int
    tax: int
    gross: int


@dataclass(frozen=True)
class Payment:
    cash: bool
    tendered: int
    card_digits: str

    def change(self, total: int) -> int:
        return self.tendered - total


@dataclass(frozen=True)
class Receipt:
    """Everything a layout may print; ``inclusive`` says whether prices contain the tax."""

    country: Country
    trade: str
    merchant: Merchant
    when: datetime
    number: str
    cashier: str
    place: str  # table, pump, car plate, till
    items: list[Item]
    inclusive: bool
    tax_name: str
    gross_lines: int  # sum of the item amounts
    discount: int
    service: int
    tax_lines: list[TaxLine] = field(default_factory=list)
    tip: int | None = None
    rounding: int = 0
    total: int = 0
    payment: Payment = Payment(False, 0, "")
    minutes: int = 0  # parking time or ride time

    @property
    def tax(self) -> int | None:
        return sum(line.tax for line in self.tax_lines) if self.tax_lines else None

    @property
    def net(self) -> int:
        return sum(line.net for line in self.tax_lines)


def refunded(r: Receipt) -> Receipt:
    """The receipt for giving everything back: every amount and count turned, paid out, no tip."""
    items = [replace(item, quantity=-item.quantity, amount=-item.amount) for item in r.items]
    taxes = [TaxLine(line.rate, -line.net, -line.tax, -line.gross) for line in r.tax_lines]
    total = r.rounding - r.total + (r.tip or 0)
    return replace(
        r, items=items, gross_lines=-r.gross_lines, discount=-r.discount, service=-r.service, tax_lines=taxes, tip=None,
        rounding=0, total=total, payment=Payment(False, total, r.payment.card_digits or "0000"),
    )


SERVICE_TRADES = ("fuel", "parking", "taxi")
REDUCED_TRADES = {"grocery": 0.65, "cafe": 0.4, "pharmacy": 0.2, "hardware": 0.05}


def make_receipt(rng: Random, country_code: str, trade: str, lines: int | None = None) -> Receipt:
    """A receipt of ``trade`` in a country; ``lines`` fixes the number of items."""
    country = COUNTRIES[country_code]
    merchant = make_merchant(rng, country, trade)
    inclusive = country.includes_tax(trade)
    taxed = charges_tax(rng, country, trade)
    items = make_items(rng, country, trade, lines)
    fee = 0 if items else make_fee(rng, country, trade)
    gross = sum(item.amount for item in items) or fee
    single_rate = len({item.rate for item in items}) <= 1
    discount = make_discount(rng, country, trade, gross) if single_rate else 0
    service = make_service(rng, country, trade, gross - discount)
    rates = items or [Item("", "", 1, fee, fee, country.tax_rates[0])]
    parts = 2 if country.code == "IN" else 1  # central and state halves
    tax_lines = split_tax(rates, service - discount, inclusive, parts) if taxed else []
    due = gross - discount + service + (0 if inclusive else sum(t.tax for t in tax_lines))
    tip = make_tip(rng, country, trade, due)
    due += tip or 0
    payment_cash = tip is None and rng.random() < 0.5
    total = rounded_to(due, country.cash_step) if payment_cash and country.cash_step else due
    return Receipt(
        country=country, trade=trade, merchant=merchant, when=make_moment(rng),
        number=digits(rng.choice(("######", "A%-#####", "%####", "000####", "INV%#####")), rng),
        cashier=rng.choice(("Aisha", "Mei", "Tom", "Priya", "Jonas", "Claire", "Budi", "Sam", "Nora", "02", "K1")),
        place=make_place(rng, trade), items=items, inclusive=inclusive, tax_name=rng.choice(country.tax_names),
        gross_lines=gross, discount=discount, service=service, tax_lines=tax_lines, tip=tip,
        rounding=total - due, total=total, payment=make_payment(rng, country, payment_cash, total),
        minutes=rng.randint(12, 340),
    )


def charges_tax(rng: Random, country: Country, trade: str) -> bool:
    """Whether the receipt shows a tax; small merchants of some countries show none."""
    if trade in SERVICE_TRADES and country.code in ("US", "IN"):
        return False
    return country.code in ("US", "IN", "DE", "FR") or rng.random() < 0.8


def make_merchant(rng: Random, country: Country, trade: str) -> Merchant:
    name = catalogue.merchant_name(trade, country.language, country.code, rng.choice(country.suffixes), rng)
    return Merchant(name, country.address(rng), country.phone(rng), digits(country.tax_id, rng))


def make_moment(rng: Random) -> datetime:
    """An opening-hours moment between 2015 and 2025."""
    day = datetime(2015, 1, 1) + timedelta(days=rng.randint(0, 11 * 365))
    return day + timedelta(hours=rng.randint(8, 21), minutes=rng.randint(0, 59), seconds=rng.randint(0, 59))


def make_place(rng: Random, trade: str) -> str:
    if trade in ("parking", "taxi"):
        return "".join(rng.choices("ABCDEFHJKLMNPRSTUVWXYZ", k=3)) + digits(" %###", rng)
    return str(rng.randint(1, 12 if trade == "fuel" else 40))


def price(rng: Random, country: Country, low: float, high: float) -> int:
    """A shelf price in minor units, ending the way prices end in that country."""
    unit = 10**country.money.decimals
    raw = rng.uniform(low, high) * country.scale * unit
    if country.money.decimals == 0:
        return max(500, round(raw / 500) * 500)
    if country.cash_step == 100:  # whole rupees
        return max(100, round(raw / 500) * 500)
    endings: tuple[int, ...] = (0, 10, 20, 50, 80, 90, 95, 99) if raw > 100 else (10, 25, 50, 80, 95)
    if country.code == "CH":
        endings = (0, 20, 50, 80, 90, 95)
    return max(0, int(raw) // 100 * 100) + rng.choice(endings) or 100


def make_items(rng: Random, country: Country, trade: str, lines: int | None) -> list[Item]:
    if trade == "fuel":
        return [make_fuel(rng, country)]
    if trade in SERVICE_TRADES:
        return []
    stock = catalogue.wares(trade, country.language, country.code)
    count = lines or min(len(stock), rng.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10)))
    chosen = rng.sample(stock, min(count, len(stock)))
    chosen += rng.choices(stock, k=count - len(chosen))
    rate = country.tax_rates[0] if trade not in ("restaurant",) or country.code != "FR" else 10
    if country.code == "US":
        rate = rng.choice(country.tax_rates)
    if country.code == "IN":
        rate = {"restaurant": 5, "cafe": 5, "grocery": 5, "pharmacy": 12}.get(trade, 18)
    return [make_item(rng, country, trade, ware, rate) for ware in chosen]


def make_item(rng: Random, country: Country, trade: str, ware: catalogue.Ware, rate: float) -> Item:
    pattern, low, high = ware
    brand = catalogue.invented_name(country.language, country.language, rng)
    unit_price = price(rng, country, low, high)
    quantity = rng.choice((1, 1, 1, 1, 2, 2, 3, 4)) if trade != "invoice" else rng.choice((1, 2, 3, 4, 5, 10, 12))
    reduced = country.code in ("DE", "FR", "GB", "CH") and rng.random() < REDUCED_TRADES.get(trade, 0)
    return Item(
        description=catalogue.describe(pattern, brand, rng), code=product_code(rng, trade),
        quantity=quantity, unit_price=unit_price, amount=quantity * unit_price,
        rate=country.tax_rates[-1] if reduced else rate,
    )


def product_code(rng: Random, trade: str) -> str:
    """A 13-digit code with a valid check digit in groceries, a short part number elsewhere."""
    if trade in ("grocery", "pharmacy"):
        body = "2" + digits("###########", rng)  # the range for codes used inside one shop
        weighted = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body))
        return body + str(-weighted % 10)
    return digits(rng.choice(("%####", "%###-##", "0####")), rng)


def make_fuel(rng: Random, country: Country) -> Item:
    """Litres (gallons in the US) with two decimals, at a price with three.

    A currency without decimals has none in its price either.
    """
    decimals = country.money.decimals
    unit = 10**decimals
    gallon = 2.2 if country.code == "US" else 1.0
    per_litre = round(rng.uniform(1.1, 1.6) * country.scale * gallon, 3) if decimals else rng.randrange(10000, 16000, 50)
    litres = round(rng.uniform(8, 58), 2)
    amount = round(litres * per_litre * unit)
    name = rng.choice(catalogue.FUELS[country.language])
    return Item(name, "", litres, round(per_litre * unit, 1), amount, country.tax_rates[0], "L")


def make_fee(rng: Random, country: Country, trade: str) -> int:
    low, high = (1.5, 14) if trade == "parking" else (5, 38)
    return price(rng, country, low, high)


def make_discount(rng: Random, country: Country, trade: str, gross: int) -> int:
    if trade in SERVICE_TRADES or rng.random() > (0.45 if trade == "pharmacy" else 0.15):
        return 0
    step = 500 if country.money.decimals == 0 else 5
    return rounded_to(gross * rng.choice((5, 10, 15)) // 100, step)


def make_service(rng: Random, country: Country, trade: str, base: int) -> int:
    charged = trade == "restaurant" and country.service_rate and rng.random() < 0.6
    return round(base * country.service_rate / 100) if charged else 0


def split_tax(items: list[Item], adjustment: int, inclusive: bool, parts: int = 1) -> list[TaxLine]:
    """Tax per rate, highest rate first. ``adjustment`` (service less discount) joins the first."""
    sums: dict[float, int] = {}
    for item in items:
        sums[item.rate] = sums.get(item.rate, 0) + item.amount
    lines = []
    for index, (rate, amount) in enumerate(sorted(sums.items(), reverse=True)):
        amount += adjustment if index == 0 else 0
        tax = tax_within(amount, rate) if inclusive else parts * tax_upon(amount, rate / parts)
        net = amount - tax if inclusive else amount
        lines.append(TaxLine(rate, net, tax, net + tax))
    return lines


def make_tip(rng: Random, country: Country, trade: str, due: int) -> int | None:
    customary = country.code == "US" and trade in ("restaurant", "cafe", "taxi")
    return round(due * rng.choice((15, 18, 20)) / 100) if customary and rng.random() < 0.6 else None


def make_payment(rng: Random, country: Country, cash: bool, total: int) -> Payment:
    if not cash:
        return Payment(False, total, digits("####", rng))
    unit = 10**country.money.decimals
    tens = 1 if country.scale < 10 else 10 if country.scale < 1000 else 1000
    notes = [n * tens * unit for n in (1, 5, 10, 20, 50, 100)]
    note = rng.choice(notes)
    return Payment(True, -(-total // note) * note, "")
