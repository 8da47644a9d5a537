"""Every mention, against a plain scan of the stored texts, which knows no postings."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Span, passages_of
from index import Filter, IndexDamaged, SearchIndex, build_index, terms
from retrieval import (
    ArticleMentions,
    Mention,
    Mentions,
    NoSuchPage,
    Order,
    UnusableTerms,
    find_mentions,
)
from tests.retrieval.conftest import Indexed
from tests.retrieval.invented import SPOTTERS, TOWN_TEXTS

STARTER = Path(__file__).parents[2] / "corpus" / "articles"


@dataclass(frozen=True)
class Sentence:
    """A sentence as a plain scan finds it. folded: what a phrase is compared with."""

    article_id: str
    span: Span
    words: str
    terms: frozenset[str]
    folded: str


def folded(words: str) -> str:
    """Lower case, one apostrophe inside words, no other quotation mark, single spaces."""
    words = re.sub('["“”„‘]', "", words.replace("’", "'").lower())
    return " ".join(re.sub(r"(?<!\w)'|'(?!\w)", "", words).split())


def stands(phrase: str, sentence: str) -> bool:
    """Whether the folded phrase stands in the folded sentence with nothing of a word or number
    cut off at its ends but 's."""
    at = sentence.find(phrase)
    while at >= 0:
        before, after = sentence[:at], sentence[at + len(phrase) :]
        inside = re.search(r"\w'?$", before) or re.match(r"\w|'(?!s\b)", after)
        number = (phrase[0].isdigit() and re.search(r"\d[.,]$", before)) or (
            phrase[-1].isdigit() and re.match(r"[.,]\d", after)
        )
        if not inside and not number:
            return True
        at = sentence.find(phrase, at + 1)
    return False


@cache
def scanned(index: SearchIndex) -> tuple[Sentence, ...]:
    """Every sentence of every stored text, cut anew from the text and its furniture."""
    sentences = []
    for entry in index.catalogue.entries():
        text = index.texts.get(entry.sha256)
        assert text is not None
        article = Article(
            entry.article_id, text, furniture=index.catalogue.furniture(entry.article_id)
        )
        for passage in passages_of(article):
            for span in passage.sentences:
                words = text[span.start : span.end]
                sentences.append(
                    Sentence(entry.article_id, span, words, frozenset(terms(words)), folded(words))
                )
    return tuple(sentences)


def everything(index: SearchIndex, asked: str) -> Mentions:
    return find_mentions(asked, index, on_a_page=None)


def found(mentions: Mentions) -> list[tuple[str, Span]]:
    return [
        (group.article.article_id, mention.span)
        for group in mentions.by_article
        for mention in group.mentions
    ]


def sentences(mentions: Mentions) -> list[tuple[str, str]]:
    return [
        (group.article.article_id, mention.span.of(group.article.text))
        for group in mentions.by_article
        for mention in group.mentions
    ]


def marked(mentions: Mentions) -> list[list[str]]:
    return [
        [word.of(group.article.text) for word in mention.words]
        for group in mentions.by_article
        for mention in group.mentions
    ]


@pytest.fixture(scope="module", params=["starter", "spotters", "seeds"])
def collection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchIndex]:
    """Word indexes of the starter collection, of two long invented articles with furniture, and
    of the two real ones where they are at hand."""
    folder = tmp_path_factory.mktemp("scanned")
    (folder / "collection").mkdir()
    if request.param == "starter":
        shutil.copytree(STARTER, folder / "collection", dirs_exist_ok=True)
    elif request.param == "spotters":
        for name, text in SPOTTERS.items():
            (folder / "collection" / name).write_text(text)
    else:
        for path in request.getfixturevalue("seeds").glob("*.txt"):
            shutil.copy(path, folder / "collection")
    build_index(folder / "collection", folder / "index", None)
    index = SearchIndex(folder / "index")
    yield index
    index.close()


