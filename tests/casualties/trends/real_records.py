"""The real release as annual records in the database, put there without the code of the import."""

from casualties.models import Casualty
from missions.models import Country, Mission
from missions.reference.load import load_reference
from tests.casualties.trends.annual_records import make_people
from tests.casualties.trends.release_file import by_year, people
from tests.factories import make_release


def load_real_records() -> int:
    """Reference facts, the release of 28 November 2023 and its people; returns how many rows they make."""
    load_reference()
    make_release()
    missions = {mission.acronym: mission for mission in Mission.objects.all()}
    missions |= {alias: mission for mission in missions.values() for alias in mission.aliases}
    codes = set(Country.objects.values_list("iso3", flat=True))
    keys = ["mission", "cause", "personnel", "nationality", "year", "persons"]
    rows = by_year(people(), *keys[:4])[keys].to_dict("records")
    make_people(
        {
            "mission": missions[row["mission"]],
            "cause": row["cause"],
            "personnel": row["personnel"],
            # The codes as the release has them; some nationalities have none, which is enough for a series of its own.
            "nationality_id": row["nationality"] if row["nationality"] in codes else None,
            "persons": row["persons"],
            "year": row["year"],
        }
        for row in rows
    )
    return Casualty.objects.count()
