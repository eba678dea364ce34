"""The dashboard of one mission."""
