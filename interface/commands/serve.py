"""`onrecord serve`: the chat in the browser."""

from __future__ import annotations

import socket

import click

from interface.commands.shared import UserError, opened, say
from interface.workspace import Workspace


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True,
              help="Port to listen on; 0 takes a free one.")  # fmt: skip
@click.pass_obj
def serve(workspace: Workspace, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Open the chat; builds the index first if there is none."""
    listening = _listen(host, port)
    with listening, opened(workspace) as index:
        encoder = workspace.encoder_for(index)
        from interface.server import serve_page

        bound = listening.getsockname()
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        say(f"On the Record answers at http://{shown}:{bound[1]}/ (stop it with Ctrl-C)")
        serve_page(index, encoder, listening)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. Bound before anything is built, so that a port in use is told at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:  # the latter for a name such as 127..1
        raise UserError(f"There is no address {host} here. Give another --host.") from error
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise UserError(
            f"Port {port} of {host} cannot be used: {error.strerror}. Give another with --port."
        ) from error
    return listening
