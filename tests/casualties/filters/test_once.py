"""Parameters of an address beside its selection: one word, one that is allowed, said once."""

import pytest
from django.http import QueryDict

from casualties.filters import FilterProblem, first_word, given_words, one_word, said_twice

ALLOWED = ("year", "cause")


@pytest.mark.parametrize(
    ("query", "allowed", "word"),
    [
        ("", ALLOWED, ""),
        ("by=&by=+", ALLOWED, ""),
        ("by=+cause+&by=cause", ALLOWED, "cause"),
        ("by=moon", (), "moon"),
    ],
)
def test_one_word_is_read(query: str, allowed: tuple[str, ...], word: str) -> None:
    problems: list[FilterProblem] = []
    assert one_word(QueryDict(query), "by", allowed, problems) == word
    assert problems == []


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("by=year&by=cause&by=year", "by=year, cause may be given once only"),
        ("by=moon", "by=moon is not one of the allowed values"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(query: str, problem: str) -> None:
    problems: list[FilterProblem] = []
    assert one_word(QueryDict(query), "by", ALLOWED, problems) == ""
    assert [(str(found), found.allowed) for found in problems] == [(problem, ALLOWED)]


def test_words_stand_in_the_order_in_which_they_are_given() -> None:
    assert given_words(QueryDict("rows=year&rows=&rows=cause&rows=year"), "rows") == ["year", "cause"]


@pytest.mark.parametrize("query", ["with=family", "with=family&with=", "with=&with=+family+", "with=family&with=other"])
def test_the_first_word_is_not_undone_by_a_blank(query: str) -> None:
    assert first_word(QueryDict(query), "with") == "family"
    assert first_word(QueryDict(query), "part") == ""


def test_of_a_form_all_that_is_said_twice_is_named() -> None:
    form = QueryDict("do=keep&do=&name=x&name=y&columns=cause&columns=year&day=1&day=1&day=2")
    assert [problem.parameter for problem in said_twice(form, several=("columns",))] == ["name", "day"]
    assert said_twice(QueryDict("do=keep&do=keep&name=")) == []
