"""Articles, questions and judgements from a folder in BEIR layout.

    corpus.jsonl      one document a line: _id, text, and mostly a title
    queries.jsonl     one query a line: _id, text
    qrels/test.tsv    query-id, corpus-id and score, separated by tabs; or qrels.tsv

The layout is that of Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot
Evaluation of Information Retrieval Models". Of a document's `metadata` the publisher is read,
which a question may name, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Article, Metadata, UnreadableFile, metadata_from, with_plain_newlines
from retrieval.errors import UnusableTestData
from retrieval.questions.question import Question, question_of

# As for a line of a collection: a longer one is a dump or an accident.
_LONGEST_LINE_BYTES = 8 * 1024 * 1024
_HEADER = ("query-id", "corpus-id", "score")
# Grades go up to 4 in practice; what is far above is no grade, and the measures take C integers.
_GRADE = re.compile(r"[+-]?[0-9]{1,4}")
_WANTED = (
    "A folder in BEIR layout holds corpus.jsonl, queries.jsonl, and qrels/test.tsv or qrels.tsv."
)


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """name: of the folder.
    articles: every document, ordered by id, without furniture: all of its text is quotable.
    questions: by query id, those that have a relevant judgement, in the order of the file.
    judgements: of these questions, document id to score; relevant is 1 or more.
    unasked: queries with a relevant judgement that the file of queries lacks.
    """

    name: str
    articles: tuple[Article, ...]
    questions: Mapping[str, Question]
    judgements: Mapping[str, Mapping[str, int]]
    unasked: int

    @property
    def sha256(self) -> str:
        """Of what is indexed: ids, texts, titles and publishers, in whatever order they stand."""
        listed = [(article.article_id, article.fingerprint) for article in self.articles]
        return hashlib.sha256(repr(listed).encode()).hexdigest()

    @property
    def without_words(self) -> int:
        """Documents with neither text nor title. They are in the index, and nothing finds them."""
        return sum(not article.text.strip() for article in self.articles)

    @property
    def not_there(self) -> int:
        """Relevant judgements of documents that there are not. They count as not found."""
        known = {article.article_id for article in self.articles}
        return sum(
            score >= 1 and document not in known
            for scores in self.judgements.values()
            for document, score in scores.items()
        )


def read_beir(folder: Path) -> JudgedCollection:
    """The data in `folder`. Raises UnusableTestData for anything that is not as it should be."""
    try:
        return _read(folder)
    except OSError as error:
        raise UnusableTestData(
            f"{error.filename or folder} cannot be read: {error.strerror or error}. {_WANTED}"
        ) from error


def _read(folder: Path) -> JudgedCollection:
    if not folder.is_dir():
        state = "is not a folder" if folder.exists() else "does not exist"
        raise UnusableTestData(f"{folder} {state}. {_WANTED}")
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    qrels = folder / "qrels" / "test.tsv"
    if not qrels.exists() and (folder / "qrels.tsv").exists():
        qrels = folder / "qrels.tsv"
    for path in (corpus, queries, qrels):
        if not path.is_file():
            state = "is not a regular file" if path.exists() else "does not exist"
            raise UnusableTestData(f"{path} {state}. {_WANTED}")
    judgements = {
        query: scores for query, scores in _judgements(qrels).items() if max(scores.values()) >= 1
    }
    questions = {
        query: question for query, question in _questions(queries).items() if query in judgements
    }
    if not questions:
        raise UnusableTestData(
            f"{qrels} judges no document relevant (score 1 or more) for any query of {queries}, "
            "so there is nothing to measure. Check the ids and the scores."
        )
    articles = _articles(corpus)
    if not articles:
        raise UnusableTestData(f"{corpus} holds no documents. {_WANTED}")
    return JudgedCollection(
        # A name that is not UTF-8 comes as lone surrogates, which cannot be printed.
        name=folder.resolve().name.encode(errors="backslashreplace").decode(),
        articles=tuple(articles[document] for document in sorted(articles)),
        questions=questions,
        judgements={query: judgements[query] for query in questions},
        unasked=len(judgements) - len(questions),
    )


def _articles(path: Path) -> dict[str, Article]:
    articles: dict[str, Article] = {}
    for place, document, record in _records(path):
        text = with_plain_newlines(_words(record, "text", place))
        title = " ".join(_words(record, "title", place, needed=False).split()) or None
        if not text.strip() and title:
            text, title = title, None  # a document that is only a title can be found by it
        metadata = Metadata(title=title, publisher=_publisher(record, place))
        articles[document] = Article(document, text, metadata, file=path.name)
    return articles


def _publisher(record: Mapping[str, Any], place: str) -> str | None:
    stated = record.get("metadata")
    if not isinstance(stated, Mapping):
        return None
    try:
        return metadata_from({**stated, "kind": "article"}).publisher
    except UnreadableFile as error:
        raise UnusableTestData(f"{place}: {error}") from error


def _questions(path: Path) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for place, query, record in _records(path):
        words = _words(record, "text", place)
        if not words.strip():
            raise UnusableTestData(f"{place}: the query is empty. Write it, or delete the line.")
        questions[query] = question_of(words)
    return questions


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        place = f"{path}, line {number}"
        columns = tuple(line.split("\t"))
        if number == 1 and columns == _HEADER:
            continue
        if len(columns) != len(_HEADER):
            raise UnusableTestData(
                f"{place}: there are {len(columns)} columns; wanted are {', '.join(_HEADER)}, "
                "separated by tabs."
            )
        query, document, score = columns
        if _GRADE.fullmatch(score) is None:
            raise UnusableTestData(
                f"{place}: the score {_shortened(score)} is not a whole number of up to 4 digits. "
                "Write 1 or more for relevant, 0 for not relevant."
            )
        known = judgements.setdefault(query, {}).setdefault(document, int(score))
        if known != int(score):
            raise UnusableTestData(
                f"{place}: document {_shortened(document)} has the score {int(score)} for query "
                f"{_shortened(query)}, and {known} on an earlier line. Keep one of the two."
            )
    return judgements


def _records(path: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Place, _id and fields of each line."""
    line_of: dict[str, int] = {}
    for number, line in _lines(path):
        place = f"{path}, line {number}"
        try:
            record: Any = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnusableTestData(
                f"{place}: this is not JSON; the line may be cut off. Mend or delete it."
            ) from error
        if not isinstance(record, dict):
            raise UnusableTestData(f"{place}: this is JSON, but not an object with fields.")
        if type(record.get("_id")) is int:  # and no boolean
            record["_id"] = str(record["_id"])
        own_id = _words(record, "_id", place)
        if not own_id:
            raise UnusableTestData(f"{place}: the _id is empty. Give each line one of its own.")
        if own_id in line_of:
            raise UnusableTestData(
                f"{place}: the _id {_shortened(own_id)} is that of line {line_of[own_id]} too. "
                "Give each line one of its own."
            )
        line_of[own_id] = number
        yield place, own_id, record


def _words(record: Mapping[str, Any], field: str, place: str, *, needed: bool = True) -> str:
    """The string in a field; "" where the field is not there and need not be."""
    value = record.get(field)
    if value is None and not needed:
        return ""
    if value is None:
        raise UnusableTestData(f"{place}: the field {field} is missing. Add it.")
    if not isinstance(value, str):
        raise UnusableTestData(f"{place}: the field {field} is not a string. Make it one.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnusableTestData(
            f"{place}: the field {field} holds half of a surrogate pair at character "
            f"{error.start}, which is not text. Mend the line."
        ) from error
    return value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and content of each line that is not blank, numbers counted from 1."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE_BYTES + 1):
                number += 1
                if len(line) > _LONGEST_LINE_BYTES:
                    raise UnusableTestData(
                        f"{path}, line {number}: the line is longer than "
                        f"{_LONGEST_LINE_BYTES // 1024**2} MB. Split the document."
                    )
                content = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if content.strip():
                    yield number, content
    except UnicodeDecodeError as error:
        raise UnusableTestData(
            f"{path}, line {number}: this is not UTF-8. Save the file as UTF-8."
        ) from error


def _shortened(words: str) -> str:
    return repr(words if len(words) <= 80 else f"{words[:80]}…")
