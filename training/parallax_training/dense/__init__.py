"""The direct model: one network that finds the lines of a page, reads them, and says which words are which field."""
