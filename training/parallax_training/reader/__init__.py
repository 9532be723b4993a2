"""The reader of lines: PP-OCRv6's small recogniser with the alphabet that Parallax claims to read, tuned on lines of
receipts and on drawn lines of every claimed language."""
