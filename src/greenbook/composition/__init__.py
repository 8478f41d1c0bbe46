"""Chapter documents → the book: numbering, references, lists, annexes."""
