"""Who says what on a subject, and who speaks in a collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Filter, SearchIndex, SentenceEncoder, build_index
from retrieval import (
    Piece,
    UnknownSpeaker,
    UnusableQuestion,
    Utterance,
    Voices,
    find_voices,
    list_speakers,
    voices_as_json,
)
from tests.hash_encoder import HashEncoder
from tests.retrieval.conftest import Indexed, _session_index
from tests.retrieval.debate import DEBATE, DEBATE_TEXTS

STOP = "“Night fishing must stop before somebody drowns off the pier,”"
END = "“Night fishing must end before somebody drowns off the pier,”"
FEEDS = "“Night fishing feeds forty families in this town,”"


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The collection DEBATE without vectors."""
    yield from _session_index(tmp_path_factory.mktemp("debate"), DEBATE, None)


def told(utterance: Utterance) -> list[tuple[str, str]]:
    """The article and the words of each place."""
    return [
        (place.article.article_id, place.quotation.span.of(place.article.text))
        for place in utterance.places
    ]


def heard(voices: Voices) -> list[tuple[str | None, list[list[tuple[str, str]]]]]:
    return [
        (voice.person.title if voice.person else None, [told(each) for each in voice.utterances])
        for voice in voices.voices
    ]


def test_voices_by_value(debate: SearchIndex) -> None:
    """Those who say most first; each utterance once, with its places by date, undated last; what
    the librarian says of books is not on the subject."""
    voices = find_voices("night fishing", debate, None)
    assert heard(voices) == [
        (
            "Mara Holt",
            [
                [("herald", STOP), ("post", STOP), ("courier", END)],
                [("board", "“The rules on night fishing are too weak.”")],
            ],
        ),
        (
            "Tobias Renn",
            [
                [("herald", FEEDS), ("post", FEEDS)],
                [("brief", "that night fishing was “a way of life” in Skerry")],
            ],
        ),
        ("spokesperson, Port Board", [[("board", "“Night fishing is under review.”")]]),
    ]
    assert [each.number for voice in voices.voices for each in voice.utterances] == [1, 2, 3, 4, 5]
    assert (voices.people, voices.utterances, voices.articles, voices.texts) == (3, 5, 5, 4)
    assert (voices.asked, voices.by_words, voices.more) == ("night fishing", True, False)
    assert voices.scope.absent_terms == ()


def test_the_variants_of_an_utterance_are_told_word_by_word(debate: SearchIndex) -> None:
    """Against the earliest; a copy has none."""
    first, copy, variant = find_voices("night fishing", debate, None).voices[0].utterances[0].places
    assert (first.pieces, copy.pieces) == ((), ())
    assert variant.pieces == (
        Piece("Night fishing must", "both"),
        Piece("stop", "earlier"),
        Piece("end", "later"),
        Piece("before somebody drowns off the pier,", "both"),
    )
    assert (first.earliest, copy.earliest, variant.earliest) == ("herald", "herald", "courier")


def test_near_copies_count_as_one_text(debate: SearchIndex) -> None:
    """Three articles carry it, and two of them are one text."""
    utterance = find_voices("night fishing", debate, None).voices[0].utterances[0]
    assert (len(utterance.places), utterance.texts) == (3, 2)


def test_every_word_is_a_slice_of_its_article(debate: SearchIndex) -> None:
    """And stands in its context, which are whole sentences."""
    for voice in find_voices("night fishing", debate, None).voices:
        for place in voice.places:
            text = DEBATE_TEXTS[place.article.article_id]
            assert place.article.text == text
            assert place.context.contains(place.quotation.span)
            assert place.context.of(text) in text.replace(". “", ".\n“").splitlines()
            assert all(f"“{span.of(text)}”" in text for span in place.words)


def test_by_article_groups_an_utterance_where_it_stands_first(debate: SearchIndex) -> None:
    """The table of a speaker has a row for each article that says something first."""
    (mara, *_) = find_voices("night fishing", debate, None).voices
    assert [
        (article.article_id, [each.number for each in utterances])
        for article, utterances in mara.by_article()
    ] == [("herald", [1]), ("board", [2])]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Filter(speaker="Holt"), {"Mara Holt": ["herald", "post", "courier", "board"]}),
        (Filter(publisher="Wexcombe Post"), {"Mara Holt": ["post"], "Tobias Renn": ["post"]}),
        (Filter(first_day="2018-05-02"), {"Mara Holt": ["courier"], "Tobias Renn": ["brief"]}),
        (Filter(last_day="2018-04-11"), {"Mara Holt": ["herald"], "Tobias Renn": ["herald"]}),
        (
            Filter(publisher="Wexcombe Post", speaker="tobias"),
            {"Tobias Renn": ["post"]},
        ),
    ],
)
def test_filters_hold_for_every_place(
    debate: SearchIndex, chosen: Filter, expected: dict[str, list[str]]
) -> None:
    """A copy of an article that passes need not pass; of a speaker only their own words are."""
    voices = find_voices("night fishing", debate, None, chosen=chosen)
    assert {
        voice.person.title: [place.article.article_id for place in voice.places]
        for voice in voices.voices
        if voice.person
    } == expected


