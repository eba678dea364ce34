"""The table of countries: what it must hold for every nationality and host to be found."""

import pytest

from missions.models import UNDETERMINED_COUNTRY
from missions.reference.rows import CountryRow
from tests.missions.reference.tables import project_tables, shared_rows


def by_code() -> dict[str, CountryRow]:
    return {row.iso3: row for row in project_tables().countries}


def labels() -> dict[str, str]:
    return {label: row.iso3 for row in project_tables().countries for label in (row.name, *row.aliases)}


def test_namibia_has_its_code() -> None:
    assert by_code()["NAM"].iso2 == "NA"


def test_numbers_keep_their_leading_zeros() -> None:
    assert by_code()["AFG"].m49 == "004"
    assert all(len(row.m49) == 3 for row in project_tables().countries if row.iso3 != UNDETERMINED_COUNTRY)


@pytest.mark.parametrize(
    ("label", "iso3"),
    [
        ("Côte dIvoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Netherlands", "NLD"),
        ("Mauritius", "MUS"),
        ("Congo", "COG"),
        ("Yugoslavia", "YUG"),
        ("Serbia and Montenegro", "SCG"),
        ("ZZ [Undetermined]", UNDETERMINED_COUNTRY),
    ],
)
def test_every_spelling_leads_to_its_country(label: str, iso3: str) -> None:
    assert labels()[label] == iso3


def test_undetermined_is_one_entry_of_its_own() -> None:
    entry = by_code()[UNDETERMINED_COUNTRY]
    assert (entry.name, entry.status, entry.region) == ("Undetermined", "undetermined", "")
    assert [row.iso3 for row in project_tables().countries if row.status == "undetermined"] == [UNDETERMINED_COUNTRY]


def test_dissolved_states_have_an_end_and_present_successors() -> None:
    present = {row.iso3 for row in project_tables().countries if row.status == "current"}
    dissolved = [row for row in project_tables().countries if row.status == "dissolved"]
    assert {row.iso3 for row in dissolved} == {"YUG", "SCG", "CSK", "SUN", "DDR", "YMD", "TMP", "ZAR", "ANT"}
    for row in dissolved:
        assert row.ended
        assert row.successors
        assert present.issuperset(row.successors), row.iso3


@pytest.mark.realdata
def test_every_nationality_of_the_release_is_found_by_its_label_and_its_codes() -> None:
    names, codes = labels(), by_code()
    for row in shared_rows("fatalities-2023-11-28.csv"):
        label = row["casualty_nationality"]
        if not label:
            continue
        assert label in names, f"line of {row['casualty_id']}: {label}"
        if row["isocode3"]:
            assert names[label] == row["isocode3"], label
        if row["m49_code"]:
            assert codes[names[label]].m49 == f"{float(row['m49_code']):03.0f}", label


@pytest.mark.realdata
def test_no_country_of_the_material_is_missing() -> None:
    codes = by_code()
    for row in shared_rows("countries.csv"):
        country = codes[row["iso3"]]
        assert (country.name, country.m49, country.iso2) == (row["un_name"], row["m49"], row["iso2"])
        assert (country.region, country.sub_region) == (row["region"], row["sub_region"])
