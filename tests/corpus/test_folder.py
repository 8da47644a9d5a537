"""A folder of articles: whatever lies in it, each bad thing costs only itself and is named."""

import codecs
import errno
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus import CorpusError, Skip, list_files, read_collection
from corpus.collection.files import LARGEST_TEXT_BYTES
from tests.corpus.texts import texts

POND = "The pond in Quarry Park is full."
OTHER = "is in no format that is read"
LAKE = "The lake is not full, the wardens said."
CURLY = "“The café is shut,” Mrs Orme said. It’s late – the park closed."


@pytest.fixture
def skips_beside(write_collection):
    """The skips of a folder that holds these files and one good article, which must survive."""

    def skips(files):
        collection = read_collection(write_collection({"good.txt": LAKE} | files))
        assert [(found.article_id, found.text) for found in collection.articles] == [("good", LAKE)]
        assert collection.notes == ()
        return [str(skip) for skip in collection.skips]

    return skips


# -- what is read -----------------------------------------------------------------------------


def test_a_folder_gives_the_articles_of_all_its_formats_ordered_by_id(write_collection):
    """Text, Markdown and JSON Lines side by side, in folders within folders."""
    lines = [{"id": "mill", "text": "The mill."}, {"text": "The park."}]
    folder = write_collection(
        {
            "zoo.txt": "The zoo.",
            "2018/may/pond.txt": POND,
            "2018/lake.md": f"---\ntitle: Lake\n---\n{LAKE}",
            "more.jsonl": "\n".join(map(json.dumps, lines)),
        }
    )
    collection = read_collection(folder)
    assert [(a.article_id, a.file, a.text) for a in collection.articles] == [
        ("2018/lake", "2018/lake.md", LAKE),
        ("2018/may/pond", "2018/may/pond.txt", POND),
        ("mill", "more.jsonl", "The mill."),
        ("more#2", "more.jsonl", "The park."),
        ("zoo", "zoo.txt", "The zoo."),
    ]
    assert (collection.skips, collection.notes) == ((), ())


def test_an_empty_folder_holds_no_articles(write_collection):
    """It is a collection, if a short one."""
    collection = read_collection(write_collection({}))
    assert (collection.articles, collection.skips, collection.notes) == ((), (), ())


def test_a_suffix_may_be_written_in_capitals(write_collection):
    """POND.TXT is a text file too."""
    lake = f"---\ntitle: Lake\n---\n{LAKE}"
    folder = write_collection({"POND.TXT": POND, "LAKE.Md": lake, "M.JSONL": '{"text": "Mill."}'})
    assert [(a.article_id, a.text) for a in read_collection(folder).articles] == [
        ("LAKE", LAKE),
        ("M#1", "Mill."),
        ("POND", POND),
    ]
    assert [name for name, _, _ in list_files(folder)] == ["LAKE.Md", "M.JSONL", "POND.TXT"]


def test_only_markdown_files_have_front_matter(write_collection):
    """The same content is all text in a .txt file."""
    content = f"---\ntitle: Pond\n---\n{POND}"
    folder = write_collection({"a.md": content, "b.txt": content})
    assert [article.text for article in read_collection(folder).articles] == [POND, content]


@pytest.mark.parametrize(
    "name",
    ["a b", "a'b\"c", "été", "\U0001f986", "a#1", "a%20b", "a\nb", "a\\b", "a..b", "-rf", "*?",
     "<b>&amp;", "a\u00a0b", "CON"],
    ids=ascii,
)  # fmt: skip
def test_a_file_name_with_odd_characters_is_the_id_as_it_stands(write_collection, name):
    """Ids are escaped where they are shown, not where they are made."""
    folder = write_collection({f"odd/{name}.txt": POND})
    collection = read_collection(folder)
    assert [article.article_id for article in collection.articles] == [f"odd/{name}"]
    assert collection.skips == ()


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are always UTF-8 there")
def test_a_file_name_that_is_not_utf8_is_written_with_escapes(write_collection):
    """Its id must be text, because the index holds it."""
    folder = write_collection({})
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.txt")).write_text(POND)
    (article,) = read_collection(folder).articles
    assert (article.article_id, article.file) == (r"caf\xe9", r"caf\xe9.txt")
    assert [name for name, _, _ in list_files(folder)] == [r"caf\xe9.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", ".git/pond.txt", "2018/.DS_Store", ".txt"])
