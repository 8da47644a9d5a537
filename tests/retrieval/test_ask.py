"""From a question to an answer made of citations."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus import Span, text_sha256
from index import Encoder, EncoderIdentity, Filter, IndexDamaged, SearchIndex, build_index
from retrieval import (
    Answer,
    Elsewhere,
    Scope,
    UnusableQuestion,
    answer_as_json,
    ask,
)
from tests.hash_encoder import HashEncoder
from tests.retrieval.conftest import Indexed
from tests.retrieval.invented import TOWN, TOWN_TEXTS

VOCABULARY = """library council Monday Mondays tram strike drivers ferry buoy Skerry flood barrier
40,000 1,500 wardens advice Who What How many did say the closes harbour zeppelin Renn’s""".split()
QUESTIONS = st.builds(
    lambda words, noise: " ".join([*words, noise]),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8),
    st.text(max_size=40),
)


class SameForAll:
    """An encoder to which every string is as near as can be."""

    identity = EncoderIdentity(name="same", weights="5" * 64, precision="float32")

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.float32([1, 0]), (len(strings), 1))


def cited(answer: Answer) -> list[str]:
    return [citation.article.article_id for citation in answer.citations]


def require_promise(answer: Answer, texts: dict[str, str], limit: int) -> None:
    """What holds for every answer to any question."""
    assert len(answer.citations) <= limit
    assert [citation.number for citation in answer.citations] == [
        *range(1, len(answer.citations) + 1)
    ]
    assert (answer.support == "none") == (not answer.citations)
    for citation in answer.citations:
        span, text = citation.passage.span, texts[citation.article.article_id]
        assert citation.passage.text == text[span.start : span.end]
        assert citation.article.sha256 == text_sha256(text)
        assert citation.support in ("strong", "related")
        for highlight in citation.highlights:
            assert span.start <= highlight.start < highlight.end <= span.end
            assert highlight in citation.passage.sentences
        for other in citation.elsewhere:
            assert texts[other.article_id][other.span.start : other.span.end] == (
                citation.passage.text
            )
    words = [citation.passage.text for citation in answer.citations]
    assert len(set(words)) == len(words)


@settings(deadline=None, max_examples=80)
@given(question=QUESTIONS, limit=st.integers(1, 8), by_words=st.booleans())
def test_every_citation_is_a_slice_of_its_article(
    town: SearchIndex, question: str, limit: int, by_words: bool
) -> None:
    """Whatever is asked, an answer quotes character for character, numbers its citations from 1,
    keeps to the limit, and has citations exactly where it has support."""
    require_promise(
        ask(question, town, None if by_words else HashEncoder(), limit=limit), TOWN_TEXTS, limit
    )


@settings(deadline=None, max_examples=40)
@given(question=QUESTIONS)
def test_a_generation_without_vectors_keeps_the_promise(
    wordy_town: SearchIndex, question: str
) -> None:
    """An index that was built without vectors answers by words alone, and never claims more than
    that a passage is related."""
    answer = ask(question, wordy_town, None)
    require_promise(answer, TOWN_TEXTS, 5)
    assert answer.support in ("related", "none")


SENTENCES = st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)
TEXTS = st.lists(
    st.builds(
        lambda sentences, gap: gap.join(sentences),
        st.lists(SENTENCES, min_size=1, max_size=30),
        st.sampled_from([" ", "\n\n", "\u00a0", "\n", " 🛶 "]),
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(deadline=None, max_examples=20)
@given(texts=TEXTS, question=QUESTIONS, with_vectors=st.booleans())
def test_the_promise_holds_for_any_collection(
    texts: list[str], question: str, with_vectors: bool
) -> None:
    """The same holds for collections of any texts, with vectors and without."""
    encoder = HashEncoder() if with_vectors else None
    by_id = {f"a{number}": text for number, text in enumerate(texts)}
    with tempfile.TemporaryDirectory() as folder:
        collection = Path(folder) / "collection"
        collection.mkdir()
        (collection / "all.jsonl").write_text(
            "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in by_id.items())
        )
        build_index(collection, Path(folder) / "index", encoder)
        index = SearchIndex(Path(folder) / "index")
        try:
            require_promise(ask(question, index, encoder, limit=3), by_id, 3)
        finally:
            index.close()


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_the_passage_that_answers_comes_first(town: SearchIndex, encoder: Encoder | None) -> None:
    """A question in the words of an article is answered from it, its sentence highlighted."""
    answer = ask("How many people does librarian Hester Quill count on a Monday?", town, encoder)
    first = answer.citations[0]
    assert first.article.article_id == "news/library"
    assert [span.of(first.article.text) for span in first.highlights] == [
        "Librarian Hester Quill said: “Forty people come on a Monday, and most of them are at "
        "school.”"
    ]


def test_offsets_count_code_points(town: SearchIndex) -> None:
    """Characters outside the basic plane before the passage count as one each."""
    first = ask("What did engineer Ada Brook call the barrier?", town, HashEncoder()).citations[0]
    assert first.article.article_id == "barrier"
    assert first.passage.text == TOWN_TEXTS["barrier"].strip()
    assert [span.of(TOWN_TEXTS["barrier"]) for span in first.highlights] == [
        "Engineer Ada Brook called it “a wall of wishes”."
    ]


def test_the_question_stays_as_asked_and_is_searched_as_one_line(town: SearchIndex) -> None:
    """An answer tells both what was asked and what was searched for."""
    answer = ask("  Who closes\n\tthe library? ", town, None)
    assert answer.question == "Who closes\n\tthe library?"
    assert answer.searched_for == "Who closes the library?"
    assert answer.taken_over == ()


def test_half_a_surrogate_pair_in_a_question_does_no_harm(town: SearchIndex) -> None:
    """A question that is no valid text is answered, and its answer can be written as UTF-8."""
    answer = ask("Who closes the library \ud83d?", town, None)
    assert cited(answer)[0] == "news/library"
    written = json.dumps(answer_as_json(answer), ensure_ascii=False).encode()
    assert json.loads(written)["question"] == "Who closes the library ??"


@pytest.mark.parametrize("asked", ["", "  ", "?!"], ids=["empty", "spaces", "punctuation"])
def test_a_question_that_cannot_be_asked_raises(town: SearchIndex, asked: str) -> None:
    """There is no answer to nothing, not even an empty one."""
    with pytest.raises(UnusableQuestion):
        ask(asked, town, HashEncoder())


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_nothing_is_cited_where_nothing_answers(town: SearchIndex, encoder: Encoder | None) -> None:
    """A question about something else gets no citation, support none, and the words that are
    nowhere."""
    answer = ask("Which zeppelin reached Kilimanjaro?", town, encoder)
    assert (answer.support, answer.citations, answer.abstained) == ("none", (), True)
    assert answer.scope.absent_terms == ("zeppelin", "reached", "Kilimanjaro")


def test_a_question_of_nothing_but_asking_words_matches_no_words(town: SearchIndex) -> None:
    """Without vectors such a question finds nothing, and no word of it is called absent."""
    answer = ask("What is it about, and who was that?", town, None)
    assert (answer.support, answer.scope.absent_terms) == ("none", ())


def test_a_question_of_nothing_but_asking_words_is_left_to_the_vectors(indexed: Indexed) -> None:
    """With vectors such a question is matched by meaning alone, by the passages' first
    sentences where all are equally near."""
    index = indexed({"b.txt": "Rain fell. It was cold.", "a.txt": "Snow lay."}, SameForAll())
    answer = ask("What was that?", index, SameForAll())
    assert [
        (c.article.article_id, [h.of(c.article.text) for h in c.highlights], c.support)
        for c in answer.citations
    ] == [("a", ["Snow lay."], "strong"), ("b", ["Rain fell."], "strong")]
    assert [citation.scores.lexical for citation in answer.citations] == [None, None]
    assert [citation.scores.dense for citation in answer.citations] == [1.0, 1.0]


def test_the_same_words_in_two_articles_are_cited_once(town: SearchIndex) -> None:
    """A text that two articles share is one citation that names the other article."""
    answer = ask("How many passengers were on the ferry off Skerry Point?", town, HashEncoder())
    first = answer.citations[0]
    text = TOWN_TEXTS["ferry"]
    span = Span(0, len(text.strip()))
    assert first.passage.text == text.strip()
    names = {first.article.article_id, first.elsewhere[0].article_id}
    assert names == {"ferry", "ferry-again"}
    assert first.elsewhere == (Elsewhere(first.elsewhere[0].article_id, text_sha256(text), span),)
    assert not {"ferry", "ferry-again"} & set(cited(answer)[1:])


@pytest.mark.parametrize("encoder", [None, SameForAll()], ids=["words alone", "with vectors"])
def test_many_copies_of_one_story_leave_room_for_another(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """A story that thirty articles carry is one citation, and the other article is cited too."""
    story = "Ferry captain Jo Weld said the ferry struck a buoy off Skerry Point."
    files = {
        f"copy-{number:02}.md": f"---\npublisher: Paper {number:02}\n---\n{story}"
        for number in range(30)
    }
    other = "After a long and wet night the council heard the captain of a ferry on Friday."
    index = indexed(files | {"other.txt": other}, encoder)
    answer = ask("Who is the ferry captain?", index, encoder)
    assert [citation.passage.text for citation in answer.citations] == [story, other]
    assert [other.article_id for other in answer.citations[0].elsewhere] == [
        f"copy-{number:02}" for number in range(1, 30)
    ]


@pytest.mark.parametrize("limit", [1, 3, 30, 40])
def test_as_many_passages_are_cited_as_are_asked_for(indexed: Indexed, limit: int) -> None:
    """The limit is kept, and reached where enough passages support an answer."""
    index = indexed({f"{n:02}.txt": f"Warden {n} keeps the lighthouse." for n in range(35)})
    answer = ask("Who keeps the lighthouse?", index, None, limit=limit)
    assert sorted(cited(answer)) == [f"{n:02}" for n in range(35)][: min(limit, 35)]


def test_the_first_citations_do_not_depend_on_words_that_differ_only_in_form(
    town: SearchIndex,
) -> None:
    """Case, quotation marks, accents and inflection of a question change nothing."""
    plain = ask("librarian quills review of the council", town, None)
    fancy = ask("LIBRARIANS’ “reviews” of the Cóuncils, Quill’s", town, None)
    assert cited(plain) == ["news/library"]
    assert cited(fancy)[0] == "news/library"


def test_equal_questions_get_equal_answers(town: SearchIndex) -> None:
    """Asking twice, of two openings of the index, gives the same answer."""
    again = SearchIndex(town.index)
    try:
        assert ask("Who closes the library?", town, HashEncoder()) == ask(
            "Who closes the library?", again, HashEncoder()
        )
    finally:
        again.close()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(publisher="Wexcombe Courier"), {"ferry-again", "news/library"}),
        (Filter(publisher="wexcombe COURIER"), {"ferry-again", "news/library"}),
        (Filter(publisher="Wardens Board"), {"board"}),
        (Filter(first_day="2019-11-30"), {"ferry", "ferry-again", "tram"}),
        (Filter(first_day="2019-11-05", last_day="2019-11-06"), {"tram"}),
        (Filter(last_day="2018-12-31"), {"news/library"}),
        (Filter(last_day="2018-12-31", publisher="Skerry Herald"), set()),
        (Filter(publisher="No Such Paper"), set()),
    ],
    ids=[
        "publisher", "publisher in any case", "original of a brief", "from a day on",
        "days of a month that is all that is known", "up to a day", "both, nothing passes",
        "unknown publisher",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_filters_decide_what_can_be_cited(
    town: SearchIndex, encoder: Encoder | None, chosen: Filter, found: set[str]
) -> None:
    """Only articles that pass can be cited, and every one of them that answers can be."""
    texts = {TOWN_TEXTS[name].split("\n")[0] for name in found}
    for words in texts:
        answer = ask(words, town, encoder, chosen=chosen, limit=8)
        assert set(cited(answer)) <= found
        assert words in answer.citations[0].passage.text
    everything = ask("council ferry tram wardens barrier library", town, encoder, chosen=chosen)
    assert set(cited(everything)) <= found


def test_an_undated_article_passes_no_filter_by_date(town: SearchIndex) -> None:
    """Unknown is not guessed: without a date an article is in no period."""
    question = "Which flood barrier held at Sedge Lane?"
    assert cited(ask(question, town, None))[0] == "barrier"
    for chosen in (Filter(first_day="0001-01-01"), Filter(last_day="9999-12-31")):
        assert "barrier" not in cited(ask(question, town, None, chosen=chosen))


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_filters_apply_before_ranking(indexed: Indexed, encoder: Encoder | None) -> None:
    """The one article that passes is found behind any number of better ones that do not."""
    lines = [
        {"id": f"b{number:03}", "text": f"Ferry {number}: the ferry captain spoke of the ferry."}
        | {"publisher": "Skerry Herald", "date": "2020-02-03"}
        for number in range(130)
    ]
    lines.append(
        {"id": "a", "text": "A ferry was late and its captain, on a long and rainy day, told why."}
        | {"publisher": "Harbour News", "date": "2021"}
    )
    index = indexed({"all.jsonl": "\n".join(map(json.dumps, lines))}, encoder)
    question = "ferry captain"
    assert "a" not in cited(ask(question, index, encoder))
    for chosen in (Filter(publisher="Harbour News"), Filter(first_day="2021-06-01")):
        assert cited(ask(question, index, encoder, chosen=chosen)) == ["a"]


@pytest.mark.parametrize(
    ("chosen", "scope"),
    [
        (None, Scope(6, 6, "2018-04-10", "2020-02-04", ())),
        (Filter(publisher="Wexcombe Courier"), Scope(2, 2, "2018-04-10", "2020-02-04", ())),
        (Filter(publisher="Marlow Bay Post"), Scope(1, 1, "2019-11", "2019-11", ())),
        (Filter(first_day="2019-05-02", last_day="2019-11-01"),
         Scope(2, 2, "2019-05-02", "2019-11", ())),
        (Filter(publisher="No Such Paper"), Scope(0, 0, None, None, ())),
    ],
    ids=["everything", "a publisher", "one article", "a period", "nothing"],
)  # fmt: skip
def test_the_scope_is_what_the_filters_let_pass(
    town: SearchIndex, chosen: Filter | None, scope: Scope
) -> None:
    """Articles and passages that were searched, and their dates at the precision known."""
    assert ask("library", town, None, chosen=chosen).scope == scope


def test_absent_words_are_named_as_asked_and_once(town: SearchIndex) -> None:
    """Words that no passage holds are told in the form and order of the question; words that
    only ask are not among them."""
    answer = ask("Which Zeppelins did Mayor Renn, or any zeppelin pilot, Fly?", town, None)
    assert answer.scope.absent_terms == ("Zeppelins", "pilot", "Fly")


def test_absent_words_are_those_of_the_whole_collection(town: SearchIndex) -> None:
    """A word that only a filter hides is not called absent."""
    answer = ask("tram", town, None, chosen=Filter(publisher="Skerry Herald"))
    assert (answer.support, answer.scope.absent_terms) == ("none", ())


def test_an_answer_names_the_generation_that_gave_it(
    town: SearchIndex, wordy_town: SearchIndex
) -> None:
    """Generation, time of the build, and that vectors are or are not there."""
    state = ask("library", town, HashEncoder()).index
    assert (state.generation, state.built) == (town.manifest.generation, town.manifest.built)
    assert state.parts == {"lexical": 1.0, "dense": 1.0, "late": 0.0}
    assert ask("library", wordy_town, None).index.parts["dense"] == 0.0


def test_an_encoder_is_not_used_for_an_index_without_vectors(wordy_town: SearchIndex) -> None:
    """Without vectors to compare with, nothing is encoded and nothing is strong."""
    encoder = HashEncoder()
    answer = ask("Who closes the library on Mondays?", wordy_town, encoder)
    assert (answer.support, cited(answer)[0]) == ("related", "news/library")
    assert encoder.encoded == []


def test_scores_tell_why_a_passage_was_found(town: SearchIndex) -> None:
    """A citation carries its BM25 score and its cosine as the index ranks them."""
    encoder = HashEncoder()
    question = "Who closes the library on Mondays?"
    first = ask(question, town, encoder).citations[0]
    rankings = town.search(encoder.encode([question])[0], ["close", "librari", "monday"], 10)
    row = town.catalogue.entry("news/library").rows[0]
    assert first.scores.lexical == pytest.approx(rankings.lexical.by_row()[row])
    assert first.scores.dense == pytest.approx(rankings.dense.by_row()[row])


def test_a_text_that_was_altered_is_never_quoted(indexed: Indexed) -> None:
    """Where a stored text is not what was indexed, asking fails rather than quotes."""
    index = indexed(TOWN)
    with sqlite3.connect(index.index / "articles.db") as texts:
        texts.execute("UPDATE text SET content = replace(content, '40,000', '90,000')")
    texts.close()
    with pytest.raises(IndexDamaged, match="holds an altered text"):
        ask("What saving does the library bring?", index, None)


@settings(deadline=None, max_examples=30)
@given(question=st.text(max_size=60))
def test_any_text_is_answered_or_refused(town: SearchIndex, question: str) -> None:
    """No question makes asking fail in another way than by refusing it."""
    try:
        answer = ask(question, town, HashEncoder())
    except UnusableQuestion:
        assume(False)  # refusals have their own tests
    require_promise(answer, TOWN_TEXTS, 5)


def test_a_word_of_a_headline_is_not_called_absent(indexed: Indexed) -> None:
    """Absent means from titles and furniture too, though neither can be cited."""
    index = indexed(
        {
            "tram.txt": "Depot strike averted\n\nDrivers took the offer.\n\nSource: Mercury",
            "ferry.md": "---\ntitle: Kelp harvest\n---\nThe ferry sails again.",
        },
        None,
    )
    answer = ask("Was the averted kelp zeppelin in the Mercury?", index, None)
    assert answer.scope.absent_terms == ("zeppelin",)


@settings(deadline=None, max_examples=40)
@given(question=QUESTIONS, few=st.integers(1, 4))
def test_fewer_citations_are_the_first_of_more(town: SearchIndex, question: str, few: int) -> None:
    """How many are asked for changes how many are shown, never which comes first."""
    try:
        more = ask(question, town, HashEncoder(), limit=5)
    except UnusableQuestion:
        assume(False)
    fewer = ask(question, town, HashEncoder(), limit=few)
    assert cited(fewer) == cited(more)[:few]


def test_a_follow_up_question_is_searched_for_with_what_it_takes_over(town: SearchIndex) -> None:
    """Words and vector are those of `searched_for`; the question stays as it was asked."""
    encoder = HashEncoder()
    earlier = ["Who closes the library?", "How many passengers had the ferry?"]
    answer = ask(" And who was hurt?", town, encoder, after=earlier)
    assert (answer.question, answer.searched_for, answer.taken_over) == (
        "And who was hurt?",
        "And who was hurt? — passengers, ferry",
        ("passengers", "ferry"),
    )
    assert encoder.encoded[0] == answer.searched_for
    assert cited(answer)[0] == "ferry"
    scores = [citation.scores.lexical for citation in answer.citations]
    alone = ask("And who was hurt passengers ferry", town, encoder)
    assert scores == [citation.scores.lexical for citation in alone.citations]


def test_a_question_that_stands_alone_is_answered_as_if_it_came_first(town: SearchIndex) -> None:
    """Earlier questions change nothing about it."""
    asked = "Why will the tram drivers strike in November?"
    assert ask(asked, town, None, after=["Who closes the library?"]) == ask(asked, town, None)


def test_words_taken_over_that_occur_nowhere_are_named(town: SearchIndex) -> None:
    """They were searched for too, so the scope tells of them."""
    answer = ask("And why?", town, None, after=["Did the zeppelin land at Skerry?"])
    assert answer.scope.absent_terms == ("zeppelin", "land")


@settings(deadline=None, max_examples=60)
@given(question=QUESTIONS, earlier=st.lists(QUESTIONS, max_size=4))
def test_the_promise_holds_after_any_questions(
    town: SearchIndex, question: str, earlier: list[str]
) -> None:
    """Whatever was asked before, what is quoted is quoted exactly."""
    require_promise(ask(question, town, None, after=earlier), TOWN_TEXTS, 5)
