"""The tab "Kho văn bản": the documents that answers are taken from, and how they come in and go out."""
