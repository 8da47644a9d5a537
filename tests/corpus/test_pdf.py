"""PDF files: their text with its pages, and why one has none."""

from __future__ import annotations

import contextlib
import hashlib
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from corpus import Article, Metadata, UnreadableFile, passages_of
from corpus.extraction.pdf import extract_pdf
from tests.corpus.pdfs import HEIGHT, Words, column, drawn, pdf, written
from tests.corpus.samples import damaged

STORY = (
    "The harbour board of Skerry met on Tuesday and heard that the ferry had run aground twice "
    "in a month. Its chair, Ines Marl, said that nobody had been hurt."
)
BUDGET = "The board will vote on a new pilot in May. The budget for it is 1,250 pounds a week."


def text_of(data: bytes) -> str:
    return extract_pdf(data).text


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        extract_pdf(data)
    return str(refused.value)


# -- paragraphs --------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_joined_by_a_space():
    """Paragraphs are separated by an empty line, and the page ends in a form feed."""
    assert text_of(pdf(column(STORY, BUDGET))) == f"{STORY}\n\n{BUDGET}\n\f\n"


def test_paragraphs_that_are_only_indented_are_paragraphs():
    """A first line that is moved in begins one, without any space above it."""
    full = [("word " * 60).strip() + ".", STORY, BUDGET]
    assert text_of(pdf(column(*full, indent=True))) == "\n\n".join(full) + "\n\f\n"


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph():
    """Even where paragraphs have neither space nor indentation."""
    lines = column(STORY.replace("month. ", "month.|"))
    head, rest = STORY.split("month. ")
    assert text_of(pdf(lines)) == f"{head}month.\n\n{rest}\n\f\n"


def test_a_heading_in_larger_letters_is_a_paragraph_of_its_own():
    """It is no part of the sentence below it."""
    page = [Words("Ferry aground again", y=720, size=16), *column(STORY)]
    assert text_of(pdf(page)) == f"Ferry aground again\n\n{STORY}\n\f\n"


def test_points_of_a_list_are_paragraphs():
    """A bullet begins one."""
    page = column("• The first point is about the ferry.|• The second one is about boats.")
    assert text_of(pdf(page)) == (
        "• The first point is about the ferry.\n\n• The second one is about boats.\n\f\n"
    )


def test_a_number_and_its_paragraph_are_one_line():
    """A wide gap between a label and its text, or between the cells of a row, parts nothing."""
    page = [Words("12.", x=72), *column(STORY, x=130), Words("Gwent", y=500), Words("14", 300, 500)]
    assert text_of(pdf(page)) == f"12. {STORY}\n\nGwent 14\n\f\n"


@pytest.mark.parametrize("by_line", [False, True], ids=["column by column", "line by line"])
def test_columns_are_read_one_after_the_other(by_line):
    """In whichever order the file draws them; a sentence goes on at the head of the next."""
    left = column(STORY, width=30, x=60)
    right = column("the other column has its own text, " * 6 + "and ends.", width=30, x=264)
    page = [*left, *right]
    if by_line:
        page.sort(key=lambda words: (-words.y, words.x))
    other = ("the other column has its own text, " * 6 + "and ends.").strip()
    assert text_of(pdf(page)) == f"{STORY}\n\n{other}\n\f\n"


def test_a_sentence_runs_from_one_column_to_the_next():
    """Where the foot of one column ends no sentence and the next goes on in lower case."""
    words = STORY.split()
    left = column(" ".join(words[:12]), width=30, x=60)
    right = column(" ".join(words[12:]), width=30, x=264)
    assert text_of(pdf([*left, *right])) == f"{STORY}\n\f\n"


def test_words_further_down_are_no_part_of_a_sentence():
    """What stands apart is another paragraph, even where it begins in lower case."""
    page = [*column("Said the board of Skerry"), *column("click here for more", top=500)]
    assert text_of(pdf(page)) == "Said the board of Skerry\n\nclick here for more\n\f\n"


# -- words -------------------------------------------------------------------------------------


def test_a_word_broken_at_a_line_end_is_put_together_where_it_stands_whole_elsewhere():
    """Evidence from the same document decides, and the hyphen stays without it."""
    page = column(
        "The council meets in May. All of the coun-|cil will come, and a well-|known guest; "
        "the re-|election of the re-election board and what the Anglo-|Saxons did in 1990-|95."
    )
    assert text_of(pdf(page)) == (
        "The council meets in May. All of the council will come, and a well-known guest; the "
        "re-election of the re-election board and what the Anglo-Saxons did in 1990-95.\n\f\n"
    )


def test_a_hyphen_that_may_belong_to_the_word_is_kept():
    """Nothing in the document says that "wellknown" or "flotilla" is a word."""
    page = column("A well-|known flo-|tilla came - or|went.")
    assert text_of(pdf(page)) == "A well-known flo-tilla came - or went.\n\f\n"