def test_hidden_files_and_folders_are_ignored_silently(skips_beside, write_collection, name):
    """They are other programs' business."""
    assert skips_beside({name: POND}) == []
    assert [found for found, _, _ in list_files(write_collection({}))] == ["good.txt"]


# -- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CURLY.encode("utf-8"), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + CURLY.encode("utf-8"), id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + CURLY.encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param(codecs.BOM_UTF16_BE + CURLY.encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(codecs.BOM_UTF32_LE + CURLY.encode("utf-32-le"), id="UTF-32 LE"),
        pytest.param(codecs.BOM_UTF32_BE + CURLY.encode("utf-32-be"), id="UTF-32 BE"),
    ],
)
@pytest.mark.parametrize("name", ["pond.txt", "pond.md"])
def test_unicode_is_read_without_its_byte_order_mark(write_collection, name, data):
    """The encoding is certain, so there is nothing to note."""
    collection = read_collection(write_collection({name: data}))
    assert [article.text for article in collection.articles] == [CURLY]
    assert (collection.skips, collection.notes) == ((), ())


def test_a_byte_order_mark_hides_no_front_matter(write_collection):
    """Editors put one in front of the three hyphens."""
    content = f"---\ntitle: Pond\n---\n{POND}".encode("utf-8-sig")
    (article,) = read_collection(write_collection({"pond.md": content})).articles
    assert (article.metadata.title, article.text) == ("Pond", POND)


def test_a_byte_order_mark_inside_a_text_is_a_character_like_any_other(write_collection):
    """Only the leading one is dropped, and only once."""
    folder = write_collection({"pond.txt": "\ufeff\ufeffThe\ufeff pond."})
    assert [article.text for article in read_collection(folder).articles] == [
        "\ufeffThe\ufeff pond."
    ]


@pytest.mark.parametrize("text", [CURLY, "Café", f"{POND} It cost £5.", CURLY * 50],
                         ids=["curly", "one word", "one sign", "long"])  # fmt: skip
@pytest.mark.parametrize("name", ["pond.txt", "pond.md"])
def test_windows_text_is_read_with_a_note(write_collection, name, text):
    """cp1252 becomes the characters that were meant, and a person is told what was guessed."""
    collection = read_collection(write_collection({name: text.encode("cp1252")}))
    assert [article.text for article in collection.articles] == [text]
    assert [str(note) for note in collection.notes] == [
        f"{name} is not UTF-8 and was read as cp1252; save it as UTF-8"
    ]
    assert collection.skips == ()


def test_windows_text_may_hold_two_bytes_that_look_like_utf8(write_collection):
    """É and a closing mark make a valid pair by chance, which proves nothing."""
    text = "“Meet me at the CAFÉ” was its last word."
    (article,) = read_collection(write_collection({"pond.txt": text.encode("cp1252")})).articles
    assert article.text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(CURLY.encode()[:-1] + b"\xe2\x80", "is UTF-8 but broken at byte 71",
                     id="cut off"),
        pytest.param(CURLY.encode().replace(b"caf\xc3", b"caf"), "is UTF-8 but broken at byte 10",
                     id="a byte lost"),
        pytest.param("£5 or £6 at the café".encode()[:-1], "is UTF-8 but broken at byte 21",
                     id="few signs"),
        pytest.param(codecs.BOM_UTF8 + b"caf\xe9", "starts as utf-8-sig and is broken later on",
                     id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "starts as utf-16 and is broken later on",
                     id="half a character of UTF-16"),
        pytest.param("Парк закрыт. Уток нет.".encode("cp1251"),
                     "is in no encoding that could be told; save it as UTF-8", id="Cyrillic"),
    ],
)  # fmt: skip
def test_text_in_no_certain_encoding_is_skipped_rather_than_garbled(skips_beside, data, reason):
    """Broken UTF-8 in particular is not read as something else from end to end."""
    assert skips_beside({"pond.txt": data}) == [f"pond.txt {reason}"]


