"""Word documents: their words in the order of reading, and why one has none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Metadata, UnreadableFile, passages_of
from corpus.extraction.docx import extract_docx
from tests.corpus.samples import damaged

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def types(main: str = MAIN, part: str = "/word/document.xml") -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="{part}" ContentType="{main}"/></Types>'
    )


def document(body: str, namespace: str = WORD) -> str:
    return f'<w:document xmlns:w="{namespace}"><w:body>{body}<w:sectPr/></w:body></w:document>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body. parts: further ones, such as footnotes."""
    others = {f"word/{name}.xml": content for name, content in parts.items()}
    return packed({"[Content_Types].xml": types(), "word/document.xml": document(body)} | others)


def p(*runs: str, marks: str = "") -> str:
    """A paragraph of runs; one that is no XML is words."""
    made = (run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{f'<w:pPr>{marks}</w:pPr>' if marks else ''}{''.join(made)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_of(body: str, **parts: str) -> str:
    return extract_docx(docx(body, **parts)).text


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        extract_docx(data)
    return str(refused.value)


# -- words in order ----------------------------------------------------------------------------


def test_paragraphs_are_separated_by_an_empty_line():
    """In the order of the document, headings among them; empty ones are none."""
    heading = p("Ferry aground", marks='<w:pStyle w:val="Heading1"/>')
    assert text_of(heading + p("") + p("The ferry ", "sank.") + p("All were saved.")) == (
        "Ferry aground\n\nThe ferry sank.\n\nAll were saved."
    )


def test_a_table_stands_where_it_is_by_rows():
    """Short values of a row are one line with tabs between them."""
    body = p("Arrests:") + table((p("Gwent"), p("14")), (p("Kent"), p("9"))) + p("End.")
    assert text_of(body) == "Arrests:\n\nGwent\t14\nKent\t9\n\nEnd."


def test_prose_in_a_table_is_paragraphs():
    """Two sentences of two cells never become one."""
    body = table((p("Who sank"), p("The ferry sank.") + p("It rose.")), (p("Kent"), p("9")))
    assert text_of(body) == "Who sank\n\nThe ferry sank.\n\nIt rose.\n\nKent\t9"


def test_a_table_in_a_table_is_read_in_its_cell():
    """Nothing of it is lost or read twice."""
    inner = table((p("a"), p("b")))
    assert text_of(table((inner + p("c"), p("d")))) == "a\tb\n\nc\n\nd"


def test_notes_stand_at_the_end():
    """Footnotes, then endnotes, without the lines that Word draws above them."""
    footnotes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator" w:id="-1">{p("___")}'
        f'</w:footnote><w:footnote w:id="1">{p("Minutes of 12 May.")}</w:footnote></w:footnotes>'
    )
    endnotes = footnotes.replace("footnote", "endnote").replace("12 May", "13 May")
    noted = p("The ferry sank.", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    assert text_of(noted, footnotes=footnotes, endnotes=endnotes) == (
        "The ferry sank.\n\nMinutes of 12 May.\n\nMinutes of 13 May."
    )


def test_a_text_box_is_read_once():
    """It follows the paragraph that it hangs on, although the file holds it twice."""
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f'<w:r><m:AlternateContent xmlns:m="{compatible}"><m:Choice>{box}</m:Choice>'
        f"<m:Fallback>{box}</m:Fallback></m:AlternateContent></w:r>"
    )
    assert text_of(p("The ferry ", twice, "sank.")) == "The ferry sank.\n\nIn the box."


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:tab/></w:r>", "a\tb"),
        ("<w:r><w:br/></w:r>", "a\nb"),
        ("<w:r><w:noBreakHyphen/></w:r>", "a\u2011b"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', "a•b"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "a\ufffdb"),
        ("<w:hyperlink><w:r><w:t>-x-</w:t></w:r></w:hyperlink>", "a-x-b"),
        ("<w:sdt><w:sdtContent><w:r><w:t>-x-</w:t></w:r></w:sdtContent></w:sdt>", "a-x-b"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "ab"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "ab"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>-x-</w:t></w:r>', "a-x-b"),
        ("<w:r><w:t>\u0085</w:t></w:r>", "a\ufffdb"),
    ],
)
def test_what_stands_between_words(run, text):
    """Breaks and signs as characters, links and controls as their words, codes not at all."""
    assert text_of(p("a", run, "b")) == text


# -- tracked changes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("<w:ins><w:r><w:t>twice </w:t></w:r></w:ins>", "It sank twice in May."),
        ("<w:del><w:r><w:delText>once </w:delText></w:r></w:del>", "It sank in May."),
        ("<w:moveTo><w:r><w:t>here </w:t></w:r></w:moveTo>", "It sank here in May."),
        ("<w:moveFrom><w:r><w:t>there </w:t></w:r></w:moveFrom>", "It sank in May."),
    ],
    ids=["inserted", "deleted", "moved here", "moved away"],
)
def test_tracked_changes_count_as_made(change, text):
    """What was inserted is text, and what was deleted is none."""
    assert text_of(p("It sank ", change, "in May.")) == text


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next():
    """The two are read as the one that the change makes of them."""
    deleted = p("The ferry ", marks="<w:rPr><w:del/></w:rPr>")
    assert text_of(deleted + p("sank.") + p("It rose.")) == "The ferry sank.\n\nIt rose."


