"""Statutory reports: the classic tables of the UN, laid out, checked, and with small numbers hidden where asked."""
