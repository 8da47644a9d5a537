"""Files made to harm: each costs seconds and a bounded memory, is named, and nothing is lost."""

from __future__ import annotations

import errno
import gzip
import json
import os
import struct
import subprocess
import sys
import tarfile
import time
import unicodedata
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from corpus import (
    CorpusError,
    Present,
    Skip,
    UnreadableFile,
    import_articles,
    read_collection,
)
from index import SearchIndex, build_index
from retrieval import ask
from tests.corpus.pdfs import written
from tests.corpus.samples import PARAGRAPHS, PROSE, SAMPLES, TEXT, WORD, docx, page, rss, zipped
from tests.hash_encoder import HashEncoder

GOOD = "The wardens of Fernbridge counted 31 herons on Sunday. “More than ever,” Ivo Marsh said."
# What one file may cost a reader: far more than any is known to, and far less than a machine has.
SECONDS = 30
MEGABYTES = 700
GIGABYTE = 1 << 30
STREAMED = {".jsonl", ".csv", ".tsv"}

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 30}'>"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>"


def pdf_of(content, *, filters="/FlateDecode", resources="", more=()):
    """A PDF of one page with this content as it stands in the file."""
    stream = b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream"
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] /MediaBox [0 0 612 792] >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
            f"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> "
            f"{resources} >> >>".encode(),
            stream % (len(content), filters.encode(), content),
            *more,
        ]
    )


def form(number, calls):
    """A piece of a page that draws others."""
    content = b"".join(b"/X%d Do " % call for call in calls) + b"BT /F1 9 Tf (ha) Tj ET"
    names = " ".join(f"/X{call} {call} 0 R" for call in calls)
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(content)} /Resources << "
        f"/Font << /F1 3 0 R >> /XObject << {names} >> >> >>\nstream\n".encode()
        + content
        + b"\nendstream"
    )


def pdf_bombs():
    calls = zlib.compress(b"/X6 Do")
    forms = [form(6 + n, [7 + n] * 10 if n < 11 else []) for n in range(12)]
    return {
        "bomb-forms.pdf": pdf_of(calls, resources="/XObject << /X6 6 0 R >>", more=forms),
        "bomb-form-in-itself.pdf": pdf_of(
            calls, resources="/XObject << /X6 6 0 R >>", more=[form(6, [6])]
        ),
        "bomb-pages.pdf": written(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 1000000000 /Kids [2 0 R 2 0 R 2 0 R 3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R >>",
            ]
        ),
        "bomb-dictionaries.pdf": written([b"<< /A " * 100_000 + b">>" * 100_000]),
    }


def docx_bombs():
    spaces = f"<w:document xmlns:w='{WORD}'><w:body>{' ' * 80_000_000}</w:body></w:document>"
    lying = bytearray(docx("", spaces))
    for head, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        place = lying.index(head) + at
        lying[place : place + 4] = struct.pack("<I", 1000)
    deep = "<w:ins>" * 100_000 + "<w:p/>" + "</w:ins>" * 100_000
    return {
        "bomb.docx": docx("", spaces),
        "bomb-that-lies.docx": bytes(lying),
        "deep.docx": docx(deep),
        "laughs.docx": docx("", f"{LAUGHS}<w:document xmlns:w='{WORD}'>&i;</w:document>"),
        "outside.docx": docx("", f"{OUTSIDE}<w:document xmlns:w='{WORD}'>&i;</w:document>"),
        "members.docx": zipped({f"{number}": "" for number in range(20_000)}),
    }


