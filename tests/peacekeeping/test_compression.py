"""What is compressed on its way, and what is not."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ACCEPTED = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_for_those_who_understand_it(client: Client) -> None:
    response = client.get("/method/", headers=ACCEPTED)
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    plain = client.get("/method/")
    assert "Content-Encoding" not in plain
    assert gzip.decompress(response.content) == plain.content
    assert len(response.content) < len(plain.content) / 3


@pytest.mark.parametrize("address", ["/data/dictionary.csv", "/healthz"])
def test_a_file_and_a_probe_are_sent_as_they_are(client: Client, address: str) -> None:
    response = client.get(address, headers=ACCEPTED)
    assert response.status_code == 200
    assert "Content-Encoding" not in response
