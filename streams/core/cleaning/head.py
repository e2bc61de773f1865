"""Signals of the document's head: language, title, metas, links and JSON-LD. It must not choose between them."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import jsonld
from streams.core.metadata.addresses import canonical_of
from streams.core.records import Signal

_LONGEST = 1_000
_MOST_METAS = 140
_MOST_SCRIPTS = 12
_NO_META = (
    "viewport",
    "theme-color",
    "google-site-verification",
    "msvalidate.01",
    "referrer",
    "robots",
    "googlebot",
    "format-detection",
    "csrf-token",
    "csrf-param",
    "generator",
    "msapplication",
    "apple-mobile",
    "mobile-web",
    "fb:",
    "al:",
    "og:image:",
    "twitter:image",
    "og:video",
    "twitter:app",
    "twitter:player",
    "next-head",
    "google",
    "facebook-domain",
    "yandex",
    "p:domain",
    "bing",
)
_RELS = frozenset({"canonical", "amphtml", "alternate", "shortlink", "author", "publisher", "license"})


def read_head(tree: LexborHTMLParser) -> list[Signal]:
    """Signals grouped in the order of the contract in docs/cleaning.md."""
    found = [Signal("html:lang", lang[:40]) for lang in [_attribute(tree.root, "lang", "xml:lang")] if lang]
    title = tree.css_first("title")
    if title is not None and (text := _line(title.text())):
        found.append(Signal("title", text))
    found += _metas(tree)
    found += _links(tree)
    for script in tree.css('script[type*="ld+json"]')[:_MOST_SCRIPTS]:
        data = jsonld.read(script.text())
        if data is not None:
            found += jsonld.signals(data)
    return found


def _metas(tree: LexborHTMLParser) -> Iterator[Signal]:
    for node in tree.css("meta[content]")[:_MOST_METAS]:
        attributes = node.attributes
        value = attributes.get("content")
        if not value:
            continue
        name = attributes.get("property") or attributes.get("name")
        if not name and (prop := attributes.get("itemprop")):
            name = "itemprop:" + prop
        elif not name and (attributes.get("http-equiv") or "").lower() in ("content-language", "last-modified", "date"):
            name = attributes["http-equiv"]
        if name and (name := name.strip().lower()[:60]) and not name.startswith(_NO_META) and (text := _line(value)):
            yield Signal("meta:" + name, text)


def _links(tree: LexborHTMLParser) -> Iterator[Signal]:
    for node in tree.css("link[rel][href]")[:200]:
        attributes = node.attributes
        for rel in (attributes.get("rel") or "").lower().split()[:3]:
            href = attributes.get("href")
            if rel in _RELS and href and "stylesheet" not in (attributes.get("rel") or ""):
                yield Signal(
                    "link:" + rel,
                    href.strip()[:_LONGEST],
                    (attributes.get("hreflang") or attributes.get("type") or "")[:60],
                )


def _attribute(node: object, *names: str) -> str:
    attributes = getattr(node, "attributes", {})
    return next((v for n in names if (v := attributes.get(n))), "")


def _line(value: str) -> str:
    return " ".join(value[: 2 * _LONGEST].split())[:_LONGEST]


def canonical(url: str, signals: list[Signal]) -> str:
    """The page's own canonical address where it can be believed, else the address it was fetched from."""
    claimed = next((s.value for s in signals if s.source == "link:canonical"), "")
    return canonical_of(claimed, url)