def others():
    item = "<item><title>{}</title><description>{}</description></item>"
    deep = 1_000_000
    half = '"\\ud83d"'
    stated = f'{{"@type": "NewsArticle", "headline": {half}}}'
    stated = f'<script type="application/ld+json">{stated}</script>'
    return {
        "bomb.jsonl.gz": gzip.compress(bytes(1 << 20)) * 1000,
        "deep.html": page("<div>" * 100_000 + PARAGRAPHS),
        "deep-inline.html": page(f"<p>{'<b>' * 100_000}{TEXT}"),
        "deep-tables.html": page("<table><tr><td>" * 30_000 + PARAGRAPHS),
        "deep-data.html": page(
            f"<article>{PARAGRAPHS}</article>",
            f'<script type="application/ld+json">{"[" * deep}</script>',
        ),
        "deep.json": b"[" * deep,
        "deep-objects.json": b'{"a":' * deep,
        "deep.jsonl": b"[" * deep + b"\n" + json.dumps({"text": GOOD}).encode(),
        "deep.md": b"---\na: " + b"[" * 60_000 + b"\n---\n" + GOOD.encode(),
        "deep.rss": rss("<a>" * 30_000),
        "deep-entry.rss": rss(item.format("a", "&lt;b&gt;" * 30_000 + GOOD)),
        "laughs.rss": rss(item.format("&i;", "&i;"), before=LAUGHS),
        "laughs.xml": rss(item.format("&i;", "&i;"), before=LAUGHS),
        "laughs.xhtml": LAUGHS.encode() + page(f"<p>&i;</p>{PARAGRAPHS}"),
        "outside.rss": rss(item.format("a", "&i;"), before=OUTSIDE),
        "outside.xhtml": OUTSIDE.encode() + page(f"<p>&i;</p>{PARAGRAPHS}"),
        "laughs.md": (
            "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n---\n" + GOOD
        ).encode(),
        "object.md": b"---\ntitle: !!python/object/apply:os.system [id]\n---\n" + GOOD.encode(),
        "title.json": json.dumps({"title": "x" * 4_000_000, "text": GOOD}).encode(),
        "title.txt": f"y{'x' * 4_000_000}\n\n{GOOD}".encode(),
        "many-values.json": b"[" + b"[]," * 9_000_000 + b"[]]",
        "number.json": b'{"text": ' + b"9" * 1_000_000 + b"}",
        "quote.csv": b'text\n"' + b"a,\n" * 200_000,
        "lines.jsonl": b"{}\n" * 100_000,
        "lines.csv": b"text\n" + b"x,y\n" * 100_000,
        "lines.txt": b"a\n" * 100_000,
        "mixed.txt": "The café\n".encode() * 3 + "“The café”\n".encode("cp1252"),
        "mixed.jsonl": b'{"text": "caf\xc3\xa9"}\n{"text": "caf\xe9"}\n{"text": "tea"}',
        "mixed.csv": b"text\ncaf\xc3\xa9 one\ncaf\xe9 two\n",
        "mixed.html": page(PARAGRAPHS) + "<p>café</p>".encode("cp1252"),
        "half.json": f'[{{"text": {half}}}, {{"text": "a", "title": {half}}}]'.encode(),
        "half.jsonl": f'{{"text": {half}}}\n{{"text": "{GOOD}"}}'.encode(),
        "half.csv": b"text\n\xed\xa0\xbd\ngood words\n",
        "half.rss": rss(item.format("&#xD83D;", "&#55357;")),
        "half.md": f"---\ntitle: {half}\n---\n{GOOD}".encode(),
        "half.html": page(f"<article>{PARAGRAPHS}<p>&#xD83D;</p></article>", stated),
        "picture.xml": b"<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>",
        "really-pdf.html": SAMPLES[".pdf"],
        "really-html.pdf": SAMPLES[".html"],
        "really-text.jsonl.gz": SAMPLES[".jsonl"],
        "really-html.docx": SAMPLES[".html"],
        "really-zip.txt": SAMPLES[".docx"],
        "really-html.rss": SAMPLES[".html"],
    }  # fmt: skip


def slow():
    """Those that take their reader as long as it is given, or that are only large."""
    zeros = zlib.compress(zlib.compress(bytes(300_000_000), 1), 9)
    return {
        "attributes.html": page(f"<p {' '.join(f'a{n}=b' for n in range(200_000))}>{PARAGRAPHS}"),
        "brackets.html": page("<p>" + "<" * 5_000_000),
        "bomb-stream.pdf": pdf_of(zeros, filters="/FlateDecode /FlateDecode"),
        "bomb-nesting.pdf": pdf_of(zlib.compress(b"[" * 3_000_000)),
        "quote.csv": b'text\n"' + b"a,\n" * 4_000_000,
        "lines.jsonl": b"{}\n" * 10_000_000,
        "lines.csv": b"text\n" + b"x,y\n" * 10_000_000,
        "lines.tsv": b"text\n" + b"x,y\n" * 1_000_000,
        "lines.jsonl.gz": gzip.compress(b'{"a": 1}\n' * 50_000) * 20,
        "line.txt": "我们去公园了。".encode() * 300_000,
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder of all of them, one good file among them."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in {**pdf_bombs(), **docx_bombs(), **others()}.items():
        (folder / name).write_bytes(content)
    for end in SAMPLES:
        with (folder / f"vast{end}").open("wb") as file:
            file.truncate(GIGABYTE // (8 if end in STREAMED else 1))
    (folder / "good.txt").write_text(GOOD)
    os.mkfifo(folder / "pipe.html")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "folder.html").mkdir()
    (folder / "folder.html" / "inner.txt").write_text("Inside. " + GOOD)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "nothing.txt").symlink_to(folder / "nowhere.txt")
    return folder


