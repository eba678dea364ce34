"""Data for programs: examples to paste, the data dictionary, the data package, the reference of the API."""
