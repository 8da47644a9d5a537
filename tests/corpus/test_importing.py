"""Putting articles into a collection: exactly as they were read, and never in another's place."""

import errno
import gzip
import hashlib
import json
import os
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import (
    Article,
    CorpusError,
    Imported,
    Metadata,
    Original,
    Placed,
    Skip,
    UnreadableFile,
    bytes_of,
    import_articles,
    read_collection,
    read_present,
    writing_into,
)
from corpus.collection.files import LARGEST_TEXT_BYTES
from corpus.extraction import Extracted, Extractor
from corpus.importing.front_matter import as_markdown
from corpus.importing.names import folded, path_name, record_name
from corpus.readers import read_markdown, read_plain
from corpus.text import with_plain_newlines
from tests.corpus.texts import CAPTIONED_PAGE, STAMPED_PAGE, articles, texts

POND = "The pond in Quarry Park is full."
LAKE = "The lake is not full, the wardens said."
PAGE = Imported("page.html", "0" * 64)


@pytest.fixture(autouse=True)
def without_flushing(monkeypatch):
    """These imports need not survive a power cut."""
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.fixture
def home(tmp_path):
    """The folder of the collection; it does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def add(home, tmp_path, monkeypatch):
    """Import paths, given from tmp_path, into `home`; what became of each as a line."""
    monkeypatch.chdir(tmp_path)

    def imported(*paths, dry_run=False):
        notes = []
        present = read_present(home)
        given = [Path(path) for path in paths]
        found = import_articles(given, home, present, notes, dry_run=dry_run)
        return [told(item) for item in found] + [f"note: {note}" for note in notes]

    return imported


def told(item):
    return f"skip: {item}" if isinstance(item, Skip) else f"{item.outcome}: {item.article_id}"


def files(folder):
    """Path to content of every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lines(*records):
    return "\n".join(json.dumps(record) for record in records)


# -- what is written reads back ---------------------------------------------------------------


def test_the_file_of_an_article_states_all_that_is_known():
    """In the names that front matter has."""
    article = Article(
        "pond",
        POND,
        Metadata(
            title="Pond: “full”",
            author="Nora Quill",
            publisher="Fernbridge Courier",
            published="2018-04",
            published_evidence="dateline: April 2018",
            url="https://courier.example/pond",
            evidence=(("publisher", "host name: courier.example"),),
            imported=PAGE,
        ),
    )
    content, _ = as_markdown(article)
    assert content.decode() == (
        "---\n"
        "title: 'Pond: “full”'\n"
        "publisher: Fernbridge Courier\n"
        "author: Nora Quill\n"
        "published: 2018-04\n"
        "published_evidence: 'dateline: April 2018'\n"
        "url: https://courier.example/pond\n"
        "evidence:\n"
        "  publisher: 'host name: courier.example'\n"
        "imported:\n"
        "  file: page.html\n"
        f"  sha256: '{'0' * 64}'\n"
        "---\n" + POND
    )


def test_a_brief_stays_a_brief():
    """With the publication that it is about."""
    metadata = Metadata(
        publisher="On the Record (brief)",
        kind="brief",
        original=Original(title="Pond", published="2018", url="https://courier.example/pond"),
        imported=PAGE,
    )
    content, again = as_markdown(Article("pond", POND, metadata))
    assert content.decode().startswith(
        "---\nkind: brief\npublisher: On the Record (brief)\noriginal:\n  title: Pond\n"
    )
    assert again.metadata == metadata


words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["null", "~", "No", "2018-04", "1.10", "0x1F", "---", "--- a", "...", "# a", "a # b", "a: b",
     "- a", "[a]", "{a: b}", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "'", '"', "it's",
     'a "b" \'c\'', "\\n", "a\\", "?", ": ", "=", "<<", "a\nb", "a\r\nb", "\ufeffa", "a\u2028b",
     "\u00a0a\u00a0b", "\x7f", "\x85", "\x1b[2J", "\ufffe", "\U0001f986", " a ", "", "  "]
)  # fmt: skip
maybe = st.none() | words
dates = st.sampled_from(["2018", "2018-04", "2018-04-10"])
published = st.just((None, None)) | st.tuples(dates, st.just("metadata") | words.filter(str.strip))
originals = st.builds(Original, maybe, maybe, maybe, st.none() | dates, maybe)


