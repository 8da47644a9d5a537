"""An open index: both rankings, exact filters, and the passages behind the rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import Span
from index import (
    Filter,
    IndexDamaged,
    NoIndex,
    OtherEncoder,
    Ranking,
    SearchIndex,
    build_index,
    terms,
)
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import (
    BRIDGE,
    LIBRARY,
    PARK,
    markdown,
    question_vector,
    seen,
    write_files,
)

Open = Callable[[Path], SearchIndex]


@pytest.fixture
def open_index() -> Iterator[Open]:
    """Opens an index, and closes it after the test."""
    opened: list[SearchIndex] = []

    def open_it(index: Path) -> SearchIndex:
        opened.append(SearchIndex(index))
        return opened[-1]

    yield open_it
    for each in opened:
        each.close()


@pytest.fixture
def gates(tmp_path: Path) -> Town:
    """The index of four sentences: two the same, one longer, one about something else."""
    sentences = {
        "a.md": ("Elmbridge Post", "The gate of the park is open."),
        "b.md": ("Thornby Gazette", "The gate of the park is open."),
        "c.md": ("Thornby Gazette", "The gate of the old and long forgotten park is open."),
        "d.md": ("Wexcombe Herald", "Nobody came to the library."),
    }
    files = {
        name: markdown(sentence, publisher=publisher)
        for name, (publisher, sentence) in sentences.items()
    }
    town = Town(write_files(tmp_path / "gates", files), tmp_path / "index")
    town.build()
    return town


def test_rows_and_passages_are_those_of_the_files(built: Town, open_index: Open) -> None:
    """Rows are ordered by article and passage, and each gives its exact words."""
    index = open_index(built.index)

    words = [(index.passage(row).article.article_id, index.passage(row).text) for row in range(5)]

    assert len(index) == 5
    assert sorted(words) == sorted(
        [
            (
                "library",
                "Thornby’s library will stay open until nine in the evening. Librarians asked for "
                "it.\n\nReaders in Thornby had collected two thousand signatures for longer "
                "evenings.",
            ),
            (
                "park",
                "The council of Elmbridge opened its fourth park on Thursday. Children planted "
                "forty trees.",
            ),
            (
                "park",
                "“It cost us 1,500 pounds and two years,” said Mara Quill, the council’s head of "
                "gardens.",
            ),
            ("wexcombe/bridge", BRIDGE.strip()),
            (
                "wexcombe/tram",
                "The Herald describes how Wexcombe planned a tram and never built it. It says "
                "that “the rails still lie in a shed”.",
            ),
        ]
    )
    assert [name for name, _ in words] == sorted(name for name, _ in words)


def test_equal_scores_are_ordered_by_row(gates: Town, open_index: Open) -> None:
    """Two passages with the same words tie, and the lower row comes first on both sides."""
    found = open_index(gates.index).search(
        HashEncoder().encode(["park gate open"])[0], ["park", "gate"], 4
    )

    assert found.lexical.rows == (0, 1, 2)
    assert found.lexical.scores[0] == found.lexical.scores[1] > found.lexical.scores[2]
    assert found.dense.rows[:2] == (0, 1)
    assert found.dense.scores[0] == found.dense.scores[1]


def test_ties_at_the_edge_are_cut_by_row(gates: Town, open_index: Open) -> None:
    """With room for one of two equal passages, the lower row stays."""
    found = open_index(gates.index).search(HashEncoder().encode(["park gate"])[0], ["park"], 1)

    assert found.lexical.rows == (0,)
    assert found.dense.rows == (0,)


def test_a_filter_applies_before_ranking(gates: Town, open_index: Open) -> None:
    """The best of the rows that pass is found even where better rows do not pass."""
    found = open_index(gates.index).search(
        HashEncoder().encode(["park gate"])[0], ["park"], 1, Filter(publisher="thornby gazette")
    )

    assert found.lexical.rows == (1,)
    assert found.dense.rows == (1,)


def test_scores_do_not_depend_on_the_filter(gates: Town, open_index: Open) -> None:
    """Weights of terms and cosines are those of the whole collection, filtered or not."""
    index = open_index(gates.index)
    vector = HashEncoder().encode(["park gate"])[0]

    every = index.search(vector, ["park", "gate"], 9)
    some = index.search(vector, ["park", "gate"], 9, Filter(publisher="Thornby Gazette"))

    assert some.lexical.by_row() == {row: every.lexical.by_row()[row] for row in (1, 2)}
    assert some.dense.by_row() == {row: every.dense.by_row()[row] for row in (1, 2)}


@pytest.mark.parametrize(
    "chosen",
    [Filter(publisher="nobody"), Filter("1999-01-01", "1999-12-31")],
    ids=["publisher", "dates"],
)
def test_a_filter_that_nothing_passes_finds_nothing(
    built: Town, open_index: Open, chosen: Filter
) -> None:
    """Both rankings are empty, and no row slips through."""
    found = open_index(built.index).search(question_vector(), ["park"], 5, chosen)

    assert (found.lexical, found.dense) == (Ranking(), Ranking())


def test_a_row_without_any_of_the_terms_is_not_found(gates: Town, open_index: Open) -> None:
    """The lexical ranking holds only passages with one of the words asked for."""
    index = open_index(gates.index)

    assert index.search(None, terms("library"), 5).lexical.rows == (3,)
    assert index.search(None, ["tram"], 5).lexical == Ranking()


def test_a_side_that_is_not_asked_is_empty(built: Town, open_index: Open) -> None:
    """Without terms there is no lexical ranking, without a vector no dense one."""
    index = open_index(built.index)

    words_only = index.search(None, ["park"], 5)
    vector_only = index.search(question_vector(), [], 5)

    assert words_only.dense == vector_only.lexical == Ranking()
    assert len(words_only.lexical) > 0
    assert len(vector_only.dense) == 5


def test_asking_for_no_results_gives_none(built: Town, open_index: Open) -> None:
    """k = 0 leaves both rankings empty."""
    found = open_index(built.index).search(question_vector(), ["park"], 0)

    assert (found.lexical, found.dense) == (Ranking(), Ranking())


def test_cosines_are_those_of_the_encoded_strings(built: Town, open_index: Open) -> None:
    """The dense score of a row is the cosine of the question with title and passage."""
    index = open_index(built.index)

    for row, score in index.search(question_vector(), [], 5).dense.by_row().items():
        passage = index.passage(row)
        title = passage.article.metadata.title
        string = f"{title}\n{passage.text}" if title else passage.text
        assert score == pytest.approx(HashEncoder().encode([string])[0] @ question_vector(), 1e-5)


@pytest.mark.parametrize(
    ("word", "occurs"),
    [
        pytest.param("signatures", True, id="in a passage"),
        pytest.param("What", True, id="in a heading"),
        pytest.param("fourth", True, id="in a title and a passage"),
        pytest.param("short", True, id="in a title alone"),
        pytest.param("ferry", False, id="nowhere"),
    ],
)
def test_a_word_occurs_where_it_stands_in_the_collection(
    built: Town, open_index: Open, word: str, occurs: bool
) -> None:
    """A word is in the collection if a passage, a title or furniture holds it."""
    (term,) = terms(word)

    assert open_index(built.index).occurs(term) == occurs


def test_an_unknown_article_is_a_key_error(built: Town, open_index: Open) -> None:
    """Asking for an article that the index does not hold is the caller's mistake."""
    with pytest.raises(KeyError, match="ferry"):
        open_index(built.index).article("ferry")


