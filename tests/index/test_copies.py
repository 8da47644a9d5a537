"""Copies: articles that are nearly one text, sentences that several have, and their words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import datasketch  # noqa: F401 - its first import takes longer than an example may
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, passages_of
from index import Catalogue
from index.copies import (
    Copies,
    Fingerprint,
    copies_among,
    fingerprint_for,
    folded,
    places_of,
    sentence_digest,
)
from index.store import CatalogueWriter
from tests.index.conftest import Town
from tests.index.invented import LIBRARY, PARK, opened

NEWS = (
    "A ferry with 40 passengers ran aground off Skerry Point in thick fog late on Friday night, "
    "and nobody was hurt. The harbour master, Lowell Sand, blamed a broken buoy and promised a "
    "swift inquiry. “We will find out what happened,” he told reporters at the quay. Divers will "
    "look at the damaged hull after the weekend, three days before the next scheduled sailing."
)
OTHER = (
    "Thornby’s library will stay open until nine in the evening. Librarians had asked for it since "
    "the spring, and readers collected two thousand signatures. The council wants a review."
)


def article(article_id: str, text: str, published: str | None = None) -> Article:
    return Article(article_id, text, Metadata(published=published))


def copies(*articles: Article, known: Sequence[Fingerprint] = ()) -> Copies:
    by_id = {each.article_id: each for each in sorted(articles, key=lambda one: one.article_id)}
    earlier = {(each.sha256, each.sentences): each for each in known}
    return copies_among(
        {
            name: fingerprint_for(each, [*passages_of(each)], earlier)
            for name, each in by_id.items()
        },
        {name: each.metadata.dated for name, each in by_id.items()},
        lambda name: by_id[name].text,
    )


def shared(found: Copies, articles: Sequence[Article]) -> set[tuple[str, str]]:
    """(article_id, sentence) of every shared sentence."""
    texts = {each.article_id: each.text for each in articles}
    return {(article_id, span.of(texts[article_id])) for _, article_id, span in found.shared}


# Words that are all different, so that another order is another text.
WORDS = st.lists(st.integers(0, 10**6), min_size=40, max_size=90, unique=True).map(
    lambda numbers: [f"w{number}" for number in numbers]
)


@given(WORDS, st.randoms(use_true_random=False))
def test_a_copy_in_other_capitals_and_punctuation_is_found(
    words: list[str], random: object
) -> None:
    """Neither counts, whether it cuts the sentences elsewhere or not."""
    choice = random.choice  # type: ignore[attr-defined]
    retold = "".join(
        f"{choice([word, word.upper()])}{choice([' ', ', ', '. ', chr(10), '” '])}"
        for word in words
    )
    found = copies(article("a", " ".join(words) + "."), article("b", retold))
    assert found.clusters == (("a", "b"),)


@given(WORDS)
def test_the_same_words_in_another_order_are_another_text(words: list[str]) -> None:
    """What counts is what is said, not which words are used."""
    shuffled = words[::2] + words[1::2]
    found = copies(article("a", " ".join(words)), article("b", " ".join(shuffled)))
    assert found.clusters == ()


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_unrelated_texts_are_no_copies(texts: list[list[str]]) -> None:
    """Where each has words of its own, none is in a cluster, and no sentence is shared."""
    articles = [
        article(f"a{at}", " ".join(f"{word}of{at}" for word in words))
        for at, words in enumerate(texts)
    ]
    found = copies(*articles)
    assert (found.clusters, found.shared) == ((), ())


@given(WORDS, st.data())
def test_a_changed_figure_keeps_the_cluster_and_parts_the_sentence(
    words: list[str], data: st.DataObject
) -> None:
    """The article is nearly the same, and yet its sentence says something else."""
    at = data.draw(st.integers(0, len(words) - 1))
    texts = [" ".join([*words[:at], figure, *words[at + 1 :]]) + "." for figure in ("40", "90")]
    kept = "The harbour master told reporters so at the quay."
    articles = [article(name, f"{text}\n\n{kept}") for name, text in zip("ab", texts, strict=True)]
    found = copies(*articles)
    assert found.clusters == (("a", "b"),)
    assert shared(found, articles) == {("a", kept), ("b", kept)}


TEXTS = st.lists(
    st.sampled_from(
        [NEWS, NEWS.upper(), NEWS.replace("40", "90"), OTHER, OTHER[:60], NEWS + OTHER, "."]
    ),
    min_size=1,
    max_size=8,
)


@given(TEXTS, st.data())
def test_what_was_kept_changes_nothing(texts: list[str], data: st.DataObject) -> None:
    """Whichever fingerprints of earlier builds are at hand, of these texts or of others, the copies
    are the same, byte for byte."""
    articles = [article(f"a{at}", text) for at, text in enumerate(texts)]
    fresh = copies(*articles)
    every = [*copies(article("x", "Quite another text of a few words.")).fingerprints.values()]
    every += fresh.fingerprints.values()
    known = data.draw(st.lists(st.sampled_from(every)))
    assert copies(*articles, known=known) == fresh


def test_fingerprints_are_the_same_everywhere() -> None:
    """They are kept on disk, so they may change only together with COPY_RULES."""
    (kept,) = copies(article("a", NEWS)).fingerprints.values()
    assert len(kept.sentences) == 4 * 8
    assert hashlib.sha256(kept.digests + kept.signature).hexdigest()[:16] == "5f1adcec22c317d5"


def test_a_report_inside_a_longer_one_is_another_text() -> None:
    """Its sentences are shared, and that is all."""
    longer = f"{OTHER}\n\n{OTHER.upper()}\n\n{NEWS}\n\n{OTHER.replace(' ', ' so ')}"
    articles = [article("item", NEWS), article("longer", longer)]
    found = copies(*articles)
    assert found.clusters == ()
    assert {words for name, words in shared(found, articles) if name == "item"} == {
        sentence.of(NEWS) for passage in passages_of(articles[0]) for sentence in passage.sentences
    }


def test_copies_of_copies_are_one_cluster() -> None:
    """A text that changes bit by bit stays one text, whichever version is read first."""
    second = NEWS.replace("40", "90").replace("Friday", "Monday").replace("swift", "prompt")
    third = second.replace("three", "two").replace("Lowell", "Odo").replace("hull", "keel")
    assert copies(article("a", NEWS), article("c", third)).clusters == ()
    found = copies(article("a", NEWS), article("b", second), article("c", third))
    assert found.clusters == (("a", "b", "c"),)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        ({"a": "2018-04-10", "b": "2018-04-09"}, "ba"),
        ({"a": "2018-04-10", "b": "2018"}, "ba"),
        ({"a": "2018-04", "b": "2018-04-01"}, "ab"),
        ({"a": None, "b": "2024"}, "ba"),
        ({"a": None, "b": None}, "ab"),
        ({"a": "2020", "b": None, "c": "2019-12-31"}, "cab"),
    ],
    ids=["days", "a year begins with its first day", "equal days", "undated last", "no dates",
         "three"],
)  # fmt: skip
def test_the_earliest_comes_first(tmp_path: Path, dates: dict[str, str | None], order: str) -> None:
    """By the first day that a date can mean, undated ones last, then by id; the catalogue says the
    same for every member."""
    articles = [article(name, NEWS, published) for name, published in dates.items()]
    found = copies(*articles, article("other", OTHER, "1999"))
    assert found.clusters == (tuple(order),)
    with CatalogueWriter(tmp_path / "catalogue.db") as writer:
        for each in (*articles, article("other", OTHER, "1999")):
            writer.add(each, [], "")
        writer.add_copies(found)
    with closing(Catalogue(tmp_path / "catalogue.db")) as catalogue:
        assert [catalogue.cluster(name) for name in dates] == [tuple(order)] * len(dates)
        assert catalogue.cluster("other") == catalogue.cluster("nobody") == ()
        listed = catalogue.by_date([*dates, "other", "nobody"])
        assert [name for name, *_ in listed] == ["other", *order]
        assert [earliest for *_, earliest in listed] == ["other", *(order[0] for _ in order)]


def test_many_copies_beside_what_is_only_alike() -> None:
    """Every copy of each is in its cluster, though all share half of their words."""
    half = " ".join(f"shared{number}" for number in range(60))
    texts = {kind: f"{half} {' '.join(f'{kind}{number}' for number in range(60))}" for kind in "ab"}
    articles = [
        article(f"{kind}{number:03}", text) for kind, text in texts.items() for number in range(200)
    ]
    found = copies(*articles)
    assert found.clusters == tuple(
        tuple(f"{kind}{number:03}" for number in range(200)) for kind in "ab"
    )


def test_short_sentences_and_those_of_one_article_are_not_shared() -> None:
    """“He declined to comment.” says nothing alone, and a caption may stand twice on one page."""
    twice = "The ferry ran aground off Skerry Point."
    articles = [
        article("a", f"{twice} He declined to comment. {twice}"),
        article("b", f"{OTHER} He declined to comment."),
    ]
    found = copies(*articles)
    assert found.shared == ()
    assert sentence_digest("He declined to comment on it.") is not None
    assert sentence_digest("He declined to comment.") is None


def test_articles_without_a_word_are_no_copies() -> None:
    """They have nothing in common."""
    found = copies(article("a", "…"), article("b", "…"), article("c", "!"))
    assert (found.clusters, found.shared) == ((), ())


@given(st.text(), st.text(), st.text())
def test_places_hold_exactly_the_words(before: str, words: str, after: str) -> None:
    """Every place is a slice with these words; where they stand between spaces they are found."""
    sought = folded(words)
    text = f"{before} {words} {after}"
    places = places_of(sought, text)
    assert [folded(place.of(text)) for place in places] == [sought] * len(places)
    if sought and folded(text) == " ".join(filter(None, map(folded, (before, words, after)))):
        assert places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said: “It sank, at 40 knots.” Later", ["“It sank, at 40 knots.”"]),
        ("IT SANK AT 40\nknots", ["IT SANK AT 40\nknots"]),
        ("It sa­nk at 40 knots; it sank at 40 knots!",
         ["It sa­nk at 40 knots;", "it sank at 40 knots!"]),
        ("It sank at £40 knots", []),
        ("It sank at -40 knots", []),
        ("It sank at 40 knotsmen", []),
        ("It never sank at 40 knots", []),
    ],
    ids=["marks", "white space", "soft hyphen, twice", "a currency", "a sign", "part of a word",
         "a word between"],
)  # fmt: skip
def test_words_are_found_with_their_punctuation(text: str, found: list[str]) -> None:
    """Marks and stops belong to the words beside them."""
    assert [place.of(text) for place in places_of("it sank at 40 knots", text)] == found


def test_a_build_works_out_only_what_is_new(built: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints of unchanged articles come from the generation before; a full build takes
    none."""
    read: list[str] = []
    import index.copies.find as finding

    real = finding.fingerprint_of

    def listening(sha256: str, text: str, sentences: bytes) -> Fingerprint:
        read.append(text.split(maxsplit=1)[0])
        return real(sha256, text, sentences)

    monkeypatch.setattr(finding, "fingerprint_of", listening)
    built.write("library.md", LIBRARY.replace("nine", "ten"))
    built.build()
    assert read == ["Thornby’s"]
    from index import build_index
    from tests.hash_encoder import HashEncoder

    build_index(built.collection, built.index, HashEncoder(), full=True)
    assert sorted(read) == ["The", "The", "The", "Thornby’s", "Thornby’s"]


def test_a_copy_in_the_folder_is_in_the_index(town: Town) -> None:
    """From files to the catalogue: the same text under another name is one text, not a skip."""
    town.write(
        "again.md", PARK.replace("Elmbridge Post", "Elmbridge Echo").replace("-03-04", "-03")
    )
    report = town.build()
    assert report.skips == ()
    with opened(town.index) as index:
        assert index.catalogue.cluster("park") == ("again", "park")
        assert replace(index.article("park").metadata, publisher="") == replace(
            index.article("again").metadata, publisher="", published="2021-03-04"
        )
