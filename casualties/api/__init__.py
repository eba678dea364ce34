"""The API under /api/v1/: the pages' selections and figures for machines."""
