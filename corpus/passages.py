"""Passages: runs of whole sentences, packed to a size that can be read and ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import Article
from corpus.sentences import sentence_spans
from corpus.span import Span, trimmed

# Words. all-MiniLM-L6-v2 reads 256 word pieces, about 180 words of news English; with the title
# in front, 100 words are safely inside.
PASSAGE_WORDS = 100
# Version of the rules that mark furniture, split sentences and pack passages. Raise it when the
# same file would give other passages, so that a rebuild cuts every article again.
PASSAGE_RULES = "2"
# A passage with this many words may end early so as to end with its paragraph.
_ENOUGH_WORDS = 50


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of an article, the unit that is indexed, ranked and cited.

    A passage exists only as a slice of its article: `text` is always `article.text[start:end]`.
    sentences: their spans in the article's text, in order; the first begins and the last ends
        the passage.
    """

    article: Article
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a passage holds at least one sentence")
        words = self.text
        if words[0].isspace() or words[-1].isspace():
            raise ValueError(f"passage {self.passage_id} begins or ends on white space")
        if any(a.end > b.start for a, b in zip(self.sentences, self.sentences[1:], strict=False)):
            raise ValueError(f"the sentences of passage {self.passage_id} are not in order")

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].start, self.sentences[-1].end)

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def passage_id(self) -> str:
        """The text's hash and the span: names words, not a place in a collection."""
        return f"{self.article.sha256}:{self.span.start}-{self.span.end}"


def passages_of(article: Article, words: int = PASSAGE_WORDS) -> Iterator[Passage]:
    """The passages of an article, in order and disjoint.

    Every character outside furniture that is not white space lies in exactly one of them.
    Each has at most `words` words, unless one sentence alone has more. Furniture ends a passage.
    """
    for run in _runs(article):
        packed: list[Span] = []
        held = 0
        for paragraph in _by_paragraph(article.text, run):
            sizes = [len(sentence.of(article.text).split()) for sentence in paragraph]
            if packed and held >= min(_ENOUGH_WORDS, words) and held + sum(sizes) > words:
                yield Passage(article, tuple(packed))
                packed, held = [], 0
            for sentence, size in zip(paragraph, sizes, strict=True):
                if packed and held + size > words:
                    yield Passage(article, tuple(packed))
                    packed, held = [], 0
                packed.append(sentence)
                held += size
        if packed:
            yield Passage(article, tuple(packed))


def _runs(article: Article) -> Iterator[tuple[Span, ...]]:
    """The sentences between one piece of furniture and the next."""
    for stretch in article.prose():
        if prose := trimmed(article.text, stretch.start, stretch.end):
            yield tuple(sentence_spans(article.text, prose.start, prose.end))


def _by_paragraph(text: str, sentences: tuple[Span, ...]) -> Iterator[list[Span]]:
    paragraph: list[Span] = []
    for sentence in sentences:
        if paragraph and "\n" in text[paragraph[-1].end : sentence.start]:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph
