"""Who wrote an article: what is no name is left out, and no name is changed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.details.people import author_of


@pytest.mark.parametrize(
    "written",
    [
        "Nora Quill", "NORA QUILL", "nora quill", "Nora", "Quill, Nora", "Nora Quill and Ivo Marsh",
        "Nora Quill, Ivo Marsh & Tam Reed", "Nora Quill, Jr.", "Dr Ines van der Holm-Reed",
        "N. J. O’Quill", "Björn Ångström", "王小明", "Nora 'Ink' Quill", "By", "Byron Bay",
        "April May", "Story Marsh", "Fernbridge Press Agency", "The Courier’s Editorial Board",
        "Department of Parks and Libraries", "Nora Quill Political Editor", "Forrest Ford",
    ],
)  # fmt: skip
def test_a_name_is_left_as_it_is(written):
    """In whatever letters it is written, also where it only looks like something else."""
    assert author_of(written) == (None if written == "By" else written)


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("By Nora Quill", "Nora Quill"),
        ("By By Nora Quill", "Nora Quill"),
        ("BY: Nora Quill", "Nora Quill"),
        ("by Nora Quill and by Ivo Marsh", "Nora Quill and Ivo Marsh"),
        ("Written by Nora Quill", "Nora Quill"),
        ("Analysis by Nora Quill", "Nora Quill"),
        ("Opinion Nora Quill", "Nora Quill"),
        ('"Nora OQuill"', "Nora OQuill"),
        ("  Nora \n Quill ", "Nora Quill"),
        ("Nora Quill, Nora Quill", "Nora Quill"),
        ("Nora Quill and NORA QUILL", "Nora Quill"),
        ("Nora Quill, Written Nora Quill, Ivo Marsh", "Nora Quill, Ivo Marsh"),
        ("Nora Quill, Political Editor", "Nora Quill"),
        ("Nora Quill, Staff Writer and Ivo Marsh", "Nora Quill, Ivo Marsh"),
        ("Nora Quill | Courier Staff", "Nora Quill"),
        ("Nora Quill, nora@courier.example", "Nora Quill"),
        ("nora@courier.example (Nora Quill)", "Nora Quill"),
        ("Nora Quill <nora@courier.example>", "Nora Quill"),
        ("Nora Quill, Nora.Quill Courier.Com", "Nora Quill"),
        ("Nora Quill for Courier.com", "Nora Quill"),
        ("Nora Quill, https://courier.example/people/nora", "Nora Quill"),
        ("Nora Quill @noraquill", "Nora Quill"),
        ("Nora Quill (@noraquill)", "Nora Quill"),
        ("Nora Quill Follow @noraquill", "Nora Quill"),
        ("Nora Quill, Follow Nora on Twitter", "Nora Quill"),
        ("Nora Quill, 10 April 2018", "Nora Quill"),
        ("Nora Quill, April 10, 2018", "Nora Quill"),
        ("Posted by Nora Quill on 10 April 2018", "Nora Quill"),
        ("Nora Quill, 3 hours ago", "Nora Quill, 3 hours ago"),
        ("Nora Quill, Hours Ago, Comment Count", "Nora Quill"),
        ("Nora Quill, photography by Ivo Marsh", "Nora Quill"),
        ("siteadmin, Nora Quill", "Nora Quill"),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(written, author):
    """Roles, addresses, accounts, dates, and what stands there twice."""
    assert author_of(written) == author


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "siteadmin", "Admin", "EDITOR", "editors", "webmaster", "Web desk", "staff",
        "Courier Staff", "newsroom", "Staff Reporter", "no author", "None", "n/a", "Anonymous",
        "by siteadmin", "By By", "admin, staff", "nora@courier.example", "@noraquill",
        "https://courier.example/nora", "www.courier.example", "Follow @noraquill",
        "10 April 2018", "2018-04-10", "42", "-", "Special to the Courier", "View All",
        "Popular Tags, Story_Count",
    ],
)  # fmt: skip
def test_what_names_nobody_is_nobody(written):
    """Unknown is None."""
    assert author_of(written) is None


@pytest.mark.parametrize(
    ("written", "author"),
    [("Courier", None), ("COURIER", None), ("Nora Quill, Courier", "Nora Quill")],
)
def test_a_publisher_did_not_write_its_articles(written, author):
    """Its name beside the author's says nothing more."""
    assert author_of(written, publisher="Courier") == author
    assert author_of(written) == written


_WORDS = st.sampled_from(
    'By by BY: Nora Quill Ivo Marsh and & , ; | siteadmin Editor Staff ( ) " “ ” @nora 10 April '
    "2018 nora@courier.example Courier.com for Follow Analysis Opinion - · 王 É".split()
)


@given(st.lists(_WORDS, max_size=12).map(" ".join) | st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once_and_adds_nothing(written):
    """So that an article that is saved and read again keeps its author; every word was there."""
    author = author_of(written)
    if author is not None:
        assert author_of(author) == author
        assert author == author.strip() != ""
        letters = [character for character in author if character.isalnum()]
        remaining = iter(written)
        assert all(letter in remaining for letter in letters)


@pytest.mark.parametrize(
    "unit", ["a", "By ", ",", "a@", "://", "(", "()", '"', "Editor ", "and ", "1."]
)
def test_an_author_line_of_any_length_is_cleaned_in_time(unit):
    """A field that holds a book is left alone."""
    started = time.process_time()
    author_of(unit * (1_999 // len(unit)))
    author_of("(" * 900 + unit + ")" * 900)
    author_of(unit * 500_000)
    assert time.process_time() - started < 2
