"""The project's benchmark, `make bench`: what it measures is compared with a reference in the same run."""
