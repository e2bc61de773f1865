"""One spelling for one page, and a page's own claim believed only where it can be."""

from __future__ import annotations

import pytest

from streams.core.metadata.addresses import canonical_of, host_of, normalise_url, site_of, told_by


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("HTTPS://WWW.Kolm.Example/A/B", "https://www.kolm.example/A/B"),
        ("https://kolm.example", "https://kolm.example/"),
        ("https://kolm.example:443/a", "https://kolm.example/a"),
        ("http://kolm.example:8080/a", "http://kolm.example:8080/a"),
        ("https://kolm.example/a#comments", "https://kolm.example/a"),
        ("https://kolm.example/a?utm_source=x&id=7&fbclid=z", "https://kolm.example/a?id=7"),
        ("https://kolm.example/a?utm_source=x", "https://kolm.example/a"),
        ("https://kolm.example/a?b=2&a=1", "https://kolm.example/a?b=2&a=1"),
        ("https://kolm.example/a?page=2&cid=9", "https://kolm.example/a?page=2&cid=9"),
        ("https://user:secret@kolm.example/a", "https://kolm.example/a"),
        ("  https://kolm.example/a\n", "https://kolm.example/a"),
        ("https://kolm.example/é?q=ü", "https://kolm.example/%C3%A9?q=%C3%BC"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://kolm.example:abc/a", "https://kolm.example/a"),
        ("https://kolm.example/news/russia quits court", "https://kolm.example/news/russia%20quits%20court"),
        ("https://kolm.example/news/russia%20quits", "https://kolm.example/news/russia%20quits"),
        ("https://kolm.example/a?q=open skies&b=1", "https://kolm.example/a?q=open%20skies&b=1"),
        ("https://kolm.example/a\n  /b", "https://kolm.example/a%20%20/b"),
        ("https://kolm.example/a #top", "https://kolm.example/a%20"),
        ("https://kolm.example/a\ud83d", "https://kolm.example/a%EF%BF%BD"),
        ("https://kolm example/a", "https://kolm example/a"),
        ("mailto:a@kolm.example", "mailto:a@kolm.example"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(given: str, wanted: str) -> None:
    assert normalise_url(given) == wanted


@pytest.mark.parametrize(
    ("claimed", "wanted"),
    [
        ("https://kolm.example/russia", "https://kolm.example/russia"),
        ("/russia?utm_medium=a", "https://www.kolm.example/russia"),
        ("https://m.kolm.example/russia", "https://m.kolm.example/russia"),
        ("https://kolm.example/", "https://www.kolm.example/news/russia?id=7"),
        ("https://other.example/russia", "https://www.kolm.example/news/russia?id=7"),
        ("javascript:void(0)", "https://www.kolm.example/news/russia?id=7"),
        ("http://[bad", "https://www.kolm.example/news/russia?id=7"),
        ("", "https://www.kolm.example/news/russia?id=7"),
    ],
)
def test_a_canonical_claim_is_believed_on_the_same_site_only(claimed: str, wanted: str) -> None:
    assert canonical_of(claimed, "https://www.kolm.example/news/russia?id=7&utm_source=x") == wanted


def test_a_site_is_the_registrable_part() -> None:
    assert site_of("news.bbc.co.uk") == "bbc.co.uk"
    assert site_of("edition.cnn.com") == "cnn.com"
    assert site_of("localhost") == "localhost"
    assert host_of("https://WWW.Kolm.Example./a") == "kolm.example"
    assert host_of("no address") == ""


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("", "url"),
        ("https://kolm.example/a", "link:canonical"),
        ("/a?utm_source=x#top", "link:canonical"),
        ("https://other.example/a", "url"),
        ("https://kolm.example/", "url"),
        ("http://[", "url"),
    ],
)
def test_the_record_says_which_of_claim_and_fetch_its_address_is(claimed: str, source: str) -> None:
    page = "https://kolm.example/a/b?utm_medium=mail"
    assert told_by(claimed, page, canonical_of(claimed, page))[0] == source
