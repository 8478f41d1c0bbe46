"""The book → the reviewers' draft, its fact sheets and what changed."""
