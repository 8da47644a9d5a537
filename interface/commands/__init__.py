"""The command line. Each command parses, calls and prints; what it does lies below."""

from interface.commands.group import command_line

__all__ = ["command_line"]
