"""The tallies equal a GROUP BY of the records after any sequence of writes, whoever writes."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunSQL
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casualties.choices import CasualtyState
from casualties.models import AnnualTally, Casualty, Incident, MissionTally
from tests.factories import make_casualty, make_country, make_incident, make_mission

TallyModel = type[AnnualTally] | type[MissionTally]
KEYS: dict[TallyModel, tuple[str, ...]] = {
    AnnualTally: ("year", "mission", "cause", "outcome", "personnel", "nationality", "gender", "released"),
    MissionTally: ("year", "mission", "cause", "outcome", "released"),
}
Tallied = dict[tuple, int]


def tallied(model: TallyModel) -> Tallied:
    return {tuple(row[:-1]): row[-1] for row in model.objects.values_list(*KEYS[model], "persons")}


def recounted(model: TallyModel) -> Tallied:
    rows = Casualty.objects.counted().order_by().values_list(*KEYS[model]).annotate(n=Sum("persons"))
    return {tuple(row[:-1]): row[-1] for row in rows}


step = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, 3), st.integers(1, 3)),
    st.tuples(st.just("recode"), st.integers(0, 5), st.sampled_from(["police", "other"])),
    st.tuples(st.just("nationality"), st.integers(0, 5), st.sampled_from([None, "TCD", "NER"])),
    st.tuples(st.just("withdraw"), st.integers(0, 5), st.none()),
    st.tuples(st.just("reinstate"), st.integers(0, 5), st.none()),
    st.tuples(st.just("move incident"), st.integers(0, 3), st.integers(2014, 2018)),
    st.tuples(st.just("upsert"), st.integers(0, 5), st.sampled_from(["m", "f", ""])),
    st.tuples(st.just("delete"), st.integers(0, 5), st.none()),
    st.tuples(st.just("truncate"), st.none(), st.none()),
)


class TallyEqualsRecount(TestCase):
    def setUp(self) -> None:
        for iso3 in ("TCD", "NER"):
            make_country(iso3=iso3)
        mission = make_mission()
        self.incidents = [
            make_incident(mission=mission, occurred_on=date(2014 + n, 3, 1 + n), key=f"incident-{n}") for n in range(4)
        ]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=st.lists(step, max_size=14))
    def test_after_any_sequence(self, steps: list[tuple[Any, Any, Any]]) -> None:
        for what, which, value in steps:
            self.do(what, which, value)
            for model in KEYS:
                assert tallied(model) == recounted(model), what
        assert all(persons > 0 for model in KEYS for persons in tallied(model).values())

    def do(self, what: str, which: Any, value: Any) -> None:
        if what == "insert":
            incident = Incident.objects.get(pk=self.incidents[which].pk)
            make_casualty(incident=incident, persons=value, known_at=date(2023, 1, 1))
            return
        if what == "move incident":
            Incident.objects.filter(pk=self.incidents[which].pk).update(occurred_on=date(value, 6, 1))
            return
        if what == "truncate":
            with connection.cursor() as cursor:
                # The rows of this test only live in its transaction: their deferred checks come first.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("TRUNCATE casualties_casualty CASCADE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        ids = list(Casualty.objects.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return
        chosen = Casualty.objects.filter(pk__in={ids[which % len(ids)], ids[-1]})
        if what == "recode":
            chosen.update(personnel=value)
        elif what == "nationality":
            chosen.update(nationality=value)
        elif what == "withdraw":
            chosen.update(state=CasualtyState.WITHDRAWN, withdrawn_on=date(2023, 2, 1))
        elif what == "reinstate":
            chosen.update(state=CasualtyState.COUNTED, withdrawn_on=None)
        elif what == "upsert":
            for casualty in chosen:
                casualty.gender = value
            Casualty.objects.bulk_create(
                list(chosen), update_conflicts=True, unique_fields=["id"], update_fields=["gender", "persons"]
            )
        elif what == "delete":
            chosen.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEYS)
def test_a_tally_below_zero_stops_the_transaction(model: TallyModel) -> None:
    casualty = make_casualty()
    model.objects.all().delete()  # a wrong hand
    with pytest.raises(Exception, match="below zero"), transaction.atomic():
        Casualty.objects.filter(pk=casualty.pk).delete()


@pytest.mark.django_db
def test_the_tally_of_missions_begins_with_the_people_who_are_there() -> None:
    make_casualty(nationality=make_country())
    make_casualty(personnel="police", persons=2, known_at=date(2023, 1, 1))
    MissionTally.objects.all().delete()
    migration = import_module("casualties.migrations.0017_tally_of_missions").Migration
    (fill,) = [operation for operation in migration.operations if isinstance(operation, RunSQL)]
    with connection.cursor() as cursor:
        cursor.execute(str(fill.sql))
    assert tallied(MissionTally) == recounted(MissionTally)
    assert list(tallied(MissionTally).values()) == [3]


@pytest.mark.django_db
def test_nobody_is_counted_in_a_year_that_is_not_the_incidents() -> None:
    casualty = make_casualty()
    with pytest.raises(IntegrityError, match="facts_of_its_incident"), transaction.atomic():
        Casualty.objects.filter(pk=casualty.pk).update(occurred_on=date(2001, 1, 1))