@st.composite
def metadata(draw):
    day, evidence = draw(published)
    kind = draw(st.sampled_from(["article", "brief"]))
    return Metadata(
        title=draw(maybe),
        author=draw(maybe),
        publisher=draw(words.filter(str.strip) if kind == "brief" else maybe),
        published=day,
        published_evidence=evidence,
        url=draw(maybe),
        kind=kind,
        original=draw(st.none() | originals),
        evidence=tuple(
            sorted(draw(st.dictionaries(st.sampled_from(["title", "url"]), words)).items())
        ),
        imported=Imported(draw(words), "0" * 64),
    )


def spaced(value):
    return " ".join(value.split()) or None if isinstance(value, str) else value


def with_single_spaces(stated):
    """What front matter can hold of it."""
    details = ("title", "author", "publisher", "published", "published_evidence", "url")
    original = stated.original and Original(
        *(spaced(getattr(stated.original, name))
          for name in ("title", "publisher", "author", "published", "url"))
    )  # fmt: skip
    return replace(
        stated,
        **{name: spaced(getattr(stated, name)) for name in details},
        original=original,
        evidence=tuple((name, spaced(basis)) for name, basis in stated.evidence if spaced(basis)),
        imported=replace(stated.imported, file=spaced(stated.imported.file) or "unnamed"),
    )


awkward = st.sampled_from(
    ["---\ntitle: no\n---\n", "---", "\ufeff", "\n", " \n", "\ufeff---\n", "# A\n\n", "a\n---\n"]
)


@given(before=awkward | st.just(""), text=texts, stated=metadata())
@settings(deadline=None, max_examples=150)
def test_every_text_and_all_metadata_read_back_from_the_file(before, text, stated):
    """Character for character; of details, white space becomes single spaces."""
    text = with_plain_newlines(before + text).replace("\0", "") + "."
    content, again = as_markdown(Article("pond", text, stated))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pond.md").write_bytes(content)
        (read,) = read_collection(Path(folder)).articles
    assert read.text == text
    assert read.metadata == with_single_spaces(stated)
    assert (again.text, again.metadata) == (read.text, read.metadata)


@given(article=articles)
@settings(deadline=None, max_examples=100)
def test_an_article_is_the_same_after_it_was_imported(article):
    """Whatever was read from its page: its furniture too, so that it has the same passages."""
    if "\0" in article.text:
        return
    stated = with_single_spaces(
        replace(article.metadata, imported=Imported(article.file, "0" * 64))
    )
    _, again = as_markdown(replace(article, metadata=stated))
    assert again == replace(article, metadata=stated)


@pytest.mark.parametrize("text", ["# Pond", "# Pond\n\nIt is full.", "Pond\n---\n\nIt is full."])
def test_nothing_is_read_into_an_imported_text_that_its_original_did_not_show(text):
    """Number signs are headings in Markdown, and none in plain text."""
    plain = read_plain(text, "pond", "pond.txt")
    stated = replace(plain.metadata, imported=Imported("pond.txt", "0" * 64))
    _, again = as_markdown(replace(plain, metadata=stated))
    assert (again.metadata, again.furniture) == (stated, plain.furniture)
    marked = read_markdown(text, "pond", "pond.md")
    stated = replace(marked.metadata, imported=Imported("pond.md", "0" * 64))
    _, again = as_markdown(replace(marked, metadata=stated))
    assert (again.metadata, again.furniture) == (stated, marked.furniture)


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("Pond\0", None, "holds a NUL character, which no text file may"),
        ("Pond", "x" * 70_000, "has front matter of 70"),
        ("x" * LARGEST_TEXT_BYTES, None, "makes a file of 8.4 MB; one may have 8.4"),
    ],
    ids=["NUL", "title", "size"],
)
def test_what_would_not_read_back_is_refused(text, title, reason):
    """Before anything is written."""
    with pytest.raises(UnreadableFile, match=reason):
        as_markdown(Article("pond", text, Metadata(title=title, imported=PAGE)))


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("saved/bbc/page", "saved/bbc/page"),
        ("a b/été №1", "a b/été №1"),
        (".hidden", "hidden"),
        ("a/../b", "a/unnamed/b"),
        ("page. ", "page"),
        ("???", "unnamed"),
        ("CON/aux.old/Lpt1", "_CON/_aux.old/_Lpt1"),
        ("console", "console"),
        ('a:b*c?"<d>|\\e\n', "a-b-c---d---e"),
        ("e\u0301", "\u00e9"),
        ("é" * 200, "é" * 45 + "-" + hashlib.sha256(("é" * 200).encode()).hexdigest()[:8]),
    ],
)
def test_a_path_becomes_names_that_every_system_allows(given, name):
    """Mirroring what was given as far as may be."""
    assert path_name(given) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("12", "12"),
        (
            "https://www.courier.example/parks/48213-pond/?a=1#b",
            "courier.example-parks-48213-pond-a-1-b",
        ),
        ("tag:courier.example,2018:pond", "tag-courier.example-2018-pond"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("\x1b[2J", "2J"),
        ("//", "unnamed"),
    ],
)
def test_the_id_of_a_record_becomes_one_name(given, name):
    """An address without what all addresses begin with."""
    assert record_name(given) == name


