"""Dates are known at the precision that was written, and never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import interval
from corpus.details.dates import parse_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2018", "2018"),
        ("2018-04", "2018-04"),
        ("2018-04-10", "2018-04-10"),
        ("2018-04-10T09:25:00Z", "2018-04-10"),
        ("2018-04-10T23:59+01:00", "2018-04-10"),
        ("2018-04-10 09:25", "2018-04-10"),
        ("2018-04-10 23:30:05+00:00", "2018-04-10"),
        ("20180410", "2018-04-10"),
        ("20180410T092500Z", "2018-04-10"),
        ("2018/04/10", "2018-04-10"),
        ("2018/04/10 09:25", "2018-04-10"),
        ("10-Apr-2018", "2018-04-10"),
        ("Tue, 10 Apr 2018 23:30:00 GMT", "2018-04-10"),
        ("10 April 2018", "2018-04-10"),
        ("1 May 2018", "2018-05-01"),
        ("10 Apr 2018", "2018-04-10"),
        ("10 apr. 2018", "2018-04-10"),
        ("10th April 2018", "2018-04-10"),
        ("1st April, 2018", "2018-04-01"),
        ("2nd of April 2018", "2018-04-02"),
        ("10 SEPT 2018", "2018-09-10"),
        ("April 10, 2018", "2018-04-10"),
        ("Apr. 10 2018", "2018-04-10"),
        ("March 3rd, 2018", "2018-03-03"),
        ("April 2018", "2018-04"),
        ("April, 2018", "2018-04"),
        ("Sept. 2018", "2018-09"),
        ("  10\u00a0April\n2018 ", "2018-04-10"),
        ("10 April 2018 at 09:25", "2018-04-10"),
        ("10 April 2018, 9.25pm", "2018-04-10"),
        ("10 April 2018 - 09:15 -- siteadmin", "2018-04-10"),
        ("Tue, 10 Apr 2018 09:25:00 +0000", "2018-04-10"),
        ("Tuesday 10 April 2018", "2018-04-10"),
        ("Tuesday, April 10, 2018", "2018-04-10"),
        ("Tues. 10 April 2018", "2018-04-10"),
        ("13/07/2017", "2017-07-13"),
        ("07/13/2017", "2017-07-13"),
        ("13.07.2017", "2017-07-13"),
        ("07/07/2017", "2017-07-07"),
        ("7/31/2017 8:01", "2017-07-31"),
        ("1600-02-29", "1600-02-29"),
    ],
)
def test_a_date_is_read_at_the_precision_that_it_is_written_in(written, iso):
    """The usual ways of writing a date become ISO 8601; a clock time is not kept."""
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "on Monday",
        "in April",
        "April",
        "10 April",
        "10/04/18",
        "2018/04",
        "2018/0410",
        "20180410092500",
        "circa 2018",
        "2018-04-10 to 2018-04-12",
        "between 10 April 2018 and 12 April 2018",
        "2018-4-1",
        "10-04-2018",
        "10 avril 2018",
        "Summer 2018",
        "1523318400",
        "1 January 1599",
        "1 January 2100",
        "201804",
        "10 April 2018 was a Tuesday",
    ],
)
def test_what_is_not_one_whole_date_is_no_date(written):
    """Relative, partial, doubtful or longer wordings give None, not a guess."""
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2018-13",
        "2018-00",
        "2018-04-31",
        "2018-04-00",
        "2018-02-29",
        "1900-02-29",
        "0000",
        "20180431",
        "31 April 2018",
        "April 31, 2018",
        "29 February 2018",
        "0 May 2018",
        "32/01/2018",
        "31/31/2017",
        "13.13.2017",
    ],
)
def test_an_impossible_day_is_no_date(written):
    """A day that no calendar has gives None, and is not moved to one that exists."""
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2016-02-29", "2016-02-29"),
        ("29 February 2016", "2016-02-29"),
        ("Mon, 02/29/2016", "2016-02-29"),
        ("Feb. 29, 2000", "2000-02-29"),
    ],
)
def test_a_leap_day_is_a_day_in_leap_years(written, iso):
    """29 February is read where it exists, every fourth century included."""
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        pytest.param("07/12/2017", None, id="nothing beside it"),
        pytest.param("Wed, 07/12/2017", "2017-07-12", id="a Wednesday: month first"),
        pytest.param("Thu, 07/12/2017", "2017-12-07", id="a Thursday: day first"),
        pytest.param("Thursday 7.12.2017", "2017-12-07", id="with full stops"),
        pytest.param("Wed, 07/12/2017 - 09:15", "2017-07-12", id="before a clock time"),
        pytest.param("Fri, 07/12/2017", None, id="neither reading is a Friday"),
        pytest.param("Fri, 09/03/2018", "2018-03-09", id="a Friday: day first"),
        pytest.param("Fri, 03/09/2018", "2018-03-09", id="the same Friday, month first"),
    ],
)  # fmt: skip
def test_the_weekday_decides_between_day_and_month(written, iso):
    """A numeric date that can be read two ways needs a weekday that fits only one."""
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    "written",
    ["Monday 10 April 2018", "Wed, April 10, 2018", "Mon 13/07/2017", "Sun, 07/07/2017"],
)
def test_a_weekday_that_disagrees_makes_a_date_unknown(written):
    """One of the two is wrong, and nothing says which."""
    assert parse_date(written) is None


@given(day=st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_spelling(day):
    """All ways of writing the same day give the same ISO date."""
    spellings = (
        "%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00", "%A %d/%m/%Y",
        "%d %B %Y at 10.00",
    )  # fmt: skip
    readings = {parse_date(day.strftime(spelling)) for spelling in spellings}
    other = _with_day_and_month_exchanged(day)
    if other is not None and other != day and other.weekday() == day.weekday():
        readings.discard(None)  # the weekday fits both ways of reading %d/%m/%Y
    assert readings == {day.isoformat()}


def _with_day_and_month_exchanged(day):
    return date(day.year, day.day, day.month) if day.day <= 12 else None


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        pytest.param("2018-04-10", "2018-04-10", "2018-04-10", id="a day"),
        pytest.param("2018-04", "2018-04-01", "2018-04-30", id="a month of 30 days"),
        pytest.param("2018-12", "2018-12-01", "2018-12-31", id="the last month of a year"),
        pytest.param("2018-02", "2018-02-01", "2018-02-28", id="February"),
        pytest.param("2016-02", "2016-02-01", "2016-02-29", id="February in a leap year"),
        pytest.param("1900-02", "1900-02-01", "1900-02-28", id="a century is no leap year"),
        pytest.param("2000-02", "2000-02-01", "2000-02-29", id="every fourth century is"),
        pytest.param("2018", "2018-01-01", "2018-12-31", id="a year"),
        pytest.param("0999", "0999-01-01", "0999-12-31", id="a year before the year 1000"),
    ],
)
def test_an_interval_holds_every_day_that_a_date_can_mean(iso, first, last):
    """First and last day are inclusive, at each precision."""
    assert interval(iso) == (first, last)


@given(day=st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 30)))
def test_a_day_lies_in_the_intervals_of_its_month_and_year(day):
    """The month's last day is the one whose morrow is in another month."""
    iso = day.isoformat()
    first, last = interval(iso[:7])
    assert first <= iso <= last
    assert (iso == last) == ((day + timedelta(days=1)).month != day.month)
    assert interval(iso[:4]) == (f"{iso[:4]}-01-01", f"{iso[:4]}-12-31")


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "tomorrow",
        "10 April 2018",
        "20180410",
        "2018-04-31",
        "2018-13",
        "2018-4",
        "18",
        "0000",
        " 2018",
        "2018-04-10T09:25",
        "2018-04-10\n",
        "２０１８",
    ],
)
def test_an_interval_of_what_is_no_iso_date_is_an_error(nonsense):
    """Only dates as this program writes them have an interval; the message shows examples."""
    with pytest.raises(ValueError, match="is not a date such as 2018, 2018-04 or 2018-04-10"):
        interval(nonsense)
