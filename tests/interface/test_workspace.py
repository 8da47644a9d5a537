"""Which collection, index and encoder a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index import (
    IndexDamaged,
    OtherCollection,
    OtherEncoder,
    SearchIndex,
    Silent,
    build_index,
)
from interface.workspace import STARTER_COLLECTION, Workspace
from tests.hash_encoder import HashEncoder
from tests.interface.conftest import fake_encoder


@pytest.fixture
def index(folder: Path) -> Path:
    return folder / ".onrecord"


def workspace(index: Path, corpus: Path | None = None, encoder: str | None = None) -> Workspace:
    return Workspace(corpus, index, encoder, make_encoder=fake_encoder)


@pytest.fixture
def opened(index: Path, town: Path) -> Iterator[SearchIndex]:
    """An index of TOWN, built by the workspace."""
    workspace(index, town).build(Silent(), print)
    opened = SearchIndex(index)
    yield opened
    opened.close()


def test_without_an_index_there_is_no_manifest(index: Path) -> None:
    """Nothing is made by looking."""
    assert workspace(index).manifest() is None
    assert not index.exists()


def test_the_manifest_of_an_index(index: Path, opened: SearchIndex) -> None:
    """The manifest is that of the generation that answers."""
    assert workspace(index).manifest() == opened.manifest


def test_the_collection_that_is_named_wins(index: Path, opened: SearchIndex, folder: Path) -> None:
    """A named folder is taken, made absolute, whatever the index remembers."""
    assert workspace(index, Path("other")).collection() == folder / "other"


def test_the_collection_of_the_index_is_remembered(
    index: Path, opened: SearchIndex, town: Path
) -> None:
    """Without a name the folder of the last build is taken."""
    assert workspace(index).collection() == town


def test_the_starter_collection_is_the_default(index: Path) -> None:
    """Without a name and an index the articles that come with the program are taken."""
    assert workspace(index).collection() == STARTER_COLLECTION
    assert (STARTER_COLLECTION / "gwent-pcc-july-2017.md").is_file()


def test_what_was_not_remembered_stands_in_the_manifest(
    index: Path, opened: SearchIndex, town: Path
) -> None:
    """A build that was killed before it remembered still published its folder."""
    (index / "remembered").unlink()
    assert workspace(index).collection() == town


def test_a_damaged_index_still_knows_its_collection(
    index: Path, opened: SearchIndex, town: Path
) -> None:
    """What mends an index is built from the same folder."""
    (index / "CURRENT").write_text("nonsense")
    with pytest.raises(IndexDamaged):
        workspace(index).manifest()
    assert workspace(index).collection() == town


def test_an_index_that_knows_nothing_can_be_built_anew(
    index: Path, opened: SearchIndex, town: Path
) -> None:
    """Where both the pointer and what was remembered are lost, a named folder mends it."""
    (index / "CURRENT").write_text("nonsense")
    (index / "remembered").unlink()
    assert workspace(index, town).build(Silent(), print).articles == 6


def test_opening_builds_once(index: Path, town: Path) -> None:
    """The first opening builds and says so; the second neither builds nor speaks."""
    said: list[str] = []
    first = workspace(index, town).open(Silent(), said.append)
    second = workspace(index, town).open(Silent(), said.append)
    first.close()
    second.close()
    assert said == [f"There is no index in {index} yet; building it from {town}."]
    assert first.manifest == second.manifest


def test_another_collection_is_not_opened(index: Path, opened: SearchIndex, folder: Path) -> None:
    """A named folder that is not the index's is refused and the index left as it is."""
    with pytest.raises(OtherCollection, match="not from"):
        workspace(index, folder / "other").open(Silent(), print)
    assert workspace(index).manifest() == opened.manifest


def test_a_link_to_the_collection_is_the_collection(
    index: Path, opened: SearchIndex, town: Path, folder: Path
) -> None:
    """The same folder under another name is the same."""
    (folder / "link").symlink_to(town)
    workspace(index, folder / "link").open(Silent(), print).close()


def test_staleness_follows_the_folder(index: Path, opened: SearchIndex, town: Path) -> None:
    """An index is stale from a change of its folder until the next build."""
    here = workspace(index)
    assert not here.is_stale(opened.manifest)
    (town / "mill.txt").write_text("The mill opens on Friday.")
    assert here.is_stale(opened.manifest)
    here.build(Silent(), print)
    assert not here.is_stale(opened.manifest)


def test_a_file_that_is_no_article_makes_nothing_stale(
    index: Path, opened: SearchIndex, town: Path
) -> None:
    """What would not be read anyway is no change."""
    (town / "notes.mp4").write_bytes(b"%PDF")
    assert not workspace(index).is_stale(opened.manifest)


def test_the_encoder_of_the_index(index: Path, town: Path) -> None:
    """Questions are read by the encoder that the index was built with, unless another is named,
    which is refused where its weights differ."""
    workspace(index, town, "tiny").build(Silent(), print)
    with_tiny = workspace(index).open(Silent(), print)
    encoder = workspace(index).encoder_for(with_tiny)
    assert encoder is not None
    assert encoder.identity == fake_encoder("tiny").identity
    with pytest.raises(OtherEncoder, match="onrecord --encoder large build"):
        workspace(index, encoder="large").encoder_for(with_tiny)
    with_tiny.close()


def test_an_index_without_vectors_needs_no_encoder(index: Path, town: Path) -> None:
    """No model is loaded where there is nothing to compare with."""
    build_index(town, index, None)
    wordy = SearchIndex(index)
    assert workspace(index, encoder="no such model").encoder_for(wordy) is None
    wordy.close()


class Asked:
    """Notes how encoders are asked for, and gives the tests' one in the precision wanted."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str | None, str | None]] = []

    def __call__(self, name: str, precision: str | None, device: str | None) -> HashEncoder:
        self.calls.append((name, precision, device))
        encoder = fake_encoder(name)
        encoder.identity = replace(encoder.identity, precision=precision or "bfloat16")
        return encoder


def test_an_index_keeps_the_precision_it_was_built_with(index: Path, town: Path) -> None:
    """The first build takes what suits the processor, later ones that of the index, whatever the
    processor; one that is named wins. Questions are encoded as suits the processor."""
    asked = Asked()
    Workspace(town, index, "tiny", make_encoder=asked).build(Silent(), print)
    Workspace(None, index, None, make_encoder=asked).build(Silent(), print)
    Workspace(None, index, None, "float32", "cpu", make_encoder=asked).build(Silent(), print)

    assert asked.calls == [
        ("tiny", None, None),
        ("tiny", "bfloat16", None),
        ("tiny", "float32", "cpu"),
    ]
    opened = SearchIndex(index)
    assert opened.manifest.encoder is not None
    assert opened.manifest.encoder["precision"] == "float32"
    Workspace(None, index, None, make_encoder=asked).encoder_for(opened)
    assert asked.calls[-1] == ("tiny", None, None)
    opened.close()


def test_another_encoder_begins_with_its_own_precision(
    index: Path, town: Path, opened: SearchIndex
) -> None:
    """The precision of the index is that of its encoder, not of one that replaces it."""
    asked = Asked()

    Workspace(None, index, "other", make_encoder=asked).build(Silent(), print)

    assert asked.calls == [("other", None, None)]