@given(given=texts)
def test_any_path_and_any_id_become_safe_names(given):
    """No part is hidden, empty, too long, a device or leads elsewhere."""
    for part in [*path_name(given).split("/"), record_name(given)]:
        if part or given.strip("/"):
            assert part
            assert not part.startswith(".")
            assert not part.endswith((".", " "))
            assert len(part.encode()) <= 100
            assert not set(part) & set('<>:"/\\|?*\0\n\r\t')


def test_names_that_are_one_on_some_system_fold_to_one():
    """Capitals on macOS and Windows, accents on macOS."""
    assert folded("Été") == folded("E\u0301TE\u0301")
    assert folded("pond") != folded("ponds")


# -- what is added ----------------------------------------------------------------------------


def test_a_folder_is_mirrored(write_collection, add, home):
    """With its own name, and every article under the path that it has there."""
    write_collection(
        {"bbc/page.txt": POND, "lake.md": LAKE, ".hidden.txt": POND, "a.jpg": "x"}, "saved"
    )
    assert add("saved") == [
        "skip: saved/a.jpg is in no format that is read",
        "added: saved/lake",
        "added: saved/bbc/page",
    ]
    assert sorted(files(home)) == ["saved/bbc/page.md", "saved/lake.md"]
    assert [(a.article_id, a.text) for a in read_collection(home).articles] == [
        ("saved/bbc/page", POND),
        ("saved/lake", LAKE),
    ]


def test_a_file_lies_at_the_top_of_the_collection(write_collection, add, home):
    """With the name and the hash of what it was made from."""
    write_collection({"pond.txt": POND}, "saved")
    assert add("saved/pond.txt") == ["added: pond"]
    (article,) = read_collection(home).articles
    sha256 = hashlib.sha256(POND.encode()).hexdigest()
    assert article.metadata == Metadata(imported=Imported("pond.txt", sha256))


@pytest.mark.parametrize("path", [".", "../saved", "../saved/", "deep/.."])
def test_a_folder_without_a_name_in_its_path_has_its_own(
    write_collection, add, home, monkeypatch, path
):
    """`.` is the current one."""
    folder = write_collection({"pond.txt": POND, "deep/lake.txt": LAKE}, "saved")
    monkeypatch.chdir(folder)
    assert add(path) == ["added: saved/pond", "added: saved/deep/lake"]


def test_records_lie_in_a_folder_of_their_files_name(write_collection, add, home):
    """Each under its own id, else its line."""
    records = lines({"id": "https://courier.example/1", "text": POND}, {"text": LAKE}, {"id": "x"})
    write_collection({"export.jsonl": records}, "saved")
    assert add("saved/export.jsonl") == [
        "added: export/courier.example-1",
        "added: export/2",
        "skip: export.jsonl#3 has no text; it was looked for under text, content, body, article, "
        "article_text, full_text",
    ]
    sha256 = hashlib.sha256(records.encode()).hexdigest()
    assert {a.metadata.imported for a in read_collection(home).articles} == {
        Imported("export.jsonl", sha256)
    }


