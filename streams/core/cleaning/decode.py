"""A page's bytes -> text, whatever the server and the page claim about them. It must not look at markup.

The order is the WHATWG's with two changes that old news sites need: valid UTF-8 beats the declared
charset, and nearly valid UTF-8 stays UTF-8 (one cut character must not turn a page into mojibake).
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable

from charset_normalizer import from_bytes

from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason

#: The largest of 972 real pages has 3.1 MB.
MAX_BYTES = 5 << 20
_GZIP, _ZLIB = b"\x1f\x8b", (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_MAGIC = (
    b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"PK\x05\x06", b"RIFF", b"\x7fELF", b"OggS", b"ID3",
    b"Rar!", b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ", b"wOFF", b"wOF2", b"MZ\x90", b"\x00\x00\x01\x00", b"\xd0\xcf\x11\xe0",
    b"\x28\xb5\x2f\xfd", b"\x00asm", b"fLaC", b"\x1aE\xdf\xa3", b"SQLite format 3",
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_.:-]{1,40})",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
#: Latin-1 and ASCII mean windows-1252 on the web (WHATWG Encoding, names and labels).
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-11": "cp874",
}
#: Encodings that turn plain ASCII into other text, or bytes into bytes: an attack when declared.
_REFUSED = re.compile(
    r"utf.?7|utf.?16|utf.?32|ebcdic|^cp(?:037|273|424|500|875|1026|1140)|punycode|idna|escape|base64|hex|quopri|uu|zlib|bz2|rot|mbcs|oem|undefined|charmap|hz|iso2022",
    re.IGNORECASE,
)
_SCAN = 4096
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class Decoded:
    """A page's text, with no NUL and no lone surrogate, and the same as UTF-8: of most pages only that is asked."""

    def __init__(self, utf_8: bytes, text: str | None = None) -> None:
        self.utf_8 = utf_8
        self._text = text

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.utf_8.decode()
        return self._text


def is_utf_8(body: bytes) -> bool:
    """Whether the bytes are UTF-8, in Python; native/bytes.c has the compiled one."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decoded(body: bytes, content_type: str = "", is_utf_8: Callable[[bytes], bool] = is_utf_8) -> Decoded:
    """The page's unpacked bytes as text.

    Raises:
        BadMessage: `too_large` beyond MAX_BYTES; `binary` for what is no text.
    """
    if len(body) > MAX_BYTES:
        raise BadMessage(RejectReason.TOO_LARGE, f"{len(body)} bytes, the limit is {MAX_BYTES}")
    text = _other_text(body, content_type, is_utf_8)
    if b"\0" in body:
        text = (body.decode() if text is None else text).replace("\0", "")
    return Decoded(body) if text is None else Decoded(text.encode(), text)


def to_text(body: bytes, content_type: str = "") -> str:
    """The text alone."""
    return decoded(body, content_type).text


def unpack(body: bytes) -> bytes:
    """Undo a content-encoding that the crawler left in place; what a cut stream still gives is taken.

    Raises:
        BadMessage: `too_large` where it would unpack to more than MAX_BYTES, `binary` where it gives nothing.
    """
    for _ in range(2):  # some proxies compress twice
        if body[:2] == _GZIP:
            body = _inflated(body, 31)
        elif body[:2] in _ZLIB and not body[:64].isascii():
            body = _inflated(body, 15)
        else:
            break
    return body


def _inflated(body: bytes, window: int) -> bytes:
    machine = zlib.decompressobj(window)
    out = bytearray()
    try:
        for start in range(0, len(body), 65536):
            out += machine.decompress(body[start : start + 65536], MAX_BYTES + 1 - len(out))
            if len(out) > MAX_BYTES or machine.unconsumed_tail:
                raise BadMessage(RejectReason.TOO_LARGE, f"unpacks to more than {MAX_BYTES} bytes")
    except zlib.error as error:
        if not out:
            raise BadMessage(RejectReason.BINARY, f"compressed, and broken: {error}") from None
    return bytes(out)


def _other_text(body: bytes, content_type: str, is_utf_8: Callable[[bytes], bool]) -> str | None:
    """The text, or None where the bytes are it in plain UTF-8."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if wide := _wide(body):
        return body.decode(wide, "replace")
    _refuse_binary(body)
    return None if is_utf_8(body) else _legacy(body, content_type)


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark: ASCII markup then has a zero in every second byte."""
    head = body[:512]
    if head.count(0) < len(head) // 3:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 4 * even and b"<\x00" in head:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd and b"\x00<" in head else None


def _refuse_binary(body: bytes) -> None:
    if body.startswith(_MAGIC) or body[4:8] == b"ftyp":
        raise BadMessage(RejectReason.BINARY, f"starts with {body[:8]!r}")
    head = body[:_SCAN]
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls > 16 and controls > len(head) // 10:
        raise BadMessage(RejectReason.BINARY, f"{controls} control characters in the first {len(head)} bytes")


def _legacy(body: bytes, content_type: str) -> str:
    text = body.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if broken * 4 < foreign and broken < 200:  # at least three of four non-ASCII characters are valid UTF-8
        return text
    name = declared(body, content_type) or _detected(body)
    return body.decode(name, "replace")


def declared(body: bytes, content_type: str) -> str | None:
    """The charset of the header, else of the page's own declaration, as a Python codec; None if unusable."""
    found = [m[1] for m in [_HEADER.search(content_type[:300])] if m]
    found += [m.decode("ascii") for m in _META.findall(body[:_SCAN])[:3]]
    for label in found:
        name = _codec(label)
        if name and name != "utf-8":  # it is not valid UTF-8, whatever it says
            return name
    return None


def _codec(label: str) -> str | None:
    if _REFUSED.search(label):
        return None
    try:
        name = codecs.lookup(label).name
        b"text".decode(name)  # refuses codecs from bytes to bytes
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name)


def _detected(body: bytes) -> str:
    """A detector's guess from the bytes that matter, else windows-1252, which legacy English pages use."""
    sample = body.translate(None, bytes(range(32)))[: 64 << 10]
    at = next((i for i, b in enumerate(sample) if b >= 128), 0)
    best = from_bytes(sample[max(0, at - 512) : at + 8192], steps=3, chunk_size=512).best()
    name = _codec(best.encoding) if best else None
    return name if name and name != "utf-8" else "cp1252"
