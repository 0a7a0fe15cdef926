"""``tinhso bpmn CODE``: the steps of a procedure as BPMN 2.0."""

import click

from tinhso.cli import _light
from tinhso.definitions.bpmn import export
from tinhso.definitions.loading import load
from tinhso.definitions.packs import packs_folder, procedure_files
from tinhso.definitions.types import Procedure


@click.command()
@click.argument("code")
def command(code: str) -> None:
    """Write the steps of the procedure with this code as a BPMN 2.0 diagram."""
    _light.start()
    for path in procedure_files(packs_folder()):
        procedure = load(path, Procedure).value
        if procedure is not None and procedure.code == code:
            click.echo(export(procedure))
            return
    raise click.ClickException(f"Không có thủ tục «{code}» trong packs/. Xem: tinhso catalogue list")
