"""Every way in and out: the command line, the page, and how answers look."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `arguments` default to those of the process. Exits the process."""
    try:
        from interface.commands import command_line
    except KeyboardInterrupt:  # click, which says this, is not there yet
        sys.exit("Aborted!")
    command_line(args=arguments, prog_name="onrecord")
