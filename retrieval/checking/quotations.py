"""What became of one quotation of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from corpus import Span, sentence_spans
from index import SearchIndex
from retrieval.answers.answer import Elsewhere
from retrieval.checking.draft import Drafted
from retrieval.checking.finding import (
    Aligned,
    Candidates,
    Stand,
    aligned,
    begins_whole,
    candidates,
    ends_whole,
    exact_places,
    negation_before,
    speech_at,
    speeches_of,
    stand_of,
)
from retrieval.checking.outcome import Attribution, CheckedQuotation, Verdict
from retrieval.checking.speakers import is_same_speaker
from retrieval.checking.words.differences import Compared, Cut, Difference, compared, cut_of
from retrieval.checking.words.folding import Folded, fold, is_word

# Words of a quotation that are aligned: a speech of eight minutes. Exactly, any length is found.
LONGEST_ALIGNED = 1_000
# The share of its words that must stand in a source, in order, for a quotation to be an altered
# one of it and not another. Of 205 sentences of TREC QA beside the 3,000 articles of the news
# sample, which do not hold them, 1 reaches .6, 4 more .5, and 9 more .4; of 200 quotations of
# five words or more from those articles with one word replaced, 194 reach it.
_ALTERED = 0.6
# With a larger share, sentences are not looked for one by one: the few other words are shown as
# what they are, differences.
_MOSTLY = 0.85
# Words that a piece needs to be looked for alone: of pairs of words from 200 quotations of that
# sample, nearly all that are not too common stand in another article, too.
_PIECE = 3
# Places of one article that are looked at, for the one that is the named speaker's.
_OF_ONE_ARTICLE = 20
# Characters between two pieces of one article that are shown as what was cut.
_CUT_SHOWN = 2_000
_MARK = re.compile('["“”„‟«»]')

_RANK: dict[Attribution, int] = {
    "same": 0, "not given": 1, "not shown": 2, "other": 3, "own words": 4,
}  # fmt: skip
_RANK_OF_OWN_WORDS = {"speaker": 0, "article": 1, "brief": 2}


def check_quotation(drafted: Drafted, text: str, index: SearchIndex) -> CheckedQuotation:
    """text: of the draft. Raises IndexDamaged where an article is not what was indexed."""
    return _Search(drafted, text, _read(drafted.span, text), index).outcome()


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation as it is looked for, without the comma or the full stop at its very end, which
    follow from a paper's style.

    words: without ellipses. cuts: numbers of the words in front of which one stands, in order.
    literal: with those inside, since the source may have them too.
    """

    words: Folded
    cuts: tuple[int, ...]
    literal: Folded

    @property
    def pieces(self) -> list[Folded]:
        return [self.words.part(*bounds) for bounds in pairwise([0, *self.cuts, len(self.words)])]


def _read(span: Span, text: str) -> _Quoted:
    everything = fold(text, span.start, span.end)
    kept: list[int] = []
    cuts = set()
    for number in range(len(everything)):
        if _is_ellipsis(everything.words, number):
            cuts.add(len(kept))
        else:
            kept.append(number)
    if len(kept) > 1 and everything.words[kept[-1]] in (",", "."):
        kept.pop()
    words = Folded(
        tuple(everything.words[number] for number in kept),
        tuple(everything.spans[number] for number in kept),
    )
    inner = tuple(sorted(cut for cut in cuts if 0 < cut < len(kept)))
    return _Quoted(words, inner, everything.part(kept[0], kept[-1] + 1))