@given(content=texts)
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_from_a_file_as_it_was_saved(content):
    """Except for line ends and a leading byte-order mark; white space alone is a skip."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pond.txt").write_bytes(content.encode())
        collection = read_collection(Path(folder))
    reason = "is binary, not text" if "\0" in content else "is empty"
    text = re.sub("\r\n?", "\n", content.removeprefix("\ufeff"))
    readable = "\0" not in content and text.strip()
    assert [article.text for article in collection.articles] == ([text] if readable else [])
    assert collection.skips == (() if readable else (Skip("pond.txt", reason),))


# -- bad files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("bad.txt", b"", "is empty", id="nothing"),
        pytest.param("bad.txt", codecs.BOM_UTF8, "is empty", id="only a byte-order mark"),
        pytest.param("bad.txt", " \n\u00a0\r\n\u3000".encode(), "is empty", id="white space"),
        pytest.param("bad.md", b"---\ntitle: Pond\n---\n\n", "is empty", id="only front matter"),
        pytest.param("bad.txt", b"\x89PNG\r\n\x1a\n\0\0", "is binary, not text", id="a picture"),
        pytest.param("bad.md", b"Pond\0", "is binary, not text", id="one zero byte"),
        pytest.param("bad.md", b"---\ntitle: a: b\n---\nPond.",
                     "has front matter that is not YAML (line 2 of the file)", id="not YAML"),
        pytest.param("bad.mp4", b"%PDF-1.7", "is in no format that is read", id="another suffix"),
        pytest.param("bad", b"The pond.", "is in no format that is read", id="no suffix"),
        pytest.param("2018/bad.txt~", b"The pond.", "is in no format that is read", id="a backup"),
    ],
)  # fmt: skip
def test_a_bad_file_is_a_named_skip(skips_beside, name, data, reason):
    """The name is the path inside the folder, the reason is for a person."""
    assert skips_beside({name: data}) == [f"{name} {reason}"]


def test_a_file_above_the_limit_is_skipped_unread(skips_beside, monkeypatch):
    """Its size decides; one of exactly the limit is read."""
    monkeypatch.setattr("corpus.collection.files.LARGEST_TEXT_BYTES", len(LAKE))

    opened, read = Path.open, []

    def watched(path, mode="r", *arguments, **options):
        read.extend([path.name] if "r" in mode else [])
        return opened(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", watched)
    (skip,) = skips_beside({"bad.txt": LAKE + " "})
    assert read == ["good.txt"]
    assert skip.startswith("bad.txt has ")
    assert skip.endswith("Split it, or save many articles as .jsonl")


def test_the_limit_is_eight_mebibytes(write_collection):
    """The message gives both sizes in millions of bytes."""
    assert LARGEST_TEXT_BYTES == 8 * 1024 * 1024
    folder = write_collection({"bad.txt": b"", "good.txt": POND})
    with (folder / "bad.txt").open("wb") as sparse:
        sparse.truncate(20_000_000)
    assert [str(skip) for skip in read_collection(folder).skips] == [
        "bad.txt has 20 MB; one article may have 8. Split it, or save many articles as .jsonl"
    ]


@pytest.fixture
def deny(monkeypatch):
    """Make files or folders of a name unreadable, as chmod does for everybody but root."""

    def denied(function):
        def guarded(path=".", *arguments, **options):
            if Path(path).name in names:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return function(path, *arguments, **options)

        return guarded

    names = set()
    monkeypatch.setattr(Path, "open", denied(Path.open))
    monkeypatch.setattr(os, "scandir", denied(os.scandir))
    return names.add


@pytest.mark.parametrize("name", ["bad.txt", "bad.md", "bad.jsonl"])
def test_an_unreadable_file_is_a_named_skip(skips_beside, write_collection, deny, name):
    """Permissions cost only the file."""
    write_collection({name: POND})
    deny(name)
    assert skips_beside({}) == [f"{name} cannot be read: Permission denied"]


def test_an_unreadable_folder_inside_the_collection_is_a_named_skip(skips_beside, deny):
    """The articles around it are read."""
    deny("attic")
    assert skips_beside({"attic/pond.txt": POND}) == ["attic cannot be read: Permission denied"]


def test_a_collection_that_may_not_be_read_is_an_error(write_collection, deny):
    """There is nothing to go on with; the message says what to do."""
    folder = write_collection({"pond.txt": POND})
    deny(folder.name)
    message = "cannot be read: Permission denied. Check its permissions or give another folder"
    with pytest.raises(CorpusError, match=message):
        read_collection(folder)
    with pytest.raises(CorpusError, match=message):
        list_files(folder)


@pytest.mark.parametrize("read", [read_collection, list_files])
def test_a_missing_folder_is_an_error(tmp_path, read):
    """The message names the folder and the option."""
    message = "^The collection .*/nowhere does not exist. Give a folder with --corpus DIR.$"
    with pytest.raises(CorpusError, match=message):
        read(tmp_path / "nowhere")


@pytest.mark.parametrize("read", [read_collection, list_files])
def test_a_file_in_place_of_a_folder_is_an_error(write_collection, read):
    """The message says that it is one."""
    file = write_collection({"pond.txt": POND}) / "pond.txt"
    with pytest.raises(CorpusError, match=r"/pond\.txt is not a folder\. Give a folder with"):
        read(file)


# -- links and other strange files ------------------------------------------------------------


def test_a_link_to_a_folder_is_not_followed(skips_beside, write_collection, tmp_path):
    """It may lead anywhere, even back into the collection."""
    folder = write_collection({"2018/.keep": ""})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "pond.txt").write_text(POND)
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    (folder / "2018" / "up").symlink_to(folder)
    assert skips_beside({}) == [
        "2018/up is a link to a folder, not followed",
        "away is a link to a folder, not followed",
    ]


def test_a_link_to_a_file_is_read(write_collection, tmp_path):
    """The article has the link's name."""
    (tmp_path / "elsewhere.txt").write_text(POND)
    folder = write_collection({})
    (folder / "pond.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert [(a.article_id, a.text) for a in read_collection(folder).articles] == [("pond", POND)]


@pytest.mark.parametrize("name", ["bad.txt", "bad.md", "bad.jsonl"])
def test_a_dangling_link_is_a_named_skip(skips_beside, write_collection, name):
    """What it points to is gone."""
    folder = write_collection({})
    (folder / name).symlink_to(folder / "gone.txt")
    assert skips_beside({}) == [f"{name} cannot be read: No such file or directory"]
    assert [found for found, _, _ in list_files(folder)] == ["good.txt"]


def test_a_loop_of_links_is_a_named_skip_for_each(skips_beside, write_collection):
    """Links that point to each other lead nowhere."""
    folder = write_collection({})
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "c").symlink_to(folder / "c")
    loop = os.strerror(errno.ELOOP)
    assert skips_beside({}) == [
        f"a.txt cannot be read: {loop}",
        f"b.txt cannot be read: {loop}",
        "c is in no format that is read",
    ]
    assert [found for found, _, _ in list_files(folder)] == ["good.txt"]


