"""Source notebooks and executed records → one chapter document a language."""
