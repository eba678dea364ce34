"""Two to six missions, contributors or periods beside each other."""
