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
from index import (
    Encoded,
    Encoder,
    EncoderIdentity,
    Filter,
    IndexDamaged,
    Progress,
    SearchIndex,
    build_index,
    terms,
)
from retrieval import (
    Answer,
    Cluster,
    Elsewhere,
    Scope,
    UnusableQuestion,
    answer_as_json,
    ask,
    exported_citations,
    verify_citation,
)
from retrieval.choosing.copies import are_copies, stands_in
from tests.hash_encoder import HashEncoder
from tests.retrieval.conftest import Indexed
from tests.retrieval.invented import TOWN, TOWN_TEXTS

VOCABULARY = """library council Monday Mondays tram strike drivers ferry buoy Skerry flood barrier
40,000 1,500 wardens advice Who What How many did say the closes harbour zeppelin Renn’s""".split()
QUESTIONS = st.builds(
    lambda words, noise: " ".join([*words, noise]),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8),
    # Words in double quotation marks must occur, and have tests of their own.
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"“”„'), max_size=40),
)


class SameForAll:
    """An encoder to which every string is as near as can be, and that has no vectors of words."""

    identity = EncoderIdentity(name="same", weights="5" * 64, precision="float32")

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.float32([1, 0]), (len(strings), 1))

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        nothing = tuple(np.zeros((len(spans), 2), np.float32) for spans in words)
        return Encoded(self.encode(strings), nothing)

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        return None


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
            words = texts[other.article_id][other.span.start : other.span.end]
            highlights = [each.of(text) for each in citation.highlights]
            assert stands_in(words, citation.passage.text, highlights)
            assert other.whole == are_copies(citation.passage.text, words)
        assert len(set(citation.elsewhere)) == len(citation.elsewhere)
    for number, citation in enumerate(answer.citations):
        for earlier in answer.citations[:number]:
            assert not are_copies(earlier.passage.text, citation.passage.text)


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


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_a_question_of_nothing_but_asking_words_gets_no_citation(
    town: SearchIndex, encoder: Encoder | None
) -> None:
    """It asks for nothing that a passage could have, however near some vector is."""
    answer = ask("What was that?", town, encoder)
    assert (answer.support, answer.citations, answer.scope.absent_terms) == ("none", (), ())


def test_the_same_words_in_two_articles_are_cited_once(town: SearchIndex) -> None:
    """A text that two articles share is one citation that names the other article."""
    answer = ask("How many passengers were on the ferry off Skerry Point?", town, HashEncoder())
    first = answer.citations[0]
    text = TOWN_TEXTS["ferry"]
    span = Span(0, len(text.strip()))
    assert first.passage.text == text.strip()
    names = {first.article.article_id, first.elsewhere[0].article_id}
    assert names == {"ferry", "ferry-again"}
    assert first.elsewhere == (
        Elsewhere(first.elsewhere[0].article_id, text_sha256(text), span, earliest="ferry"),
    )
    assert first.cluster == Cluster("ferry", town.article("ferry").metadata, 2)
    assert answer.articles == len(answer.citations) + 1
    assert answer.distinct_texts == len(answer.citations)
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
    fancy = ask("LIBRARIANS’ ‘reviews’ of the Cóuncils, Quill’s", town, None)
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
    assert state.parts == {"lexical": 1.0, "dense": 1.0, "late": 1.0}
    wordy = ask("library", wordy_town, None).index.parts
    assert wordy == {"lexical": 1.0, "dense": 0.0, "late": 0.0}


def test_an_encoder_is_not_used_for_an_index_without_vectors(wordy_town: SearchIndex) -> None:
    """Without vectors to compare with, nothing is encoded and nothing is strong."""
    encoder = HashEncoder()
    answer = ask("Who closes the library on Mondays?", wordy_town, encoder)
    assert (answer.support, cited(answer)[0]) == ("related", "news/library")
    assert encoder.encoded == []


def test_scores_tell_why_a_passage_was_found(town: SearchIndex) -> None:
    """A citation carries its BM25 score and its cosine as the index ranks them, and the late
    interaction of its words."""
    encoder = HashEncoder()
    question = "Who closes the library on Mondays?"
    first = ask(question, town, encoder).citations[0]
    rankings = town.search(encoder.encode([question])[0], ["close", "librari", "monday"], 10)
    row = town.catalogue.entry("news/library").rows[0]
    assert first.scores.lexical == pytest.approx(rankings.lexical.by_row()[row])
    assert first.scores.dense == pytest.approx(rankings.dense.by_row()[row])
    assert first.scores.late == pytest.approx(1.0, abs=0.02)  # it has every word of the question


