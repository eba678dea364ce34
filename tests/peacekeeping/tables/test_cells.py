"""Words that are compared, and values as they are shown."""

from peacekeeping.tables.cells import folded_word, shown


def test_it_works() -> None:
    assert {folded_word(text) for text in ("Self-Inflicted", " self  inflicted", "SELF_INFLICTED")} == {
        "self inflicted"
    }
    assert [shown(value) for value in (None, 7, "plain", "a\x00b\n")] == ["", "7", "plain", "a\\x00b\\x0a"]


def test_a_long_value_is_shortened() -> None:
    assert shown("x" * 200) == "x" * 200
    assert shown("x" * 201) == "x" * 199 + "…"
    assert len(shown("\x00" * 10_000)) == 200
