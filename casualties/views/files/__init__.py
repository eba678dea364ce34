"""Files of a selection and of series, as CSV."""
