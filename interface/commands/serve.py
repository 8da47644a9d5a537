"""`onrecord serve`: the chat in the browser."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from index import Encoder, EncoderApart, SentenceEncoder
from interface.commands.building import built_meanwhile
from interface.commands.shared import UserError, opened, say, user_errors
from interface.credentials import UnusableCredentials, credentials_from
from interface.workspace import Workspace

# Segments of letters, digits and marks that mean nothing in an address or in HTML.
_ROOT_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_PUBLIC = (
    "Anybody who reaches {} can ask and read here, since no password is set. "
    "Set one with --auth FILE, or listen on 127.0.0.1."
)
_NO_MCP = (
    "--mcp needs the package mcp, which is not installed. Install it in the folder of the program "
    "with: pip install --constraint constraints.txt '.[mcp]'"
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True,
              help="Port to listen on; 0 takes a free one.")  # fmt: skip
@click.option(
    "--auth",
    "credentials_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask everybody for the name and password in the first line of FILE, name:password. "
    "Default: those in ONRECORD_AUTH, else nobody is asked.",
)
@click.option(
    "--root-path",
    default="",
    metavar="PATH",
    help="The path below which a reverse proxy shows the chat, such as /news.",
)
@click.option(
    "--mcp",
    "with_mcp",
    is_flag=True,
    help="Offer ask, find and check as tools for language models too, at /mcp.",
)
@click.pass_obj
def serve(
    workspace: Workspace,
    host: str = "127.0.0.1",
    port: int = 7860,
    credentials_file: Path | None = None,
    root_path: str = "",
    with_mcp: bool = False,
) -> None:
    """Open the chat; builds the index first if there is none."""
    root_path = root_path.rstrip("/")
    if not _ROOT_PATH.fullmatch(root_path) or {".", ".."} & set(root_path.split("/")):
        raise UserError("--root-path must be a path such as /news. Give one, or leave it out.")
    if with_mcp and find_spec("mcp") is None:
        raise UserError(_NO_MCP)
    try:
        credentials = credentials_from(credentials_file)
    except UnusableCredentials as error:
        raise UserError(str(error)) from error
    listening = _listen(host, port)
    with (
        listening,
        user_errors(workspace),
        built_meanwhile(workspace),
        opened(workspace) as index,
        served(workspace.encoder_for(index)) as encoder,
    ):
        from interface.server import Settings, serve_page

        bound = listening.getsockname()
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        say(f"On the Record answers at http://{shown}:{bound[1]}/ (stop it with Ctrl-C)")
        if credentials is None and not ipaddress.ip_address(bound[0].partition("%")[0]).is_loopback:
            say(_PUBLIC.format(f"{shown}:{bound[1]}"))
        serve_page(index, encoder, listening, Settings(credentials, root_path, with_mcp))


@contextmanager
def served(encoder: Encoder | None) -> Iterator[Encoder | None]:
    """The encoder in a process of its own, which loads while the server does."""
    if not isinstance(encoder, SentenceEncoder):
        yield encoder
        return
    with EncoderApart(encoder) as apart:
        yield apart


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
