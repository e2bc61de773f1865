from __future__ import annotations

import pytest

from streams.core.cleaning.decode import declared, to_text

RUSSIAN = "Россия отзывает подпись под Римским статутом, сообщил Кремль."
CURLY = "“We’re leaving,” the minister said – and left."


def test_valid_utf_8_beats_a_declared_charset() -> None:
    assert to_text(b'<meta charset="iso-8859-1">' + CURLY.encode()).endswith(CURLY)


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii", "windows-1252"])
def test_latin_1_means_windows_1252(label: str) -> None:
    assert CURLY in to_text(f'<meta charset="{label}">'.encode() + CURLY.encode("cp1252"))


def test_the_header_names_the_charset() -> None:
    assert to_text(RUSSIAN.encode("koi8-r"), "text/html; charset=KOI8-R") == RUSSIAN


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "iso-8859-5"])
def test_the_page_names_the_charset(charset: str) -> None:
    body = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'.encode()
    assert to_text(body + RUSSIAN.encode(charset)).endswith(RUSSIAN)


def test_one_broken_character_does_not_turn_utf_8_into_mojibake() -> None:
    text = to_text(RUSSIAN.encode() + b"\xd0 " + RUSSIAN.encode())
    assert text.count(RUSSIAN) == 2


def test_a_charset_is_guessed_where_none_is_declared() -> None:
    assert to_text((RUSSIAN * 5).encode("windows-1251")) == RUSSIAN * 5


@pytest.mark.parametrize(
    "label", ["utf-7", "utf-16", "base64", "rot13", "idna", "unicode_escape", "cp037", "hz", "zip", "x" * 100]
)
def test_a_dangerous_or_unknown_charset_is_not_believed(label: str) -> None:
    assert declared(f'<meta charset="{label}">'.encode() + b"\xe9", "") is None


def test_null_characters_are_dropped() -> None:
    assert to_text(b"a\0b") == "ab"
