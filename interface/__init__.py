"""Every way in and out: the command line, the page, and how answers look."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `arguments` default to those of the process. Exits the process."""
    from interface.commands import command_line

    command_line(args=arguments, prog_name="onrecord")
