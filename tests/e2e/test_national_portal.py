"""A dossier filed on the national portal: by the product's own player, against the stand-in, over sockets."""

import json

import pytest

from tests.e2e.demonstration import Demonstration

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_it_arrives_is_supplemented_here_and_its_end_is_told_there(demonstration: Demonstration) -> None:
    played = demonstration.run("play", "--from-national-portal", "--json")

    assert played.returncode == 0, played.stderr[-2000:]
    told = json.loads(played.stdout)
    assert told["statuses"] == ["1", "5", "1", "2", "4", "9", "10"]
