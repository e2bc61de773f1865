"""Signals of the document's head: language, title, metas, links and JSON-LD. It must not choose between them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import jsonld
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
_TRACKING = (
    "utm_",
    "fbclid",
    "gclid",
    "mc_cid",
    "mc_eid",
    "ref_src",
    "igshid",
    "cmpid",
    "cmp=",
    "ftag",
    "smid",
    "ns_",
    "ito=",
    "icid",
    "xtor",
    "s_cid",
    "cid=",
    "gi=",
    "msclkid",
    "yclid",
    "_ga",
)
_SHARED_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "go", "ne", "or"})


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
    """The page's own canonical address where it is sane: of the same site, and not the front page of a deep page."""
    own = normalised(url)
    for signal in signals:
        if signal.source == "link:canonical" and (found := _sane(signal.value, own)):
            return found
    return own


def normalised(url: str) -> str:
    """The address without fragment, default port and tracking parameters, its host in lower case."""
    parts = urlsplit(url)
    kept = "&".join(q for q in parts.query.split("&") if q and not q.lower().startswith(_TRACKING))
    host = (parts.hostname or "").lower()
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        port = ""
    return urlunsplit((parts.scheme.lower(), host + port, parts.path or "/", kept, ""))


def site(host: str) -> str:
    """The registered name of a host, near enough: its last two labels, or three below `co.uk` and its like."""
    labels = host.lower().rstrip(".").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVEL
    return ".".join(labels[-3:] if short else labels[-2:])


def _sane(href: str, own: str) -> str | None:
    try:
        found = normalised(urljoin(own, href))
        parts, mine = urlsplit(found), urlsplit(own)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(found) > 2_048:
        return None
    if site(parts.hostname) != site(mine.hostname or ""):
        return None
    return None if parts.path in ("", "/") and not parts.query and mine.path not in ("", "/") else found
