"""Which of the passages that were read are cited, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Passage, Span
from retrieval.choosing.selection import Candidate, Report, asks_for_several, reports_of
from retrieval.choosing.selection import select as select_reports
from retrieval.choosing.support import Support
from retrieval.questions.question import question_of
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading


def candidate(
    row: int,
    article: str,
    text: str | None = None,
    *,
    title: str | None = None,
    support: Support = "related",
    earliest: str = "",
) -> Candidate:
    """A passage that is a whole article; unlike all others where it gets no text."""
    text = text or f"Statement {row} of {article}."
    passage = Passage(Article(article, text, Metadata(title=title)), (Span(0, len(text)),))
    reading = Reading(passage, frozenset(), frozenset(), 0.5, (0.5,), 0.5, None, ())
    return Candidate(row, reading, support, earliest)


def select(
    given: list[Candidate],
    asked: Query,
    limit: int,
    voices: Mapping[int, frozenset[str]] | None = None,
) -> list[Report]:
    return select_reports(reports_of(given), asked, limit, voices)


def query(question: str) -> Query:
    asked = question_of(question)
    return Query(asked, dict.fromkeys(asked.terms, 1.0), None, None)


def rows(selected: list[Report]) -> list[int]:
    return [report.candidate.row for report in selected]


def of_articles(names: str) -> list[Candidate]:
    """A candidate for each letter, which is its article."""
    return [candidate(row, article) for row, article in enumerate(names)]


PLAIN = "Why did the ferry sink?"
SEVERAL = "Who disagrees about the ferry?"


def test_what_supports_nothing_is_not_cited() -> None:
    """The others keep their order."""
    levels: list[Support] = ["related", "none", "strong", "none"]
    given = [candidate(row, f"a{row}", support=level) for row, level in enumerate(levels)]
    assert rows(select(given, query(PLAIN), 5)) == [0, 2]


def test_copies_are_cited_once_in_the_place_of_the_best() -> None:
    """Each report names the copies that were found of it, best first."""
    story = "A ferry ran aground off Skerry Point in fog, and nobody on board was hurt."
    other = "The library will close on Mondays, and the council saves money by it."
    given = [
        candidate(4, "a", story),
        candidate(2, "b", other),
        candidate(9, "c", story),
        candidate(1, "d", story.replace(" ", "  ")),
        candidate(3, "e", other),
    ]
    assert [
        (report.candidate.row, [copy.row for copy in report.copies])
        for report in select(given, query(PLAIN), 5)
    ] == [(4, [9, 1]), (2, [3])]


def test_another_figure_is_a_report_of_its_own() -> None:
    """It stays a citation, however alike the words are."""
    story = "A ferry with {} passengers ran aground off Skerry Point in fog on Friday."
    given = [candidate(0, "a", story.format(40)), candidate(1, "b", story.format(90))]
    assert rows(select(given, query(PLAIN), 5)) == [0, 1]


@pytest.mark.parametrize(
    ("articles", "order"),
    [
        ("abcde", [0, 1, 2, 3, 4]),
        ("aabb", [0, 1, 2, 3]),
        ("aaabc", [0, 1, 3, 4, 2]),
        ("aaaaabcd", [0, 1, 5, 6, 7, 2, 3, 4]),
        ("aaa", [0, 1, 2]),
        ("abcdefaaa", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("abaacaa", [0, 1, 2, 4, 3, 5, 6]),
    ],
    ids=["five articles", "two of each", "a third waits", "several wait",
         "only one article", "behind the first five anything goes", "in between"],
)  # fmt: skip
def test_the_first_five_hold_at_most_two_of_one_article(articles: str, order: list[int]) -> None:
    """What is held back comes behind them, in its order, and is cited where nothing else is."""
    assert rows(select(of_articles(articles), query(PLAIN), 20)) == order


@pytest.mark.parametrize(
    ("articles", "order"),
    [("aabbc", [0, 2, 4, 1, 3]), ("aab", [0, 2, 1]), ("aa", [0, 1])],
    ids=["three articles", "two", "only one"],
)
def test_a_question_for_several_sources_gets_one_passage_of_each(
    articles: str, order: list[int]
) -> None:
    """Before any article has a second one."""
    assert rows(select(of_articles(articles), query(SEVERAL), 20)) == order


@pytest.mark.parametrize(
    ("question", "several"),
    [
        (SEVERAL, True),
        ("Which commissioners want a review?", True),
        ("What do the police say about it?", True),
        ("Do all districts agree?", True),
        ("How many passengers were on the ferry?", True),
        ("Compare the views of both mayors.", True),
        ("What differences are there?", True),
        (PLAIN, False),
        ("Who closes the library?", False),
        ("When will the drivers strike?", False),
        ("What is a litter spotter?", False),
        ("The enlisted allocate", False),
    ],
)
def test_which_questions_ask_for_several_sources(question: str, several: bool) -> None:
    """Those about disagreement, about each of many, and about figures, which differ."""
    assert asks_for_several(question) is several


def test_a_question_about_one_article_may_be_answered_from_it_alone() -> None:
    """One that has most words of a title is about that article."""
    given = [candidate(row, "a", title="Ferry aground in fog") for row in range(4)]
    given += [candidate(row, "b", title="Library to close") for row in range(4, 8)]
    assert rows(select(given, query("Why was the ferry aground?"), 5)) == [0, 1, 2, 3, 4]
    assert rows(select(given, query("Why the ferry?"), 5)) == [0, 1, 4, 5, 2]


def test_a_question_that_names_two_articles_is_about_neither() -> None:
    """Both titles have its words, so that both articles are shown."""
    given = [candidate(row, "a", title="Ferry aground") for row in range(4)]
    given += [candidate(row, "b", title="Ferry aground again") for row in range(4, 8)]
    assert rows(select(given, query("Why was the ferry aground?"), 5)) == [0, 1, 4, 5, 2]


def test_near_copies_are_one_article() -> None:
    """An article and its copy have two of the first five places together, and a question that has
    both their titles is about that one text."""
    given = [candidate(row, "a", title="Ferry aground", earliest="a") for row in range(2)]
    given += [candidate(row, "b", title="Ferry aground!", earliest="a") for row in range(2, 4)]
    given += [candidate(4, "c")]
    assert rows(select(given, query(PLAIN), 5)) == [0, 1, 4, 2, 3]
    assert rows(select(given, query("Why was the ferry aground?"), 5)) == [0, 1, 2, 3, 4]


def test_a_title_of_one_word_names_no_article() -> None:
    """It is too common to tell."""
    given = [candidate(row, "a", title="Ferries") for row in range(3)] + [candidate(3, "b")]
    assert rows(select(given, query("Why did the ferries stop?"), 5)) == [0, 1, 3, 2]


CANDIDATES = st.lists(
    st.builds(
        lambda article, text, title, support: (article, text, title, support),
        st.sampled_from("abcd"),
        st.sampled_from([None, "A ferry ran aground off Skerry Point.", "The library will close."]),
        st.sampled_from([None, "Ferry aground", "Library"]),
        st.sampled_from(["none", "related", "strong"]),
    ),
    max_size=12,
).map(
    lambda given: [
        candidate(row, article, text and f"{text} That was on Friday night.", title=title,
                  support=support)
        for row, (article, text, title, support) in enumerate(given)
    ]
)  # fmt: skip
ASKED = st.sampled_from([PLAIN, SEVERAL, "ferry aground", "Why?"])


@given(CANDIDATES, ASKED)
def test_nothing_that_supports_an_answer_is_lost(given: list[Candidate], question: str) -> None:
    """With room enough, citations and their copies are all candidates with support, each once."""
    selected = select(given, query(question), 100)
    shown = [c.row for report in selected for c in (report.candidate, *report.copies)]
    assert sorted(shown) == [c.row for c in given if c.support != "none"]


@given(CANDIDATES, ASKED, st.integers(0, 12))
def test_fewer_are_the_first_of_more(given: list[Candidate], question: str, limit: int) -> None:
    """The limit cuts and does not order."""
    assert select(given, query(question), limit) == select(given, query(question), 100)[:limit]


@given(CANDIDATES, ASKED)
def test_passages_of_one_article_keep_their_order(given: list[Candidate], question: str) -> None:
    """Only articles change places with each other."""
    selected = select(given, query(question), 100)
    for article in "abcd":
        mine = [
            report.candidate.row
            for report in selected
            if report.candidate.reading.passage.article.article_id == article
        ]
        assert mine == sorted(mine)


def heard(names: str) -> dict[int, frozenset[str]]:
    """For each row the voices that are its letters."""
    return {row: frozenset(each) for row, each in enumerate(names.split())}


@pytest.mark.parametrize(
    ("voices", "order"),
    [
        ("x x x y y y z", [0, 1, 3, 4, 6, 2, 5]),
        ("xs ys zs w", [0, 1, 3, 2]),
        ("x x x", [0, 1, 2]),
        ("a b c d e f g h x x x k x", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("a b c d e f g x x x k x", [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 9, 11]),
    ],
    ids=["two of each", "one of several voices", "nothing else", "behind the tenth", "the tenth"],
)
def test_no_voice_has_more_than_two_of_the_first_ten_places(voices: str, order: list[int]) -> None:
    """Where a question has two sides; what is held back follows in its order."""
    given = [candidate(row, f"a{row}") for row in range(len(voices.split()))]
    assert rows(select(given, query(PLAIN), 20, heard(voices))) == order


def test_a_question_with_two_sides_gets_five_articles_first() -> None:
    """One passage of each, even where it has all words of a title: it asks for no article."""
    given = [candidate(row, "a", title="Ferry aground") for row in range(2)]
    given += [candidate(row, "b") for row in range(2, 4)]
    asked = query("Why was the ferry aground?")
    assert rows(select(given, asked, 5, heard("x x y y"))) == [0, 2, 1, 3]


VOICES = st.lists(st.frozensets(st.sampled_from("xyzw"), max_size=3), min_size=12, max_size=12)


@given(CANDIDATES, VOICES, st.integers(0, 12))
def test_a_voice_waits_only_for_another(
    given: list[Candidate], voices: list[frozenset[str]], limit: int
) -> None:
    """Nothing is lost, fewer are the first of more, and a voice has a third place only where
    whatever follows would give another one a third."""
    by_row = dict(enumerate(voices))
    selected = select(given, query(PLAIN), 100, by_row)
    shown = [each.row for report in selected for each in (report.candidate, *report.copies)]
    assert sorted(shown) == [each.row for each in given if each.support != "none"]
    assert select(given, query(PLAIN), limit, by_row) == selected[:limit]
    first = rows(selected[:10])
    taken = Counter(name for row in first for name in by_row[row])
    if max(taken.values(), default=0) > 2:
        for row in rows(selected[10:]):
            assert any(taken[name] >= 2 for name in by_row[row])
