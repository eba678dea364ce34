"""The incident explorer: filters, counts beside them, rows, places in the list."""
