"""``tinhso play``: the life of one dossier through the public pages of a running demonstration."""

import json

import click

from tinhso.cli import _django
from tinhso.cli._player.story import Story

# La Thị Nga of Bình Liêu, level 2; the stand-in identity provider knows her.
CITIZEN = "000195000102"


@click.command()
@click.argument("procedure", default="1.001193")
@click.option("--example", default=1, show_default=True, help="Which of the procedure's examples, from 1.")
@click.option("--citizen", default=CITIZEN, show_default=True, help="Personal id at the stand-in provider.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and the acts on stderr.")
def command(procedure: str, example: int, citizen: str, as_json: bool) -> None:
    """Play PROCEDURE from the form to the verified result, telling each act with its time."""
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