def test_without_word_vectors_there_is_no_late_interaction(
    wordy_town: SearchIndex, indexed: Indexed
) -> None:
    """None rather than 0, by words alone and with vectors of passages only."""
    for index, encoder in ((wordy_town, None), (indexed(TOWN, SameForAll()), SameForAll())):
        answer = ask("Who closes the library on Mondays?", index, encoder)
        assert [citation.scores.late for citation in answer.citations][:1] == [None]
        assert answer.index.parts["late"] == 0.0
        assert answer.support == "related"


def test_json_tells_late_interaction(town: SearchIndex) -> None:
    """As a number of each citation, and as a part of the index."""
    answer = ask("Who closes the library on Mondays?", town, HashEncoder())
    written = answer_as_json(answer)
    assert [citation["scores"]["late"] for citation in written["citations"]] == [
        citation.scores.late for citation in answer.citations
    ]
    assert written["citations"][0]["scores"]["late"] > 0.9
    assert written["index"]["parts"] == {"lexical": 1.0, "dense": 1.0, "late": 1.0}


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


QUOTED = ["a wall of wishes", "wall of", "flood barrier", "nobody was hurt", "Forty people"]


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", "„{}“"], ids=["straight", "curly", "low"])
@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
@pytest.mark.parametrize("words", QUOTED)
def test_quoted_words_occur_in_every_cited_passage(
    town: SearchIndex, encoder: Encoder | None, marks: str, words: str
) -> None:
    """Words in double quotation marks must stand in a passage exactly, but for case."""
    answer = ask(f"Who said {marks.format(words)}?", town, encoder, limit=8)
    assert answer.citations
    for citation in answer.citations:
        assert words.casefold() in citation.passage.text.casefold()
    assert answer.scope.absent_terms == ()


def test_quoted_words_are_looked_for_beyond_the_nearest(indexed: Indexed) -> None:
    """The one passage that has them is found behind any number that only have the words."""
    files = {f"b{n:03}.txt": f"A wall {n}: the wall of the wall." for n in range(120)}
    files["a.txt"] = "On a long and rainy day in town somebody spoke of the tall old wall again."
    for encoder in (None, HashEncoder()):
        index = indexed(files, encoder)
        assert cited(ask('wall "old wall"', index, encoder)) == ["a"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ('Who spoke of "the barrier" and "Sedge Lane"?', []),
        ('Who spoke of "flood barrier" and "Sedge Lane"?', ["barrier"]),
        ('Who spoke of "flood barrier" and "tram drivers"?', []),
        ("Which ‘barrier flood’ held at Sedge Lane?", ["barrier"]),
        ('Which "flood barrier held at Sedge Lane?', ["barrier"]),
    ],
    ids=["one is missing", "both stand there", "each in another article", "single marks",
         "a mark that is not closed"],
)  # fmt: skip
def test_all_quoted_words_must_occur(town: SearchIndex, question: str, found: list[str]) -> None:
    """Each of several in the same passage; other marks demand nothing."""
    assert cited(ask(question, town, None))[:1] == found


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_quoted_words_that_stand_nowhere_are_named(
    town: SearchIndex, encoder: Encoder | None
) -> None:
    """Their words may be there; in that order they are not, and nothing is cited."""
    answer = ask('Which "barrier flood" held at  "Sedge  Lane"?', town, encoder)
    assert (answer.support, answer.citations) == ("none", ())
    assert answer.scope.absent_terms == ("“barrier flood”",)
    other = ask("Which “zeppelin  pilot” held the barrier?", town, encoder)
    assert other.scope.absent_terms == ("zeppelin", "pilot", "“zeppelin pilot”")


@pytest.mark.parametrize("question", ['Who was "it"?', 'The barrier, "to be", "flood barrier"?'])
def test_quoted_words_that_are_all_too_common_are_refused(town: SearchIndex, question: str) -> None:
    """There is nothing to look for them by; the message says what to do."""
    with pytest.raises(UnusableQuestion, match="Quote more words, or leave the marks out"):
        ask(question, town, HashEncoder())


def test_filters_and_quoted_words_both_decide(town: SearchIndex) -> None:
    """A passage must pass the one and hold the other; what only a filter hides is not absent."""
    question = 'Who blamed "a broken buoy"?'
    found = ask(question, town, HashEncoder(), chosen=Filter(publisher="Wexcombe Courier"))
    assert cited(found) == ["ferry-again"]
    hidden = ask(question, town, HashEncoder(), chosen=Filter(publisher="Marlow Bay Post"))
    assert (cited(hidden), hidden.scope.absent_terms) == ([], ())


