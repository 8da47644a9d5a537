"""Who says what on a subject: people, their utterances, and where these stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Article, Person, Quotation, Span
from retrieval.answers.answer import Scope
from retrieval.voices.differences import Piece


@dataclass(frozen=True, slots=True)
class Place:
    """Where an utterance stands.

    context: the sentences in which the quotation stands, whole, so that a few words of one are not
        taken out of it.
    earliest: of the article's near-copies, itself where it has none.
    pieces: how its words differ from those of the utterance's first place; empty where they are
        the same, and of the first.
    is_theirs: whether this article, too, gives them to the person under whom they are listed.
    """

    article: Article
    quotation: Quotation
    context: Span
    earliest: str
    pieces: tuple[Piece, ...] = ()
    is_theirs: bool = True

    def __post_init__(self) -> None:
        if not self.context.contains(self.quotation.span):
            raise ValueError(f"a quotation outside its context {self.context}")

    @property
    def words(self) -> tuple[Span, ...]:
        """Of direct and mixed speech what stands in quotation marks, without them; of indirect
        speech all of it."""
        return self.quotation.quoted or (self.quotation.span,)


@dataclass(frozen=True, slots=True)
class Utterance:
    """The same words, or nearly, wherever they are quoted.

    number: from 1, in the order shown. places: the earliest first, undated ones last.
    """

    number: int
    places: tuple[Place, ...]

    def __post_init__(self) -> None:
        if len({place.quotation.kind == "indirect" for place in self.places}) != 1:
            raise ValueError("direct and indirect speech are no one utterance")

    @property
    def indirect(self) -> bool:
        return self.places[0].quotation.kind == "indirect"

    @property
    def texts(self) -> int:
        """In how many texts it stands when near-copies count once."""
        return len({place.earliest for place in self.places})


@dataclass(frozen=True, slots=True)
class Voice:
    """One person or body. person: all that the collection knows of them; None for the utterances
    of which nobody is certain to be the speaker.

    utterances: by their first places, in the order of these, and of an article in that of its text.
    """

    person: Person | None
    utterances: tuple[Utterance, ...]

    def by_article(self) -> Iterator[tuple[Article, list[Utterance]]]:
        """The articles in which utterances stand first, each with these."""
        of_article: dict[str, tuple[Article, list[Utterance]]] = {}
        for utterance in self.utterances:
            article = utterance.places[0].article
            of_article.setdefault(article.article_id, (article, []))[1].append(utterance)
        yield from of_article.values()

    @property
    def places(self) -> list[Place]:
        """Of all utterances."""
        return [place for utterance in self.utterances for place in utterance.places]


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says what on a subject.

    asked: the subject, as one line. by_words: whether passages that hold all of its words were
        looked through, and no others.
    passages: how many passages on it were looked through. more: whether others may be on it too.
    voices: by the number of utterances, most first, equals by name; last, if there are some, those
        without a certain speaker.
    generation, built: the index that was searched.
    """

    asked: str
    by_words: bool
    passages: int
    more: bool
    voices: tuple[Voice, ...]
    scope: Scope
    generation: str
    built: str

    @property
    def people(self) -> int:
        return sum(voice.person is not None for voice in self.voices)

    @property
    def utterances(self) -> int:
        return sum(len(voice.utterances) for voice in self.voices)

    @property
    def articles(self) -> int:
        return len({place.article.article_id for each in self.voices for place in each.places})

    @property
    def texts(self) -> int:
        """How many these are when near-copies count once."""
        return len({place.earliest for each in self.voices for place in each.places})
