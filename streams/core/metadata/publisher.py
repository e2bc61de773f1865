"""On whose site the words stand, and in which country that is. It must not say whose words they are: `agency.py` does."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.metadata.data import KnownPublisher, MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.records import Named, Signal

_METAS = (
    "meta:og:site_name",
    "meta:application-name",
    "meta:publisher",
    "meta:dc.publisher",
    "meta:dcterms.publisher",
    "meta:itemprop:publisher",
    "meta:apple-mobile-web-app-title",
    "meta:copyright",
)


def known(host: str, data: MetadataData) -> KnownPublisher | None:
    """The gazetteer's entry for the host or the nearest domain above it."""
    labels = host.casefold().split(".")
    for i in range(max(1, len(labels) - 1)):
        if found := data.publishers.get(".".join(labels[i:])):
            return found
    return None


def publisher(evidence: Evidence, data: MetadataData) -> Named | None:
    """The gazetteer first, then what the page says of itself, then the host's own name at little confidence."""
    candidates = _candidates(evidence, data)
    if not candidates:
        return None
    trust, best = candidates[0]
    rivals = {s.value.casefold(): s for _, s in candidates if s.value.casefold() != best.value.casefold()}
    agree = sum(s.value.casefold() == best.value.casefold() for _, s in candidates)
    return Named(best.value, best.source, round(1 - (1 - trust) * 0.7 ** (agree - 1), 3), tuple(rivals.values())[:5])


def _candidates(evidence: Evidence, data: MetadataData) -> list[tuple[float, Signal]]:
    entry = known(evidence.article.host, data)
    found = [(0.99, Signal("gazetteer", entry.name, entry.domain))] if entry else []
    found += [(0.9, s) for s in evidence.of("meta:og:site_name")]
    found += [(0.88, s) for s in evidence.written("publisher.name", "sourceOrganization.name")]
    found += [(0.85, s) for kind, s in evidence.jsonld.get("name", ()) if kind in ("NewsMediaOrganization", "WebSite")]
    found += [(0.8, s) for s in evidence.of(*_METAS[1:])]
    found += [(0.7, s) for kind, s in evidence.jsonld.get("name", ()) if kind in ("Organization", "Corporation")]
    host = evidence.article.host.removeprefix("www.")
    found += [(0.3, Signal("host", host))] if host else []
    return [(t, s) for t, s in found if 1 < len(s.value) <= 120 and "://" not in s.value]


def site_names(evidence: Evidence, named: Named | None) -> tuple[str, ...]:
    """Every name the site may put behind its headlines."""
    host = evidence.article.host.removeprefix("www.")
    own = [named.value, *(s.value for s in named.rivals)] if named else []
    handles = [s.value.lstrip("@") for s in evidence.of("meta:twitter:site")]
    stem = host.rpartition(".")[0] if host.count(".") == 1 else host.split(".")[-2] if "." in host else host
    return tuple(dict.fromkeys([*own, *handles, host, stem]))


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 alpha-3, or None where nothing tells."""

    code: str | None
    source: str
    confidence: float


def country(evidence: Evidence, data: MetadataData) -> Country:
    """The publisher's: the gazetteer's, else that of a country's own top-level domain."""
    entry = known(evidence.article.host, data)
    if entry and entry.country:
        return Country(entry.country, "gazetteer", 0.99)
    code = data.country_of_tld.get(evidence.article.host.rpartition(".")[2])
    return Country(code, "host" if code else "", 0.8 if code else 0.0)