@pytest.fixture
def extracts(monkeypatch):
    """Let the extractor give this for a file of such bytes."""
    held = {}
    monkeypatch.setattr(Extractor, "extract", lambda self, kind, data: held[data.decode()])
    return held


def entry(number, text=POND):
    address = f"https://courier.example/{number}"
    return Extracted(text, Metadata(title=f"Pond {number}", url=address), address)


def test_a_feed_that_is_added_again_adds_what_is_new(write_collection, add, extracts):
    """Its entries keep their names, however the feed moves on."""
    extracts["may"] = [entry(1), entry(2)]
    extracts["june"] = [entry(3), entry(2)]
    write_collection({"news.xml": "may"}, "saved")
    assert add("saved/news.xml") == [
        "added: news/courier.example-1",
        "added: news/courier.example-2",
    ]
    write_collection({"news.xml": "june"}, "saved")
    assert add("saved/news.xml") == [
        "added: news/courier.example-3",
        "already there: news/courier.example-2",
    ]


def test_a_record_with_an_id_of_its_own_is_replaced_under_another_title(
    write_collection, add, home
):
    """Next week's export has another headline and another text for the same id."""
    write_collection({"news.jsonl": lines({"id": "g2", "title": "Beta", "text": POND})}, "saved")
    assert add("saved/news.jsonl") == ["added: news/g2"]
    changed = {"id": "g2", "title": "Beta (updated)", "text": LAKE}
    write_collection({"news.jsonl": lines(changed)}, "saved")
    assert add("saved/news.jsonl") == ["changed: news/g2"]
    assert [article.text for article in read_collection(home).articles] == [LAKE]


def test_a_page_keeps_what_was_inferred_about_it(write_collection, add, home, extracts):
    """And on what it rests; the text has no markup, so number signs are no headings."""
    stated = Metadata(
        title="Pond",
        publisher="Courier",
        published="2018-04-10",
        published_evidence="posted: 10 April 2018",
        evidence=(("publisher", "host name: courier.example"),),
    )
    extracts["<p>"] = [Extracted(f"Pond\n\n# 1 in the county\n\n{POND}", stated)]
    write_collection({"page.html": "<p>"}, "saved")
    assert add("saved/page.html") == ["added: page"]
    (article,) = read_collection(home).articles
    sha256 = hashlib.sha256(b"<p>").hexdigest()
    assert article.metadata == replace(stated, imported=Imported("page.html", sha256))
    assert [item.kind for item in article.furniture] == ["headline"]


def test_what_was_guessed_is_noted(write_collection, add):
    """As when it is read from the collection."""
    write_collection({"pond.txt": "The café is shut.".encode("cp1252")}, "saved")
    assert add("saved") == [
        "added: saved/pond",
        "note: saved/pond.txt is not UTF-8 and was read as cp1252; save it as UTF-8",
    ]


def test_an_article_that_was_imported_before_keeps_its_original(write_collection, add, home):
    """From one collection into another."""
    content, _ = as_markdown(Article("page", POND, Metadata(title="Pond", imported=PAGE)))
    write_collection({"page.md": content}, "other")
    assert add("other/page.md") == ["added: page"]
    assert (home / "page.md").read_bytes() == content


@pytest.mark.parametrize("page", [CAPTIONED_PAGE, STAMPED_PAGE])
def test_a_pasted_page_is_the_same_article_in_the_collection(write_collection, add, home, page):
    """What its lines showed is written above it; the lines stay as they are."""
    folder = write_collection({"page.txt": page}, "saved")
    add("saved/page.txt")
    (before,), (after,) = read_collection(folder).articles, read_collection(home).articles
    assert (after.text, after.furniture) == (before.text, before.furniture)
    imported = Imported("page.txt", hashlib.sha256(page.encode()).hexdigest())
    assert after.metadata == with_single_spaces(replace(before.metadata, imported=imported))


