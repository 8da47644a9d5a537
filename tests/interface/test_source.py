"""An article as the reader shows it: segments, marks, speakers and versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Furniture, Quotation, Span, Speaker, text_sha256
from index import Change, IndexDamaged, SearchIndex, Withdrawal, build_index, forget_article
from interface.rendering import SourceView, date_in_words, view_article, view_source
from interface.rendering.reading.segments import Segment, segments
from interface.rendering.reading.speech import COLOURS, Speech, heard
from interface.rendering.reading.versions import versions_among
from interface.rendering.reading.view import OriginalShown
from tests.retrieval.debate import DEBATE, DEBATE_TEXTS
from tests.retrieval.invented import SPOTTERS_IN_PELLBROOK, TOWN_TEXTS

MINUTES = "Minutes.\n\f\nThe ferry \fsank. All were saved.\n\f\n"


@dataclass(frozen=True)
class Marked:
    """An article, and what is to be shown in it."""

    article: Article
    marks: list[Span]
    speeches: list[Speech]


def _disjoint(draw: st.DrawFn, length: int) -> list[Span]:
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
    return [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def marked_articles(draw: st.DrawFn) -> Marked:
    """An article with pages, furniture and speeches in order, and marks anywhere in it."""
    text = draw(
        st.text(st.one_of(st.characters(codec="utf-8"), st.just("\f")), min_size=1, max_size=80)
    )
    furniture = tuple(Furniture(span, "caption") for span in _disjoint(draw, len(text)))
    speeches = [
        Speech(span, draw(st.integers(0, 9)), draw(st.booleans()), draw(st.booleans()))
        for span in _disjoint(draw, len(text))
    ]
    marks = sorted(draw(st.sets(spans(len(text)), max_size=5)))
    return Marked(Article("a", text, furniture=furniture), marks, speeches)


def cut(marked: Marked) -> list[tuple[Span, Segment]]:
    """Each segment with where it stands."""
    found, at = [], 0
    for segment in segments(marked.article, marked.marks, marked.speeches):
        found.append((Span(at, at + len(segment.text)), segment))
        at += len(segment.text)
    return found


@given(marked_articles())
def test_segments_are_the_text(marked: Marked) -> None:
    """Put together again, the segments are the text to the last character, and none is empty."""
    found = segments(marked.article, marked.marks, marked.speeches)
    assert "".join(segment.text for segment in found) == marked.article.text
    assert all(segment.text for segment in found)


@given(marked_articles())
def test_a_mark_covers_exactly_its_span(marked: Marked) -> None:
    """The segments of each mark lie together, begin where it begins and end where it ends,
    however marks overlap and whatever they cross."""
    found = cut(marked)
    for number, mark in enumerate(marked.marks, 1):
        inside = [span for span, segment in found if number in segment.marks]
        assert (inside[0].start, inside[-1].end) == (mark.start, mark.end)
        assert all(a.end == b.start for a, b in pairwise(inside))


@given(marked_articles())
def test_furniture_and_speech_cover_exactly_their_spans(marked: Marked) -> None:
    """Every character is furniture, or somebody's words, exactly where it is said to be; and each
    speech opens once, at its beginning, if a quotation does."""
    for span, segment in cut(marked):
        held = [item.span for item in marked.article.furniture if item.span.overlaps(span)]
        assert segment.furniture == bool(held)
        assert all(each.contains(span) for each in held)
        said = [speech for speech in marked.speeches if speech.span.overlaps(span)]
        assert all(speech.span.contains(span) for speech in said)
        if not said:
            assert (segment.speaker, segment.told, segment.opens) == (None, False, False)
        else:
            [speech] = said
            opens = speech.opens and speech.span.start == span.start
            assert (segment.speaker, segment.told, segment.opens) == (
                speech.speaker, speech.told, opens,
            )  # fmt: skip


def test_segments_by_value() -> None:
    """Headline, prose, a citation with somebody's words and a sentence in it, and the rest."""
    article = Article(
        "a", "Mill opens\n\nRain fell. “It opened,” she said.\n",
        furniture=(Furniture(Span(0, 10), "headline"),),
    )  # fmt: skip
    marks = [Span(12, 45), Span(23, 45)]
    speech = Speech(Span(23, 35), 1, told=False, opens=True)
    assert segments(article, marks, [speech]) == (
        Segment("Mill opens", furniture=True),
        Segment("\n\n"),
        Segment("Rain fell. ", marks=(1,)),
        Segment("“It opened,”", marks=(1, 2), speaker=1, opens=True),
        Segment(" she said.", marks=(1, 2)),
        Segment("\n"),
    )


