from datetime import date

import pytest

from streams.core.withdrawals.calendar import moments

ANCHOR = date(2016, 11, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Wednesday", "2016-11-16"),
        ("on Tuesday", "2016-11-15"),
        ("on 31 December 2018", "2018-12-31"),
        ("on Dec. 4", "2016-12-04"),
        ("last month", "2016-10"),
        ("this year", "2016"),
        ("in 2002", "2002"),
        ("last July", "2016-07"),
        ("in October", "2016-10"),
        ("next November", "2017-11"),
        ("yesterday", "2016-11-15"),
        ("two years ago", "2014"),
        ("in January 2024", "2024-01"),
        ("next spring", "2017"),
    ],
)
def test_words_of_time_are_as_precise_as_they_say(text, value):
    assert [m.value for m in moments(text, 0, len(text), ANCHOR)] == [value]


def test_without_an_anchor_only_full_dates_are_told():
    text = "on Friday, last month, in 2002 and on 3 May 2004"
    assert [m.value for m in moments(text, 0, len(text), None)] == ["2002", "2004-05-03"]
