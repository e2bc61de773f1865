"""Finds the cleaner's compiled pass and proves it before use: a page read by it and by Python must come out the same.

`tools/compile_pass.py` makes the library. Without one that fits, cleaning runs in Python alone: same records, slower.
"""

from __future__ import annotations

import ctypes
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

import selectolax.lexbor
from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import native
from streams.core.cleaning.features import Facts
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.hints import Hints, HintWords
from streams.core.cleaning.model import untrained
from streams.core.cleaning.native.library import Library
from streams.core.cleaning.native.reading import Pass
from streams.core.cleaning.pure import PurePass
from streams.core.cleaning.tables import tag_codes
from streams.core.cleaning.tags import read_tags
from streams.core.cleaning.wording import Speaking

SOURCES = Path(native.__file__).parent
#: The versions of lexbor's structures that the C was written for.
_LEXBOR = {(3, 1)}
_REBUILD = "run: python tools/compile_pass.py"
_SPEAKING = Speaking({}, {}, 600, 0)
_PROBE = """<!doctype html><html lang="en-GB"><head><title>A title &amp; more</title><meta name=author content=Ann>
<link rel="canonical amphtml" href="/a"><script type="application/ld+json">{"@type": "NewsArticle", "headline": "x"}
</script></head><body class="page"><nav class=crumbs><a href=/>Home</a></nav><div id=main role=main>
<h1 class=t>Größe </h1><p class="byline" data-testid=author>By <a rel=author href=/ann>Ann\u00a0Lee</a></p>
<time datetime=2016-11-16 pubdate>Nov 16</time><p>One<br>line<br> <br>two <b>words</b> 2016<span>Then</span></p>
<!-- no --><p hidden>hid</p><ul><li>•</li><li>中文</li></ul><aside style="Display : none">x</aside>
<table><tr><td>1<td>2</table></div><footer>© 2016 Kolm</footer>"""


def compiled_pass(words: HintWords, at: Path = SOURCES / "_cleaning.so") -> tuple[Library | None, str]:
    """The library, or None, and in words which of the two and why."""
    if not at.exists():
        return None, _alone(f"never compiled; {_REBUILD}")
    version = selectolax.lexbor.LEXBOR_VERSION_MAJOR, selectolax.lexbor.LEXBOR_VERSION_MINOR
    if version not in _LEXBOR:
        return None, _alone(f"written for another lexbor than {version[0]}.{version[1]}")
    try:
        compiled = ctypes.CDLL(str(at))
        compiled.streams_sources.restype = ctypes.c_char_p
        if compiled.streams_sources() != sources_digest().encode():
            return None, _alone(f"compiled from other sources; {_REBUILD}")
        library = Library(compiled, ctypes.CDLL(selectolax.lexbor.__file__))
    except (OSError, AttributeError) as error:
        return None, _alone(f"{error}; {_REBUILD}")
    root = LexborHTMLParser(_PROBE).root
    if root is not None:
        library.learn(root.mem_id)
    if not agrees(library, words):
        return None, _alone(f"the compiled pass reads a page differently; {_REBUILD}")
    return library, "compiled"


def _alone(why: str) -> str:
    return f"Python alone, several times slower: {why}"


def sources_digest() -> str:
    """Names the C that stands beside the library, as tools/compile_pass.py does: a build cannot import this."""
    files = sorted(path for path in SOURCES.iterdir() if path.suffix in (".c", ".h"))
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


def agrees(library: Library, words: HintWords, page: str = _PROBE) -> bool:
    """Whether both passes say the same of a page."""
    tags, hints = read_tags(), Hints(words)
    both: list[tuple[object, ...]] = []
    parts = tags, tag_codes(tags.number), hints, untrained().trees
    for one in (PurePass(*parts), Pass(library, *parts)):
        tree, finds = LexborHTMLParser(page), Finds()
        head = one.head(tree).signals()
        walked = one.walk(tree, finds)
        finds.finish(walked)
        looked = one.look(walked)
        n = len(looked.blocks) if looked else 0
        titled = one.hear(_SPEAKING, Facts("größe", "")).titled if looked else ()
        rows = one.features(bytes(n)).tobytes() if looked else b""
        told = {column.name for column in fields(walked)} - {"names", "links"}
        columns = {name: getattr(walked, name) for name in told}
        linked = one.links(b"\1" * len(walked.texts))
        both.append((columns, linked, head, finds.found, looked and (looked.blocks, looked.bits), titled, rows))
    return both[0] == both[1]
