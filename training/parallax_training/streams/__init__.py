"""Page streams: files of one document or several, drawn as they leave a scanner, with the places where documents begin."""
