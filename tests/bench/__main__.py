"""`make bench [PEOPLE=1000000]`: pages on the real release, then a made-up release of a million people."""

import argparse

from tests.bench.figures import Figure, print_table
from tests.bench.large import intake, leaving, rebuilding
from tests.bench.pages import pages
from tests.bench.world import ROOT, world

REAL = ROOT.parent / "shared" / "data" / "fatalities-2023-11-28.csv"


def main() -> None:
    """Each part has a system of its own, so that none warms another's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000, help="size of the made-up release; 0: without it")
    parser.add_argument("--no-pages", action="store_true", help="without the pages and the browser")
    chosen = parser.parse_args()
    if not chosen.no_pages:
        with world() as where:
            where.manage("migrate", "--verbosity=0")
            where.manage("load_reference")
            # Without the real release the annual counts that come with the software.
            where.manage("load_first_data", *(["--file", str(REAL)] if REAL.exists() else []))
            rebuilt = Figure("all windows of the real release rebuilt", rebuilding(where), "s", aim="< 3")
            print_table("Pages", [rebuilt, *pages(where)])
    if chosen.people:
        with world() as where:
            where.manage("migrate", "--verbosity=0")
            where.manage("load_reference")
            print_table(f"{chosen.people:,} people: in", intake(where, chosen.people))
            print_table(f"{chosen.people:,} people: out", leaving(where, chosen.people))


if __name__ == "__main__":
    main()