def test_a_page_is_labelled_where_it_begins() -> None:
    """Each page that has words, behind the form feed that ends the one before; no other text."""
    assert [
        (segment.page, segment.text) for segment in segments(Article("minutes", MINUTES))
    ] == [
        ("p. 1", "Minutes.\n\f"),
        ("p. 2", "\nThe ferry \f"),
        ("p. 3", "sank. All were saved.\n\f\n"),
    ]  # fmt: skip
    assert segments(Article("a", "No pages.")) == (Segment("No pages."),)


def test_a_mark_over_a_page_break_goes_on() -> None:
    """The break cuts a segment and not the mark."""
    start = MINUTES.index("The ferry")
    found = segments(Article("minutes", MINUTES), [Span(start, start + 16)])
    assert [(each.text, each.page) for each in found if each.marks] == [
        ("The ferry \f", None),
        ("sank.", "p. 3"),
    ]


def test_furniture_that_overlaps_itself_does_no_harm() -> None:
    """No reader makes such; the segments are the text all the same."""
    article = Article(
        "a", "The mill opens.",
        furniture=(Furniture(Span(0, 6), "caption"), Furniture(Span(4, 8), "caption")),
    )  # fmt: skip
    assert "".join(segment.text for segment in segments(article)) == article.text


def test_segments_of_an_altered_text_are_never_shown() -> None:
    """An article whose text is not that of its hash fails rather than shows."""
    article = Article("a", "The mill opens.")
    object.__setattr__(article, "sha256", text_sha256("The mill closes."))
    with pytest.raises(AssertionError, match="are not its text"):
        segments(article)


HOLT, RENN = Speaker("Mara Holt", "harbour master"), Speaker("Tobias Renn")


def said(
    start: int, end: int, speaker: Speaker | None, *quoted: tuple[int, int], nested: bool = False
) -> Quotation:
    """A direct quotation of these words, or without any an indirect one."""
    return Quotation(
        span=Span(start, end),
        kind="direct" if quoted else "indirect",
        quoted=tuple(Span(*each) for each in quoted),
        speaker=speaker,
        source=None,
        verb=None,
        attribution=Span(0, 1) if speaker else None,
        nested=nested,
    )


def test_speakers_come_in_the_order_in_which_they_speak() -> None:
    """With a number, a colour, how often they are quoted and reported; nobody's words last."""
    legend, speeches = heard(
        [
            said(10, 20, None, (11, 19)),
            said(30, 40, RENN),
            said(50, 60, HOLT, (51, 59)),
            said(70, 80, RENN, (71, 79)),
        ],
        in_brief=False,
    )
    assert [(one.badge, one.colour, one.name, one.counts) for one in legend] == [
        ("1", 1, "Tobias Renn", "1 quotation, 1 reported"),
        ("2", 2, "Mara Holt (harbour master)", "1 quotation"),
        ("?", 0, "The article does not make certain whose words these are", "1 quotation"),
    ]
    assert (legend[1].quoted, legend[1].reported) == (
        "Words of: Mara Holt (harbour master)",
        "Reported words of: Mara Holt (harbour master)",
    )
    assert speeches == (
        Speech(Span(10, 20), 2, told=False, opens=True),
        Speech(Span(30, 40), 0, told=True, opens=True),
        Speech(Span(50, 60), 1, told=False, opens=True),
        Speech(Span(70, 80), 0, told=False, opens=True),
    )


def test_a_speech_over_several_paragraphs_opens_once() -> None:
    """It begins with its first mark and ends with its last; between paragraphs nobody speaks."""
    _, speeches = heard([said(0, 30, HOLT, (1, 10), (13, 29))], in_brief=False)
    assert speeches == (
        Speech(Span(0, 10), 0, told=False, opens=True),
        Speech(Span(13, 30), 0, told=False, opens=False),
    )