def test_the_same_words_elsewhere_are_named(town: Town, open_index: Open) -> None:
    """A passage knows the other articles with its text, each with the span there."""
    town.write("again/park.md", PARK.replace("Elmbridge Post", "Elmbridge Echo"))
    town.build()
    index = open_index(town.index)
    row = index.catalogue.entries()[0].rows[0]
    passage = index.passage(row)

    assert passage.article.article_id == "again/park"
    assert index.same_words(passage) == [("park", passage.span)]
    library = index.catalogue.entry("library")
    assert library is not None
    assert index.same_words(index.passage(library.rows[0])) == []


LOCK = (
    "The lock at Wexcombe opened again on Monday after 40 days. Boats had waited since the flood. "
    "The keeper said that the gates would hold for another winter."
)


def test_a_passage_is_found_however_the_other_article_is_cut(town: Town, open_index: Open) -> None:
    """All its words must stand there in a row, whatever stands around them and however they are
    set; places come by date, undated ones last, then by id."""
    long = " ".join(f"Boat {number} carried coal, timber and wool." for number in range(30))
    retold = LOCK.upper().replace(". BOATS", ";\n\nboats").replace("FLOOD. ", "FLOOD. “")
    town.write("lock.md", markdown(LOCK, published="2020-05-01"))
    town.write("later.md", markdown(f"{long} {LOCK} {long}", published="2020-06"))
    town.write("early.md", markdown(f"It is done. {retold}” Thus the keeper.", published="2019"))
    town.write("undated.txt", LOCK)
    town.write("other-figure.txt", LOCK.replace("40", "90"))
    town.write("other-order.txt", " ".join(reversed(LOCK.split(". "))))
    town.write("half.txt", f"{LOCK[:91]} Nobody cheered. {LOCK[93:]}")
    town.build()
    index = open_index(town.index)
    entry = index.catalogue.entry("lock")
    assert entry is not None
    passage = index.passage(entry.rows[0])
    assert passage.text == LOCK

    places = index.same_words(passage)

    assert [article_id for article_id, _ in places] == ["early", "later", "undated"]
    for article_id, span in places[1:]:
        assert span.of(index.article(article_id).text) == LOCK
    assert places[0][1].of(index.article("early").text) == retold + "”"


