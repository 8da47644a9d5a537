"""`INDEX/withdrawn`: which texts must never come back, named by nothing but their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import BuildFailed
from index.store.files import write_durably


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A text that was withdrawn with the article that held it. on: ISO 8601 time, UTC."""

    article_id: str
    sha256: str
    on: str


def withdrawals(index: Path) -> dict[str, Withdrawal]:
    """Every text that was withdrawn, by its hash. Raises BuildFailed where the list cannot be
    read: without it, a build could bring a text back."""
    path = index / "withdrawn"
    try:
        lines = path.read_bytes().splitlines()
        found = [Withdrawal(**json.loads(line)) for line in lines]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise BuildFailed(
            f"The list of withdrawn texts in {path} cannot be read. Restore it, or delete it and "
            "forget those articles again."
        ) from error
    return {withdrawal.sha256: withdrawal for withdrawal in found}


def withdraw(index: Path, new: Iterable[Withdrawal]) -> None:
    """Add to the list, durably."""
    listed = withdrawals(index) | {withdrawal.sha256: withdrawal for withdrawal in new}
    lines = (json.dumps(asdict(listed[sha256])) + "\n" for sha256 in sorted(listed))
    write_durably(index / "withdrawn", "".join(lines).encode())