def measured(folder):
    """What each file of a folder gave and cost, by its name, read in a process with limits."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.corpus.measured", str(folder)],
        stdout=subprocess.PIPE, text=True, timeout=600, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return {told["name"]: told for told in map(json.loads, result.stdout.splitlines())}


@pytest.fixture(scope="module")
def costs(hostile):
    return measured(hostile)


def require_bounds(cost, seconds=SECONDS):
    assert cost["seconds"] < seconds
    assert max(cost["megabytes"]) < MEGABYTES


SLOW_READER = "took longer than 3 seconds to read; it may be damaged"
HALF = "holds half of a surrogate pair at character 0, which is not text"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bomb.docx", "unpacks to more than 64 MB in word/document.xml, which no article does"),
        ("bomb-that-lies.docx", "is a damaged .docx: word/document.xml cannot be unpacked"),
        ("bomb-dictionaries.pdf", "is a damaged PDF that cannot be read; get the file again"),
        ("bomb-forms.pdf", SLOW_READER),
        ("bomb-pages.pdf", "is a scanned PDF without a text layer"),
        ("deep.docx", "is a damaged .docx: word/document.xml is not XML"),
        ("deep.html", "is nested too deeply to be read to its end"),
        ("deep-inline.html", "is nested too deeply to be read to its end"),
        ("deep-tables.html", "is nested too deeply to be read to its end"),
        ("deep.json", "is nested too deeply"),
        ("deep-objects.json", "is nested too deeply"),
        ("deep.md", "has front matter that is not YAML"),
        ("deep-entry.rss", "(entry 1) has HTML that is nested too deeply"),
        ("deep.rss", "(feed) is not well-formed XML"),
        ("laughs.docx", "is a damaged .docx: word/document.xml is not XML"),
        ("laughs.md", "has a YAML alias (*) in its front matter (line 3 of the file)"),
        ("laughs.rss", "declares XML entities of its own, which no feed needs"),
        ("laughs.xml", "declares XML entities of its own, which no feed needs"),
        ("outside.docx", "is no proper .docx: word/document.xml declares a document type"),
        ("outside.rss", "declares XML entities of its own, which no feed needs"),
        ("members.docx", "is a zip archive but not a Word document (.docx)"),
        ("title.json", "has a title of 4,000,000 characters; one may have 10,000"),
        ("title.txt", "has a title of 4,000,001 characters; one may have 10,000"),
        ("many-values.json", "is JSON of more than 4,000,000 values; save it as JSON Lines"),
        ("number.json", "is JSON with a number that is too long"),
        ("mixed.txt", "is UTF-8 but broken at byte 30"),
        ("half.md", HALF),
        ("picture.xml", "is no RSS or Atom feed"),
        ("really-pdf.html", "is binary, not a web page"),
        ("really-html.pdf", "is not a PDF, whatever its name says"),
        ("really-html.docx", "is not a Word document (.docx), whatever its name says"),
        ("really-html.rss", "is no RSS or Atom feed"),
        ("really-zip.txt", "is binary, not text"),
        ("really-text.jsonl.gz", "is a gzip file that is damaged after 0 bytes of content"),
        ("pipe.html", "is not a regular file"),
        ("pipe.jsonl", "is not a regular file"),
        ("folder.html", "is not a regular file"),
        ("device.txt", "is not a regular file"),
        ("loop.txt", "cannot be read: Too many levels of symbolic links"),
        ("nothing.txt", "cannot be read: No such file or directory"),
        ("vast.txt", "has 1,074 MB; one article may have 8. Split it"),
        ("vast.md", "has 1,074 MB; one article may have 8. Split it"),
        ("vast.html", "has 1,074 MB; one file may have 134"),
        ("vast.pdf", "has 1,074 MB; one file may have 134"),
        ("vast.docx", "has 1,074 MB; one file may have 134"),
        ("vast.rss", "has 1,074 MB; one file may have 134"),
        ("vast.atom", "has 1,074 MB; one file may have 134"),
        ("vast.json", "is JSON of more than 67 MB; save it as JSON Lines"),
        ("vast.jsonl.gz", "is a gzip file that is damaged after 0 bytes of content"),
        ("vast.csv", "is longer than 8 MB; a quotation mark may not be closed"),
        ("vast.tsv", "is longer than 8 MB; a quotation mark may not be closed"),
    ],
)  # fmt: skip
def test_a_file_without_an_article_is_named_at_a_bounded_cost(costs, name, reason):
    """A bomb, a pit, a mask or a monster."""
    (skip,) = costs[name]["skips"]
    assert skip.startswith(f"{name} {reason}")
    assert costs[name]["number"] == 0
    require_bounds(costs[name])


@pytest.mark.parametrize(
    ("name", "words", "reasons"),
    [
        ("good.txt", GOOD, []),
        ("deep-data.html", PROSE[0], []),
        ("laughs.xhtml", "&i;", []),
        ("outside.xhtml", "&i;", []),
        ("object.md", GOOD, []),
        ("bomb-form-in-itself.pdf", "ha", []),
        ("deep.jsonl", GOOD, ["deep.jsonl#1 is nested too deeply"]),
        ("half.jsonl", GOOD, [f"half.jsonl#1 {HALF}"]),
        ("half.csv", "good words", ["half.csv#2 is not UTF-8"]),
        ("half.rss", "\ufffd", []),
        ("half.html", PROSE[0], []),
        ("mixed.jsonl", "café", ["mixed.jsonl#2 is not UTF-8; JSON Lines must be"]),
        ("mixed.csv", "café one", []),
        ("mixed.html", PROSE[0], []),
        ("lines.txt", "a", []),
    ],
)
def test_a_file_with_an_article_gives_it_at_a_bounded_cost(costs, name, words, reasons):
    """Nothing is unfolded, run or fetched from elsewhere, and a bad record costs only itself."""
    assert costs[name]["articles"][0].startswith(words)
    assert costs[name]["skips"] == reasons
    require_bounds(costs[name])


@pytest.mark.parametrize("name", ["lines.jsonl", "lines.csv", "quote.csv"])
def test_of_very_many_bad_records_the_first_are_named_and_the_others_counted(costs, name):
    assert costs[name]["number"] == 0
    assert len(costs[name]["skips"]) == 101
    assert costs[name]["skips"][-1].endswith("only the first 100 are named")
    require_bounds(costs[name])


def test_of_a_packed_bomb_no_more_is_read_than_can_be_articles(costs):
    line, bomb = costs["bomb.jsonl.gz"]["skips"]
    assert line == "bomb.jsonl.gz#1 is longer than 8 MB"
    assert bomb.startswith("bomb.jsonl.gz unfolds to more than 100 times its size")
    require_bounds(costs["bomb.jsonl.gz"])


def test_records_with_half_a_surrogate_pair_are_named_one_by_one(costs):
    """In the text or in the title."""
    assert costs["half.json"]["skips"] == [f"half.json#1 {HALF}", f"half.json#2 {HALF}"]


@pytest.mark.long
def test_what_takes_long_is_ended_and_what_is_large_is_read_in_pieces(tmp_path):
    """Each within five minutes on a busy machine (80 seconds alone) and in bounded memory."""
    for name, content in slow().items():
        (tmp_path / name).write_bytes(content)
    for end in STREAMED:
        with (tmp_path / f"vast{end}").open("wb") as file:
            file.truncate(GIGABYTE)
    found = measured(tmp_path)
    for cost in found.values():
        assert cost["seconds"] < 300
        assert max(cost["megabytes"]) < 2_000
    for name in ("attributes.html", "brackets.html", "bomb-nesting.pdf", "bomb-stream.pdf"):
        assert found[name]["skips"] == [f"{name} {SLOW_READER}"]
    for name in ("lines.jsonl", "lines.csv", "lines.tsv", "lines.jsonl.gz"):
        assert len(found[name]["skips"]) == 101
    assert found["line.txt"]["number"] == 1


# -- files that change, and names ---------------------------------------------------------------


def skips_of(folder):
    return [str(skip) for skip in read_collection(folder).skips]


def test_a_file_that_grows_while_it_is_read_is_named(write_collection, monkeypatch):
    """Its size was looked up before."""
    folder = write_collection({"good.txt": GOOD, "log.txt": b"a" * 50, "log.html": b"a" * 50})
    monkeypatch.setattr("corpus.collection.files.LARGEST_TEXT_BYTES", 100)
    monkeypatch.setattr("corpus.collection.files.LARGEST_ORIGINAL_BYTES", 100)
    opened = Path.open

    def growing(path, mode="r", *arguments, **options):
        if path.name.startswith("log"):
            with opened(path, "ab") as file:
                file.write(b"a" * 51)
        return opened(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", growing)
    grows = "grows while it is read; build again when it is whole"
    assert skips_of(folder) == [f"log.html {grows}", f"log.txt {grows}"]


@pytest.mark.parametrize("end", sorted(SAMPLES))
def test_a_file_that_vanishes_while_it_is_read_is_named(write_collection, monkeypatch, end):
    """After it was listed, and after it was looked at."""
    folder = write_collection({f"a{end}": SAMPLES[end], "good.txt": GOOD})
    opened = Path.open

    def vanished(path, mode="r", *arguments, **options):
        if path.name == f"a{end}":
            path.unlink()
        return opened(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", vanished)
    assert skips_of(folder) == [f"a{end} cannot be read: No such file or directory"]


@pytest.mark.parametrize("end", sorted(SAMPLES))
def test_a_file_that_cannot_be_read_any_further_is_named(write_collection, monkeypatch, end):
    """A disk that fails, or a share that goes away."""
    folder = write_collection({f"a{end}": SAMPLES[end], "good.txt": GOOD})
    opened = Path.open

    class Failing:
        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            if name.startswith(("read", "peek")) and name != "readable":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return getattr(self.file, name)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

    def failing(path, mode="r", *arguments, **options):
        file = opened(path, mode, *arguments, **options)
        return Failing(file) if path.name == f"a{end}" else file

    monkeypatch.setattr(Path, "open", failing)
    assert skips_of(folder) == [f"a{end} cannot be read: Input/output error"]


@pytest.mark.parametrize(
    "stem", ["x" * 251, "a\nb", "\u202egpj", "a\u0301\u202b", "-rf *", "%2e%2e", "a.."], ids=ascii
)
def test_a_strange_name_is_the_id_and_nothing_else(write_collection, stem):
    (article,) = read_collection(write_collection({f"{stem}.txt": GOOD})).articles
    assert (article.article_id, article.text) == (stem, GOOD)


def test_loops_of_links_end(write_collection):
    folder = write_collection({"good.txt": GOOD, "inner/deep/.keep": ""})
    (folder / "inner" / "deep" / "up").symlink_to(folder)
    (folder / "round").symlink_to(folder / "trip")
    (folder / "trip").symlink_to(folder / "round")
    assert skips_of(folder) == [
        "inner/deep/up is a link to a folder, not followed",
        "round is in no format that is read",
        "trip is in no format that is read",
    ]


def test_a_member_of_an_archive_gets_nowhere_else(tmp_path):
    """Neither by its name nor by a link, and what stands beside it is added."""
    names = ["../up.txt", "/etc/up.txt", "a/../../up.txt", "C:up.txt", "a\\..\\up.txt", "good.txt"]
    (tmp_path / "saved.zip").write_bytes(zipped(dict.fromkeys(names, GOOD)))
    with tarfile.open(tmp_path / "linked.tar", "w") as archive:
        link = tarfile.TarInfo("out.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (tmp_path / "collection").mkdir()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    packed = [tmp_path / "saved.zip", tmp_path / "linked.tar"]
    found = list(import_articles(packed, tmp_path / "collection", Present(), []))
    assert sorted(str(item) for item in found if isinstance(item, Skip)) == [
        "linked.tar/out.txt is a link, not followed",
        "saved.zip/../up.txt has a name that leads out of the archive",
        "saved.zip//etc/up.txt has an absolute path for a name",
        "saved.zip/C:up.txt has an absolute path for a name",
        "saved.zip/a/../../up.txt has a name that leads out of the archive",
        "saved.zip/a\\..\\up.txt has a backslash in its name",
    ]
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert after - before == {tmp_path / "collection" / "saved" / "good.md"}


@pytest.mark.long
def test_a_hundred_thousand_files_are_read(tmp_path):
    for number in range(100_000):
        (tmp_path / f"{number}.txt").write_text(f"Heron {number} was counted.")
    start = time.monotonic()
    collection = read_collection(tmp_path)
    assert len(collection.articles) == 100_000
    assert time.monotonic() - start < 120


# -- from end to end ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def without_flushing(monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)


def cited(index, question):
    """The words that answer a question, each sliced from the text of its article."""
    with closing(SearchIndex(index)) as opened:
        words = []
        for citation in ask(question, opened, HashEncoder()).citations:
            passage = citation.passage
            text = opened.article(passage.article.article_id).text
            assert text[passage.span.start : passage.span.end] == passage.text
            words.append(passage.text)
        return words


HEBREW = "ראש העירייה אמר ביום שני כי הגשר ייסגר עד הקיץ. התושבים מחו על ההחלטה."
ARABIC = "قال رئيس البلدية يوم الاثنين إن الجسر سيغلق حتى الصيف."
COMBINED = unicodedata.normalize(
    "NFD", "Zoë Brontë said the café façade is naïve, “and très bien”."
)
OVERRIDDEN = (
    "The mayor\u202e eht said\u202c the bridge\u200b opens\u2066 soon\u2069 for 👩‍👩‍👧 and 🇬🇧."
)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (HEBREW, "הגשר העירייה"),
        (ARABIC, "الجسر البلدية"),
        (COMBINED, "Zoë Brontë façade"),
        (OVERRIDDEN, "When does the bridge open?"),
    ],
    ids=["Hebrew", "Arabic", "combining", "overridden"],
)
@pytest.mark.parametrize("end", ["txt", "jsonl", "docx"])
def test_any_script_is_cited_as_it_stands(write_collection, tmp_path, text, question, end):
    """From right to left, with combining marks, joiners and overrides."""
    content = {
        "txt": text.encode(),
        "jsonl": json.dumps({"text": text}).encode(),
        "docx": docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
    }[end]
    build_index(write_collection({f"a.{end}": content, "good.txt": GOOD}), tmp_path / "index",
                HashEncoder())  # fmt: skip
    assert text in cited(tmp_path / "index", question)


def test_a_nul_in_a_text_is_a_character_like_any_other(write_collection, tmp_path):
    """JSON may hold one."""
    text = "The heron\0 was counted. It flew away."
    folder = write_collection({"a.jsonl": json.dumps({"text": text}), "good.txt": GOOD})
    build_index(folder, tmp_path / "index", HashEncoder())
    assert text in cited(tmp_path / "index", "heron counted flew")


BELLS = "The ringers of Osmer rang twelve bells on Friday, and nobody slept."
HERONS = "How many herons were counted?"


def test_nothing_that_is_indexed_is_lost_to_hostile_files(hostile, tmp_path, monkeypatch):
    """They come into the folder of an index that answers."""
    monkeypatch.setattr("corpus.extraction.isolated.SECONDS", 3)
    folder, index = tmp_path / "collection", tmp_path / "index"
    folder.mkdir()
    (folder / "bells.txt").write_text(BELLS)
    build_index(folder, index, HashEncoder())
    before = cited(index, "Who rang twelve bells?")
    for path in hostile.iterdir():
        if not path.name.startswith("lines"):
            (folder / path.name).symlink_to(path)
    report = build_index(folder, index, HashEncoder())
    assert "bells" not in {*report.changed, *report.removed}
    assert "laughs" in report.added
    assert len(report.skips) > 50
    assert before == [BELLS]
    assert BELLS in cited(index, "Who rang twelve bells?")


def test_a_build_that_must_fail_leaves_the_index_as_it_was(write_collection, tmp_path):
    """Every file has become a bad one."""
    folder = write_collection({"good.txt": GOOD})
    build_index(folder, tmp_path / "index", HashEncoder())
    before = sorted(
        (path, path.read_bytes()) for path in (tmp_path / "index").rglob("*") if path.is_file()
    )
    write_collection({"good.txt": b"\0", "bomb.docx": docx_bombs()["deep.docx"]})
    with pytest.raises(CorpusError) as refused:
        build_index(folder, tmp_path / "index", HashEncoder())
    assert not isinstance(refused.value, UnreadableFile)
    assert cited(tmp_path / "index", HERONS) == [GOOD]
    assert before == sorted(
        (path, path.read_bytes()) for path in (tmp_path / "index").rglob("*") if path.is_file()
    )
