"""From a subject to the people who speak on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from corpus import Article, Person, Quotation, Span
from index import Encoder, Filter, SearchIndex, folded_words
from retrieval.questions.phrases import read_phrases
from retrieval.questions.question import read_question
from retrieval.ranking.reading import Reading
from retrieval.scope import allowed_rows, require_speaker, scope_of
from retrieval.voices.differences import differences
from retrieval.voices.passages import passages_on, sentences_on
from retrieval.voices.utterances import Words, utterances_among
from retrieval.voices.voices import Place, Utterance, Voice, Voices


def find_voices(
    asked: str,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    chosen: Filter | None = None,
) -> Voices:
    """Who says what on a subject, a question or some words, as far as the filter lets pass.

    Looked through are the passages on the subject (see `passages_on`); a quotation is on it where
    one of its sentences is (`sentences_on`). encoder: the one that the index was built with; None
    finds passages by words alone.
    Raises UnusableQuestion, UnknownSpeaker, and IndexDamaged where a passage is not what was
    indexed.
    """
    question = read_question(asked)
    chosen = chosen or Filter()
    require_speaker(chosen, index)
    found = passages_on(question, index, encoder, chosen)
    said = _said(found.readings, index, chosen)
    phrases, _ = read_phrases(question.text)
    return Voices(
        asked=question.text,
        by_words=found.by_words,
        passages=len(found.readings),
        more=found.more,
        voices=_voices(said, index),
        scope=scope_of(question, phrases, chosen, index),
        generation=index.manifest.generation,
        built=index.manifest.built,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation on the subject. person: None where nobody is certain to be the speaker."""

    article: Article
    quotation: Quotation
    context: Span
    earliest: str
    person: int | None

    @property
    def words(self) -> str:
        text = self.article.text
        spans = self.quotation.quoted or (self.quotation.span,)
        return " ".join(span.of(text) for span in spans)


def _said(readings: Iterable[Reading], index: SearchIndex, chosen: Filter) -> list[_Said]:
    """The quotations on the subject, by the dates of their articles."""
    spans = _sentences(readings, index, chosen)
    people = None
    if chosen.speaker is not None:
        people = set(index.catalogue.people_named(chosen.speaker))
    said = []
    for article_id, _, earliest in index.catalogue.by_date(spans):
        bearers = {
            bearer.speaker: bearer.person
            for bearer in index.catalogue.bearers(article_id=article_id)
        }
        article = index.article(article_id)
        sentences = _sentences_of(article_id, index)
        mine = [
            _Said(
                article,
                each,
                _context(each, sentences),
                earliest,
                bearers[each.speaker] if each.speaker else None,
            )
            for each in index.catalogue.quotations(article_id)
            if any(each.span.overlaps(span) for span in spans[article_id])
        ]
        said += [
            each
            for each in mine
            if not _is_shown_with_another(each, mine) and (people is None or each.person in people)
        ]
    return said


def _sentences(
    readings: Iterable[Reading], index: SearchIndex, chosen: Filter
) -> Mapping[str, list[Span]]:
    """The sentences on the subject, in every article with the same text that the filter lets
    pass."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    is_allowed = allowed_rows(index, replace(chosen, speaker=None), None)
    for reading in readings:
        for entry in index.catalogue.sharing(reading.passage.article.sha256):
            if is_allowed(entry.rows.start):
                spans[entry.article_id] += sentences_on(reading)
    return spans


def _sentences_of(article_id: str, index: SearchIndex) -> list[Span]:
    entry = index.catalogue.entry(article_id)
    passages = index.catalogue.sentences(entry) if entry else []
    return [sentence for sentences in passages for sentence in sentences]


def _context(quotation: Quotation, sentences: Iterable[Span]) -> Span:
    """The sentences of which the quotation has a part."""
    held = [quotation.span, *(each for each in sentences if each.overlaps(quotation.span))]
    return Span(min(each.start for each in held), max(each.end for each in held))


def _is_shown_with_another(one: _Said, said: Iterable[_Said]) -> bool:
    """Whether it is quoted inside a quotation of the same person, or of nobody certain."""
    return one.quotation.nested and any(
        other is not one
        and other.quotation.span.contains(one.quotation.span)
        and one.person in (None, other.person)
        for other in said
    )


def _voices(said: list[_Said], index: SearchIndex) -> tuple[Voice, ...]:
    words = [
        Words(tuple(folded_words(one.words)), one.person, one.quotation.kind == "indirect")
        for one in said
    ]
    of_person: defaultdict[int | None, list[list[_Said]]] = defaultdict(list)
    for positions in utterances_among(words):
        members = [said[position] for position in positions]
        # The first article that tells who speaks tells it of the others too.
        speaker = next((one.person for one in members if one.person is not None), None)
        of_person[speaker].append(members)
    people = {
        number: Person(
            tuple((each.article_id, each.speaker) for each in index.catalogue.bearers(number))
        )
        for number in of_person
        if number is not None
    }
    numbers = sorted(
        people, key=lambda number: (-len(of_person[number]), people[number].title, number)
    )
    voices, count = [], 0
    for number in [*numbers, *([None] if None in of_person else [])]:
        utterances = []
        for members in of_person[number]:
            count += 1
            places = tuple(_place(one, members[0], number) for one in members)
            utterances.append(Utterance(count, places))
        voices.append(Voice(None if number is None else people[number], tuple(utterances)))
    return tuple(voices)


def _place(one: _Said, first: _Said, person: int | None) -> Place:
    return Place(
        article=one.article,
        quotation=one.quotation,
        context=one.context,
        earliest=one.earliest,
        pieces=differences(first.words, one.words) if one is not first else (),
        is_theirs=one.person == person,
    )
