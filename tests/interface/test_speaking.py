"""Who speaks in a citation, in words."""

from __future__ import annotations

from dataclasses import replace

from corpus import Metadata, Quotation, QuotationKind, Span, Speaker
from interface.rendering import answer_html, answer_text
from interface.rendering.speaking import caution_line, speaker_in_words, speaker_lines, their_words
from retrieval import Caution, Citation
from tests.interface.answers import BRIEF, answer_of, article_of, citation_of, passage_in

LEE = Speaker("Ann Lee", "harbour master", "Elmbridge Council")
TOLD = "“Boats will call,” she said. The harbour is calm, she added."


def citation(metadata: Metadata | None = None, shown: str = "she said") -> Citation:
    article = article_of(TOLD, metadata)
    passage = passage_in(article, "“Boats will call,” she said.", "The harbour is calm, she added.")

    def said(words: str, kind: QuotationKind, speaker: Speaker | None) -> Quotation:
        start = article.text.index(words)
        span = Span(start, start + len(words))
        at = article.text.index(shown)
        return Quotation(
            span=span,
            kind=kind,
            quoted=(Span(span.start + 1, span.end - 1),) if kind == "direct" else (),
            speaker=speaker,
            source=None,
            verb=None,
            attribution=Span(at, at + len(shown)) if speaker else None,
        )

    return replace(
        citation_of(passage),
        quotations=(
            said("“Boats will call,”", "direct", LEE),
            said("The harbour is calm", "indirect", None),
        ),
    )


def test_a_speaker_is_told_as_far_as_the_article_does() -> None:
    assert speaker_in_words(LEE) == "Ann Lee (harbour master, Elmbridge Council)"
    assert speaker_in_words(Speaker(None, "a spokesperson", "Home Office")) == (
        "a spokesperson (Home Office)"
    )
    assert speaker_in_words(Speaker("Ann Lee")) == "Ann Lee"


def test_every_speaker_has_a_line_and_an_uncertain_one_is_said_to_be() -> None:
    assert [line.told for line in speaker_lines(citation())] == [
        "Words of: Ann Lee (harbour master, Elmbridge Council)",
        "The article does not make certain whose words these are",
    ]


def test_what_shows_the_speaker_is_quoted_where_it_stands_outside_the_passage() -> None:
    """A passage that lies inside a quotation which began earlier says so."""
    lines = speaker_lines(citation(shown="Headline"))
    assert lines[0].told.endswith("; “Headline”, before this passage")
    lines = speaker_lines(citation(shown="The end"))
    assert lines[0].told.endswith("; “The end”, after this passage")


def test_a_brief_says_that_the_words_are_quoted_in_it() -> None:
    lines = speaker_lines(citation(BRIEF))
    assert lines[0].told.startswith("Words, quoted in our brief, of: Ann Lee")


def test_words_are_cut_to_the_passage() -> None:
    cited = citation()
    quoted, told = their_words(cited.quotations, Span(cited.passage.span.start, 25))
    assert [span.end for span in quoted] == [25]
    assert told == []


def test_words_are_told_apart_in_html_and_named() -> None:
    rendered = answer_html(answer_of(citation()))
    assert '<mark>“<span class="words">Boats will call,</span>” she said.</mark>' in rendered
    assert '<span class="told">The harbour is calm</span>' in rendered
    assert '<p class="speaking">Words of: Ann Lee (harbour master' in rendered


def test_the_terminal_names_speakers() -> None:
    rendered = answer_text(answer_of(citation()), styled=False)
    assert "    Words of: Ann Lee (harbour master, Elmbridge Council)\n" in rendered


def test_cues_are_quoted_once_each_in_the_order_of_the_text() -> None:
    cited = citation()
    cues = (
        Caution("denial", Span(0, 4)),
        Caution("condition", Span(5, 8)),
        Caution("denial", Span(0, 4)),
    )
    text = cited.article.text
    assert caution_line(replace(cited, cautions=cues)) == (
        f"In the highlighted words: a denial (“{text[:4]}”), a condition (“{text[5:8]}”)"
    )
    assert caution_line(cited) == ""


def test_whose_words_come_first_is_said() -> None:
    answer = replace(answer_of(citation()), speaker="Ann Lee")
    assert "Passages with words of Ann Lee come first" in answer_text(answer, styled=False)
    assert "Passages with words of Ann Lee come first" in answer_html(answer)
