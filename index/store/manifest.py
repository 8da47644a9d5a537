"""The manifest of a generation: what it was built from and every part with its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from corpus import Metadata, NameRules, metadata_from_json, rules_from, sha256_of
from index.errors import IndexDamaged, IndexTooNew

# Raised when an index written by this program could not be read by an earlier one. 2: copies in
# the catalogue, a checked history, withdrawn texts. 3: quotations and who speaks.
FORMAT = 3
FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the generation: path inside it, size in bytes, hash of its content."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a build did with one article.

    sha256, metadata: of the article since then; None once removed. They are kept so that an old
    citation is shown with the source that it had, and a forged one is noticed.
    """

    article_id: str
    what: Literal["added", "changed", "removed"]
    sha256: str | None
    metadata: Metadata | None = None


def change_from_json(fields: Mapping[str, Any]) -> Change:
    """Raises TypeError, KeyError or ValueError where the fields are not those of a change."""
    metadata = fields["metadata"]
    return Change(**{**fields, "metadata": metadata_from_json(metadata) if metadata else None})


@dataclass(frozen=True, slots=True)
class Manifest:
    """generation: its id. built: ISO 8601 time, UTC.
    collection: absolute path of the folder of articles; "" where they lay in none.
    encoder: name, weights and precision, or None for a generation without vectors.
    analyzer: version of the analyzer that made the terms.
    passage_rules, copy_rules, quotation_rules: versions of the rules that cut the passages, find
        copies, and find who said what.
    name_rules: by which speakers were taken for one person or for two.
    changes: against the generation before, by article_id.
    parts: by path.
    format: an earlier one is read by a build, which writes the present one.
    """

    generation: str
    built: str
    collection: str
    encoder: dict[str, str] | None
    analyzer: str
    passage_rules: str
    copy_rules: str
    quotation_rules: str
    name_rules: NameRules
    articles: int
    passages: int
    changes: tuple[Change, ...]
    parts: tuple[Part, ...]
    format: int = FORMAT

    def part(self, path: str) -> Part:
        """The part at `path`. Raises IndexDamaged if the manifest names none."""
        for part in self.parts:
            if part.path == path:
                return part
        raise IndexDamaged(f"the manifest of generation {self.generation} names no {path}")

    def to_json(self) -> bytes:
        content = {"format": self.format} | asdict(self)
        content["name_rules"] = self.name_rules.fields()
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path, sha256: str) -> Manifest:
    """The manifest of the generation in `folder`, which must have this hash.

    Raises IndexTooNew for a later format, which is said before a hash, and IndexDamaged for
    anything else that is not what was written.
    """
    path = folder / FILE
    try:
        stored = path.read_bytes()
        content: Any = json.loads(stored)
        written = content["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path} cannot be read") from error
    if not isinstance(written, int) or written > FORMAT:
        raise IndexTooNew(
            f"The index in {folder.parent.parent} has format {written}; this program reads "
            f"formats up to {FORMAT}. Update the program, or rebuild with: onrecord build --full"
        )
    if hashlib.sha256(stored).hexdigest() != sha256:
        raise IndexDamaged(f"{path} was altered")
    try:
        content.setdefault("copy_rules", "")  # format 1 knew no copies,
        content.setdefault("quotation_rules", "")  # and format 2 no quotations
        content.setdefault("name_rules", {})
        return Manifest(
            **{
                name: content[name]
                for name in Manifest.__slots__
                if name not in ("changes", "parts", "name_rules")
            },
            name_rules=rules_from(content["name_rules"]),
            changes=tuple(change_from_json(change) for change in content["changes"]),
            parts=tuple(Part(**part) for part in content["parts"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexDamaged(f"{path} lacks what a manifest must say") from error


def parts_of(folder: Path) -> tuple[Part, ...]:
    """Every file below `folder`, hashed."""
    return tuple(
        Part(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def check_sizes(folder: Path, parts: tuple[Part, ...]) -> None:
    """Cheap check of a generation. Raises IndexDamaged for a part that is missing or cut."""
    for part in parts:
        path = folder / part.path
        try:
            size = path.stat().st_size
        except OSError as error:
            raise IndexDamaged(f"{path} cannot be read ({error.strerror})") from error
        if size != part.bytes:
            raise IndexDamaged(f"{path} has {size:,} bytes instead of {part.bytes:,}")


def damaged_parts(folder: Path, parts: tuple[Part, ...]) -> Iterator[tuple[Part, IndexDamaged]]:
    """Full check of a generation: the parts whose content is not what was written, and why."""
    for part in parts:
        try:
            check_hash(folder, part)
        except IndexDamaged as error:
            yield part, error


def check_hash(folder: Path, part: Part) -> None:
    """Full check of one part. Raises IndexDamaged where its content is not what was written."""
    path = folder / part.path
    try:
        altered = sha256_of(path) != part.sha256
    except OSError as error:
        raise IndexDamaged(f"{path} cannot be read ({error.strerror})") from error
    if altered:
        raise IndexDamaged(f"{path} was altered after it was written")
