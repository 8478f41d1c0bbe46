"""The book → HTML, PDF, data annex, manifest, published whole."""