def test_every_single_word_is_found_where_a_plain_scan_finds_it(collection: SearchIndex) -> None:
    """For each term of the collection: the same sentences of the same articles, and no others."""
    places: dict[str, set[tuple[str, Span]]] = {}
    for sentence in scanned(collection):
        for term in sentence.terms:
            places.setdefault(term, set()).add((sentence.article_id, sentence.span))
    written = {
        term: word
        for sentence in scanned(collection)
        for word in re.findall(r"[\w’'.,]*\w", sentence.words)
        if len(listed := terms(word)) == 1
        for term in listed
        if term in sentence.terms
    }
    assert len(written) > 200
    for term, word in written.items():
        mentions = everything(collection, word)
        assert set(found(mentions)) == places[term], word
        assert mentions.sentences == len(found(mentions)) == len(places[term])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_all_words_of_any_sentence_are_found_where_a_plain_scan_finds_them(
    collection: SearchIndex, data: st.DataObject
) -> None:
    """Some of a sentence's words, in any order, are in just the sentences that hold them all."""
    sentence = data.draw(st.sampled_from([s for s in scanned(collection) if s.terms]))
    words = [word for word in sentence.words.split() if terms(word)]
    chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4))
    asked = re.sub('["“”„]', " ", " ".join(chosen))
    wanted = set(terms(asked))
    mentions = everything(collection, asked)
    assert set(found(mentions)) == {
        (s.article_id, s.span) for s in scanned(collection) if wanted <= s.terms
    }
    assert (sentence.article_id, sentence.span) in found(mentions)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_phrase_of_any_sentence_is_found_where_a_plain_scan_finds_it(
    collection: SearchIndex, data: st.DataObject
) -> None:
    """Words that follow each other are found in every sentence that has them so, and only there."""
    sentence = data.draw(st.sampled_from([s for s in scanned(collection) if s.terms]))
    words = sentence.words.split()
    first = data.draw(st.integers(0, len(words) - 1))
    chosen = " ".join(words[first : first + data.draw(st.integers(1, 5))])
    phrase = re.sub('["“”„]', "", chosen if terms(chosen) else sentence.words)
    mentions = everything(collection, f"“{phrase}”")
    assert set(found(mentions)) == {
        (s.article_id, s.span)
        for s in scanned(collection)
        # A part of a hyphenated word is a word of its own only where the analyzer says so.
        if stands(folded(phrase), s.folded) and set(terms(phrase)) <= s.terms
    }
    assert (sentence.article_id, sentence.span) in found(mentions)


def test_what_is_shown_is_the_words_themselves(wordy_town: SearchIndex) -> None:
    """Each mention is a whole sentence cut from the article's text, with the words in it."""
    mentions = find_mentions("councils’ closed library", wordy_town)
    assert sentences(mentions) == [
        (
            "news/library",
            "Wexcombe council will close its central library on Mondays from June, councillors "
            "decided.",
        )
    ]
    assert marked(mentions) == [["council", "close", "library"]]
    [group] = mentions.by_article
    [mention] = group.mentions
    assert (
        TOWN_TEXTS["news/library"][mention.span.start : mention.span.end]
        == (sentences(mentions)[0][1])
    )


def test_all_words_must_stand_in_one_sentence(wordy_town: SearchIndex) -> None:
    """Two words of one article in different sentences are no mention."""
    assert find_mentions("ferry", wordy_town).sentences == 2
    assert find_mentions("buoy", wordy_town).sentences == 2
    assert find_mentions("ferry buoy", wordy_town).sentences == 0


def test_the_same_text_in_two_articles_is_two_mentions(wordy_town: SearchIndex) -> None:
    """Every article that carries the words is listed, copies too."""
    mentions = find_mentions("passengers", wordy_town)
    assert [article_id for article_id, _ in sentences(mentions)] == ["ferry-again", "ferry"]
    assert (mentions.sentences, mentions.articles) == (2, 2)


def test_a_phrase_is_exact_and_a_word_is_not(wordy_town: SearchIndex) -> None:
    """Beside each other, a word in any form and a phrase to the letter."""
    exact = find_mentions('"spotter groups" changing', wordy_town)
    assert [article_id for article_id, _ in sentences(exact)] == ["board"]
    assert (exact.words, exact.phrases) == (("changing",), ("spotter groups",))
    assert marked(exact) == [["spotter groups", "changed"]]
    assert find_mentions('"spotter group"', wordy_town).sentences == 0
    assert find_mentions("spotter group", wordy_town).sentences == 1
    assert find_mentions("“Wall of Wishes”", wordy_town).sentences == 1
    assert find_mentions('"wishes of wall"', wordy_town).sentences == 0


def test_words_that_overlap_are_marked_once(wordy_town: SearchIndex) -> None:
    """A word that stands in a phrase too, and phrases that share a word, make one mark."""
    mentions = find_mentions('"flood barrier" "barrier at Sedge" barrier', wordy_town)
    assert marked(mentions) == [["flood barrier at Sedge"]]


