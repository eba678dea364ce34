"""Cases whose cause is not yet determined, and how such cases ended."""
