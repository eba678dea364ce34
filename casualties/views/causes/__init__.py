"""The page about a cause."""
