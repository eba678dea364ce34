"""Figures, their tables and their sentences, all from one frame. Pure: no database, no filters, no request."""