def test_words_in_furniture_are_no_other_place(town: Town, open_index: Open) -> None:
    """What cannot be cited is not named as a place either."""
    line = "The lock at Wexcombe opened again on Monday"
    town.write("lock.txt", f"{line}. Boats had waited since the great flood of last winter.")
    town.write("headed.md", f"# {line}\n\nBoats had waited since the great flood of last winter.\n")
    town.build()
    index = open_index(town.index)
    entry = index.catalogue.entry("lock")
    assert entry is not None

    assert index.same_words(index.passage(entry.rows[0])) == []


def test_a_line_under_every_article_makes_no_copies(town: Town, open_index: Open) -> None:
    """The sentence is known in all of them, and the passages around it are not."""
    line = "Sign up to our newsletter to get the news of the day."
    for number in range(9):
        words = " ".join(f"word{number}n{at}" for at in range(30))
        town.write(f"n{number}.md", markdown(f"It was {words}. {line}", published=f"202{number}"))
    town.build()
    index = open_index(town.index)
    entry = index.catalogue.entry("n4")
    assert entry is not None
    passage = index.passage(entry.rows[0])

    assert index.same_words(passage) == []
    places = index.same_sentences(passage.article, [passage.sentences[-1]])
    assert [article_id for article_id, _ in places] == [f"n{n}" for n in range(9) if n != 4]
    for article_id, span in places:
        assert span.of(index.article(article_id).text) == line
    assert index.same_sentences(passage.article, [passage.sentences[0]]) == []
    assert index.catalogue.cluster("n4") == ()


def test_an_open_index_answers_as_before_while_another_is_published(
    built: Town, open_index: Open
) -> None:
    """A reader keeps its generation: what is built beside it does not show."""
    before = seen(built.index)
    index = open_index(built.index)
    built.remove("park.md")
    built.build()

    found = index.search(question_vector(), terms("Who opened the park?"), 5)

    assert "park" in {index.passage(row).article.article_id for row in found.lexical.rows}
    assert [entry.article_id for entry in index.catalogue.entries()] == list(before["articles"])
    assert "park" not in seen(built.index)["articles"]


def test_several_threads_get_the_same_answers(built: Town, open_index: Open) -> None:
    """One open index serves many threads, each with the answers that one alone would get."""
    index, expected = open_index(built.index), seen(built.index)

    def ask(_: int) -> tuple[object, list[str]]:
        found = index.search(question_vector(), terms("park library bridge"), 5)
        return found, [index.passage(row).text for row in found.dense.rows]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(64)))

    texts = {row: text for row, _, text, _ in expected["passages"]}
    assert answers == [answers[0]] * 64
    assert answers[0][1] == [texts[row] for row in expected["rankings"].dense.rows]


def test_a_folder_without_an_index_says_so(tmp_path: Path) -> None:
    """Opening a folder that holds no index names it and the command that makes one."""
    with pytest.raises(NoIndex, match=r"There is no index in .*onrecord build"):
        SearchIndex(tmp_path)


def test_the_same_encoder_is_accepted(built: Town, open_index: Open) -> None:
    """Equal weights under another name or in another precision can ask this index."""
    index = open_index(built.index)

    index.require_encoder(HashEncoder().identity)
    index.require_encoder(HashEncoder(name="the same by another name").identity)


def test_another_encoder_is_refused_with_the_command_that_mends_it(
    built: Town, open_index: Open
) -> None:
    """The message names both encoders, and how to rebuild with the one asked for."""
    with pytest.raises(OtherEncoder) as refused:
        open_index(built.index).require_encoder(HashEncoder("other-model", "f" * 64).identity)

    assert str(refused.value) == (
        f"The index in {built.index} was built with the encoder hash (weights 000000000000…), "
        "and other-model (weights ffffffffffff…) was asked for. Leave out --encoder, or rebuild "
        "with: onrecord --encoder other-model build"
    )


