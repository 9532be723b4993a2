"""The detector of lines: PP-OCRv6's small detector for grey pages, in 8 bits."""
