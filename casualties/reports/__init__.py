"""Reports: the classic tables of the UN and built ones, laid out, checked, with small numbers hidden where asked;
saved and announced by mail; signed and frozen.
"""