# -- archives ---------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "saved/"], ids=["flat", "one folder"])
def test_an_archive_is_a_folder(add, home, tmp_path, prefix):
    """One that holds a folder of its own name is that folder."""
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        archive.writestr(f"{prefix}bbc/pond.txt", POND)
        archive.writestr(f"{prefix}export.jsonl", lines({"id": "a", "text": LAKE}, {"text": ""}))
        archive.writestr(f"{prefix}evil/../pond.txt", POND)
    assert add("saved.zip") == [
        "added: saved/bbc/pond",
        "added: saved/export/a",
        f"skip: saved.zip/{prefix}export.jsonl#2 is empty",
        f"skip: saved.zip/{prefix}evil/../pond.txt has a name that leads out of the archive",
    ]
    articles = {a.article_id: a for a in read_collection(home).articles}
    assert articles["saved/bbc/pond"].metadata.imported == Imported(
        "pond.txt", hashlib.sha256(POND.encode()).hexdigest()
    )


def test_an_archive_in_a_folder_is_read_where_it_lies(add, tmp_path):
    """Beside the files of the folder."""
    (tmp_path / "saved").mkdir()
    with zipfile.ZipFile(tmp_path / "saved" / "more.zip", "w") as archive:
        archive.writestr("pond.txt", POND)
    (tmp_path / "saved" / "lake.txt").write_text(LAKE)
    assert add("saved") == ["added: saved/lake", "added: saved/more/pond"]


def test_what_is_damaged_is_named_and_the_rest_is_added(add, tmp_path):
    """An archive costs no more than itself."""
    (tmp_path / "a.zip").write_bytes(b"PK")
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(b"x" * 600))
    (tmp_path / "pond.txt").write_text(POND)
    zipped, tarred, pond = add("a.zip", "b.tar.gz", "pond.txt")
    assert zipped.startswith("skip: a.zip is damaged")
    assert tarred.startswith("skip: b.tar.gz is damaged")
    assert pond == "added: pond"


# -- adding again -----------------------------------------------------------------------------


def titled(title, text):
    return f"---\ntitle: {title}\n---\n{text}"


def test_what_is_there_already_is_not_added(write_collection, add, home):
    """Under whatever name, in whatever format: the same text and the same details."""
    write_collection({"pond.txt": POND, "copy.txt": POND, "md/pond.md": POND}, "saved")
    assert add("saved") == [
        "added: saved/copy",
        "already there: saved/copy",
        "already there: saved/copy",
    ]
    before = files(home)
    assert add("saved/pond.txt") == ["already there: saved/copy"]
    assert files(home) == before


def test_an_article_that_a_person_put_there_is_found(write_collection, add, home):
    """In a file of many too."""
    write_collection({"mine.jsonl": lines({"id": "a", "text": POND})}, "home")
    write_collection({"pond.txt": POND}, "saved")
    assert add("saved/pond.txt") == ["already there: a"]


@pytest.mark.parametrize(
    ("field", "value"), [("title", "Pond"), ("url", "https://courier.example/pond")]
)
def test_another_version_of_an_article_replaces_it(write_collection, add, home, field, value):
    """The same file by its name, the same article by its address or else its title."""
    before, after = (f"---\n{field}: {value}\n---\n{text}" for text in (POND, LAKE))
    write_collection({"page.md": before}, "saved")
    assert add("saved/page.md") == ["added: page"]
    write_collection({"page.md": after}, "saved")
    assert add("saved/page.md") == ["changed: page"]
    assert [(a.article_id, a.text) for a in read_collection(home).articles] == [("page", LAKE)]
    assert add("saved/page.md") == ["already there: page"]
    write_collection({"page.md": before}, "saved")
    assert add("saved/page.md") == ["changed: page"]


def test_what_was_replaced_is_no_longer_there(write_collection, add):
    """So its old text may be added under another name in the same import."""
    write_collection({"page.md": titled("Pond", POND)}, "saved")
    add("saved/page.md")
    write_collection({"page.md": titled("Pond", LAKE), "z.md": titled("Pond", POND)}, "saved")
    assert add("saved/page.md", "saved/z.md") == ["changed: page", "added: z"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("title: A\nurl: https://a.example", "title: A\nurl: https://b.example",
                     id="other address"),
        pytest.param("title: A", "title: A\nurl: https://b.example", id="address of one"),
        pytest.param("title: A", "title: B", id="other title"),
        pytest.param("author: A", "author: A", id="neither address nor title"),
    ],
)  # fmt: skip
def test_another_article_of_the_same_name_gets_a_number(write_collection, add, home, first, second):
    """Two reports that are both called page.md."""
    write_collection({"page.md": f"---\n{first}\n---\n{POND}"}, "a")
    write_collection({"page.md": f"---\n{second}\n---\n{LAKE}"}, "b")
    assert add("a/page.md") == ["added: page"]
    assert add("b/page.md") == ["added: page-2"]
    assert {a.article_id: a.text for a in read_collection(home).articles} == {
        "page": POND,
        "page-2": LAKE,
    }