def test_a_pipe_is_skipped_and_not_waited_for(skips_beside, write_collection):
    """Reading one would never end."""
    os.mkfifo(write_collection({}) / "bad.txt")
    assert skips_beside({}) == ["bad.txt is not a regular file"]


def test_a_folder_with_the_name_of_a_file_is_a_folder(write_collection):
    """Its articles are read."""
    folder = write_collection({"pond.txt/lake.txt": LAKE})
    assert [article.article_id for article in read_collection(folder).articles] == ["pond.txt/lake"]


# -- JSON Lines -------------------------------------------------------------------------------


def test_a_bad_line_costs_only_itself(write_collection):
    """Each is named by its number in the file; blank lines are nothing."""
    lines = [
        codecs.BOM_UTF8 + b'{"text": "One."}',
        b'{"text": "Two.", "ti',
        b"",
        b'{"text": "Four."}\r',
        b'{"title": "Five"}',
        b'{"text": "Si\xe9x."}',
        b'{"text": "Seven\\ud83e"}',
        b"  ",
        b'{"text": "Nine.", "kind": "summary"}',
        b'{"text": "Ten."}',
    ]
    collection = read_collection(write_collection({"more.jsonl": b"\n".join(lines)}))
    assert [(article.article_id, article.text) for article in collection.articles] == [
        ("more#1", "One."), ("more#10", "Ten."), ("more#4", "Four."),
    ]  # fmt: skip
    assert [str(skip) for skip in collection.skips] == [
        "more.jsonl#2 is not JSON; the line may be cut off",
        "more.jsonl#5 has no text; it was looked for under text, content, body, article, "
        "article_text, full_text",
        "more.jsonl#6 is not UTF-8; JSON Lines must be",
        "more.jsonl#7 holds half of a surrogate pair at character 5, which is not text",
        "more.jsonl#9 has the kind 'summary'; it must be article or brief",
    ]
    assert collection.notes == ()