def test_a_deleted_row_is_gone():
    """With all of its cells."""
    rows = table((p("Gwent"),), (p("Kent"),)).replace(
        "<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1
    )
    assert text_of(rows) == "Kent"


# -- what the file says of itself ----------------------------------------------------------------


def with_properties(title: str, author: str) -> bytes:
    core = (
        '<c:coreProperties xmlns:c="core" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        "<dcterms:created>2019-03-04T12:00:00Z</dcterms:created></c:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": types(),
            "word/document.xml": document(p("The ferry sank.")),
            "docProps/core.xml": core,
        }
    )


def test_title_and_author_come_from_the_properties():
    """With what they rest on; when a file was made is no date of publication."""
    where = "document properties"
    assert extract_docx(with_properties("Ferry aground", "Ines Marl")).metadata == Metadata(
        title="Ferry aground", author="Ines Marl", evidence=(("author", where), ("title", where))
    )


@pytest.mark.parametrize("author", ["Microsoft Office User", "admin", "", "jmarl"])
def test_properties_that_a_program_wrote_are_none(author):
    """Nobody called the document that or signs so."""
    assert extract_docx(with_properties("Document1", author)).metadata == Metadata()


# -- what cannot be read -------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not a Word document (.docx), whatever its name says"),
        (b"The ferry sank.", "is not a Word document (.docx), whatever its name says"),
        (OLE + "WordDocument".encode("utf-16-le"), "is a Word document of the old kind (.doc); "
         "save it as .docx and add it again"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; save it "
         "without one and add it again"),
        (packed({"a.txt": "a"}), "is a zip archive but not a Word document (.docx)"),
        (packed({"xl/workbook.xml": "<a/>"}), "is a spreadsheet and not a Word document; save it "
         "as .docx"),
        (packed({"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled."
         "main+xml"), "word/document.xml": document(p("a"))}), "is a Word document with macros "
         "(.docm); save it as .docx and add it again"),
        (docx(""), "is a Word document without text"),
        (docx(p("<w:del><w:r><w:delText>a</w:delText></w:r></w:del>")),
         "is a Word document without text"),
        (packed({"word/document.xml": "<w:document"}), "is a damaged .docx: word/document.xml is "
         "not XML"),
        (packed({"word/document.xml": "<a/>"}), "is a damaged .docx: its main part has no body"),
    ],
    ids=["nothing", "text", "old kind", "password", "archive", "spreadsheet", "macros", "empty",
         "all deleted", "no XML", "no body"],
)  # fmt: skip
def test_what_cannot_be_read_is_named(data, why):
    """What it is, and what to do."""
    assert reason(data) == why


