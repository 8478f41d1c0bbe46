"""Notebooks → executed notebooks, one process each, cached by content."""
