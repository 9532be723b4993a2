"""A layout-aware tagger: words with boxes in, a label for every word out."""
