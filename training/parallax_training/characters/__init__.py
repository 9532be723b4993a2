"""A character n-gram model of what stands on receipts: what OCR weighs its doubtful letters with."""