@pytest.mark.parametrize(
    ("order", "articles"),
    [
        ("newest", ["c", "b", "month", "b-too", "year", "a", "undated", "undated-too"]),
        ("oldest", ["a", "year", "b-too", "month", "b", "c", "undated", "undated-too"]),
    ],
)
def test_articles_come_by_date(indexed: Indexed, order: Order, articles: list[str]) -> None:
    """A date that is known to the month or the year counts as its first day, equal dates are
    ordered by id, and what has no date comes last either way."""
    dates = {
        "a": "2017-12-31", "year": "2018", "b-too": "2018-04-01", "month": "2018-04-02",
        "b": "2018-04-10", "c": "2019-01", "undated": None, "undated-too": None,
    }  # fmt: skip
    index = indexed(
        {
            f"{name}.md": f"---\ntitle: T {name}\n{f'published: {date}' if date else ''}\n---\n"
            "The mill opens.\n"
            for name, date in dates.items()
        }
    )
    assert [a for a, _ in found(find_mentions("mill", index, order=order))] == articles


def test_equal_dates_are_ordered_by_id_either_way(indexed: Indexed) -> None:
    """Neither order turns the ids around."""
    day = "published: 2018-04-10\n---\nThe mill opens.\n"
    index = indexed({f"{name}.md": f"---\ntitle: Mill {name}\n{day}" for name in ("b", "a", "c")})
    for order in ("newest", "oldest"):
        mentions = find_mentions("mill", index, order=order)
        assert [article_id for article_id, _ in found(mentions)] == ["a", "b", "c"]


def test_a_brief_is_placed_by_the_date_of_its_original(wordy_town: SearchIndex) -> None:
    """The brief about a statement of May 2019 stands between articles of 2018 and 2020."""
    assert [a for a, _ in found(find_mentions("said", wordy_town))] == [
        "tram", "tram", "board", "board", "news/library", "barrier",
    ]  # fmt: skip


def test_sentences_of_an_article_come_in_its_order(indexed: Indexed) -> None:
    """Also where an article has so many passages that their ids sort otherwise."""
    index = indexed({"long.txt": " ".join(f"Ward {n} has a mill of its own." for n in range(120))})
    spans = [span for _, span in found(everything(index, "mill"))]
    assert len(spans) == 120
    assert spans == sorted(spans)


@pytest.mark.parametrize("on_a_page", [1, 2, 7, 20, 500])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_together_are_the_whole(
    collection: SearchIndex, order: Order, on_a_page: int
) -> None:
    """No mention is lost between pages or shown twice, and each page tells the whole count."""
    whole = find_mentions("police spotters", collection, on_a_page=None, order=order)
    if not whole.sentences:
        whole = find_mentions("said", collection, on_a_page=None, order=order)
    asked = whole.asked
    first = find_mentions(asked, collection, on_a_page=on_a_page, order=order)
    pages = [
        find_mentions(asked, collection, on_a_page=on_a_page, order=order, page=page)
        for page in range(1, first.pages + 1)
    ]
    assert [mention for page in pages for mention in found(page)] == found(whole)
    assert {(p.sentences, p.articles, p.pages) for p in pages} == {
        (whole.sentences, whole.articles, first.pages)
    }
    assert all(len(found(page)) == on_a_page for page in pages[:-1])
    seen: dict[str, int] = {}
    for page in pages:
        for group in page.by_article:
            article_id = group.article.article_id
            assert group.before == seen.get(article_id, 0)
            seen[article_id] = group.before + len(group.mentions)
            assert seen[article_id] <= group.total
    assert seen == {g.article.article_id: g.total for g in whole.by_article}


def test_no_mention_is_a_result(wordy_town: SearchIndex) -> None:
    """It says what was searched and which of the words, as they were typed, are nowhere."""
    mentions = find_mentions('ferries "Kilimanjaro zeppelins"', wordy_town)
    assert (mentions.sentences, mentions.articles, mentions.pages) == (0, 0, 1)
    assert mentions.by_article == ()
    assert mentions.scope.articles == 6
    assert mentions.scope.absent_terms == ("Kilimanjaro", "zeppelins")


def test_filters_leave_out_articles(wordy_town: SearchIndex) -> None:
    """Only what passes is counted, listed and said to be searched."""
    chosen = Filter(publisher="Wexcombe Courier")
    mentions = find_mentions("passengers", wordy_town, chosen=chosen)
    assert [article_id for article_id, _ in found(mentions)] == ["ferry-again"]
    assert (mentions.sentences, mentions.articles, mentions.scope.articles) == (1, 1, 2)
    early = find_mentions("passengers", wordy_town, chosen=Filter(last_day="2019-12-31"))
    assert (early.sentences, early.scope.articles) == (0, 3)


