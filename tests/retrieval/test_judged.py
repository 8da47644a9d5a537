"""Reading folders in BEIR layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import Metadata, passages_of
from retrieval import UnusableTestData, read_beir
from tests.beir import DOCUMENTS, JUDGEMENTS, QUERIES, lines, qrels, write_beir

MIB = 1024**2


def corpus_of(*documents: dict[str, object]) -> dict[str, str | bytes | None]:
    return {"corpus.jsonl": lines(documents)}


def test_documents_become_articles(tmp_path: Path) -> None:
    """Ordered by id; the title is metadata and all of the text is quotable."""
    articles = read_beir(write_beir(tmp_path)).articles
    assert [article.article_id for article in articles] == ["barrier", "ferry", "mill", "tram"]
    assert articles[1].text == DOCUMENTS[0]["text"]
    assert articles[1].metadata == Metadata(title="Ferry aground")
    assert {article.furniture for article in articles} == {()}


def test_what_looks_like_furniture_is_quotable_too(tmp_path: Path) -> None:
    """No headline, source line or address of a document is left out of its passages."""
    text = (
        "Ferry aground\n\nA ferry ran aground.\n\nSource: Skerry Herald\n\nhttps://herald.example"
    )
    document = {"_id": "ferry", "title": "Ferry aground", "text": text}
    (article,) = read_beir(write_beir(tmp_path, corpus_of(document))).articles
    words = [word for passage in passages_of(article) for word in passage.text.split()]
    assert words == text.split()


def test_a_document_that_is_only_a_title_is_found_by_it(tmp_path: Path) -> None:
    """With an empty text the title takes its place; with neither, the document is kept."""
    documents = [{"_id": "a", "title": " Ferry \n aground ", "text": " "}, {"_id": "b", "text": ""}]
    judged = read_beir(write_beir(tmp_path, corpus_of(*documents)))
    assert [(a.text, a.metadata.title) for a in judged.articles] == [
        ("Ferry aground", None),
        ("", None),
    ]
    assert judged.without_words == 1


def test_questions_are_those_with_a_relevant_judgement(tmp_path: Path) -> None:
    """A query that nobody judged, or with no score above 0, is not measured."""
    judged = read_beir(write_beir(tmp_path))
    assert {query: q.text for query, q in judged.questions.items()} == {
        "q1": "ferry in fog",
        "q2": "flood barrier",
    }
    assert judged.judgements == {"q1": {"ferry": 2, "tram": 1}, "q2": {"mill": 1}}


def test_a_question_may_be_longer_than_anybody_may_ask(tmp_path: Path) -> None:
    """Sets with whole arguments as queries are measured with all of their words."""
    words = "harbour " * 1000
    files = {"queries.jsonl": lines([{"_id": "q1", "text": words}])}
    assert read_beir(write_beir(tmp_path, files)).questions["q1"].text == words.strip()


def test_judgements_may_stand_beside_the_documents(tmp_path: Path) -> None:
    """`qrels.tsv` is read where there is no `qrels/test.tsv`, which comes first."""
    other = qrels([("q2", "barrier", 1)])
    beside = write_beir(tmp_path / "a", {"qrels/test.tsv": None, "qrels.tsv": other})
    assert read_beir(beside).judgements == {"q2": {"barrier": 1}}
    both = write_beir(tmp_path / "b", {"qrels.tsv": other})
    assert set(read_beir(both).judgements) == {"q1", "q2"}


@pytest.mark.parametrize(
    "written",
    [
        qrels(JUDGEMENTS).replace("\n", "\r\n"),
        "\ufeff" + qrels(JUDGEMENTS),
        qrels(JUDGEMENTS).split("\n", 1)[1],
        qrels([*JUDGEMENTS, JUDGEMENTS[0]]) + "\n\n",
    ],
    ids=["Windows line ends", "byte-order mark", "no header", "said twice, blank lines"],
)
def test_harmless_differences_in_judgements(tmp_path: Path, written: str) -> None:
    """How the file was saved does not change what it says."""
    judged = read_beir(write_beir(tmp_path, {"qrels/test.tsv": written}))
    assert judged.judgements == {"q1": {"ferry": 2, "tram": 1}, "q2": {"mill": 1}}


def test_ids_may_be_numbers_in_json(tmp_path: Path) -> None:
    """They are text in the judgements, so they are text everywhere."""
    files = {
        "corpus.jsonl": '{"_id": 7, "text": "The mill opens."}',
        "queries.jsonl": '{"_id": 1, "text": "mill"}',
        "qrels/test.tsv": qrels([(1, 7, 1)]),
    }
    judged = read_beir(write_beir(tmp_path, files))
    assert [a.article_id for a in judged.articles] == ["7"]
    assert judged.judgements == {"1": {"7": 1}}


def test_judgements_of_what_is_not_there_are_counted(tmp_path: Path) -> None:
    """A missing document stays judged, so that it costs recall; a missing query is left out."""
    judgements = [("q1", "gone", 1), ("q1", "gone too", 0), ("q9", "mill", 1), ("q8", "mill", 0)]
    judged = read_beir(write_beir(tmp_path, {"qrels/test.tsv": qrels(judgements)}))
    assert judged.judgements == {"q1": {"gone": 1, "gone too": 0}}
    assert (judged.not_there, judged.unasked) == (1, 1)


def test_the_hash_is_that_of_what_is_indexed(tmp_path: Path) -> None:
    """The order of the lines, the queries and unread fields do not count; words and ids do."""
    plain = read_beir(write_beir(tmp_path / "a")).sha256
    same = {
        "corpus.jsonl": lines(DOCUMENTS[::-1]).replace('"page": 3', '"page": 4'),
        "queries.jsonl": lines(QUERIES[:2]),
    }
    assert read_beir(write_beir(tmp_path / "b", same)).sha256 == plain
    for number, (old, new) in enumerate([("fog", "mist"), ("aground", "afloat"), ("mill", "m")]):
        changed = {"corpus.jsonl": lines(DOCUMENTS).replace(old, new)}
        files = changed | {"qrels/test.tsv": qrels([("q1", "ferry", 1)])}
        assert read_beir(write_beir(tmp_path / f"c{number}", files)).sha256 != plain


@pytest.mark.parametrize(
    ("metadata", "publisher"),
    [
        ({"publisher": " The  Lantern "}, "The Lantern"),
        ({"publisher": "Lantern", "title": "No", "kind": "brief", "author": "Quill"}, "Lantern"),
        ({"publisher": {}}, None),
        ({"page": 3}, None),
        ("The Lantern", None),
        (None, None),
    ],
    ids=["named", "beside other details", "no name", "other details", "no object", "null"],
)  # fmt: skip
def test_the_publisher_is_read_from_the_metadata(
    tmp_path: Path, metadata: object, publisher: str | None
) -> None:
    """A question may name it. Nothing else of the metadata is read."""
    document = {"_id": "a", "text": "A ferry ran aground.", "metadata": metadata}
    (article,) = read_beir(write_beir(tmp_path, corpus_of(document))).articles
    assert article.metadata == Metadata(publisher=publisher)


def test_the_publisher_is_part_of_the_hash(tmp_path: Path) -> None:
    """It changes the ranking, so that an index of other publishers is not used."""
    hashes = {
        read_beir(
            write_beir(
                tmp_path / name,
                corpus_of({"_id": "a", "text": "A ferry.", "metadata": {"publisher": name}}),
            )
        ).sha256
        for name in ("Lantern", "Mercury")
    }
    assert len(hashes) == 2


MISTAKES: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "no documents": (
        {"corpus.jsonl": None},
        "corpus.jsonl does not exist. A folder in BEIR layout holds corpus.jsonl, queries.jsonl, "
        "and qrels/test.tsv or qrels.tsv.",
    ),
    "no judgements": (
        {"qrels/test.tsv": None},
        "qrels/test.tsv does not exist. A folder in BEIR layout holds corpus.jsonl, "
        "queries.jsonl, and qrels/test.tsv or qrels.tsv.",
    ),
    "an empty file": (
        {"corpus.jsonl": "\n\n"},
        "corpus.jsonl holds no documents. A folder in BEIR layout holds corpus.jsonl, "
        "queries.jsonl, and qrels/test.tsv or qrels.tsv.",
    ),
    "broken JSON": (
        {"corpus.jsonl": lines(DOCUMENTS) + '{"_id": "x", "te'},
        "corpus.jsonl, line 5: this is not JSON; the line may be cut off. Mend or delete it.",
    ),
    "deep JSON": (
        {"corpus.jsonl": "[" * 100_000},
        "corpus.jsonl, line 1: this is not JSON; the line may be cut off. Mend or delete it.",
    ),
    "no object": (
        {"queries.jsonl": '\n["q1", "ferry"]'},
        "queries.jsonl, line 2: this is JSON, but not an object with fields.",
    ),
    "no text": (
        corpus_of({"_id": "a", "text": "Mill."}, {"_id": "b", "title": "Ferry"}),
        "corpus.jsonl, line 2: the field text is missing. Add it.",
    ),
    "no _id": (
        {"queries.jsonl": '{"id": "q1", "text": "ferry"}'},
        "queries.jsonl, line 1: the field _id is missing. Add it.",
    ),
    "an empty _id": (
        corpus_of({"_id": "", "text": "Mill."}),
        "corpus.jsonl, line 1: the _id is empty. Give each line one of its own.",
    ),
    "a boolean _id": (
        corpus_of({"_id": True, "text": "Mill."}),
        "corpus.jsonl, line 1: the field _id is not a string. Make it one.",
    ),
    "a text that is a list": (
        corpus_of({"_id": "a", "text": ["Mill."]}),
        "corpus.jsonl, line 1: the field text is not a string. Make it one.",
    ),
    "two documents with one _id": (
        corpus_of(*DOCUMENTS, DOCUMENTS[1]),
        "corpus.jsonl, line 5: the _id 'mill' is that of line 2 too. Give each line one of its "
        "own.",
    ),
    "two queries with one _id": (
        {"queries.jsonl": lines([QUERIES[0], QUERIES[0]])},
        "queries.jsonl, line 2: the _id 'q1' is that of line 1 too. Give each line one of its own.",
    ),
    "an empty query": (
        {"queries.jsonl": '{"_id": "q1", "text": " "}'},
        "queries.jsonl, line 1: the query is empty. Write it, or delete the line.",
    ),
    "half a surrogate pair": (
        {"corpus.jsonl": '{"_id": "a", "text": "ok", "title": "ab\\ud800"}'},
        "corpus.jsonl, line 1: the field title holds half of a surrogate pair at character 2, "
        "which is not text. Mend the line.",
    ),
    "another encoding": (
        {"corpus.jsonl": lines(DOCUMENTS).encode() + '{"_id": "é"}'.encode("latin-1")},
        "corpus.jsonl, line 5: this is not UTF-8. Save the file as UTF-8.",
    ),
    "UTF-16": (
        {"qrels/test.tsv": qrels(JUDGEMENTS).encode("utf-16")},
        "qrels/test.tsv, line 1: this is not UTF-8. Save the file as UTF-8.",
    ),
    "an endless line": (
        {"corpus.jsonl": b" " * (8 * MIB) + b"x"},
        "corpus.jsonl, line 1: the line is longer than 8 MB. Split the document.",
    ),
    "columns apart by spaces": (
        {"qrels/test.tsv": qrels(JUDGEMENTS).replace("\t", " ")},
        "qrels/test.tsv, line 1: there are 1 columns; wanted are query-id, corpus-id, score, "
        "separated by tabs.",
    ),
    "judgements in TREC's layout": (
        {"qrels/test.tsv": "q1\t0\tferry\t1\n"},
        "qrels/test.tsv, line 1: there are 4 columns; wanted are query-id, corpus-id, score, "
        "separated by tabs.",
    ),
    "a score in words": (
        {"qrels/test.tsv": qrels([("q1", "ferry", "yes")])},
        "qrels/test.tsv, line 2: the score 'yes' is not a whole number of up to 4 digits. Write 1 "
        "or more for relevant, 0 for not relevant.",
    ),
    "a score beyond any grade": (
        {"qrels/test.tsv": qrels([("q1", "ferry", 10**9)])},
        "qrels/test.tsv, line 2: the score '1000000000' is not a whole number of up to 4 digits. "
        "Write 1 or more for relevant, 0 for not relevant.",
    ),
    "two scores": (
        {"qrels/test.tsv": qrels([("q1", "ferry", 1), ("q1", "ferry", 0)])},
        "qrels/test.tsv, line 3: document 'ferry' has the score 0 for query 'q1', and 1 on an "
        "earlier line. Keep one of the two.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, mistake: str) -> None:
    """The message says where it is, what it is, and what to do."""
    files, message = MISTAKES[mistake]
    folder = write_beir(tmp_path / "data", files)
    with pytest.raises(UnusableTestData) as raised:
        read_beir(folder)
    assert str(raised.value) == f"{folder}/{message}"


def test_nothing_to_measure(tmp_path: Path) -> None:
    """Without a relevant judgement of a query there is no mean."""
    folder = write_beir(
        tmp_path, {"qrels/test.tsv": qrels([("q1", "ferry", 0), ("q9", "mill", 1)])}
    )
    with pytest.raises(UnusableTestData, match=r"judges no document relevant .* for any query of"):
        read_beir(folder)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A missing folder, a file, and a name that no folder can have are told apart."""
    (tmp_path / "file").write_text(json.dumps({}))
    for name, state in [
        ("none", "does not exist"),
        ("file", "is not a folder"),
        ("n" * 300, "cannot be read: File name too long"),
    ]:
        with pytest.raises(UnusableTestData) as raised:
            read_beir(tmp_path / name)
        assert str(raised.value).startswith(f"{tmp_path / name} {state}. ")


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """It is not read."""
    folder = write_beir(tmp_path, {"queries.jsonl": None})
    (folder / "queries.jsonl").mkdir()
    with pytest.raises(UnusableTestData, match=r"queries\.jsonl is not a regular file\. "):
        read_beir(folder)
