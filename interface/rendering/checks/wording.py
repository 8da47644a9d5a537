"""The program's own words about a check. All of them are fixed; what is quoted comes from the
draft or from an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus import Span
from interface.rendering.speaking import speaker_in_words
from interface.rendering.wording import (
    about_line,
    counted,
    disjoint,
    original_title,
    source_line,
    title_of,
)
from retrieval import (
    LONGEST_ALIGNED,
    Check,
    CheckedClaim,
    CheckedQuotation,
    Cut,
    Difference,
    Near,
    Occurrence,
    QuotationVerdict,
)

VERDICTS: dict[QuotationVerdict, str] = {
    "exact": "Exact",
    "other speaker": "The words stand so, but not as this speaker's",
    "speaker not shown": "The words stand so, but the article does not show who speaks",
    "our words": "The words of our own brief, in nobody's quotation marks",
    "shortened": "Shortened",
    "joined": "Joined from several places",
    "altered": "Altered",
    "not found": "Not found",
    "not compared": "Not compared: its words are too common to look for, or more than "
    f"{LONGEST_ALIGNED:,}",
}
_COUNTED: dict[QuotationVerdict, str] = {
    **VERDICTS,
    "exact": "exact",
    "other speaker": "not this speaker's",
    "speaker not shown": "without a speaker in the article",
    "our words": "our brief's own words",
    "shortened": "shortened",
    "joined": "joined",
    "altered": "altered",
    "not found": "not found",
    "not compared": "not compared",
}
CHECK_LIMITS = (
    "Exact means equal but for quotation marks, dashes, white space, and a comma or full stop at "
    "the very end. It says where words stand, not whether they are right."
)
NO_QUOTATION = "Nothing here stands in quotation marks."
NEAREST = "The nearest words in the collection:"
NOTHING_NEAR = "Nothing in the collection is near."
CLAIM = "In the draft's own words"
# Ids in a line.
_LISTED = 12


def check_summary(check: Check) -> str:
    """`3 quotations: 2 exact, 1 altered`, and how many sentences in plain words."""
    if not check.quotations:
        head = NO_QUOTATION.removesuffix(".")
    else:
        numbers = Counter(each.verdict for each in check.quotations)
        told = ", ".join(
            f"{numbers[verdict]} {words}" for verdict, words in _COUNTED.items() if numbers[verdict]
        )
        head = f"{counted(len(check.quotations), 'quotation')}: {told}"
    if not check.claims:
        return head
    return f"{head}; {counted(len(check.claims), 'sentence')} in plain words"


def whose_words(place: Occurrence) -> str:
    """To whom the article gives the words: `The article gives them to Ada Brook (mayor)`."""
    told = place.quotation.speaker if place.quotation else None
    if place.words_of == "speaker":
        if told is None:
            return "In quotation marks; the article does not show who speaks"
        return f"The article gives them to {speaker_in_words(told)}"
    own = "Our brief's" if place.words_of == "brief" else "The article's"
    if told is None:
        return f"{own} own words, in no quotation marks"
    return f"{own} own words, in no quotation marks, on what {speaker_in_words(told)} said"


def named_line(checked: CheckedQuotation) -> str | None:
    """Whom the draft names, and whether the article does."""
    if checked.speaker is None:
        return None
    named = f"The draft names {speaker_in_words(checked.speaker)}"
    return {
        "same": f"{named}, as the article does",
        "other": f"{named}; the article does not",
        "not shown": f"{named}; the article shows no speaker",
        "own words": f"{named}; the article does not quote these words",
        "not given": named,
    }[checked.attribution]


def finding_lines(checked: CheckedQuotation, draft: str) -> list[str]:
    """All that is told of a quotation before its places."""
    lines = [named_line(checked)]
    if checked.places:
        first = checked.places[0]
        text = first.article.text
        lines += [difference_line(each, draft, text) for each in checked.differences]
        lines += [cut_line(cut, text, first) for cut in checked.cuts]
    lines.append(elsewhere_line(checked))
    if checked.verdict == "not found":
        lines.append(NEAREST if checked.places else NOTHING_NEAR)
    return [line for line in lines if line]


def where_line(place: Occurrence | Near) -> str:
    """`Ferry aground, Skerry Herald, 3 February 2020`, or `In our brief of Keeper leaves, …`."""
    metadata = place.article.metadata
    if metadata.kind == "brief":
        return f"In our brief of {original_title(metadata)}{about_line(metadata)}"
    return f"{title_of(place.article)}, {source_line(metadata)}"


def elsewhere_line(checked: CheckedQuotation) -> str | None:
    """`In 5 articles, 2 distinct texts; also in: a, b`."""
    if checked.articles < 2:
        return None
    texts = (
        f", {counted(checked.texts, 'distinct text')}" if checked.texts < checked.articles else ""
    )
    shown = [place.article_id for place in checked.elsewhere[:_LISTED]]
    more = len(checked.elsewhere) - len(shown)
    listed = ", ".join(shown) + (f" and {counted(more, 'more article')}" if more else "")
    return f"In {counted(checked.articles, 'article')}{texts}; also in: {listed}"


def difference_line(each: Difference, draft: str, text: str) -> str:
    """`“47” for “46” (number)`, `Left out: “not” (negation)`, `Added: “never” (negation)`."""
    about = [word for word, has in (("number", each.numbers), ("negation", each.negation)) if has]
    kind = f" ({', '.join(about)})" if about else ""
    if each.drafted is None:
        return f"Left out: {_marked(each.source, text)}{kind}"
    if each.source is None:
        return f"Added: {_marked(each.drafted, draft)}{kind}"
    return f"{_marked(each.drafted, draft)} for {_marked(each.source, text)}{kind}"


def cut_line(cut: Cut, text: str, first: Occurrence) -> str:
    """`Cut, as the draft shows: “not”, with the negation “not”`."""
    words = _marked(cut.span, text)
    if cut.span.end <= first.span.start:
        return f"Directly in front of it stands {words} (negation)"
    how = "Cut, as the draft shows" if cut.shown else "Cut, and the draft does not show it"
    denied = " and ".join(dict.fromkeys(_marked(span, text) for span in cut.negations))
    return f"{how}: {words}" + (f", with the negation {denied}" if denied else "")


def facts_lines(claim: CheckedClaim, near: Near, draft: str) -> list[str]:
    """What of a claim's numbers, dates and names stands in a passage, and what does not."""
    found = [fact for fact, spans in zip(claim.facts, near.found, strict=True) if spans]
    missing = [fact for fact, spans in zip(claim.facts, near.found, strict=True) if not spans]
    return [
        f"{words}: {', '.join(dict.fromkeys(_marked(fact.span, draft) for fact in facts))}"
        for words, facts in (("Found here", found), ("Not found here", missing))
        if facts
    ]


def marked_spans(near: Near) -> Sequence[Span]:
    """Where the facts of a claim stand in a passage, in order, disjoint."""
    return disjoint(span for spans in near.found for span in spans)


def _marked(span: Span | None, text: str) -> str:
    return f"“{' '.join(span.of(text).split())}”" if span else "“”"