def test_an_index_without_vectors_takes_any_encoder(town: Town, open_index: Open) -> None:
    """Where no vectors are, no encoder can be the wrong one."""
    build_index(town.collection, town.index, None)

    open_index(town.index).require_encoder(HashEncoder("other-model", "f" * 64).identity)


def test_words_of_another_analyzer_are_damage(built: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index whose terms were made by other rules is refused, naming both, until rebuilt."""
    monkeypatch.setattr("index.search.ANALYZER", "english-9")
    with pytest.raises(IndexDamaged, match=r"english-2.*english-9.*onrecord build"):
        SearchIndex(built.index)

    monkeypatch.setattr("index.build.rules.ANALYZER", "english-9")
    report = built.build(rebuilt := HashEncoder())

    assert report.published
    assert rebuilt.encoded == []
    assert seen(built.index)["articles"]


def test_a_ranking_needs_a_score_for_each_row() -> None:
    """Rows and scores of unequal number cannot be a ranking."""
    with pytest.raises(ValueError, match="one score for each row"):
        Ranking((1, 2), (0.5,))


def test_a_passage_of_another_text_is_damage(built: Town, open_index: Open) -> None:
    """A passage whose span does not fit its text is refused, never shown."""
    index = open_index(built.index)
    stored = index.catalogue.passages

    def shifted(rows: Iterable[int]) -> dict[int, tuple[str, str, tuple[Span, ...]]]:
        return {
            row: (article_id, passage_id, tuple(Span(s.start + 1, s.end + 1) for s in sentences))
            for row, (article_id, passage_id, sentences) in stored(rows).items()
        }

    index.catalogue.passages = shifted  # type: ignore[method-assign]

    for row in range(len(index)):
        with pytest.raises(IndexDamaged, match="passage"):
            index.passage(row)


def test_vectors_of_another_number_are_damage(built: Town, open_index: Open) -> None:
    """An index whose vectors are fewer than its passages is refused when it is searched."""
    index = open_index(built.index)
    object.__setattr__(index.manifest, "passages", 6)

    with pytest.raises(IndexDamaged, match="5 vectors for 6 passages"):
        index.search(np.zeros(64, np.float32), [], 5)
    with pytest.raises(IndexDamaged, match="5 rows in the postings for 6 passages"):
        index.search(None, ["park"], 5)


def test_the_history_of_an_index_is_told(built: Town, open_index: Open) -> None:
    """Every change of every build, in order, with the hash of the text it left."""
    built.write("library.md", LIBRARY.replace("nine", "ten"))
    built.build()
    index = open_index(built.index)

    told = [(change.what, change.article_id) for _, change in index.history()]

    assert told == [
        ("added", "library"),
        ("added", "park"),
        ("added", "wexcombe/bridge"),
        ("added", "wexcombe/tram"),
        ("changed", "library"),
    ]
    assert index.history()[-1][1].sha256 == index.article("library").sha256


def test_an_index_that_is_open_outlives_its_generation(built: Town, open_index: Open) -> None:
    """A reader that opened everything still answers after its files were removed by force."""
    index = open_index(built.index)
    index.open_all()
    shutil.rmtree(index.folder)
    vector = HashEncoder().encode(["library"])[0]
    found = index.search(vector, terms("Thornby library"), 1)
    assert index.passage(found.lexical.rows[0]).article.article_id == "library"
    assert len(found.dense) == 1


def test_rows_that_hold_every_term(gates: Town, open_index: Open) -> None:
    """All terms must stand in a passage, and only articles that pass are searched."""
    gates.build()
    index = open_index(gates.index)

    def found(query: str, chosen: Filter | None = None) -> list[str]:
        rows = index.rows_holding(terms(query), chosen)
        assert rows == sorted(rows)
        return [index.passage(row).article.article_id for row in rows]

    assert found("open gates of parks") == ["a", "b", "c"]
    assert found("forgotten gate") == ["c"]
    assert found("gate library") == []
    assert found("gate zeppelin") == []
    assert found("gate", Filter(publisher="Thornby Gazette")) == ["b", "c"]
    assert index.rows_holding([]) == []


def test_first_rows_are_those_of_the_articles(gates: Town, open_index: Open) -> None:
    """In their order, one for each that has passages."""
    index = open_index(gates.index)
    assert index.first_rows.tolist() == [entry.rows.start for entry in index.catalogue.entries()]
