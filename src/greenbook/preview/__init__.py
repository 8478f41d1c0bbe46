"""Watches, rebuilds and serves the book on loopback."""