@settings(deadline=None, max_examples=40)
@given(
    words=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3),
    question=QUESTIONS,
    by_words=st.booleans(),
)
def test_the_promise_holds_with_quoted_words(
    town: SearchIndex, words: list[str], question: str, by_words: bool
) -> None:
    """Whatever is quoted, it stands in every passage that is cited, or is refused."""
    quoted = " ".join(words)
    encoder = None if by_words else HashEncoder()
    try:
        answer = ask(f"“{quoted}” {question}", town, encoder)
    except UnusableQuestion:
        assert not terms(quoted)
        return
    require_promise(answer, TOWN_TEXTS, 5)
    for citation in answer.citations:
        plain = citation.passage.text.casefold().replace("’", "'")
        assert quoted.casefold().replace("’", "'") in plain


WIRE = (
    "A ferry with 40 passengers ran aground off Skerry Point in thick fog late on Friday night, "
    "and nobody was hurt. The harbour master, Lowell Sand, blamed a broken buoy and promised a "
    "swift inquiry. “We will find out what happened,” he told reporters at the quay."
)
WIRES = {
    "courier.md": f"---\npublisher: Courier\n---\n{WIRE}",
    "herald.md": f"---\npublisher: Herald\n---\n{WIRE}",
    "lantern.md": f"---\npublisher: Lantern\n---\n{WIRE.replace('a broken', 'broken')}",
    "mercury.md": f"---\npublisher: Mercury\n---\n{WIRE.replace('. The', '.  The')}",
    "post.md": f"---\npublisher: Post\n---\n{WIRE.replace('. The', '.  The')}",
}


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_a_report_that_is_told_again_is_one_citation(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """It names every other article that tells it, once, whether in the same words or nearly."""
    index = indexed(WIRES, encoder)
    answer = ask("Who blamed a broken buoy for the ferry at Skerry Point?", index, encoder)
    [citation] = answer.citations
    assert sorted([citation.article.article_id, *(o.article_id for o in citation.elsewhere)]) == [
        "courier", "herald", "lantern", "mercury", "post",
    ]  # fmt: skip
    for other in citation.elsewhere:
        assert other.span == Span(0, len(index.article(other.article_id).text))
        assert other.sha256 == index.article(other.article_id).sha256
    [claimed] = exported_citations(json.dumps(answer_as_json(answer)))
    assert verify_citation(claimed, index).verdict == "verified"


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
@pytest.mark.parametrize(
    ("old", "new"),
    [("40", "90"), ("nobody was", "nobody was not"), ("Lowell Sand", "Lowell Brook")],
    ids=["a figure", "a negation", "a name"],
)
def test_reports_that_contradict_each_other_are_both_cited(
    indexed: Indexed, encoder: Encoder | None, old: str, new: str
) -> None:
    """However alike they are otherwise, and neither is said to stand in the other: at most its
    highlighted sentence is."""
    index = indexed({"one.txt": WIRE, "two.txt": WIRE.replace(old, new)}, encoder)
    answer = ask("Who blamed a broken buoy for the ferry at Skerry Point?", index, encoder)
    assert sorted(cited(answer)) == ["one", "two"]
    for citation in answer.citations:
        highlights = [highlight.of(citation.article.text) for highlight in citation.highlights]
        for place in citation.elsewhere:
            assert not place.whole
            assert place.span.of(index.article(place.article_id).text) in highlights
    assert (answer.articles, answer.distinct_texts) == (2, 1)


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_quoted_words_that_stand_somewhere_are_never_refused(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """Who quotes words asks where they stand, however little else the passage has to do with it."""
    index = indexed({"fares.md": "Fares rise by 45% in the spring. The trams run on."}, encoder)
    answer = ask('Is a zeppelin "45%" of an omnibus?', index, encoder)
    assert [citation.article.article_id for citation in answer.citations] == ["fares"]


def test_half_of_per_cent_is_not_said_to_occur_nowhere(indexed: Indexed) -> None:
    """The two words are one term, and yet they stand in the text."""
    index = indexed({"fares.md": "Fares rise by 12 per cent in the spring."})
    assert ask("cent per zeppelin fares", index, None).scope.absent_terms == ("zeppelin",)


SAID = "Nobody could have seen the broken buoy in such a fog, the harbour master told the inquiry."
COMMENT = "The port has had its warnings."
QUOTING = {
    "herald.md": f"---\npublisher: Herald\npublished: 2020-02-03\n---\n{SAID} {COMMENT}",
    "courier.md": f"---\npublisher: Courier\npublished: 2020-01\n---\nLawyers smiled. {SAID}",
    "post.md": f"---\npublisher: Post\n---\nIt was cold. {SAID.upper()} So it ended.",
    "mercury.md": f"---\npublished: 2021\n---\n{SAID.replace('Nobody', 'Anybody')}",
}


@pytest.mark.parametrize("encoder", [None, HashEncoder()], ids=["words alone", "with vectors"])
def test_a_highlighted_sentence_is_named_where_others_have_it(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """By the dates of the articles, the undated last; it is not said that the passage stands
    there, nor counted so, and all of it verifies."""
    index = indexed(QUOTING, encoder)
    chosen = Filter(publisher="Herald")
    answer = ask("Who could have seen the broken buoy in the fog?", index, encoder, chosen=chosen)
    [citation] = answer.citations
    assert citation.highlights == (Span(0, len(SAID)),)
    assert citation.elsewhere == (
        Elsewhere("courier", index.article("courier").sha256, Span(16, 16 + len(SAID)),
                  whole=False, earliest="courier"),
        Elsewhere("post", index.article("post").sha256, Span(13, 13 + len(SAID)),
                  whole=False, earliest="post"),
    )  # fmt: skip
    assert (answer.articles, answer.distinct_texts, citation.cluster) == (1, 1, None)
    [claimed] = exported_citations(json.dumps(answer_as_json(answer)))
    assert verify_citation(claimed, index).verdict == "verified"


COPIED = {
    "b-late.md": "---\ntitle: Buoy blamed for the ferry\npublisher: Late Post\n"
    f"published: 2021\n---\n{WIRE}",
    "a-early.md": "---\ntitle: Aground\npublisher: Early Herald\npublished: 2020-02-03\n---\n"
    f"{WIRE.replace('a broken', 'broken')}",
    "undated.md": f"---\ntitle: Ferry and buoy\npublisher: Wire\n---\n{WIRE.upper()}",
}
BLAMED = "Who blamed a broken buoy for the ferry at Skerry Point?"
BOTH_ENCODERS = pytest.mark.parametrize(
    "encoder", [None, HashEncoder()], ids=["words alone", "with vectors"]
)


@BOTH_ENCODERS
def test_a_report_is_cited_from_the_earliest_article_that_carries_it(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """With its own words and sentences; the others follow by date, and all of it verifies."""
    index = indexed(COPIED, encoder)
    answer = ask(BLAMED, index, encoder)
    [citation] = answer.citations
    assert citation.article == index.article("a-early")
    assert citation.passage.text == WIRE.replace("a broken", "broken")
    assert [place.article_id for place in citation.elsewhere] == ["b-late", "undated"]
    assert citation.article.text[: citation.highlights[0].end].endswith(("hurt.", "inquiry."))
    assert (answer.articles, answer.distinct_texts) == (3, 1)
    require_promise(
        answer, {name: index.article(name).text for name in ("a-early", "b-late", "undated")}, 5
    )
    [claimed] = exported_citations(json.dumps(answer_as_json(answer)))
    assert verify_citation(claimed, index).verdict == "verified"


@pytest.mark.parametrize(
    ("question", "chosen", "cited_from"),
    [
        (BLAMED, Filter(publisher="Late Post"), "b-late"),
        (BLAMED, Filter(first_day="2020-06-01"), "b-late"),
        ("Who blamed “a broken buoy” for the ferry at Skerry Point?", Filter(), "b-late"),
        (f"Late Post: {WIRE[:84]} {BLAMED}", Filter(), "b-late"),
        (f"Buoy blamed for the ferry. {BLAMED}", Filter(), "b-late"),
        (f"Early Herald: {WIRE[:84]} {BLAMED}", Filter(), "a-early"),
    ],
    ids=["a filter by publisher", "by date", "quoted words that it lacks", "another publisher",
         "another's title", "its own publisher"],
)  # fmt: skip
def test_what_was_asked_for_is_cited_though_it_is_not_the_earliest(
    indexed: Indexed, question: str, chosen: Filter, cited_from: str
) -> None:
    """The earliest is then named among the others, or as the first near-copy."""
    index = indexed(COPIED, HashEncoder())
    [citation] = ask(question, index, HashEncoder(), chosen=chosen).citations
    assert citation.article.article_id == cited_from
    assert citation.cluster is not None
    assert citation.cluster.earliest == "a-early"


def test_an_earlier_article_that_is_cut_otherwise_is_only_named(indexed: Indexed) -> None:
    """Its passage has words that nobody weighed, so the later one is cited."""
    early = f"---\npublished: 2019\n---\n{SAID} {COMMENT}"
    index = indexed({"early.md": early, "late.md": f"---\npublished: 2020\n---\n{SAID}"}, None)
    answer = ask("Nobody could have seen the broken buoy in such a fog", index, None)
    late = next(each for each in answer.citations if each.article.article_id == "late")
    assert [(place.article_id, place.whole) for place in late.elsewhere] == [("early", True)]


@BOTH_ENCODERS
def test_two_reports_of_a_text_are_both_cited_from_its_earliest_copy(
    indexed: Indexed, encoder: Encoder | None
) -> None:
    """And count as passages of one article: three of them do not fill the first places."""
    parts = [
        f"The ferry inquiry heard that buoy number {n} was broken in the fog. "
        + "It was late. " * 25
        for n in range(4)
    ]
    text = "\n\n".join(parts)
    index = indexed(
        {
            "late.md": f"---\npublished: 2021\ntitle: Ferry inquiry\n---\n{text}",
            "early.md": f"---\npublished: 2020\n---\n{text}",
            "other.md": "The ferry captain said nothing of a buoy that was broken.",
        },
        encoder,
    )
    answer = ask("Was the ferry buoy broken in the fog?", index, encoder)
    assert sorted(cited(answer)[:3]) == ["early", "early", "other"]


def test_a_question_with_two_sides_is_searched_for_without_them(town: SearchIndex) -> None:
    """Asked for and against it gets the same citations; what was left out is told."""
    against = ask("Why should drivers never strike in November?", town, HashEncoder())
    in_favour = ask("Is it right that drivers strike in November?", town, HashEncoder())
    assert against.question == "Why should drivers never strike in November?"
    assert against.searched_for == "… drivers strike in November?"
    assert against.left_out == ("Why should", "never")
    assert against.citations == in_favour.citations
    assert against.citations[0].article.article_id == "tram"


def test_as_asked_nothing_is_left_out_or_taken_over(town: SearchIndex) -> None:
    """The question itself is searched for."""
    question = "And should drivers strike for it?"
    answer = ask(question, town, None, after=["What do drivers earn?"], as_asked=True)
    assert (answer.searched_for, answer.taken_over, answer.left_out) == (question, (), ())


def test_no_outlet_fills_the_first_places_of_a_question_with_two_sides(indexed: Indexed) -> None:
    """A brief counts for its original's publisher, and what no outlet is known of for itself."""
    words = "wages fares safety rosters weather comfort".split()
    posted = "---\npublisher: {}\n---\nTram strike: {} is why, said the union of the tram strike."
    files = {f"post-{word}.md": posted.format("The Post", word) for word in words[:2]}
    files["post-brief.md"] = (
        "---\nkind: brief\npublisher: On the Record (brief)\n"
        "original:\n  publisher: the  post\n---\n"
        "A tram strike, a tram strike, and all about rosters."
    )
    files["own-brief.md"] = (
        "---\nkind: brief\npublisher: On the Record (brief)\n---\n"
        "For fares or not, some driver talked of a tram strike in the rain."
    )
    files["own-weather.md"] = "Bad weather delayed what had been a strike of several tram drivers."
    files["own-comfort.md"] = "More comfort, not another strike, was what the tram drivers wanted."
    index = indexed(files)
    plain = cited(ask("tram strike", index, None, limit=10))
    balanced = cited(ask("Should there be a tram strike?", index, None, limit=10))
    assert {name[:4] for name in plain[:3]} == {"post"}
    third = plain[2]
    assert balanced == [name for name in plain if name != third] + [third]


def test_a_later_copy_knows_the_earliest(indexed: Indexed) -> None:
    """Also where a figure was changed since, so that its words stand in no other article."""
    early = f"---\ntitle: Aground\npublisher: Herald\npublished: 2020\n---\n{WIRE}"
    late = f"---\npublisher: Post\npublished: 2020-02-04\n---\n{WIRE.replace('40', '90')}"
    index = indexed({"early.md": early, "late.md": late}, None)
    asked = "How many passengers had the ferry?"
    answer = ask(asked, index, None, chosen=Filter(publisher="Post"))
    [citation] = answer.citations
    assert citation.cluster == Cluster("early", index.article("early").metadata, 2)
    assert not any(place.whole for place in citation.elsewhere)
    assert answer_as_json(answer)["citations"][0]["article"]["cluster"] == {
        "earliest": "early", "articles": 2,
    }  # fmt: skip
