"""Another direct model: a small decoder that spells the fields of a page by pointing at the characters read there."""