def test_two_articles_of_one_import_never_replace_each_other(write_collection, add, home):
    """Not even where they look like versions of one."""
    records = lines(
        {"id": "a/b", "title": "Pond", "text": POND},
        {"id": "a-b", "title": "Pond", "text": LAKE},
    )
    write_collection({"export.jsonl": records}, "saved")
    assert add("saved/export.jsonl") == ["added: export/a-b", "added: export/a-b-2"]
    changed = records.replace("wardens", "keepers")
    write_collection({"export.jsonl": changed}, "saved")
    assert add("saved/export.jsonl") == ["already there: export/a-b", "changed: export/a-b-2"]
    assert {a.article_id: a.text for a in read_collection(home).articles} == {
        "export/a-b": POND,
        "export/a-b-2": LAKE.replace("wardens", "keepers"),
    }


def test_the_same_file_changes_nothing(write_collection, add, home):
    """What a person corrected in its article stays, and so does what an extractor gave once."""
    write_collection({"page.md": titled("Pnod", POND)}, "saved")
    add("saved/page.md")
    as_it_was = (home / "page.md").read_text()
    (home / "page.md").write_text(as_it_was.replace("title:", "author: N. Quill\ntitle:"))
    before = files(home)
    assert add("saved/page.md") == ["already there: page"]
    assert files(home) == before


@pytest.mark.parametrize("name", ["pond.md", "pond.txt", "Pond.md", "more.jsonl"])
def test_what_a_person_wrote_is_never_overwritten(write_collection, add, home, name):
    """An article of theirs that has the id keeps it."""
    mine = lines({"id": "pond", "text": LAKE}) if name == "more.jsonl" else titled("Pond", LAKE)
    write_collection({name: mine}, "home")
    write_collection({"pond.md": titled("Pond", POND)}, "saved")
    assert add("saved/pond.md") == ["added: pond-2"]
    assert (home / name).read_text() == mine
    assert read_collection(home).skips == ()


@pytest.mark.parametrize("mine", [b"", b"\x89PNG\0", b"---\ntitle: a: b\n---\nPond"])
def test_a_file_that_cannot_be_read_is_not_overwritten_either(write_collection, add, home, mine):
    """It is somebody's."""
    write_collection({"pond.md": mine}, "home")
    write_collection({"pond.txt": POND}, "saved")
    assert add("saved/pond.txt") == ["added: pond-2"]
    assert (home / "pond.md").read_bytes() == mine


def test_a_name_that_too_many_want_is_refused(write_collection, add, monkeypatch):
    """Rather than looked for for hours."""
    monkeypatch.setattr("corpus.importing.place._MOST_NAMESAKES", 2)
    records = lines(*({"id": "a", "text": f"{number} {POND}"} for number in range(3)))
    write_collection({"export.jsonl": records}, "saved")
    assert add("saved/export.jsonl") == [
        "added: export/a",
        "added: export/a-2",
        "skip: a is one of more than 2 articles with the name export/a",
    ]


def test_what_cannot_be_written_exactly_is_a_named_skip(write_collection, add, home):
    """The records beside it are added."""
    records = lines({"id": "a", "text": "Pond\0"}, {"id": "b", "text": POND})
    write_collection({"export.jsonl": records}, "saved")
    assert add("saved/export.jsonl") == [
        "skip: a holds a NUL character, which no text file may",
        "added: export/b",
    ]


# -- a dry run --------------------------------------------------------------------------------