def test_a_line_above_the_limit_costs_only_itself(write_collection, monkeypatch):
    """However long it is, and even as the last one, the lines around it are read, with their
    own numbers. The limit counts the line's end."""
    monkeypatch.setattr("corpus.readers.jsonl.LARGEST_TEXT_BYTES", 20)
    empty = len('{"text": ""}\n')
    sizes = {"a": 21, "b": 20, "c": 40, "d": 41, "e": 100, "f": 20, "g": 60}
    texts = [letter * (size - empty) for letter, size in sizes.items()]
    content = "\n".join(json.dumps({"text": text}) for text in texts)
    collection = read_collection(write_collection({"more.jsonl": content}))
    assert [(a.article_id, a.text) for a in collection.articles] == [
        ("more#2", texts[1]),
        ("more#6", texts[5]),
    ]
    assert [skip.where for skip in collection.skips] == [f"more.jsonl#{n}" for n in (1, 3, 4, 5, 7)]
    assert {re.sub(r"\d+", "N", skip.reason) for skip in collection.skips} == {
        "is longer than N MB"
    }


def test_a_file_of_records_may_be_larger_than_one_article(write_collection, monkeypatch):
    """The limit is each line's."""
    monkeypatch.setattr("corpus.readers.jsonl.LARGEST_TEXT_BYTES", 30)
    lines = [json.dumps({"text": f"Duck {number}."}) for number in range(5)]
    collection = read_collection(write_collection({"more.jsonl": "\n".join(lines)}))
    assert [article.text for article in collection.articles] == [f"Duck {n}." for n in range(5)]


# -- clashes ----------------------------------------------------------------------------------


def test_of_two_files_with_one_id_the_first_is_kept(write_collection):
    """The second is skipped with the name of the first."""
    collection = read_collection(write_collection({"a.txt": POND, "a.md": LAKE}))
    assert [(a.article_id, a.file) for a in collection.articles] == [("a", "a.md")]
    assert [str(skip) for skip in collection.skips] == [
        "a.txt (a) has the id of an article in a.md"
    ]


def test_of_two_records_with_one_id_the_first_is_kept(write_collection):
    """Within a file, and between a record and a file."""
    lines = [{"id": "pond", "text": "One."}, {"id": "a", "text": "Two."}, {"id": "a", "text": "3."}]
    folder = write_collection({"more.jsonl": "\n".join(map(json.dumps, lines)), "pond.txt": POND})
    collection = read_collection(folder)
    assert [(a.article_id, a.text) for a in collection.articles] == [
        ("a", "Two."),
        ("pond", "One."),
    ]
    assert [str(skip) for skip in collection.skips] == [
        "more.jsonl (a) has the id of an article in more.jsonl",
        "pond.txt (pond) has the id of an article in more.jsonl",
    ]


def test_the_first_of_two_is_the_one_whose_folder_comes_first_by_name(write_collection):
    """Which article is kept does not depend on how a file system orders its folders."""
    folder = write_collection(
        {f"{name}/m.jsonl": '{"id": "pond", "text": "Pond."}' for name in "fbdaec"}
    )
    collection = read_collection(folder)
    assert [article.file for article in collection.articles] == ["a/m.jsonl"]
    assert [skip.where for skip in collection.skips] == [
        f"{name}/m.jsonl (pond)" for name in "bcdef"
    ]


