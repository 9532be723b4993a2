"""What a page is asked for."""

from __future__ import annotations

from ..tagger.labels import LABELS

FIELDS = ("MERCHANT_NAME", "ADDRESS", "PHONE", "DATE", "TIME", "SUBTOTAL", "TAX", "TIP", "TOTAL")
TOLD = ("MERCHANT_NAME", "ADDRESS", "DATE", "TOTAL")  # that real receipts tell
FIELD_OF = {LABELS.index(name): name for name in FIELDS}
LONGEST = {"MERCHANT_NAME": 64, "ADDRESS": 160, "PHONE": 20, "DATE": 18, "TIME": 10}  # characters, spaces not counted
LONGEST |= dict.fromkeys(("SUBTOTAL", "TAX", "TIP", "TOTAL"), 14)