def test_a_dry_run_tells_what_would_be_done_and_writes_nothing(write_collection, add, home):
    """What it tells is what the import then does."""
    write_collection({"page.md": titled("Pond", POND), "b.txt": LAKE}, "saved")
    add("saved/page.md")
    write_collection(
        {
            "page.md": titled("Pond", LAKE),
            "c.txt": LAKE,
            "d.txt": "",
            "x/page.md": titled("X", LAKE),
        },
        "saved",
    )
    given = ("saved/page.md", "saved/b.txt", "saved/c.txt", "saved/d.txt", "saved/x/page.md")
    before = files(home)
    told = add(*given, dry_run=True)
    assert told == [
        "changed: page", "added: b", "already there: b", "skip: d.txt is empty", "added: page-2",
    ]  # fmt: skip
    assert files(home) == before
    assert add(*given) == told


def test_a_dry_run_makes_no_folder(write_collection, add, home):
    """Though there is none yet."""
    write_collection({"pond.txt": POND}, "saved")
    assert add("saved", dry_run=True) == ["added: saved/pond"]
    assert not home.exists()


# -- inside and outside -----------------------------------------------------------------------


def test_what_lies_in_the_collection_is_not_added_to_it(write_collection, add, home):
    """Named once, whether it is given itself or found below what is given."""
    write_collection({"saved/pond.txt": POND}, "home")
    write_collection({"lake.txt": LAKE}, "saved")
    assert add("home", "home/saved/pond.txt") == [
        "skip: home lies in the collection already",
        "skip: home/saved/pond.txt lies in the collection already",
    ]
    parent = home.parent.name
    assert add(home.parent) == [
        f"added: {parent}/saved/lake",
        f"skip: {parent}/home is the collection itself, and was left out",
    ]


def test_a_link_inside_the_collection_is_not_written_through(write_collection, add, home, tmp_path):
    """It may lead anywhere."""
    (tmp_path / "elsewhere").mkdir()
    write_collection({}, "home")
    (home / "saved").symlink_to(tmp_path / "elsewhere")
    write_collection({"pond.txt": POND, "deep/pond.txt": LAKE}, "saved")
    assert add("saved") == [
        "skip: saved/pond.txt cannot be put into saved, which is a link and no folder",
        "skip: saved/deep/pond.txt cannot be put into saved, which is a link and no folder",
    ]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_place_of_a_file_is_left_alone(write_collection, add, home, tmp_path):
    """And so is what it leads to, though that was imported."""
    content, _ = as_markdown(
        Article("pond", LAKE, Metadata(title="Pond", imported=Imported("pond.md", "0" * 64)))
    )
    write_collection({"pond.md": content}, "elsewhere")
    write_collection({}, "home")
    (home / "pond.md").symlink_to(tmp_path / "elsewhere" / "pond.md")
    (home / "gone.md").symlink_to(tmp_path / "elsewhere" / "gone.md")
    write_collection({"pond.md": titled("Pond", POND), "gone.txt": "Gone."}, "saved")
    assert add("saved/pond.md", "saved/gone.txt") == ["added: pond-2", "added: gone-2"]
    assert files(tmp_path / "elsewhere") == {"pond.md": content.decode()}


def test_a_file_in_place_of_a_folder_is_left_alone(write_collection, add, home):
    """The articles that would lie below it are named."""
    write_collection({"saved": LAKE}, "home")
    write_collection({"saved/pond.txt": POND}, "other")
    assert add("other/saved") == [
        "skip: saved/pond.txt cannot be put into saved, which is a file and no folder"
    ]


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are always UTF-8 there")
def test_a_name_that_is_not_utf8_is_written_with_escapes(write_collection, add, home, extracts):
    """As text, whatever the system makes of it."""
    folder = write_collection({}, "saved")
    extracts["x"] = [Extracted(LAKE, Metadata())]
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.txt")).write_text(POND)
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.pdf")).write_text("x")
    assert add("saved") == ["added: saved/caf-xe9", "added: saved/caf-xe9-2"]
    assert {a.text: a.metadata.imported.file for a in read_collection(home).articles} == {
        LAKE: r"caf\xe9.pdf",
        POND: r"caf\xe9.txt",
    }