def test_headlines_and_captions_are_not_counted(collection: SearchIndex) -> None:
    """A mention lies in prose: it overlaps no furniture."""
    for group in everything(collection, "police").by_article:
        for furniture in group.article.furniture:
            assert not any(furniture.span.overlaps(mention.span) for mention in group.mentions)


@pytest.mark.parametrize("asked", ["", " \t", "?!", '""', "\x00", "\ud800"], ids=repr)
def test_nothing_to_look_for_is_refused(wordy_town: SearchIndex, asked: str) -> None:
    """Without a word there is nothing to count."""
    with pytest.raises(UnusableTerms, match="There is no word to look for"):
        find_mentions(asked, wordy_town)


@pytest.mark.parametrize("asked", ["the", "it was of the", '"to be"', '"of the" and'])
def test_stop_words_alone_are_refused(wordy_town: SearchIndex, asked: str) -> None:
    """The message names them and says what to do."""
    with pytest.raises(UnusableTerms) as refused:
        find_mentions(asked, wordy_town)
    assert str(refused.value) == (
        f"{asked} has only words that stand in nearly every sentence. Add one that says what to "
        "look for."
    )


def test_stop_words_beside_others_count_in_a_phrase_only(wordy_town: SearchIndex) -> None:
    """“the” asks for nothing by itself, and for itself inside quotation marks."""
    assert find_mentions("the barrier of", wordy_town).words == ("barrier",)
    assert find_mentions("the barrier", wordy_town).sentences == 2
    assert find_mentions('"the flood barrier"', wordy_town).sentences == 1
    assert find_mentions('"a flood barrier"', wordy_town).sentences == 0


def test_a_text_is_nothing_to_look_for(wordy_town: SearchIndex) -> None:
    """What is longer than a question can be is refused with both lengths."""
    with pytest.raises(UnusableTerms, match=r"There are 2,499 characters .* at most 2,000"):
        find_mentions("tram " * 500, wordy_town)


@pytest.mark.parametrize("page", [0, -1, 3, 10**9])
def test_a_page_that_there_is_not_is_refused(wordy_town: SearchIndex, page: int) -> None:
    """The message says how many there are."""
    with pytest.raises(NoSuchPage, match="There are 2 pages of these mentions"):
        find_mentions("passengers", wordy_town, page=page, on_a_page=1)
    with pytest.raises(NoSuchPage, match="There is one page of these mentions"):
        find_mentions("zeppelin", wordy_town, page=2)


def test_an_altered_text_is_never_shown(indexed: Indexed) -> None:
    """A sentence is cut only from a text whose hash is right."""
    index = indexed({"pier.txt": "The pier opens on Friday."})
    with sqlite3.connect(index.index / "articles.db") as texts:
        texts.execute("UPDATE text SET content = 'The pier opens on Monday.'")
    texts.close()
    with pytest.raises(IndexDamaged, match="altered text"):
        find_mentions("pier", index)


def test_a_mention_marks_only_itself() -> None:
    """Words outside their sentence cannot be made."""
    with pytest.raises(ValueError, match="outside their sentence"):
        Mention(Span(5, 9), (Span(4, 6),))


_FRAGMENTS = st.sampled_from(
    [*"ab12.,'’\"“”?!:;-é\n \u00a0\u0301İ", "2.5", "1,500", "Mr. ", "x. Y"]
)


@given(st.one_of(st.text(max_size=150), st.lists(_FRAGMENTS, max_size=40).map("".join)))
def test_what_a_sentence_holds_its_passage_holds(text: str) -> None:
    """So the postings of passages, by which sentences are looked for, miss none."""
    for passage in passages_of(Article("any", text)):
        held = set(terms(passage.text))
        assert all(set(terms(sentence.of(text))) <= held for sentence in passage.sentences)


def test_groups_hold_whole_articles(wordy_town: SearchIndex) -> None:
    """The article of a group is that of the catalogue, with its source."""
    [group] = find_mentions("strike", wordy_town).by_article
    assert group == ArticleMentions(wordy_town.article("tram"), 1, 0, group.mentions)
    assert group.article.metadata.publisher == "Marlow Bay Post"
