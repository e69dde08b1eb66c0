"""Addresses and references: read, resolved, and written in the legal form."""
