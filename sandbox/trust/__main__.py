"""``python -m sandbox.trust``: serve; ``python -m sandbox.trust issue …``: make one signer's key."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.trust import pki
from sandbox.trust.service import Service

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "var" / "trust"


class KeepAlive(WSGIRequestHandler):
    """Leaves connections open, as the real services do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True


@click.group(invoke_without_command=True)
@click.option("--port", default=8103, show_default=True)
@click.option(
    "--folder", type=click.Path(path_type=Path), default=DEFAULT_FOLDER, help="The authority's files."
)
@click.option("--url", default=None, help="Address written into certificates; default: this machine.")
@click.pass_context
def main(context: click.Context, port: int, folder: Path, url: str | None) -> None:
    """Môi trường thử: time stamps, OCSP and CRL of a demonstration authority."""
    pki.set_up(folder, at=datetime.now(tz=UTC), url=url or f"http://127.0.0.1:{port}")
    context.obj = folder
    if context.invoked_subcommand is None:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        service = Service(folder)
        service.warm()
        server = make_server("127.0.0.1", port, service, threaded=True, request_handler=KeepAlive)
        click.echo(f"trust: http://127.0.0.1:{server.server_port}")
        server.serve_forever()


@main.command()
@click.option("--label", required=True, help="ASCII name of the key.")
@click.option("--name", "common_name", required=True, help="Person or agency.")
@click.option("--organisation", default="")
@click.option("--title", default="")
@click.option("--passphrase", envvar="TRUST_PASSPHRASE", required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the PKCS#12 file goes.")
@click.pass_obj
def issue(
    folder: Path, label: str, common_name: str, organisation: str, title: str, passphrase: str, out: Path
) -> None:
    """Issue a signing certificate as a PKCS#12 file."""
    subject = pki.Subject(label, common_name, organisation, title)
    issued = pki.issue(folder, subject, at=datetime.now(tz=UTC), passphrase=passphrase)
    out.touch(mode=0o600)
    out.write_bytes(issued.pkcs12)
    click.echo(out)


@main.command()
@click.argument("label")
@click.pass_obj
def revoke(folder: Path, label: str) -> None:
    """Revoke the certificate of that label, from now on."""
    pki.revoke(folder, label, at=datetime.now(tz=UTC))
    click.echo(label)


if __name__ == "__main__":
    main()
