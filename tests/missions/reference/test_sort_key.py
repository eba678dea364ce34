"""The order of names: the database sorts by code point, people do not."""

from missions.reference.names import sort_key


def test_accents_case_and_curly_apostrophes_do_not_count() -> None:
    assert sort_key("Côte d’Ivoire") == sort_key("COTE D'IVOIRE") == "cote d'ivoire"
    assert sort_key("Türkiye") == "turkiye"


def test_names_come_in_the_order_people_expect() -> None:
    names = ["Zimbabwe", "Åland Islands", "Afghanistan", "Türkiye", "Tunisia", "Turkmenistan"]
    assert sorted(names, key=sort_key) == [
        "Afghanistan", "Åland Islands", "Tunisia", "Türkiye", "Turkmenistan", "Zimbabwe",
    ]  # fmt: skip


def test_missions_are_not_sorted_by_capital_letters() -> None:
    assert sorted(["UNTSO", "OSESyria", "OSESGY", "UNSecretariat", "UNSF"], key=sort_key) == [
        "OSESGY", "OSESyria", "UNSecretariat", "UNSF", "UNTSO",
    ]  # fmt: skip
