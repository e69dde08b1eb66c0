"""Printed pages: characters with boxes, lines, what is lifted out, blocks and tables, paragraphs."""
