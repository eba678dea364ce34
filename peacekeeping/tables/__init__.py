"""Tables as files: bytes to rows with line numbers, and rows to files. Knows no model and no vocabulary."""
