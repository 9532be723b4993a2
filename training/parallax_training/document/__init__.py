"""Asks any page of words by the fields of a schema: where each value starts, how far it goes on, and whether it is there."""
