"""Deterministic ids: the same input gives the same id for ever, which makes redelivery harmless."""

from __future__ import annotations

from hashlib import blake2b, sha256


def digest(*parts: str) -> str:
    """32 hex digits of the parts, each closed by a unit separator so that they cannot run together."""
    h = blake2b(digest_size=16)
    for part in parts:
        h.update(part.encode("utf-8", "replace"))
        h.update(b"\x1f")
    return h.hexdigest()


def text_sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8, in hex."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def article_id(canonical_url: str, text: str) -> str:
    """One id an address and wording: a page crawled twice unchanged is one article."""
    return digest("article", canonical_url, text_sha256(text))


def event_id(article: str, actor: str, obj: str) -> str:
    """One id an (actor, object) an article."""
    return digest("event", article, actor.casefold(), obj.casefold())
