"""Addresses of pages: one spelling for one page, and whether a page's own claim of its address can be believed.

It must not fetch anything, nor drop a parameter that may choose the page.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_MOST_SLASHES = 3  # of a front page's address
LONGEST = 2000  # characters; a longer address is kept as it came, but for its fragment
# Parameters that only say how the reader came: analytics, mail campaigns, social networks, search engines.
_TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "__hssc",
        "__hstc",
        "__hsfp",
        "hsctatracking",
        "vero_id",
        "vero_conv",
        "oly_anon_id",
        "oly_enc_id",
        "wickedid",
        "rb_clickid",
        "s_cid",
        "cmpid",
        "ito",
        "ncid",
        "cndid",
        "smid",
        "smtyp",
        "srsltid",
        "ref_src",
        "ref_url",
        "spm",
        "trk",
        "trkinfo",
        "xtor",
        "at_medium",
        "at_campaign",
        "at_custom1",
        "at_custom2",
        "at_custom3",
        "at_custom4",
        "ocid",
        "icid",
        "_ga",
        "_gl",
        "ns_mchannel",
        "ns_source",
        "ns_campaign",
        "ns_linkname",
        "ns_fee",
        "soc_src",
        "soc_trk",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "wt.mc_id",
        "wt_mc",
        "mbid",
        "sh",
        "__twitter_impression",
        "taid",
        "sfmc_id",
        "campaign_id",
        "cid_source",
        "share_id",
        "sharetype",
        "feature_source",
        "echobox",
        "amp_js_v",
        "usqp",
        "amp_gsa",
    }
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "ga_", "wt_", "itm_", "stm_", "_bta_", "dm_i")
CLAIMED, ADDRESS = 0.95, 0.8  # trust in a claim that can be believed, and in the address of the fetch
ARCHIVES = frozenset({"web.archive.org", "archive.is", "archive.ph", "archive.today", "webcache.googleusercontent.com"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TWO_LEVEL = frozenset({"co", "com", "org", "net", "gov", "edu", "ac", "gob", "go", "or", "ne"})
# As browsers read an address (WHATWG URL): blanks around it and line breaks within go, a blank within stays, as %20.
_AROUND = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\r\n]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NO_HOST = re.compile(r"[\x00-\x20\x7f%]")
_SAFE = "/%:=&?~#+!$,;'@()*[]-._|"


def normalise_url(url: str) -> str:
    """One spelling: host in lower case, no fragment, default port, user or tracking parameters; the rest as it came.

    A string that is no http address comes back without blanks around it and line breaks only.
    """
    url = _trimmed(url)
    parts = _split(url)
    if parts is None or len(url) > LONGEST:
        return url.partition("#")[0].rstrip(_AROUND)
    host = (parts.hostname or "").rstrip(".")
    try:
        port = parts.port
    except ValueError:
        port = None
    netloc = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
        netloc += f":{port}"
    return f"{parts.scheme}://{netloc}{quote(parts.path, _SAFE) or '/'}{_query(parts.query)}"


def _trimmed(url: str) -> str:
    return _SURROGATE.sub("\ufffd", _BREAKS.sub("", url.strip(_AROUND)).strip(_AROUND))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        sane = parts.scheme in ("http", "https") and parts.hostname and not _NO_HOST.search(parts.hostname)
    except ValueError:
        return None
    return parts if sane else None


def _query(query: str) -> str:
    """The parameters that may mean something, in their order; unchanged where none is dropped."""
    if not query:
        return ""
    pairs = query.split("&")
    kept = [p for p in pairs if p and not is_tracking(p.partition("=")[0])]
    return "?" + quote("&".join(kept), _SAFE) if kept else ""


def is_tracking(name: str) -> bool:
    """True for a parameter that says how the reader came, not what the page is."""
    name = name.casefold()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def host_of(url: str) -> str:
    """The host in lower case without `www.`; empty where there is none."""
    parts = _split(_trimmed(url))
    return (parts.hostname or "").removeprefix("www.").rstrip(".") if parts else ""


def publishing_host(url: str, host: str) -> str:
    """The host whose page it is: in a web archive's address, that of the page kept, or none where it is not named."""
    if host.removeprefix("www.") not in ARCHIVES:
        return host
    return host_of("http://" + url.partition("://")[2].partition("://")[2])


def site_of(host: str) -> str:
    """The host's registrable part, roughly: `news.bbc.co.uk` -> `bbc.co.uk`, `edition.cnn.com` -> `cnn.com`."""
    labels = host.casefold().removeprefix("www.").split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _TWO_LEVEL else 2
    return ".".join(labels[-keep:])


def canonical_of(claimed: str, page_url: str) -> str:
    """The claimed canonical address where it can be believed, else the page's own, both normalised.

    Believed: http, the same site, and not the front page where the page itself is deeper.
    """
    own = normalise_url(page_url)
    claimed = claimed.strip()[:LONGEST]
    if not claimed or (claimed == own and "/." not in own):
        return own
    try:
        absolute = normalise_url(urljoin(own, claimed))
    except ValueError:
        return own
    if absolute == own:
        return own
    theirs, ours = _split(absolute), _split(own)
    if not theirs or not ours or site_of(theirs.hostname or "") != site_of(ours.hostname or ""):
        return own
    return own if _front(theirs) and not _front(ours) else absolute


def told_by(claimed: str, page_url: str, canonical: str) -> tuple[str, float]:
    """Which of the two the record's address is, the page's claim or where it was fetched, and how sure."""
    if not claimed.strip():
        return "url", ADDRESS
    if claimed == canonical:
        return "link:canonical", CLAIMED
    own = normalise_url(page_url)
    try:
        absolute = normalise_url(urljoin(own, claimed.strip()[:LONGEST]))
    except ValueError:
        absolute = ""
    return ("link:canonical", CLAIMED) if absolute == canonical else ("url", ADDRESS)


def is_front(url: str) -> bool:
    """True for a site's front page."""
    if url.partition("#")[0].count("/") > _MOST_SLASHES:
        return False
    parts = _split(_trimmed(url))
    return parts is not None and _front(parts)


def _front(parts: SplitResult) -> bool:
    return parts.path in ("", "/", "/index.html") and not parts.query
