"""Contributors: the countries whose people died, as a list and as a page each."""