def test_an_article_equal_in_text_and_details_is_a_duplicate(write_collection):
    """It is named after the article that is kept; how its file writes lines does not matter."""
    folder = write_collection(
        {
            "a.txt": f"{POND}\n{LAKE}",
            "b.txt": f"{POND}\r\n{LAKE}",
            "c/a.md": f"---\nkind: article\n---\n{POND}\n{LAKE}",
        }
    )
    collection = read_collection(folder)
    assert [article.article_id for article in collection.articles] == ["a"]
    assert [str(skip) for skip in collection.skips] == [
        "b.txt (b) is a duplicate of a: same text, same details",
        "c/a.md (c/a) is a duplicate of a: same text, same details",
    ]


def test_an_equal_text_with_other_details_is_another_article(write_collection):
    """Two papers may print the same words."""
    folder = write_collection(
        {"a.txt": POND, "b.md": f"---\npublisher: Courier\n---\n{POND}", "c.txt": f"{POND}\n"}
    )
    collection = read_collection(folder)
    assert [article.article_id for article in collection.articles] == ["a", "b", "c"]
    assert collection.skips == ()


def test_a_skipped_clash_is_nobodys_original(write_collection):
    """A duplicate is a duplicate of an article that is in the collection."""
    lines = [{"id": "a", "text": POND}, {"id": "a", "text": LAKE}, {"id": "b", "text": LAKE}]
    folder = write_collection({"more.jsonl": "\n".join(map(json.dumps, lines))})
    assert [a.article_id for a in read_collection(folder).articles] == ["a", "b"]


# -- order and change -------------------------------------------------------------------------


def test_skips_and_notes_are_ordered_by_place(write_collection):
    """Whatever the order in which a file system lists its files."""
    folder = write_collection(
        {
            "z.txt": "", "a/z.txt": "", "m.jsonl": "x", "b.mp4": "",
            "y.txt": "Café y".encode("cp1252"), "b/x.txt": "Café x".encode("cp1252"),
        }
    )  # fmt: skip
    collection = read_collection(folder)
    assert [s.where for s in collection.skips] == ["a/z.txt", "b.mp4", "m.jsonl#1", "z.txt"]
    assert [note.where for note in collection.notes] == ["b/x.txt", "y.txt"]


def test_reading_a_folder_twice_gives_the_same_collection(write_collection):
    """Articles, skips and notes."""
    folder = write_collection({"a.txt": POND, "b.txt": "", "c.txt": CURLY.encode("cp1252")})
    assert read_collection(folder) == read_collection(folder)


def test_the_files_of_a_folder_are_listed_by_path_with_size_and_time(write_collection):
    """Only those that may hold articles, good or bad."""
    folder = write_collection({"z.txt": POND, "b/m.jsonl": "{}", "b.md": "", "c.mp4": "%PDF"})
    for number, name in enumerate(["z.txt", "b/m.jsonl", "b.md"]):
        os.utime(folder / name, ns=(0, 1_000_000_007 + number))
    assert list_files(folder) == (
        ("b.md", 0, 1_000_000_009),
        ("b/m.jsonl", 2, 1_000_000_008),
        ("z.txt", len(POND), 1_000_000_007),
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: (folder / "a.txt").write_text(POND + " "), id="longer"),
        pytest.param(lambda folder: os.utime(folder / "a.txt", ns=(0, 1)), id="written again"),
        pytest.param(lambda folder: (folder / "a.txt").rename(folder / "c.txt"), id="renamed"),
        pytest.param(lambda folder: (folder / "a.txt").unlink(), id="removed"),
        pytest.param(lambda folder: (folder / "2018/c.md").write_text(POND), id="added below"),
    ],
)
def test_the_list_of_files_changes_when_the_folder_does(write_collection, change):
    """So that a stale index is noticed without reading anything."""
    folder = write_collection({"a.txt": POND, "2018/b.txt": LAKE})
    before = list_files(folder)
    assert list_files(folder) == before
    change(folder)
    assert list_files(folder) != before