def test_a_soft_hyphen_at_a_line_end_is_taken_away():
    """It says itself that the word is one."""
    assert text_of(pdf(column("A flo\u00ad|tilla came."))) == "A flotilla came.\n\f\n"


def test_a_hyphen_in_the_place_of_a_soft_one_is_a_hyphen():
    """Code 173 of the usual encoding prints one, and is no space."""
    content = drawn(column("A flotilla and a flo|tilla.")).replace(b"a flo)", b"a flo\xad)")
    assert text_of(pdf(content)) == "A flotilla and a flotilla.\n\f\n"


def test_ligatures_are_their_letters():
    """What is printed as one sign can be searched for as two letters."""
    assert text_of(pdf(column("A ﬁne of 40 pounds."))) == "A fine of 40 pounds.\n\f\n"


def test_bold_that_was_faked_by_printing_twice_stands_once():
    """Letter by letter or line by line."""
    twice = [Words("The ferry sank."), Words("The ferry sank.", x=72.3)]
    assert text_of(pdf(twice)) == "The ferry sank.\n\f\n"
    letters = [
        Words(letter, x=72 + 6 * at + shift)
        for at, letter in enumerate("The ferry sank.")
        for shift in (0, 0.3)
        if letter != " "
    ]
    assert text_of(pdf(letters)) == "The ferry sank.\n\f\n"


def test_words_without_spaces_between_them_are_told_by_their_distance():
    """Many files move on instead of printing a space."""
    content = b"BT /F1 10 Tf 72 700 Td [(The) -600 (fer) 20 (ry) -600 (sank.)] TJ ET"
    assert text_of(pdf(content)) == "The ferry sank.\n\f\n"


def test_text_that_is_turned_is_read_along_its_line():
    """A table that is printed sideways has lines as well."""
    content = (
        b"BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Sideways words.) Tj 0 -12 Td (More of them.) Tj ET"
    )
    assert text_of(pdf(content)) == "Sideways words. More of them.\n\f\n"


# -- pages -------------------------------------------------------------------------------------


def test_every_page_ends_in_a_form_feed():
    """Also one without text, so that the numbers of the pages stay right."""
    article = Article("a", text_of(pdf(column(STORY), [], column(BUDGET))))
    assert article.text == f"{STORY}\n\f\n\n\f\n{BUDGET}\n\f\n"
    assert [article.page_at(article.text.index(words)) for words in (STORY, BUDGET)] == [1, 3]


def test_a_sentence_runs_over_the_end_of_a_page():
    """One that goes on in lower case is one sentence, with the form feed between two words, and
    its passage can be cited as a whole."""
    text = text_of(pdf(column("The board of Skerry said that the"), column("ferry sank. It rose.")))
    assert text == "The board of Skerry said that the \fferry sank. It rose.\n\f\n"
    [passage] = passages_of(Article("a", text))
    assert [span.of(text) for span in passage.sentences] == [
        "The board of Skerry said that the \fferry sank.",
        "It rose.",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ferry sank.", "it was raining."),
        ("The ferry sank in the", "Skerry Herald reported."),
        ("Those saved were:", "the crew."),
    ],
    ids=["a full stop", "a capital", "a colon"],
)
def test_other_sentences_end_with_their_page(before, after):
    """What may be two sentences is never made one."""
    text = text_of(pdf(column(before), column(after)))
    assert text == f"{before}\n\f\n{after}\n\f\n"
    sentences = [
        span.of(text) for made in passages_of(Article("a", text)) for span in made.sentences
    ]
    assert sentences == [before, after]


def test_a_word_that_is_broken_between_pages_stands_on_the_first():
    """Its hyphen goes where the whole word stands elsewhere."""
    text = text_of(pdf(column("The council met. The coun-"), column("cil voted at noon.")))
    assert text == "The council met. The council \fvoted at noon.\n\f\n"


def report(pages: int, head: str, foot: str) -> bytes:
    """A report whose pages have running heads and feet; {} is the page's number."""
    return pdf(
        *[
            [
                Words(head.format(number), y=HEIGHT - 40),
                *column(f"Page text {'abcdefgh'[number]}. {STORY}", f"The end of {number}0 lines."),
                Words(foot.format(number), y=30),
            ]
            for number in range(1, pages + 1)
        ]
    )


@pytest.mark.parametrize(
    ("pages", "head", "foot"),
    [
        (3, "Skerry Harbour Board", "{}"),
        (4, "Report 2019 of 12 May", "Page {} of 4"),
        (5, "Board {}", "- {} -"),
    ],
)
def test_running_heads_and_page_numbers_are_left_out(pages, head, foot):
    """What stands at the same height near the edge of three or more pages is no prose."""
    assert text_of(report(pages, head, foot)) == "".join(
        f"Page text {'abcdefgh'[number]}. {STORY}\n\nThe end of {number}0 lines.\n\f\n"
        for number in range(1, pages + 1)
    )