def test_what_is_quoted_inside_a_quotation_is_part_of_that() -> None:
    """It is neither shown nor counted once more."""
    legend, speeches = heard(
        [said(0, 30, HOLT, (1, 29)), said(10, 20, HOLT, (11, 19), nested=True)], in_brief=False
    )
    assert legend[0].counts == "1 quotation"
    assert speeches == (Speech(Span(0, 30), 0, told=False, opens=True),)


def test_the_words_of_a_brief_are_told_as_such() -> None:
    """Whoever speaks there, speaks in our brief."""
    legend, _ = heard([said(0, 9, RENN, (1, 8))], in_brief=True)
    assert (legend[0].quoted, legend[0].reported) == (
        "Words, quoted in our brief, of: Tobias Renn",
        "Reported in our brief of: Tobias Renn",
    )


def test_colours_repeat_and_badges_do_not() -> None:
    """The seventh speaker has the first one's colour and a number of their own."""
    legend, _ = heard(
        [said(10 * n, 10 * n + 5, Speaker(f"Speaker {n}")) for n in range(COLOURS + 1)],
        in_brief=False,
    )
    assert [one.badge for one in legend] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [one.colour for one in legend] == [1, 2, 3, 4, 5, 6, 1]


FIRST, SECOND, THIRD = (text_sha256(f"Version {n}.") for n in (1, 2, 3))


def change(day: int, sha256: str | None) -> tuple[str, Change]:
    made = Change("ferry/1", "changed" if sha256 else "removed", sha256)
    return f"2021-03-{day:02}T10:00:00+00:00", made


@pytest.mark.parametrize(
    ("changes", "current", "told"),
    [
        ([(1, FIRST)], FIRST, ["Current version"]),
        (
            [(1, FIRST), (2, SECOND), (4, THIRD)], THIRD,
            ["Current version", "Until 4 March 2021", "Until 2 March 2021"],
        ),
        ([(1, FIRST), (2, FIRST), (3, SECOND)], SECOND, ["Current version", "Until 3 March 2021"]),
        ([(1, FIRST), (2, SECOND), (3, FIRST)], FIRST, ["Current version", "Until 3 March 2021"]),
        (
            [(1, FIRST), (2, SECOND), (3, None)], None,
            ["Removed on 3 March 2021", "Until 2 March 2021"],
        ),
        (
            [(1, FIRST), (2, None), (5, SECOND)], SECOND,
            ["Current version", "Removed on 2 March 2021"],
        ),
        ([(1, FIRST)], SECOND, ["Current version", "Earlier version"]),
        ([], FIRST, ["Current version"]),
    ],
    ids=[
        "one", "three", "a change of metadata", "back to the first", "removed", "removed and new",
        "a lost line of the history", "no history",
    ],
)  # fmt: skip
def test_versions_come_newest_first(
    changes: list[tuple[int, str | None]], current: str | None, told: list[str]
) -> None:
    """Each text that the article had, once, with what became of it."""
    shown = Article("ferry/1", "Version 1.")
    found = versions_among([change(*each) for each in changes], shown, current=current)
    assert [version.words for version in found] == told
    assert [version.is_shown for version in found] == [each.sha256 == FIRST for each in found]
    assert {version.address for version in found} == {
        f"#article/ferry%2F1@{version.sha256}" for version in found
    }


def test_a_withdrawn_version_is_told_and_not_linked() -> None:
    """Its text is kept nowhere."""
    found = versions_among(
        [change(1, FIRST), change(2, SECOND)],
        Article("ferry/1", "Version 2."),
        current=SECOND,
        withdrawn={FIRST: Withdrawal("ferry/1", FIRST, "2021-03-09T10:00:00+00:00")},
    )
    assert [(version.words, version.address) for version in found] == [
        ("Current version", f"#article/ferry%2F1@{SECOND}"),
        ("Withdrawn on 9 March 2021", None),
    ]


