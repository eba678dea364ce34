"""Facts of the stack that everything else rests on."""

import importlib.util

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_driver_is_psycopg2_and_psycopg_3_is_not_there() -> None:
    connection.ensure_connection()
    assert type(connection.connection).__module__.startswith("psycopg2")
    assert importlib.util.find_spec("psycopg") is None  # Django would prefer it, silently


@pytest.mark.django_db
def test_the_database_sorts_and_folds_the_same_everywhere() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÉLAN'), current_setting('TimeZone'), current_setting('server_version_num')::int")
        assert cursor.fetchone()[:2] == ("élan", "UTC")
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        assert cursor.fetchone()[0] >= 15  # NULLS NOT DISTINCT