def test_page_numbers_are_left_out_of_two_pages():
    """Two are enough for a figure that counts them."""
    assert text_of(report(2, "{}", "Page {}")) == "".join(
        f"Page text {'abc'[number]}. {STORY}\n\nThe end of {number}0 lines.\n\f\n"
        for number in (1, 2)
    )


def test_what_is_no_running_head_stays():
    """Words of two pages, a figure that counts nothing, a line inside the page, another height."""
    assert "Minutes\n\n" in text_of(report(2, "Minutes", "{}"))
    inside = pdf(*[[*column(STORY), *column("Yes, we can.", top=500)] for _ in range(4)])
    assert text_of(inside).count("Yes, we can.") == 4
    years = pdf(*[[*column(STORY), Words(year, y=30)] for year in ("12", "31", "7", "5")])
    assert [year in text_of(years) for year in ("12", "31", "7", "5")] == [True] * 4
    moving = pdf(*[[*column(STORY), Words("So it ends.", y=20 + 10 * at)] for at in range(4)])
    assert text_of(moving).count("So it ends.") == 4


def test_a_line_of_prose_that_is_repeated_near_the_edge_stays():
    """Other prose stands further out than it does, so that it is no running head."""
    name = ["Mill", "Weir", "Quay", "Pond"]
    pages = pdf(
        *[
            [Words(f"The {where} was discussed, and all", y=HEIGHT - 40),
             Words("must report what they find.", y=HEIGHT - 52)]
            for where in name
        ]
    )  # fmt: skip
    assert text_of(pages) == "".join(
        f"The {where} was discussed, and all must report what they find.\n\f\n" for where in name
    )


# -- what the file says of itself ----------------------------------------------------------------


def test_title_and_author_come_from_the_document_information():
    """With what they rest on; when a file was made is no date of publication."""
    info = "/Title (Ferry aground) /Author (Ines Marl) /CreationDate (D:20190304120000Z)"
    where = "PDF document information"
    assert extract_pdf(pdf(column(STORY), info=info)).metadata == Metadata(
        title="Ferry aground", author="Ines Marl", evidence=(("author", where), ("title", where))
    )


@pytest.mark.parametrize(
    "title",
    [
        "", "Microsoft Word - x.doc", "untitled", "Untitled-1", "report final.indd", "Document1",
        "PowerPoint Presentation", "42", "a" * 301, r"\000\001", "ferry.pdf",
        "about:blank", "https://board.example/minutes", "minutes_final_2",
    ],
)  # fmt: skip
def test_a_title_that_a_program_put_there_is_none(title):
    """It names a file or nothing."""
    assert extract_pdf(pdf(column(STORY), info=f"/Title ({title})")).metadata == Metadata()


@pytest.mark.parametrize(
    "author",
    ["", "admin", "Microsoft Office User", "User", "owner", "jmarl", "MH2041", "HP", "a@b.example",
     "unknown", "Windows User", "python-docx"],
)  # fmt: skip
def test_an_author_who_is_a_login_is_none(author):
    """Nobody signs so."""
    assert extract_pdf(pdf(column(STORY), info=f"/Author ({author})")).metadata == Metadata()


# -- what cannot be read -------------------------------------------------------------------------


def test_a_scanned_page_is_named():
    """A file without a text layer can be made one with OCR."""
    expected = "is a scanned PDF without a text layer; run it through OCR and add it again"
    assert reason(pdf(b"0 0 100 100 re f", b"")) == expected
    assert reason(pdf([Words("   ")])) == expected


def test_fonts_that_tell_no_letters_are_named():
    """Glyphs without a meaning, or with a private one, are no text."""
    unmapped = (
        "/Subtype /Type0 /BaseFont /Mystery /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /Mystery /CIDSystemInfo << /Registry (Adobe) /Ordering "
        "(Identity) /Supplement 0 >> /DW 600 >>]"
    )
    soup = b"BT /F1 10 Tf 72 700 Td <00120013001400150016> Tj ET"
    assert "fonts do not tell which letters they print; run it" in reason(pdf(soup, font=unmapped))


def test_a_few_lost_glyphs_are_shown_as_lost():
    """A sign that stands for nothing is U+FFFD, and the text around it is read."""
    assert text_of(pdf(drawn(column(STORY)).replace(b"Marl", b"Ma\\003l"))) == (
        STORY.replace("Marl", "Ma\ufffdl") + "\n\f\n"
    )


