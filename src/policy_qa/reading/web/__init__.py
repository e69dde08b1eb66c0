"""Saved web pages: the document without the page around it."""
