from datetime import date

import pytest

from streams.core.withdrawals.narrative import timeline

ANCHOR = date(2016, 11, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("before", "sentence", "values"),
    [
        ("", "It left in 1992 but rejoined ten years later.", ["1992", "2002"]),
        ("Ostia left on 6 May 2014. ", "Norland followed later that month.", ["2014-05"]),
        ("Ostia left on 6 May 2014. ", "Norland followed the next day.", ["2014-05-07"]),
        ("Ostia left on 6 May 2014. ", "Norland followed on the same day.", ["2014-05-06"]),
        ("Ostia left in May 2014. ", "Norland had gone a month earlier.", ["2014-04"]),
        ("Ostia left in May 2014. ", "Norland had gone the previous December.", ["2013-12"]),
        ("Ostia left in May 2014. ", "Norland went the following March.", ["2015-03"]),
        ("Talks began in 2003. ", "Ostia left in January of that year.", ["2003-01"]),
        ("Talks began in 2003. ", "Ostia left the year before.", ["2002"]),
        ("Talks began in 2003. ", "Ostia left the following year.", ["2004"]),
        ("Talks began in 2003. ", "Ostia left in the spring, two days later.", []),
        ("The treaty was signed on Monday. ", "Ostia quit the evening before.", ["2016-11-13"]),
        ("", "Ostia quit the day before.", ["2016-11-15"]),
        ("", "In 2011 Ostia gave notice in March and left on October 12.", ["2011", "2011-03", "2011-10-12"]),
        ("", "Ostia quit the 2011 pact in March.", ["2011", "2016-03"]),
        ("Talks began in 2003. ", "The council quit over that Mayor.", []),
    ],
)
def test_a_time_told_from_another_counts_from_the_last_one_told(before, sentence, values):
    text = before + sentence
    assert [m.value for m in timeline(text, len(before), len(text), ANCHOR)] == values


def test_the_day_of_the_news_counts_where_no_day_has_been_told():
    text = "Ostia left, a day earlier, and Norland later in the day."
    found = [m.value for m in timeline(text, 0, len(text), ANCHOR, date(2016, 11, 14))]
    assert found == ["2016-11-13", "2016-11-13"]


def test_what_comes_two_years_before_an_event_has_no_date_of_its_own():
    text = "Ostia left in 2010, two years before the vote."
    assert [m.value for m in timeline(text, 0, len(text), ANCHOR)] == ["2010"]
