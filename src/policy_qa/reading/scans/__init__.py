"""Pages that are pictures: recognised by Tesseract, made into the lines that pages with text give."""