def test_the_main_part_is_the_one_that_the_file_names():
    """Some programs call it otherwise, and newer ones use another namespace."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = packed(
        {
            "[Content_Types].xml": types(part="/word/document2.xml"),
            "word/document2.xml": document(p("The ferry sank."), strict),
        }
    )
    assert extract_docx(data).text == "The ferry sank."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_named(share):
    """Its table of contents stands at its end."""
    data = docx(p("The ferry sank."))
    assert (
        reason(data[: int(share * len(data))]) == "is a .docx that was cut off; get the file again"
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY a "The ferry sank.">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://evil.example/d.dtd">',
    ],
    ids=["entity", "file", "network"],
)
def test_nothing_outside_the_file_is_read(declaration):
    """A document that declares a type or an entity is refused, and nothing is expanded."""
    data = packed({"word/document.xml": declaration + document(p("<w:r><w:t>x</w:t></w:r>"))})
    assert reason(data) == "is no proper .docx: word/document.xml declares a document type"


def test_a_part_that_unpacks_to_gigabytes_is_refused(monkeypatch):
    """By what the archive declares, and by what comes out where it declares less."""
    monkeypatch.setattr("corpus.extraction.docx._LARGEST_PART", 1024**2)
    data = docx(p("a" * 1024**2))
    assert reason(data) == ("unpacks to more than 1 MB in word/document.xml, which no article does")
    size = len(document(p("a" * 1024**2))).to_bytes(4, "little")
    assert size in data
    assert "word/document.xml" in reason(data.replace(size, (1000).to_bytes(4, "little")))


def test_too_much_text_is_refused(monkeypatch):
    """As it is in every other format."""
    monkeypatch.setattr("corpus.extraction.docx.LARGEST_TEXT_BYTES", 10)
    assert "MB of text; split it" in reason(docx(p("The ferry sank.")))


GOOD = docx(p("The ferry ", "sank.") + table((p("Gwent"), p("14"))))
# Without compression, so that flipped bytes hit the XML and not only the packing.
with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
    _unpacked = io.BytesIO()
    with zipfile.ZipFile(_unpacked, "w", zipfile.ZIP_STORED) as stored:
        for name in archive.namelist():
            stored.writestr(name, archive.read(name))
STORED = _unpacked.getvalue()


def require_text_or_reason(data: bytes) -> None:
    try:
        found = extract_docx(data)
    except UnreadableFile:
        return
    assert found.text.strip()
    assert found.text.encode()
    assert not {"\x00", "\f", "\r"} & set(found.text)
    list(passages_of(Article("a", found.text, found.metadata)))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged(GOOD, STORED))
def test_a_damaged_file_gives_text_or_a_reason(data):
    """Never another error."""
    require_text_or_reason(data)


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_give_text_or_a_reason(data, dressed):
    """Whether or not they begin like an archive."""
    require_text_or_reason(b"PK\x03\x04" + data if dressed else data)


@given(st.binary(max_size=200))
def test_any_part_gives_text_or_a_reason(content):
    """An archive may hold whatever it likes under the name of the main part."""
    require_text_or_reason(packed({"word/document.xml": content}))


ELEMENTS = st.recursive(
    st.sampled_from(["<w:t>a.</w:t>", "<w:br/>", "<w:tab/>", "<w:t/>"]),
    lambda inner: st.builds(
        lambda name, children: f"<w:{name}>{''.join(children)}</w:{name}>",
        st.sampled_from("p r tbl tr tc sdt sdtContent ins del txbxContent pPr rPr trPr".split()),
        st.lists(inner, max_size=4),
    ),
)


@settings(deadline=None)
@given(st.lists(ELEMENTS, max_size=4))
def test_any_nesting_gives_text_or_a_reason(elements):
    """However a document nests its parts."""
    require_text_or_reason(docx("".join(elements)))


def test_deep_nesting_is_damage():
    """No document is so deep, and reading it does not fail on the way down."""
    reason(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))
    assert text_of("<w:sdt>" * 200 + p("a") + "</w:sdt>" * 200) == "a"
