"""``tinhso play``: a life of one dossier, or of one of each procedure, through pages of a running demo."""

import json
import sys
from typing import Any

import click

from tinhso.cli import _django
from tinhso.cli._player.story import Story

# La Thị Nga of Bình Liêu, level 2; the stand-in identity provider knows her.
CITIZEN, CITIZEN_NAME = "000195000102", "La Thị Nga"


@click.command()
@click.argument("procedure", default="1.001193")
@click.option("--example", default=1, show_default=True, help="Which of the procedure's examples, from 1.")
@click.option("--citizen", default=CITIZEN, show_default=True, help="Personal id at the stand-in provider.")
@click.option("--all", "play_all", is_flag=True, help="Play each procedure on offer and say which got stuck.")
@click.option(
    "--from-national-portal", "arrives", is_flag=True, help="File it on the national portal's stand-in."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and the acts on stderr.")
def command(procedure: str, example: int, citizen: str, play_all: bool, arrives: bool, as_json: bool) -> None:
    """Play PROCEDURE from the form to the verified result, telling each act with its time."""
    if arrives:
        _play_arrival(procedure, example, as_json=as_json)
        return
    if play_all:
        _play_all(citizen, as_json=as_json)
        return
    life = _django.load("tinhso.cli._player.life")
    story = Story(echo=lambda line: click.echo(line, err=as_json))
    played = life.play(procedure, example=example, personal_id=citizen, story=story)
    if as_json:
        result = {
            "dossier": str(played.dossier_id),
            "pdf": str(played.pdf),
            "verify": played.verify_url,
            "seconds": round(played.seconds, 2),
            "acts": story.acts,
        }
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(f"Máy chạy {played.seconds:.1f} giây. Trang kiểm tra: {played.verify_url}")
    click.echo(str(played.pdf))


def _play_arrival(procedure: str, example: int, *, as_json: bool) -> None:
    arrival = _django.load("tinhso.cli._player.arrival")
    story = Story(echo=lambda line: click.echo(line, err=as_json))
    played = arrival.play_arrival(
        procedure, example=example, personal_id=CITIZEN, full_name=CITIZEN_NAME, story=story
    )
    if as_json:
        result = {
            "dossier": str(played.dossier_id),
            "national_code": played.national_code,
            "statuses": list(played.statuses),
            "seconds": round(played.seconds, 2),
        }
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(f"Cổng quốc gia được báo {' → '.join(played.statuses)} của {played.national_code}")


def _play_all(citizen: str, *, as_json: bool) -> None:
    def tell(outcome: Any) -> None:
        said = outcome.stopped or "có kết quả, mọi chữ ký hợp lệ"
        click.echo(f"{outcome.code}  {outcome.seconds:5.1f} s  {said}", err=as_json or bool(outcome.stopped))

    played = _django.load("tinhso.cli._player.round").play_all(personal_id=citizen, tell=tell)
    finished = len(played.outcomes) - len(played.stopped)
    if as_json:
        result = {
            "finished": finished,
            "stopped": {one.code: one.stopped for one in played.stopped},
            "at_counter": list(played.at_counter),
            "seconds": round(played.seconds, 1),
        }
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(
            f"{finished} thủ tục tới kết quả, {len(played.stopped)} kẹt, "
            f"{len(played.at_counter)} chỉ nhận tại quầy, {played.seconds:.0f} giây"
        )
    if played.stopped:
        sys.exit(2)
