"""The name and the password that open the server, from a file or the environment.

Never from the command line: every user of a machine can read the command lines of all.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

VARIABLE = "ONRECORD_AUTH"
# Anybody but the owner.
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnusableCredentials(ValueError):
    """They cannot be used. The message names the file or the variable, never what is in it."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Only the hash is kept, so that no message and no dump of this object has the password; and
    hashes are of one length, so that the time of a comparison tells nothing of it."""

    _sha256: bytes = field(repr=False)

    @classmethod
    def of(cls, name_and_password: str) -> Self:
        """`name:password`; the password may have colons."""
        return cls(_hash(name_and_password.encode()))

    def are(self, name_and_password: bytes) -> bool:
        """Whether these bytes, in UTF-8, are the same name and password."""
        return hmac.compare_digest(_hash(name_and_password), self._sha256)


def credentials_from(file: Path | None) -> Credentials | None:
    """Those of a file, else of the environment variable ONRECORD_AUTH; None where neither is given.

    Raises UnusableCredentials.
    """
    if file is not None:
        return _read(_first_line(file), f"The first line of {file}")
    given = os.environ.get(VARIABLE)
    return _read(given, VARIABLE) if given is not None else None


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            if os.fstat(opened.fileno()).st_mode & _OTHERS:
                raise UnusableCredentials(
                    f"{file} can be read or written by other users of this machine. "
                    f"Close it to them with: chmod 600 {file}"
                )
            # A line of a password has no thousand bytes; another file was named by mistake.
            line = opened.readline(1_000)
    except OSError as error:
        raise UnusableCredentials(
            f"{file} cannot be read: {error.strerror}. It must hold a line name:password."
        ) from error
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnusableCredentials(f"{file} is not UTF-8 text. Write it in UTF-8.") from error


def _read(given: str, where: str) -> Credentials:
    name, _, password = given.partition(":")
    if not name or not password:
        raise UnusableCredentials(f"{where} must be name:password, both of them not empty.")
    try:
        return Credentials.of(given)
    except UnicodeEncodeError as error:
        raise UnusableCredentials(f"{where} is not UTF-8 text. Write it in UTF-8.") from error


def _hash(name_and_password: bytes) -> bytes:
    return hashlib.sha256(name_and_password).digest()