def test_a_password_is_asked_for_and_so_named():
    """What opens only with one is not broken but closed."""
    closed = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{'11' * 32}> "
        f"/U <{'22' * 32}> >> /ID [<33> <33>]"
    )
    data = pdf(column(STORY), extra=closed)
    other = data.replace(b"/Filter /Standard", b"/Filter /Licensed")
    assert reason(other) == "is encrypted in a way that cannot be read; save it without protection"
    assert reason(data) == "is protected by a password; save it without one and add it again"


def test_a_file_that_only_forbids_changes_is_read():
    """It is encrypted, with the empty password that every reader tries."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner = b"\x11" * 32
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padding + owner + rights + b"\x33").digest()[:5]
    content = drawn(column(STORY))
    for_stream = hashlib.md5(key + b"\x05\x00\x00\x00\x00").digest()[:10]
    locked = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{owner.hex()}> "
        f"/U <{Arcfour(key).process(padding).hex()}> >> /ID [<33> <33>]"
    )
    plain = zlib.compress(content)
    data = pdf(content, extra=locked)
    assert text_of(data.replace(plain, Arcfour(for_stream).process(plain))) == f"{STORY}\n\f\n"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_named(share):
    """Half of a report is never quoted as if it were the whole."""
    data = pdf(*[column(STORY, *[letter * 900 for letter in "abc"]) for _ in range(20)])
    assert reason(data[: int(share * len(data))]) == (
        "is a PDF that was cut off; get the file again"
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"The ferry sank.", b"\x00" * 5000])
def test_what_is_no_pdf_is_named(data):
    """Whatever it is called."""
    assert reason(data) == "is not a PDF, whatever its name says"


def test_a_pdf_without_pages_is_damaged():
    """Its head and tail alone are nothing to quote."""
    assert "is a damaged PDF" in reason(b"%PDF-1.7\n%%EOF\n")
    assert "is a damaged PDF" in reason(pdf())


def test_too_many_pages_or_letters_are_named(monkeypatch):
    """Nobody waits for a file that no article has."""
    data = pdf(column(STORY), column(BUDGET), column(STORY))
    monkeypatch.setattr("corpus.extraction.pdf.lines.MOST_PAGES", 2)
    assert reason(data) == "has more than 2 pages; split it"
    monkeypatch.setattr("corpus.extraction.pdf.lines.LARGEST_TEXT_BYTES", 100)
    assert "million characters; split it" in reason(data)


def with_form(content: bytes) -> bytes:
    """A page whose words stand in a form, which is drawn twice."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] /MediaBox [0 0 612 792] >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /XObject << /X 6 0 R >> "
            b">> >>",
            b"<< /Length 38 >>\nstream\n/X Do 1 0 0 1 0 -100 cm /X Do\nendstream",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 "
            b"3 0 R >> /XObject << /X 6 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
            % (len(content), content),
        ]
    )


def test_text_in_forms_is_read():
    """Where it is drawn, as often as it is drawn; a form that draws itself does so once."""
    data = with_form(drawn([Words("It sank.")]) + b" /X Do")
    assert text_of(data) == "It sank.\n\nIt sank.\n\f\n"


def test_forms_that_multiply_are_named(monkeypatch):
    """A small file can draw billions of them."""
    monkeypatch.setattr("corpus.extraction.pdf.lines._MOST_FORMS", 1)
    assert reason(with_form(b"q")) == "draws more than 1 forms, which no article does"


def test_damage_is_told_in_the_error_and_nowhere_else(capfd):
    """The library's own remarks do not reach the terminal."""
    data = pdf(column(STORY)).replace(b"/Type /Font", b"/Type /Fxnt").replace(b"xref", b"xxxx")
    with contextlib.suppress(UnreadableFile):
        extract_pdf(data)
    assert capfd.readouterr() == ("", "")


GOOD = pdf(column(STORY), [Words("2", y=30), *column(BUDGET)], info="/Title (Ferry)")


def require_text_or_reason(data: bytes) -> None:
    try:
        found = extract_pdf(data)
    except UnreadableFile:
        return
    assert found.text.strip()
    assert found.text.count("\f") >= 1
    assert found.text.encode()
    assert "\x00" not in found.text
    list(passages_of(Article("a", found.text, found.metadata)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged(GOOD))
def test_a_damaged_file_gives_text_or_a_reason(data):
    """Never another error, a lone surrogate or a NUL."""
    require_text_or_reason(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_text_or_a_reason(data, dressed):
    """Whether or not they begin and end like a PDF."""
    require_text_or_reason(b"%PDF-1.4\n" + data + b"\n%%EOF\n" if dressed else data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_content_of_a_page_gives_text_or_a_reason(content):
    """A page may draw whatever it likes."""
    require_text_or_reason(pdf(content, column(STORY)))
