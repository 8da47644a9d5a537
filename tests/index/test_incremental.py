"""Whatever way a collection came to be, its index is the one that a fresh build makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Metadata
from corpus.extraction import Extracted, Extractor
from index import Generations, build_index
from index.lexical import Postings
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import (
    BRIDGE,
    BRIEF,
    LIBRARY,
    PARK,
    assert_equal_builds,
    markdown,
    opened,
    parts,
    seen,
    write_files,
)

NAMES = ("park.md", "park.txt", "copy.md", "library.md", "old/bridge.txt", "news.jsonl")
CONTENTS = (
    PARK,
    PARK.replace("a fourth park", "park number four"),
    PARK.replace("Elmbridge Post", "Elmbridge Echo"),
    LIBRARY,
    PARK.replace("opened its fourth park", "OPENED its “fourth” park"),
    LIBRARY.replace("nine", "ten").replace("2021-05", "2019"),
    BRIDGE,
    BRIEF,
    "# The gate\n\nThe gate is open today.\n\n## Later\n\nIt was shut again at night.\n",
    '{"id": "park", "title": "Park", "text": "The park is shut."}\n{"text": "So is the gate."}\n',
    "The park is shut. So is the gate.",
    "",
)
# A step writes a file (name, content) or removes it (name, None).
STEPS = st.tuples(st.sampled_from(NAMES), st.none() | st.sampled_from(CONTENTS))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ferry.md", markdown("The ferry is late.", title="Ferry")),
        ("park.md", PARK.replace("1,500", "1,600")),
        ("park.md", PARK.replace("Elmbridge Post", "Elmbridge Echo")),
        ("park.md", PARK.replace("a fourth park", "park number four")),
        ("park.md", None),
        ("aa/first.txt", "A text that moves the rows of all others."),
    ],
    ids=["added", "changed", "other publisher", "other title", "removed", "added in front"],
)
def test_an_incremental_build_equals_a_full_one(
    built: Town, name: str, content: str | None
) -> None:
    """Catalogue, postings and vectors are the same bytes, and the manifests say the same."""
    if content is None:
        built.remove(name)
    else:
        built.write(name, content)

    built.build()

    assert_equal_builds(built.index, built.fresh())
    assert sorted(parts(built.index)) == [
        "catalogue.db",
        *sorted(f"postings/{array}.npy" for array in Postings.__slots__),
        "vectors.faiss",
        "words",
    ]


def test_a_feed_with_one_readable_entry_keeps_its_id_and_its_skip(built: Town) -> None:
    """What an earlier build extracted from it is one article, but a feed is never that alone."""
    entry = "<item><guid>tag:1</guid><description>The weir is dry this year.</description></item>"
    empty = "<item><guid>tag:2</guid></item>"
    feed = f'<rss version="2.0"><channel><title>Weir</title>{entry}{empty}</channel></rss>'
    built.write("weir.rss", feed)
    first = built.build()
    built.write("other.txt", "The mill is open.")

    second = built.build()

    assert (first.added, second.added, second.removed) == (("tag:1",), ("other",), ())
    assert first.skips == second.skips
    assert [str(skip) for skip in second.skips] == ["weir.rss (entry 2) has no text"]


def test_the_text_of_a_page_outlives_its_extractor(
    built: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that has not changed keeps its text, so that citations hold; a full build reads it
    again."""
    paragraphs = (
        "The weir is dry.",
        "The council of Elmbridge met on Monday to talk of it, and sent three men with a pump to "
        "the lower bank of the river.",
    )
    story = "".join(f"<p>{each}</p>" for each in paragraphs)
    page = f"<html><title>Weir</title><body><article><h1>Weir</h1>{story}</article></body></html>"
    built.write("weir.html", page)
    built.build()
    before = seen(built.index)["articles"]["weir"]
    better = Extracted("The weir is quite dry.", Metadata(title="Weir"))
    monkeypatch.setattr(Extractor, "extract", lambda self, kind, data: [better])
    built.write("other.txt", "The mill is open.")

    assert built.build().changed == ()
    assert seen(built.index)["articles"]["weir"] == before
    full = build_index(built.collection, built.index, HashEncoder(), full=True)
    assert full.changed == ("weir",)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(builds=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_any_way_of_changing_a_collection_ends_at_the_same_index(
    new_folder: Callable[[], Path], builds: list[list[tuple[str, str | None]]]
) -> None:
    """After any sequence of adding, changing and removing files with builds in between, the index
    equals a fresh one, and no string was encoded twice on the way."""
    folder = new_folder()
    collection = write_files(folder / "collection", {"always.txt": "One article always stays."})
    encoder = HashEncoder()
    build_index(collection, folder / "index", encoder)

    for steps in builds:
        for name, content in steps:
            if content is None:
                (collection / name).unlink(missing_ok=True)
            else:
                write_files(collection, {name: content})
        report = build_index(collection, folder / "index", encoder)
        assert report.generation == Generations(folder / "index").current().generation

    build_index(collection, folder / "fresh", HashEncoder())
    assert_equal_builds(folder / "index", folder / "fresh")
    assert seen(folder / "index") == seen(folder / "fresh")
    assert len(encoder.encoded) == len(set(encoder.encoded))


@pytest.mark.parametrize("first", [True, False], ids=["added first", "added last"])
def test_the_order_of_builds_does_not_show(town: Town, first: bool) -> None:
    """An article that came a build earlier or later has the same place in the index."""
    if first:
        town.build()
        town.write("aa/gate.txt", "The gate is open.")
    else:
        town.write("aa/gate.txt", "The gate is open.")
        park = (town.collection / "park.md").rename(town.collection.with_name("park.md"))
        town.build()
        park.rename(town.collection / "park.md")
    town.build()

    assert list(seen(town.index)["articles"])[0] == "aa/gate"  # noqa: RUF015
    assert_equal_builds(town.index, town.fresh())


def test_vectors_kept_in_many_segments_are_written_in_row_order(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the kept vectors are spread over files, those of a generation, of its words too, are
    in the order of rows."""
    monkeypatch.setattr("index.dense.encoding._WINDOW", 1)
    town.build()
    segments = list((town.index / "vectors").rglob("*.npy"))
    with opened(town.index) as index:
        assert index.words is not None
        assert len(index.words.segments) == 5
    monkeypatch.setattr("index.dense.encoding._WINDOW", 1024)

    assert len(segments) == 5
    assert parts(town.fresh()) == parts(town.index)
