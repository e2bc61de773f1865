"""Signals of the document's head: language, title, metas, links and JSON-LD. It must not choose between them."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from streams.core.cleaning import jsonld
from streams.core.metadata.addresses import canonical_of
from streams.core.records import Signal

_LONGEST = 1_000
_MOST_METAS = 140
_MOST_SCRIPTS = 12
_MOST_LINKS = 200
_EQUIVALENTS = frozenset({"content-language", "last-modified", "date"})
NO_META = (
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
RELS = frozenset({"canonical", "amphtml", "alternate", "shortlink", "author", "publisher", "license"})


class Head:
    """Collects a head's signals, told element by element in the order of the page."""

    def __init__(self) -> None:
        self._first: list[Signal] = []
        self._metas: list[Signal] = []
        self._links: list[Signal] = []
        self._data: list[Signal] = []

    @classmethod
    def of_root(cls, attributes: Mapping[str, str | None]) -> Head:
        """With the language that the html element claims."""
        head = cls()
        if lang := attributes.get("lang") or attributes.get("xml:lang"):
            head._first.append(Signal("html:lang", lang[:40]))
        return head

    def signals(self) -> list[Signal]:
        """Grouped in the order of the contract in docs/cleaning.md."""
        return self._first + self._metas + self._links + self._data

    def title(self, text: str) -> None:
        if line := _line(text):
            self._first.append(Signal("title", line))

    def meta(self, content: str, prop: str, name: str, itemprop: str, http_equiv: str) -> None:
        """A meta element that has a content."""
        if not content:
            return
        name = prop or name
        if not name and itemprop:
            name = "itemprop:" + itemprop
        elif not name and http_equiv.lower() in _EQUIVALENTS:
            name = http_equiv
        if name and (name := name.strip().lower()[:60]) and not name.startswith(NO_META) and (text := _line(content)):
            self._metas.append(Signal("meta:" + name, text))

    def link(self, rel: str, href: str, hreflang: str, kind: str) -> None:
        """A link element that has a rel and a href."""
        for one in rel.lower().split()[:3]:
            if one in RELS and href and "stylesheet" not in rel:
                self._links.append(Signal("link:" + one, href.strip()[:_LONGEST], (hreflang or kind)[:60]))

    def script(self, text: str) -> None:
        """A script of JSON-LD."""
        data = jsonld.read(text)
        if data is not None:
            self._data += jsonld.signals(data)


def read_head(tree: LexborHTMLParser) -> Head:
    """The same in Python alone; native/ has the compiled one."""
    head = Head.of_root(tree.root.attributes) if tree.root is not None else Head()
    title = tree.css_first("title")
    if title is not None:
        head.title(title.text())
    for node in tree.css("meta[content]")[:_MOST_METAS]:
        head.meta(*_values(node, "content", "property", "name", "itemprop", "http-equiv"))
    for node in tree.css("link[rel][href]")[:_MOST_LINKS]:
        head.link(*_values(node, "rel", "href", "hreflang", "type"))
    for script in tree.css('script[type*="ld+json"]')[:_MOST_SCRIPTS]:
        head.script(script.text())
    return head


def _values(node: LexborNode, *names: str) -> list[str]:
    attributes = node.attributes
    return [attributes.get(name) or "" for name in names]


def _line(value: str) -> str:
    return " ".join(value[: 2 * _LONGEST].split())[:_LONGEST]


def canonical(url: str, signals: list[Signal]) -> str:
    """The page's own canonical address where it can be believed, else the address it was fetched from."""
    claimed = next((s.value for s in signals if s.source == "link:canonical"), "")
    return canonical_of(claimed, url)
