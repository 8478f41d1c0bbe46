"""The calls inside a notebook."""