@pytest.fixture
def rebuilt(tmp_path: Path) -> Iterator[SearchIndex]:
    """An index whose collection lost one article and got a new version of another."""
    collection = tmp_path / "collection"
    collection.mkdir()
    mill = collection / "mill.md"
    mill.write_text("---\ntitle: Mill\nurl: https://mill.example/1\n---\nThe mill opens in May.")
    (collection / "ferry.txt").write_text("The ferry sank.")
    (collection / "other.txt").write_text("Rain fell.")
    build_index(collection, tmp_path / "index", None)
    mill.write_text("---\ntitle: New mill\nurl: https://mill.example/2\n---\nThe mill has opened.")
    (collection / "ferry.txt").unlink()
    build_index(collection, tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    yield index
    index.close()


def shown(view: SourceView | None) -> tuple[str, str, str | None]:
    """The whole text, the cited words and the note of a view."""
    assert view is not None
    cited = "".join(each.text for each in view.segments if view.cited in each.marks)
    return "".join(segment.text for segment in view.segments), cited, view.note


def test_the_current_version(town_index: SearchIndex) -> None:
    """The article as it is, with its source, the link to it, and no note."""
    text = TOWN_TEXTS["news/library"]
    sha256 = text_sha256(text)
    view = view_source(town_index, "news/library", sha256, 0, 90)
    assert shown(view) == (text, text[:90], None)
    assert view is not None
    assert (view.title, view.source, view.brief, view.about, view.original) == (
        "Library to close on Mondays",
        "Wexcombe Courier, 10 April 2018",
        None,
        "",
        OriginalShown("Open the original", "https://courier.example/library"),
    )
    landing = "Wexcombe%20council%20will%20close%20its%20central"
    [mark], [version] = view.marks, view.versions
    assert (mark.address, mark.page) == (f"#source/news%2Flibrary@{sha256}/0-90", None)
    assert mark.original is not None
    assert mark.original.startswith(f"https://courier.example/library#:~:text={landing},")
    assert (version.sha256, version.words, version.is_shown) == (sha256, "Current version", True)


def test_the_other_citations_of_an_answer_are_marked_too(town_index: SearchIndex) -> None:
    """In the order of the text, each once; places that do not exist are left out."""
    text = TOWN_TEXTS["news/library"]
    sha256 = text_sha256(text)
    also = [(100, 120), (0, 8), (40, 60), (0, 8), (5, 5), (9, 3), (-4, 9), (0, len(text) + 1)]
    view = view_source(town_index, "news/library", sha256, 40, 60, also)
    assert view is not None
    assert [mark.address.rpartition("/")[2] for mark in view.marks] == ["0-8", "40-60", "100-120"]
    assert view.cited == 2
    assert shown(view)[1] == text[40:60]


def test_an_article_is_shown_without_a_mark(town_index: SearchIndex) -> None:
    """The current version, whole."""
    view = view_article(town_index, "tram")
    assert view is not None
    assert (view.marks, view.cited, view.title) == ((), None, "Trams to stop")
    assert "".join(segment.text for segment in view.segments) == TOWN_TEXTS["tram"]
    assert view_article(town_index, "tram", text_sha256(TOWN_TEXTS["tram"])) == view
    assert view_article(town_index, "tram", LIBRARY) is None
    assert view_article(town_index, "no/such") is None


def test_the_words_of_each_speaker_are_told_apart(tmp_path: Path) -> None:
    """The quotations that the index found, with the speakers as the article has them."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "herald.md").write_text(DEBATE["herald.md"])
    build_index(tmp_path / "c", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    view = view_article(index, "herald")
    index.close()
    assert view is not None
    assert "".join(segment.text for segment in view.segments) == DEBATE_TEXTS["herald"]
    assert [(one.badge, one.name, one.counts) for one in view.speakers] == [
        ("1", "Mara Holt (harbour master, Skerry)", "1 quotation"),
        ("2", "Tobias Renn (fisherman)", "1 quotation"),
        ("3", "Hester Quill (librarian)", "1 quotation"),
    ]
    assert [(each.speaker, each.text) for each in view.segments if each.speaker is not None] == [
        (0, "“Night fishing must stop before somebody drowns off the pier,”"),
        (1, "“Night fishing feeds forty families in this town,”"),
        (2, "“We have new books,”"),
    ]


def test_a_brief(town_index: SearchIndex) -> None:
    """A brief says that it is one and links its original by title, without a text fragment."""
    text = TOWN_TEXTS["board"]
    view = view_source(town_index, "board", text_sha256(text), 0, 10)
    assert view is not None
    assert (view.source, view.brief, view.about, view.original) == (
        "On the Record (brief)",
        "Brief by this project about:",
        ", Wardens Board, 2 May 2019",
        OriginalShown("Our advice to spotters", "https://board.example/advice"),
    )
    assert [mark.original for mark in view.marks] == ["https://board.example/advice"]


def day_of(index: SearchIndex) -> str:
    """The day on which the generation was built, in words."""
    return date_in_words(index.manifest.built[:10])


def test_one_of_two_articles_with_the_same_text(town_index: SearchIndex) -> None:
    """The article is chosen by its id and not only by its text."""
    sha256 = text_sha256(TOWN_TEXTS["ferry"])
    for article_id, title in [
        ("ferry", "Ferry aground"),
        ("ferry-again", "Ferry hits rocks in fog"),
    ]:
        view = view_source(town_index, article_id, sha256, 0, 7)
        assert view is not None
        assert view.title == title


def test_offsets_count_code_points(town_index: SearchIndex) -> None:
    """Characters outside the basic plane count one each."""
    view = view_source(town_index, "barrier", text_sha256(TOWN_TEXTS["barrier"]), 3, 20)
    assert shown(view)[1] == "The flood barrier"


def test_an_earlier_version_has_a_note(rebuilt: SearchIndex) -> None:
    """The text is the one that was cited, and the reader is told that there is a newer one."""
    old = "The mill opens in May."
    view = view_source(rebuilt, "mill", text_sha256(old), 4, 8)
    assert shown(view) == (
        old, "mill",
        f"This is an earlier version, superseded on {day_of(rebuilt)}; "
        "the collection holds a newer one.",
    )  # fmt: skip
    new = "The mill has opened."
    assert shown(view_source(rebuilt, "mill", text_sha256(new), 4, 8)) == (new, "mill", None)


def test_an_earlier_version_knows_the_newer_one(rebuilt: SearchIndex) -> None:
    """Both are listed wherever one of them is read, with the source that it had."""
    old, new = text_sha256("The mill opens in May."), text_sha256("The mill has opened.")
    told = [(new, "Current version"), (old, f"Until {day_of(rebuilt)}")]
    for sha256, title in [(old, "Mill"), (new, "New mill")]:
        view = view_article(rebuilt, "mill", sha256)
        assert view is not None
        assert [(version.sha256, version.words) for version in view.versions] == told
        assert [version.is_shown for version in view.versions] == [sha256 == new, sha256 == old]
        assert view.title == title


def test_a_damaged_history_hides_no_article(rebuilt: SearchIndex) -> None:
    """What is current is shown with itself as the one version that is certain."""
    history = rebuilt.index / "history"
    history.write_bytes(history.read_bytes().replace(b"added", b"adder"))
    view = view_article(rebuilt, "mill")
    assert view is not None
    assert [version.words for version in view.versions] == ["Current version"]
    with pytest.raises(IndexDamaged):
        view_article(rebuilt, "mill", text_sha256("The mill opens in May."))


def test_a_withdrawn_text_is_not_shown(rebuilt: SearchIndex) -> None:
    """Nor by a link that was made before."""
    sha256 = text_sha256("The ferry sank.")
    assert view_source(rebuilt, "ferry", sha256, 4, 9) is not None
    forget_article("ferry", rebuilt.index, None)
    index = SearchIndex(rebuilt.index)
    assert view_source(index, "ferry", sha256, 4, 9) is None
    assert view_article(index, "ferry") is None
    index.close()


def test_a_removed_article_has_a_note(rebuilt: SearchIndex) -> None:
    """What was taken out can still be read where it was cited, and is told as gone."""
    text = "The ferry sank."
    view = view_source(rebuilt, "ferry", text_sha256(text), 4, 9)
    assert shown(view) == (
        text, "ferry",
        f"This article is no longer in the collection: it was removed on {day_of(rebuilt)}.",
    )  # fmt: skip
    assert view is not None
    assert (view.title, view.source, view.original) == (
        "Untitled article", "publisher unknown, no date", None,
    )  # fmt: skip
    assert [version.words for version in view.versions] == [f"Removed on {day_of(rebuilt)}"]
    whole = view_article(rebuilt, "ferry")
    assert whole is not None
    assert (whole.note, whole.versions) == (view.note, view.versions)


LIBRARY = text_sha256(TOWN_TEXTS["news/library"])


@pytest.mark.parametrize(
    ("article_id", "sha256", "start", "end"),
    [
        ("news/library", "0" * 64, 0, 5),
        ("news/library", "", 0, 5),
        ("news/library", text_sha256(TOWN_TEXTS["tram"]), 0, 5),
        ("no/such", LIBRARY, 0, 5),
        ("", LIBRARY, 0, 5),
        ("news/library", LIBRARY, -1, 5),
        ("news/library", LIBRARY, 5, 5),
        ("news/library", LIBRARY, 6, 5),
        ("news/library", LIBRARY, 0, len(TOWN_TEXTS["news/library"]) + 1),
        ("news/library", LIBRARY, 10**9, 10**9 + 5),
    ],
    ids=[
        "unknown version", "no version", "version of another article", "unknown article",
        "no article", "before the text", "empty span", "backwards", "one beyond the text",
        "far beyond the text",
    ],
)  # fmt: skip
def test_a_place_that_does_not_exist_is_not_shown(
    town_index: SearchIndex, article_id: str, sha256: str, start: int, end: int
) -> None:
    """A link that fits no article, version or place gives nothing."""
    assert view_source(town_index, article_id, sha256, start, end) is None


def test_the_whole_text_can_be_cited(town_index: SearchIndex) -> None:
    """A span from the first to the last character is a place like another."""
    text = TOWN_TEXTS["tram"]
    view = view_source(town_index, "tram", text_sha256(text), 0, len(text))
    assert shown(view) == (text, text, None)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("//evil.example", None),
        ("https://mill.example/a", "https://mill.example/a"),
        ("HTTP://mill.example", "HTTP://mill.example"),
    ],
)
def test_only_addresses_on_the_web_are_linked(tmp_path: Path, url: str, linked: str | None) -> None:
    """What a file states as its address is a link only where it is one on the web."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mill.md").write_text(f'---\nurl: "{url}"\n---\nThe mill opens.')
    build_index(tmp_path / "c", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    view = view_source(index, "mill", text_sha256("The mill opens."), 4, 8)
    index.close()
    assert view is not None
    assert view.original == (OriginalShown("Open the original", linked) if linked else None)
    [mark] = view.marks
    assert mark.original == (f"{linked}#:~:text=mill" if linked else None)


def test_the_furniture_of_a_real_page_is_muted(tmp_path: Path) -> None:
    """Headline, stamp, source line and address are shown as furniture, in their places."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "pellbrook.txt").write_text(SPOTTERS_IN_PELLBROOK)
    build_index(tmp_path / "c", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    start = SPOTTERS_IN_PELLBROOK.index("Quillan called")
    view = view_source(
        index, "pellbrook", text_sha256(SPOTTERS_IN_PELLBROOK), start, start + len("Quillan called")
    )
    index.close()
    assert shown(view)[:2] == (SPOTTERS_IN_PELLBROOK, "Quillan called")
    assert view is not None
    assert [segment.text for segment in view.segments if segment.furniture] == [
        "Night ‘litter spotters’ told to sign up with the rangers",
        "Thu, 03/14/2019 - 08:15 -- webdesk",
        "Source: Pellbrook Mercury",
        "https://mercury.example/pellbrook/20417-litter-spotters-rangers/",
    ]


def test_an_altered_text_is_not_shown(rebuilt: SearchIndex) -> None:
    """A stored text that is not the one of its hash is refused."""
    import sqlite3

    connection = sqlite3.connect(rebuilt.index / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = replace(content, 'mill', 'till')")
    connection.close()
    with pytest.raises(IndexDamaged, match="holds an altered text"):
        view_source(rebuilt, "mill", text_sha256("The mill has opened."), 4, 8)
