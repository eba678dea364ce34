"""The register of published statements and the page of each."""
