"""Files come in: read, checked, compared with what is kept, and let in as a whole or not at all."""