def test_words_in_quotation_marks_must_stand_in_the_passage(debate: SearchIndex) -> None:
    """As in a question."""
    voices = find_voices('"too weak"', debate, None)
    assert heard(voices) == [
        ("Mara Holt", [[("board", "“The rules on night fishing are too weak.”")]])
    ]


def test_a_subject_of_which_nothing_is_said_has_no_voices(debate: SearchIndex) -> None:
    """And the words that stand nowhere are named."""
    voices = find_voices("zeppelins", debate, None)
    assert (voices.voices, voices.passages, voices.utterances) == ((), 0, 0)
    assert voices.scope.absent_terms == ("zeppelins",)


def test_what_cannot_be_asked_is_refused(debate: SearchIndex) -> None:
    """As for an answer."""
    with pytest.raises(UnusableQuestion):
        find_voices(" ?", debate, None)
    with pytest.raises(UnknownSpeaker, match="Nobody named Al Dente speaks"):
        find_voices("fishing", debate, None, chosen=Filter(speaker="Al Dente"))


def test_an_utterance_without_a_certain_speaker_stands_at_the_end(indexed: Indexed) -> None:
    """Under nobody's name; where another article names the speaker, under theirs."""
    unnamed = f"{STOP[:-2]}.”\n"
    index = indexed(
        {
            "a.txt": "Later they read: “Night fishing was never allowed in our harbour at all.”\n",
            "b.txt": unnamed,
            "herald.md": DEBATE["herald.md"],
        }
    )
    voices = find_voices("night fishing", index, None)
    assert [title for title, _ in heard(voices)] == ["Mara Holt", "Tobias Renn", None]
    named, unsure = voices.voices[0].utterances[0].places
    assert (named.is_theirs, unsure.is_theirs) == (True, False)
    assert unsure.article.article_id == "b"
    assert voices.people == 2


def test_a_folder_that_is_rebuilt_gives_the_same(debate: SearchIndex, tmp_path: Path) -> None:
    """Nothing depends on the order of files or on the build before."""
    for name, content in reversed(DEBATE.items()):
        (tmp_path / "collection").mkdir(exist_ok=True)
        (tmp_path / "collection" / name).write_text(content)
    build_index(tmp_path / "collection", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    again = voices_as_json(find_voices("night fishing", index, None))
    index.close()
    first = voices_as_json(find_voices("night fishing", debate, None))
    assert again | {"index": None} == first | {"index": None}


def test_with_vectors_passages_near_the_subject_are_enough(indexed: Indexed) -> None:
    """With an encoder that finds none near enough, those that hold the words are."""
    encoder = HashEncoder()
    index = indexed(DEBATE, encoder)
    voices = find_voices("night fishing", index, encoder)
    assert "Mara Holt" in [title for title, _ in heard(voices)]


@pytest.mark.encoder
def test_the_subject_may_be_worded_otherwise(
    indexed: Indexed, sentence_encoder: SentenceEncoder
) -> None:
    """The real encoder finds who speaks on it though hardly one of its words stands there."""
    index = indexed(DEBATE, sentence_encoder)
    voices = find_voices("Should anglers be allowed to fish at night?", index, sentence_encoder)
    assert not voices.by_words
    assert {"Mara Holt", "Tobias Renn"} <= {title for title, _ in heard(voices)}


def test_speakers_by_value(debate: SearchIndex) -> None:
    """Most quoted first, equals by name, with kinds, articles, texts and dates."""
    speakers = list_speakers(debate, limit=10)
    assert [
        (one.person.title, one.quotations, one.articles, one.texts, one.first, one.last)
        for one in speakers.people
    ] == [
        ("Mara Holt", 4, 4, 3, "2018-04-10", "2018-05"),
        ("Tobias Renn", 3, 3, 2, "2018-04-10", "2019-02-03"),
        ("Hester Quill", 2, 2, 1, "2018-04-10", "2018-04-12"),
        ("spokesperson, Port Board", 1, 1, 1, None, None),
    ]
    assert (speakers.total, speakers.named, speakers.unresolved) == (4, None, 0)
    mara = speakers.people[0]
    assert [(each.article_id, each.date) for each in mara.appearances] == [
        ("herald", "2018-04-10"), ("post", "2018-04-12"), ("courier", "2018-05"), ("board", None),
    ]  # fmt: skip
    assert (mara.direct, mara.mixed, mara.indirect) == (4, 0, 0)


def test_the_first_speakers_are_the_first_of_all(debate: SearchIndex) -> None:
    """However many are asked for."""
    everybody = list_speakers(debate, limit=10).people
    for limit in range(1, 5):
        some = list_speakers(debate, limit=limit)
        assert (some.people, some.total) == (everybody[:limit], 4)


def test_speakers_by_name(debate: SearchIndex) -> None:
    """All words of the name must be theirs, in any case."""
    found = list_speakers(debate, "HOLT mara", limit=10)
    assert [one.person.title for one in found.people] == ["Mara Holt"]
    assert list_speakers(debate, "Al Dente", limit=10).people == ()
