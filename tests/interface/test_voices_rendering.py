"""Voices on a terminal, as HTML with a time line, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Person, Quotation, Span, Speaker
from interface.rendering import permalink, voices_csv, voices_html, voices_text
from interface.rendering.voices.timeline import timeline_html, timeline_of
from retrieval import Piece, Place, Scope, Utterance, Voice, Voices
from tests.interface.answers import BRIEF
from tests.interface.test_html import HOSTILE, Page

HERALD = Metadata(title="Pier row", publisher="Skerry Herald", published="2018-04-10")
COURIER = Metadata(title="Pier again", publisher="Wexcombe Courier", published="2018-05")
MARA = Speaker("Mara Holt", "harbour master", "Skerry")
RULE = (
    "Listed are the quotations in passages on the subject. Who speaks is read from the article's "
    "own words; where these are not plain, nobody is named."
)
PROMISE = (
    "Quoted word for word from the articles. On the Record shows where words come from; it does "
    "not say whether they are true."
)


def place(
    quoted: str,
    metadata: Metadata = HERALD,
    article_id: str = "herald",
    speaker: Speaker | None = MARA,
    *,
    before: str = "",
    indirect: bool = False,
    pieces: tuple[Piece, ...] = (),
    is_theirs: bool = True,
) -> Place:
    """A place in an article of one sentence: what is before, the words, and who says them."""
    words = quoted if indirect else f"“{quoted}”"
    text = f"Headline.\n\n{before}{words} she said.\n"
    start = len("Headline.\n\n") + len(before)
    span = Span(start, start + len(words))
    she = Span(span.end + 1, span.end + 4)
    article = Article(article_id, text, metadata)
    quotation = Quotation(
        span=span,
        kind="indirect" if indirect else "direct",
        quoted=() if indirect else (Span(span.start + 1, span.end - 1),),
        speaker=speaker,
        source=she if speaker else None,
        verb=None,
        attribution=Span(she.start, she.end + 5) if speaker else None,
    )
    context = Span(start - len(before), len(text) - 1)
    return Place(article, quotation, context, article_id, pieces, is_theirs)


def voice(speaker: Speaker | None, *utterances: Sequence[Place]) -> Voice:
    person = Person(((utterances[0][0].article.article_id, speaker),)) if speaker else None
    return Voice(person, tuple(Utterance(n, tuple(each)) for n, each in enumerate(utterances, 1)))


def voices_of(*voices: Voice, more: bool = False) -> Voices:
    return Voices(
        asked="the pier",
        by_words=False,
        passages=12,
        more=more,
        voices=voices,
        scope=Scope(30, 120, "2018-04", "2020-02-03", ()),
        generation="20200101T000000.000000Z",
        built="2020-01-01T00:00:00+00:00",
    )


VARIANT = (Piece("Close", "both"), Piece("it", "earlier"), Piece("the pier", "later"))
FOUND = voices_of(
    voice(
        MARA,
        [place("Close it."), place("Close the pier.", COURIER, "courier", pieces=VARIANT)],
        [place("the pier was rotten,", indirect=True)],
    ),
    voice(None, [place("Nobody knows", HERALD, "other", None, before="A wall says ")]),
)


def test_voices_by_value_on_a_terminal() -> None:
    """Counts, time line, and for each speaker the words by article, reported ones last."""
    assert voices_text(FOUND, styled=False) == (
        "1 speaker, 3 utterances in 3 articles, on “the pier”\n"
        "Searched 30 articles, April 2018 to 3 February 2020\n"
        "Looked through 12 passages on the subject\n"
        "\n"
        "Who spoke when, by the dates of the articles:\n"
        "    10 April 2018  Mara Holt\n"
        "    May 2018       Mara Holt\n"
        "\n"
        "Mara Holt\n"
        "    harbour master; Skerry\n"
        "    2 utterances in 2 articles\n"
        "\n"
        "    Pier row\n"
        "    Skerry Herald, 10 April 2018\n"
        "\n"
        "    [1] herald, characters 11 to 22, shown in their context\n"
        "“Close it.” she said.\n"
        "    also: Wexcombe Courier, May 2018 · courier, characters 11 to 28\n"
        "    there: Close [-it-] {+the pier+}\n"
        "    In 2 articles\n"
        "\n"
        "    [2] herald, characters 11 to 31, shown in their context\n"
        "    Reported, not word for word:\n"
        "the pier was rotten, she said.\n"
        "\n"
        "Speaker not certain\n"
        "    The article does not show for certain who says this.\n"
        "    1 utterance in 1 article\n"
        "\n"
        "    Pier row\n"
        "    Skerry Herald, 10 April 2018\n"
        "\n"
        "    [1] other, characters 23 to 37, shown in their context\n"
        "A wall says “Nobody knows” she said.\n"
        "\n"
        f"{RULE}\n"
        f"{PROMISE}"
    )


def test_what_stands_in_quotation_marks_is_bold_on_a_terminal() -> None:
    """Reported words are not."""
    text = voices_text(FOUND, styled=True)
    assert "“\x1b[1mClose it.\x1b[0m” she said." in text
    assert "\nthe pier was rotten, she said." in text
    assert re.sub("\x1b\\[[01]m", "", text) == voices_text(FOUND, styled=False)


def test_nobody_on_a_subject_is_told() -> None:
    """With what was searched, and no time line."""
    nobody = replace(voices_of(), passages=0, by_words=True)
    assert voices_text(nobody, styled=False) == (
        "Nobody is quoted on “the pier”\n"
        "Searched 30 articles, April 2018 to 3 February 2020\n"
        "No passages that hold these words were found\n"
        "\n"
        f"{RULE}"
    )
    page = Page(voices_html(nobody))
    assert page.text.startswith("Nobody is quoted on “the pier”.")
    assert "<svg" not in voices_html(nobody)


def test_what_was_not_looked_through_is_told() -> None:
    """So that nobody takes the list for everything."""
    assert "Looked through the 12 passages that match best; others may be on the subject too" in (
        voices_text(voices_of(more=True), styled=False)
    )


def test_another_speaker_of_the_same_words_is_told() -> None:
    """A fact about that article, and no verdict."""
    other = Speaker(None, "spokesperson", "Port Board")
    carried = [
        place("Close it."),
        place("Close it.", COURIER, "courier", other, is_theirs=False),
        place("Close it.", BRIEF, "brief", None, is_theirs=False),
    ]
    text = voices_text(voices_of(voice(MARA, carried)), styled=False)
    assert "characters 11 to 22 · given there to: spokesperson, Port Board\n" in text
    assert "· speaker not certain there\n" in text
    assert "also: Brief by this project about: " in text
    html = voices_html(voices_of(voice(MARA, carried)))
    assert "(given there to: spokesperson, Port Board)" in html


def test_html_has_a_table_for_each_speaker() -> None:
    """Each utterance links to its words; quoted and reported words are kept apart."""
    html = voices_html(FOUND)
    assert html.count('<table class="voice">') == 2
    assert html.count("<caption>") == 2
    first = FOUND.voices[0].utterances[0].places[0]
    assert f'href="{permalink(first.article, first.quotation.span)}"' in html
    assert "“<mark>Close it.</mark>” she said." in html
    reported = html.partition('<div class="reported">')[2]
    assert "<mark>" not in reported.partition("</div>")[0]
    assert "the pier was rotten, she said." in reported
    assert '<del><span class="hidden">(not there:) </span>it</del>' in html
    assert '<ins><span class="hidden">(only there:) </span>the pier</ins>' in html
    assert "Speaker not certain: 1 utterance in 1 article</summary>" in html


def test_a_sentence_with_two_utterances_is_shown_once() -> None:
    """Both are marked, and the link goes from the first to the last."""
    first = place("Close it")
    text = "Headline.\n\n“Close it” and “not too late” she said.\n"
    article = Article("herald", text, HERALD)
    context = Span(11, len(text) - 1)
    said = [Span(11, 21), Span(26, 40)]
    both = voice(
        MARA,
        *(
            [
                Place(
                    article,
                    replace(
                        first.quotation, span=span, quoted=(Span(span.start + 1, span.end - 1),)
                    ),
                    context,
                    "herald",
                )
            ]
            for span in said
        ),
    )
    html = voices_html(voices_of(both))
    assert html.count("<blockquote") == 1
    assert "“<mark>Close it</mark>” and “<mark>not too late</mark>” she said." in html
    assert f'href="{permalink(article, Span(11, 40))}"' in html
    assert "    [1] [2] herald, characters 11 to 40, shown in their context\n“Close it” and" in (
        voices_text(voices_of(both), styled=False)
    )


def test_only_the_first_speakers_stand_open() -> None:
    """The others are folded away, and none is lost."""
    many = [
        voice(Speaker(f"Ada Brook{n:02}", None, None), [place(f"Word {n}.")]) for n in range(11)
    ]
    html = voices_html(voices_of(*many))
    open_part, _, folded = html.partition("<details")
    assert open_part.count("<table") == 8
    assert folded.count("<table") == 3
    assert "3 more speakers</summary>" in folded


@pytest.mark.parametrize("bad", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(bad: str) -> None:
    """Whatever an article, a name or a subject holds, no element of it reaches the page."""
    hostile = replace(
        voices_of(
            voice(
                Speaker(bad, f"role {bad}", f"body {bad}"),
                [
                    place(bad, Metadata(title=bad, publisher=bad, published="2018")),
                    place(bad, COURIER, "b", pieces=(Piece(bad, "later"),)),
                ],
            )
        ),
        asked=bad,
    )
    plain = voices_of(
        voice(
            Speaker("Name", "role", "body"),
            [
                place("words", Metadata(title="title", publisher="paper", published="2018")),
                place("words", COURIER, "b", pieces=(Piece("words", "later"),)),
            ],
        )
    )
    tags = re.compile(r"<(\w+)")
    assert tags.findall(voices_html(hostile)) == tags.findall(voices_html(plain))


def test_csv_has_a_line_for_each_place() -> None:
    """The words and their context exactly, and who speaks as that article tells it."""
    lines = list(csv.DictReader(io.StringIO(voices_csv(FOUND), newline="")))
    assert [
        (line["speaker"], line["utterance"], line["kind"], line["article_id"]) for line in lines
    ] == [
        ("Mara Holt", "1", "direct", "herald"),
        ("Mara Holt", "1", "direct", "courier"),
        ("Mara Holt", "2", "indirect", "herald"),
        ("", "1", "direct", "other"),
    ]
    assert lines[0] == {
        "speaker": "Mara Holt",
        "role": "harbour master",
        "organisation": "Skerry",
        "utterance": "1",
        "kind": "direct",
        "words": "“Close it.”",
        "context": "“Close it.” she said.",
        "attribution": "she said",
        "article_id": "herald",
        "title": "Pier row",
        "publisher": "Skerry Herald",
        "date": "2018-04-10",
        "url": "",
        "page": "",
        "start": "11",
        "end": "22",
        "sha256": FOUND.voices[0].utterances[0].places[0].article.sha256,
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_csv_round_trip(words: list[str]) -> None:
    """A reader of CSV gets back every word, and no cell begins as a formula."""
    found = voices_of(voice(MARA, *([place(each, indirect=True)] for each in words)))
    rows = list(csv.reader(io.StringIO(voices_csv(found), newline="")))
    assert [len(row) for row in rows] == [17] * (1 + len(words))
    for row, each in zip(rows[1:], words, strict=True):
        assert row[5] in (each, f"'{each}")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def drawn(html: str) -> Iterator[tuple[str, float, float]]:
    """Shape, first per cent of the width and width of each mark."""
    for shape, at in re.findall(r'<(circle|rect) class="mark" c?x="([\d.]+)%"', html):
        width = re.search(rf'x="{at}%" y="[\d.]+" width="([\d.]+)%"', html)
        yield shape, float(at), float(width[1]) if width else 0.0


def test_the_time_line_by_value() -> None:
    """A day is a dot in its place, a month a bar over all its days, and both have words."""
    year = Metadata(published="2018")
    found = voices_of(
        voice(MARA, [place("One."), place("One.", COURIER, "courier")]),
        voice(Speaker("Al Quill"), [place("Two.", year, "year", Speaker("Al Quill"))]),
    )
    html = timeline_html(found)
    day, month, whole = drawn(html)
    assert day == ("circle", pytest.approx(2 + 96 * 99.5 / 365, abs=0.01), 0.0)
    assert month == (
        "rect",
        pytest.approx(2 + 96 * 120 / 365, abs=0.01),
        pytest.approx(96 * 31 / 365, abs=0.01),
    )
    assert whole == ("rect", 2.0, 96.0)
    assert "<title>Mara Holt, 10 April 2018: 1 utterance</title>" in html
    assert "<title>Mara Holt, May 2018: 1 utterance</title>" in html
    assert "<title>Al Quill, 2018: 1 utterance</title>" in html
    assert '<text class="name" x="0" y="14">Mara Holt</text>' in html
    assert ">1 January 2018</text>" in html
    assert ">31 December 2018</text>" in html
    assert "A dot is a day, a bar is a month or a year, where no more is known." in html


def test_what_the_time_line_cannot_show_is_told() -> None:
    """Articles without a date, speakers who are not certain, and those for whom is no room."""
    undated = voice(Speaker("Al Quill"), [place("Two.", Metadata(), "no", Speaker("Al Quill"))])
    nobody = voice(None, [place("Three.", HERALD, "herald", None)])
    html = timeline_html(voices_of(voice(MARA, [place("One.")]), undated, nobody))
    assert (
        "Not drawn: 1 speaker only in articles without a date; speakers who are not certain."
        in (unescape(html))
    )
    assert timeline_html(voices_of(undated, nobody)) == ""
    many = [voice(Speaker(f"Ada Brook{n:02}"), [place("One.")]) for n in range(15)]
    plot = timeline_of(voices_of(*many))
    assert plot is not None
    assert (len(plot.rows), plot.notes) == (12, ("3 more speakers below",))


DATES = st.lists(
    st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]) | st.just("2018"), min_size=1
)


@given(DATES)
def test_every_mark_lies_inside_the_plot(dates: list[str]) -> None:
    """Whatever the dates, also a single one."""
    places = [place("One.", Metadata(published=each), f"a{n}") for n, each in enumerate(dates)]
    plot = timeline_of(voices_of(voice(MARA, places)))
    assert plot is not None
    ((_, marks),) = plot.rows
    assert [mark.date for mark in marks] == sorted(set(dates))
    assert all(2 <= mark.start < mark.end <= 98.001 for mark in marks)
    assert all(2 <= at <= 98 for _, at in plot.years)