def test_a_loop_of_links_ends(write_collection, add, tmp_path):
    """As it does in a collection."""
    folder = write_collection({"pond.txt": POND}, "saved")
    (folder / "up").symlink_to(folder)
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    loop = os.strerror(errno.ELOOP)
    assert add("saved") == [
        f"skip: saved/a.txt cannot be read: {loop}",
        f"skip: saved/b.txt cannot be read: {loop}",
        "added: saved/pond",
        "skip: saved/up is a link to a folder, not followed",
    ]


# -- writing ----------------------------------------------------------------------------------


def test_nothing_but_the_article_is_left_in_the_folder(write_collection, add, home):
    """No temporary file beside it, and what a kill left there is no obstacle."""
    write_collection({".pond.md.new": "half an art"}, "home")
    write_collection({"pond.txt": POND}, "saved")
    add("saved/pond.txt")
    assert sorted(files(home)) == ["pond.md"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_ends_the_import_and_leaves_whole_files(
    write_collection, add, home, monkeypatch, step
):
    """What was written before it is there, what was to be replaced is as it was."""
    write_collection({"a.md": titled("A", POND)}, "saved")
    add("saved/a.md")
    before = files(home)
    write_collection({"a.md": titled("A", LAKE)}, "saved")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*(("os.fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(CorpusError, match=r"No space left on device\. What was written"):
        add("saved/a.md")
    assert files(home) == before


def test_each_article_is_on_the_disk_when_it_is_told(write_collection, home):
    """So whoever stops an import knows what it did."""
    folder = write_collection({"a.txt": POND, "b.txt": LAKE}, "saved")
    importing = import_articles([folder], home, read_present(home), [])
    placed = next(importing)
    assert isinstance(placed, Placed)
    assert (placed.outcome, placed.article_id) == ("added", "saved/a")
    importing.close()
    assert [a.article_id for a in read_collection(home).articles] == ["saved/a"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which file a handle is")
def test_a_file_and_its_folder_are_flushed(write_collection, add, home, monkeypatch):
    """The article, the new folders, and the names in them."""
    flushed = []
    monkeypatch.setattr(
        "os.fsync", lambda handle: flushed.append(Path(f"/proc/self/fd/{handle}").readlink())
    )
    write_collection({"pond.txt": POND}, "saved")
    with writing_into(home):
        add("saved")
    assert [path.relative_to(home.parent).as_posix() for path in flushed] == [
        ".", "home", "home/saved/.pond.md.new", "home/saved",
    ]  # fmt: skip


# -- one at a time ----------------------------------------------------------------------------


def test_two_imports_into_one_collection_do_not_meet(home):
    """The second is told to wait."""
    second = pytest.raises(CorpusError, match="Another process is adding to the collection")
    with writing_into(home), second, writing_into(home):
        pytest.fail("both have it")
    assert not home.exists()
    with writing_into(home):
        assert home.is_dir()


def test_the_folder_is_made_and_removed_if_nothing_came_into_it(tmp_path):
    """Not the folders around it."""
    with writing_into(tmp_path / "a" / "home"):
        assert (tmp_path / "a" / "home").is_dir()
    assert not (tmp_path / "a" / "home").exists()
    (tmp_path / "empty").mkdir()
    with writing_into(tmp_path / "empty"):
        pass
    assert (tmp_path / "empty").is_dir()


def test_a_file_is_no_collection(tmp_path):
    """Nor is anything below one."""
    (tmp_path / "file").write_text(POND)
    for path, reason in (
        (tmp_path / "file", "is not a folder"),
        (tmp_path / "file/x", "cannot be used"),
    ):
        with pytest.raises(CorpusError, match=reason), writing_into(path):
            pass


def test_the_bytes_of_an_import_are_those_that_its_progress_counts(
    write_collection, home, tmp_path
):
    """Of files and archives that are read, and of nothing else."""
    folder = write_collection(
        {"pond.txt": POND, "a.jpg": "x", "more.jsonl": lines({"text": "A."}, {"text": "B."})},
        "saved",
    )
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("lake.txt", LAKE)
    counted = []
    for _ in import_articles([folder], home, read_present(home), [], advance=counted.append):
        pass
    expected = sum(
        (folder / name).stat().st_size for name in ("pond.txt", "more.jsonl", "more.zip")
    )
    assert (sum(counted), bytes_of([folder], home)) == (expected, expected)
