"""The generations of an index folder and the one pointer that says which of them answers.

    INDEX/CURRENT            id of the current generation and the hash of its manifest
    INDEX/history            one line of JSON for each publish
    INDEX/remembered         collection folder and encoder of the last build
    INDEX/generations/ID/    catalogue.db, postings/, vectors.faiss, words/, manifest.json

A generation is written beside the others, flushed, and becomes current by one rename.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus import flush_folder, sha256_of
from index.errors import IndexDamaged, NoIndex
from index.store.files import flush_file, write_durably
from index.store.lease import Lease, is_read
from index.store.manifest import FILE, Change, Manifest, change_from_json, read_manifest

# Builds that may publish while a reader opens the index. Each takes longer than opening.
_TRIES = 10


@dataclass(frozen=True, slots=True)
class Remembered:
    """collection: absolute path. encoder: name, or None for a build without vectors.
    state: of the collection folder when it was read.
    """

    collection: str
    encoder: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations in one index folder."""

    index: Path

    @property
    def _pointer(self) -> Path:
        return self.index / "CURRENT"

    @property
    def _all(self) -> Path:
        return self.index / "generations"

    def folder(self, generation: str) -> Path:
        return self._all / generation

    def pointer(self) -> str:
        """The content of CURRENT: another one means another generation.

        Raises NoIndex where nothing was ever published, and IndexDamaged.
        """
        try:
            return self._pointer.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise NoIndex(
                f"There is no index in {self.index}. Make one with: onrecord build"
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self._pointer} cannot be read") from error

    def current(self) -> Manifest:
        """The manifest of the generation that answers.

        Raises NoIndex where nothing was ever published, IndexTooNew, and IndexDamaged where the
        pointer or the manifest is not what was published.
        """
        return self._named_by(self.pointer())

    def leased(self) -> tuple[Manifest, Lease]:
        """The same with a lease on it, which keeps it from being cleaned up. Raises as `current`.

        A generation that was cleaned up between reading the pointer and holding the lease is no
        damage: the pointer names another one by then, and that is taken.
        """
        for _ in range(_TRIES):
            pointer = self.pointer()
            try:
                manifest = self._named_by(pointer)
                lease = Lease(self.folder(manifest.generation))
            except IndexDamaged:
                if self.pointer() == pointer:
                    raise
                continue
            with ExitStack() as too_late:
                too_late.enter_context(lease)
                if self.pointer() == pointer:
                    too_late.pop_all()
                    return manifest, lease
        raise IndexDamaged(f"{self._pointer} was switched {_TRIES} times while it was opened")

    def _named_by(self, pointer: str) -> Manifest:
        words = pointer.split()
        if len(words) != 2 or Path(words[0]).name != words[0] or words[0] == "..":
            raise IndexDamaged(f"{self._pointer} names no generation")
        generation, manifest_hash = words
        return read_manifest(self.folder(generation), manifest_hash)

    def prepare(self, generation: str) -> Path:
        """An empty folder for a new generation. What an earlier, killed build left is removed."""
        self._all.mkdir(parents=True, exist_ok=True)
        folder = self.folder(generation)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()
        return folder

    def publish(self, manifest: Manifest) -> None:
        """Make a written generation current, then say so in the history.

        Whatever fails before the pointer is switched leaves the generation before it current.
        """
        folder = self.folder(manifest.generation)
        for part in manifest.parts:
            flush_file(folder / part.path)
        for inner in {(folder / part.path).parent for part in manifest.parts}:
            flush_folder(inner)
        content = manifest.to_json()
        write_durably(folder / FILE, content)
        flush_folder(self._all)
        pointer = f"{manifest.generation} {sha256_of(folder / FILE)}\n"
        write_durably(self._pointer, pointer.encode())
        self.note_in_history(manifest)

    def discard(self, generation: str) -> None:
        """Remove what a failed build wrote, unless it is current, or nobody can tell: what is
        left behind then is removed after the next publish."""
        try:
            pointer = self._pointer.read_text(encoding="utf-8") if self._pointer.exists() else ""
        except (OSError, UnicodeDecodeError):
            return
        if generation not in pointer:
            shutil.rmtree(self.folder(generation), ignore_errors=True)

    def note_in_history(self, manifest: Manifest) -> None:
        """Append the publish of `manifest`, unless the history ends with it already: a build
        that was killed after the switch leaves this to the next one."""
        lines = self._history_lines()
        if lines and f'"{manifest.generation}"'.encode() in lines[-1]:
            return
        entry = {
            "generation": manifest.generation,
            "built": manifest.built,
            "changes": [asdict(change) for change in manifest.changes],
        }
        self._write_history([*lines, _sealed(entry)])

    def history(self) -> list[tuple[str, Change]]:
        """(time of the build, change) for every change that was ever published, oldest first.

        Raises IndexDamaged where the history cannot be read.
        """
        try:
            return [change for line in self._history_lines() for change in _read_line(line)]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{self._history} cannot be read") from error

    def damaged_notes(self, manifest: Manifest) -> Iterator[str]:
        """A sentence for each of `history` and `remembered` that is not what the publish of
        `manifest` wrote. The next build mends them."""
        try:
            self.history()
            published = [_unsealed(line)["generation"] for line in self._history_lines()]
            if manifest.generation not in published and not self._awaits_note(manifest, published):
                yield str(IndexDamaged(f"{self._history} lacks generation {manifest.generation}"))
        except IndexDamaged as error:
            yield str(error)
        if self.remembered() is None:
            yield str(IndexDamaged(f"{self.index / 'remembered'} is missing or was altered"))

    def _awaits_note(self, manifest: Manifest, published: list[str]) -> bool:
        """Whether nothing but the line of `manifest` can be missing, as between a switch and its
        note: what was current before is the last that was noted, or there was nothing."""
        if published:
            return published[-1] in {folder.name for folder in self.kept()}
        added = [change for change in manifest.changes if change.what == "added"]
        return len(added) == len(manifest.changes) == manifest.articles

    def mend_history(self, stamp: str) -> tuple[str, ...]:
        """Keep the lines that can be read, and set the damaged file aside; gives what was wrong."""
        try:
            self.history()
        except IndexDamaged as error:
            aside = self._history.with_name(f"history.damaged-{stamp}")
            write_durably(aside, self._history.read_bytes())
            self._write_history([line for line in self._history_lines() if _is_sound(line)])
            return (f"{error} (kept as {aside.name})",)
        return ()

    @property
    def _history(self) -> Path:
        return self.index / "history"

    def _history_lines(self) -> list[bytes]:
        # As bytes: an id may hold a character that is a line's end to str.splitlines.
        content = self._history.read_bytes() if self._history.is_file() else b""
        return content.removesuffix(b"\n").split(b"\n") if content else []

    def _write_history(self, lines: list[bytes]) -> None:
        write_durably(self._history, b"".join(line + b"\n" for line in lines))

    def remove_old(self, previous: str | None) -> None:
        """Remove generations that answer no more, and what killed builds left behind. The
        previous one stays for readers that are just opening it, and one that is read stays until
        a later call finds it free."""
        kept = {self.current().generation, previous}
        for path in self._all.iterdir():
            if path.name not in kept and not is_read(path):
                shutil.rmtree(path, ignore_errors=True)

    def remove_all_but(self, generation: str) -> None:
        """Remove every other generation, also one that a reader still has open: what it holds was
        withdrawn."""
        for path in self._all.iterdir():
            if path.name != generation:
                shutil.rmtree(path)

    def forget_metadata(self, hashes: Collection[str]) -> None:
        """Remove from the history the sources of these texts: a title may repeat their words."""
        lines = []
        for line in self._history_lines():
            entry = _unsealed(line)
            for change in entry["changes"]:
                if change["sha256"] in hashes:
                    change["metadata"] = None
            lines.append(_sealed(entry))
        self._write_history(lines)

    def kept(self) -> list[Path]:
        """The folders of the generations that are still there."""
        return sorted(path for path in self._all.iterdir() if path.is_dir())

    def remember(self, settings: Remembered) -> None:
        """Keep what the last build worked on."""
        write_durably(self.index / "remembered", _sealed(asdict(settings)) + b"\n")

    def remembered(self) -> Remembered | None:
        """What the last build worked on, readable even where a generation is damaged; None
        where it is not known."""
        try:
            return Remembered(**_unsealed((self.index / "remembered").read_bytes()))
        except (OSError, ValueError, TypeError):
            return None


def _sealed(fields: dict[str, Any]) -> bytes:
    """A line of JSON with the hash of its own fields, so that no flipped bit goes unnoticed."""
    return json.dumps(fields | {"sha256": _seal(fields)}, ensure_ascii=False).encode()


def _unsealed(line: bytes) -> dict[str, Any]:
    """The fields of a line. Raises ValueError or TypeError where it is not what was written."""
    fields: dict[str, Any] = json.loads(line)
    # An index of an earlier version has lines without a hash.
    if "sha256" in fields and fields.pop("sha256") != _seal(fields):
        raise ValueError("the line was altered")
    return fields


def _seal(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def _read_line(line: bytes) -> list[tuple[str, Change]]:
    entry = _unsealed(line)
    if entry.keys() != {"generation", "built", "changes"}:
        raise ValueError("not a line of the history")
    return [(entry["built"], change_from_json(change)) for change in entry["changes"]]


def _is_sound(line: bytes) -> bool:
    try:
        _read_line(line)
    except (ValueError, KeyError, TypeError):
        return False
    return True
