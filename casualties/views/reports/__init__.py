"""Statutory reports: their list, each of them as a page and as files."""
