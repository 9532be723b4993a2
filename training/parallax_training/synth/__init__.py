"""Synthetic receipts: invented content, drawn, captured, and labelled.

The stages, each in its own module, are

    content  ->  layout  ->  render  ->  capture
    (what)       (where)     (ink)       (how it was scanned or photographed)

and every one of them is a pure function of a seed.
"""