def _is_ellipsis(words: Sequence[str], number: int) -> bool:
    """Whether a word is an ellipsis, or a bracket around one."""
    word, before, after = words[number], words[number - 1 : number], words[number + 1 : number + 2]
    return (
        word == "..."
        or (word in "[(" and after == ("...",))
        or (word in "])" and before == ("...",))
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """One quotation, in a collection. text: of the draft."""

    drafted: Drafted
    text: str
    quoted: _Quoted
    index: SearchIndex

    def outcome(self) -> CheckedQuotation:
        words = self.drafted.span.of(self.text)
        found = candidates(words, self.index, self.drafted.speaker)
        if stands := self._exact(self.quoted.literal, found):
            return self._told_exact(stands)
        if self.quoted.cuts and (told := self._in_pieces(found)) is not None:
            return told
        if not found.is_whole or len(self.quoted.words) > LONGEST_ALIGNED:
            return self._told("not compared", [])
        return self._nearest(found)

    def _exact(self, words: Folded, found: Candidates) -> list[Stand]:
        """Where exactly these words stand, the best place of each article; the best first."""
        stands = []
        for candidate in found.articles:
            if not candidate.holds_all:
                continue
            article = self.index.article(candidate.article_id)
            if places := list(islice(exact_places(words, article), _OF_ONE_ARTICLE)):
                quotations = self.index.catalogue.quotations(article.article_id)
                each = (stand_of(article, [span], quotations) for span in places)
                stands.append(min(each, key=self._rank))
        dated = self.index.catalogue.by_date(stand.article.article_id for stand in stands)
        order = {article_id: at for at, (article_id, *_) in enumerate(dated)}
        return sorted(
            stands, key=lambda stand: (self._rank(stand), order[stand.article.article_id])
        )

    def _told_exact(self, stands: Sequence[Stand]) -> CheckedQuotation:
        best = stands[0]
        quotations = self.index.catalogue.quotations(best.article.article_id)
        if best.words_of == "article" and len(parts := speeches_of(best, quotations)) > 1:
            return self._told("joined", parts)
        cuts = self._cut_in_front(best)
        verdict: Verdict = "shortened" if cuts else "exact"
        match self._attribution(best):
            case _ if best.words_of == "brief":
                verdict = "our words"
            case "not shown":
                verdict = "speaker not shown"
            case "other" | "own words":
                verdict = "other speaker"
        return self._told(verdict, [best], cuts=cuts, same=stands)

    def _in_pieces(self, found: Candidates) -> CheckedQuotation | None:
        """A quotation with ellipses whose pieces all stand exactly: in one article, in order, or
        each somewhere."""
        stands = []
        for candidate in found.articles:
            if candidate.holds_all:
                article = self.index.article(candidate.article_id)
                places = [
                    list(islice(exact_places(piece, article), _OF_ONE_ARTICLE))
                    for piece in self.quoted.pieces
                ]
                quotations = self.index.catalogue.quotations(article.article_id)
                stands += [stand_of(article, chain, quotations) for chain in _chains(places)]
        if stands:
            return self._told_shortened(
                min(stands, key=lambda each: (self._rank(each), each.span.end - each.span.start))
            )
        return self._joined(self.quoted.pieces)

    def _told_shortened(self, stand: Stand) -> CheckedQuotation:
        """In order in one article: shortened where it is one speech, or the article's own words,
        and joined where it is several."""
        text = stand.article.text
        furniture = [item.span for item in stand.article.furniture]
        cuts = [
            cut
            for before, after in pairwise(stand.pieces)
            if (cut := cut_of(fold(text, before.end, after.start, furniture), shown=True))
        ]
        return self._told(
            "shortened" if self._is_one_speech(stand) else "joined",
            [stand],
            cuts=(*self._cut_in_front(stand), *cuts),
        )

    def _is_one_speech(self, stand: Stand) -> bool:
        quotations = self.index.catalogue.quotations(stand.article.article_id)
        return all(
            speech_at(before.end - 1, quotations) == speech_at(after.start, quotations)
            for before, after in pairwise(stand.pieces)
        )

    def _joined(self, pieces: Sequence[Folded]) -> CheckedQuotation | None:
        """A quotation each of whose pieces stands exactly somewhere."""
        stands = []
        for piece in pieces:
            if sum(map(is_word, piece.words)) < _PIECE:
                return None
            words = piece.span(0, len(piece)).of(self.text)
            found = candidates(words, self.index, self.drafted.speaker)
            places = self._exact(piece, found)
            if not places:
                return None
            stands.append(places[0])
        first = stands[0].article.article_id
        cuts = [
            cut
            for one, other in pairwise(stands)
            if one.article.article_id == other.article.article_id == first
            for cut in _cut_between(one, other)
        ]
        return self._told("joined", stands, cuts=cuts)

    def _nearest(self, found: Candidates) -> CheckedQuotation:
        """A quotation that stands nowhere exactly: its differences from what is nearest."""
        beside = []
        for candidate in found.nearest:
            if one := aligned(self.quoted.words, candidate, self.index, self.quoted.cuts):
                each = self._compared(one)
                quotations = self.index.catalogue.quotations(candidate.article_id)
                beside.append((one, each, stand_of(one.article, each.pieces, quotations)))
        if not beside:
            return self._told("not found", [])
        one, each, stand = min(
            beside, key=lambda each: (each[0].alignment.cost, self._rank(each[2]))
        )
        if not each.differences:
            return self._told_shortened(stand) if each.cuts else self._told_exact([stand])
        share = self._share(one)
        sentences = self._sentences() if share < _MOSTLY else []
        if len(sentences) > 1 and (joined := self._joined(sentences)) is not None:
            return joined
        if share < _ALTERED:
            return self._told("not found", [stand])
        if all(_is_cut(difference, stand.article.text) for difference in each.differences):
            return self._told_joined(each, stand)
        cuts = (*self._cut_in_front(stand), *each.cuts)
        return self._told("altered", [stand], differences=each.differences, cuts=cuts)

    def _told_joined(self, each: Compared, stand: Stand) -> CheckedQuotation:
        """Words of one article in order, with sentences or an attribution left out unsaid."""
        text = stand.article.text
        furniture = [item.span for item in stand.article.furniture]
        left_out = [
            cut
            for difference in each.differences
            if difference.source
            and (
                cut := cut_of(
                    fold(text, difference.source.start, difference.source.end, furniture),
                    shown=False,
                )
            )
        ]
        cuts = sorted((*left_out, *each.cuts), key=lambda cut: cut.span)
        bounds = [stand.span.start, *(at for cut in cuts for at in (cut.span.start, cut.span.end))]
        bounds.append(stand.span.end)
        pieces = [
            folded.span(0, len(folded))
            for start, end in zip(bounds[::2], bounds[1::2], strict=True)
            if len(folded := fold(text, start, end, furniture))
        ]
        quotations = self.index.catalogue.quotations(stand.article.article_id)
        whole = stand_of(stand.article, pieces, quotations)
        return self._told("joined", [whole], cuts=(*self._cut_in_front(whole), *cuts))

    def _compared(self, one: Aligned) -> Compared:
        text, spans = one.article.text, one.words.spans
        first, last = one.alignment.pairs[0][1], one.alignment.pairs[-1][1] + 1
        while first > 0 and not begins_whole(text, spans[first].start):
            first -= 1
        while last < len(spans) and not ends_whole(text, spans[last - 1].end):
            last += 1
        return compared(self.quoted.words, one.words, one.alignment, self.quoted.cuts, first, last)

    def _share(self, one: Aligned) -> float:
        quoted, source = self.quoted.words.words, one.words.words
        equal = sum(
            is_word(quoted[number]) and quoted[number].casefold() == source[place].casefold()
            for number, place in one.alignment.pairs
        )
        return equal / max(1, sum(map(is_word, quoted)))

    def _sentences(self) -> list[Folded]:
        span = self.drafted.span
        return [
            _read(sentence, self.text).literal
            for sentence in sentence_spans(self.text, span.start, span.end)
            if any(map(is_word, fold(self.text, sentence.start, sentence.end).words))
        ]

    def _attribution(self, stand: Stand) -> Attribution:
        if self.drafted.speaker is None:
            return "not given"
        if stand.words_of != "speaker" or stand.quotation is None:
            return "own words"
        if stand.quotation.speaker is None:
            return "not shown"
        same = is_same_speaker(self.drafted.speaker, stand.quotation.speaker)
        return "same" if same else "other"

    def _rank(self, stand: Stand) -> tuple[int, int, bool, bool]:
        """Lower is better: what bears out the named speaker, then somebody's words."""
        return (
            _RANK[self._attribution(stand)],
            _RANK_OF_OWN_WORDS[stand.words_of],
            bool(self._cut_in_front(stand)),
            stand.quotation is None or stand.quotation.speaker is None,
        )

    def _cut_in_front(self, stand: Stand) -> tuple[Cut, ...]:
        """A negation directly in front of the words, where the draft has none there."""
        denied = negation_before(stand.article.text, stand.span.start)
        if denied is None or negation_before(self.text, self.drafted.span.start) is not None:
            return ()
        return (Cut(denied, shown=False, negations=(denied,)),)

    def _told(
        self,
        verdict: Verdict,
        stands: Sequence[Stand],
        *,
        differences: Sequence[Difference] = (),
        cuts: Sequence[Cut] = (),
        same: Sequence[Stand] = (),
    ) -> CheckedQuotation:
        """same: where exactly these words stand, the first of `stands` among them."""
        attributions = [self._attribution(stand) for stand in stands]
        spans = {stand.article.article_id: stand.span for stand in same}
        dated = self.index.catalogue.by_date(spans)
        return CheckedQuotation(
            span=self.drafted.span,
            speaker=self.drafted.speaker,
            verdict=verdict,
            attribution=max(attributions, key=lambda each: _RANK[each], default="not given"),
            places=tuple(stand.place() for stand in stands),
            differences=tuple(differences),
            cuts=tuple(cuts),
            elsewhere=tuple(
                Elsewhere(article_id, sha256, spans[article_id], earliest=earliest)
                for article_id, sha256, earliest in dated
                if article_id != stands[0].article.article_id
            ),
            articles=len(dated),
            texts=len({earliest for *_, earliest in dated}),
        )


def _chains(places: Sequence[Sequence[Span]]) -> Iterator[list[Span]]:
    """From each place of the first piece, the next of each that follows."""
    for first in places[0]:
        chain = [first]
        for following in places[1:]:
            after = next((span for span in following if span.start >= chain[-1].end), None)
            if after is None:
                break
            chain.append(after)
        if len(chain) == len(places):
            yield chain


def _is_cut(difference: Difference, text: str) -> bool:
    """Whether what is left out ends a sentence, or leaves the quotation marks: it is more than a
    word that is missing."""
    source = difference.source
    if difference.drafted is not None or source is None:
        return False
    around = text[max(0, source.start - 3) : source.end + 3]
    words = fold(text, source.start, source.end).words
    return any(word in (".", "!", "?") for word in words) or len(_MARK.findall(around)) > 1


def _cut_between(one: Stand, other: Stand) -> Iterator[Cut]:
    """What stands between two pieces of one article, if that is not too much."""
    start, end = one.span.end, other.span.start
    if start < end <= start + _CUT_SHOWN:
        furniture = [item.span for item in one.article.furniture]
        if cut := cut_of(fold(one.article.text, start, end, furniture), shown=False):
            yield cut
