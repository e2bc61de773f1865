"""Counts whose words stand behind each event, copies of one wire text as one: reads enriched articles, one a line.

streams export articles-enriched | python sources.py     or     streams scan pages/ | python sources.py
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

SHARED = 7  # wire_keys in common that make two articles copies of one text


def sources_of(articles: Iterable[dict]) -> dict[str, str]:
    """Each article's id -> the smallest id of the articles whose text it shares; alone, its own."""
    source, holders = {}, defaultdict(list)

    def root(name: str) -> str:
        while source[name] != name:
            name = source[name]
        return name

    for article in articles:
        name = article["id"]
        if name in source:
            continue  # at least once: the same record may come again
        source[name] = name
        shared = Counter(other for key in article["wire_keys"] for other in holders[key])
        for other in (o for o, keys in shared.items() if keys >= SHARED):
            first, second = sorted((root(name), root(other)))
            source[second] = first
        for key in article["wire_keys"]:
            holders[key].append(name)
    return {name: root(name) for name in source}


def main() -> None:
    articles = [json.loads(line) for line in sys.stdin]
    source, told = sources_of(articles), defaultdict(set)
    for article in articles:
        for event in article["events"]:
            if event["main"]:
                told[event["actor"]["name"], event["object"]["name"], event["stage"]].add(article["id"])
    for event, names in sorted(told.items(), key=lambda pair: -len(pair[1])):
        print(len({source[n] for n in names}), "of", len(names), *event, sep="\t")


if __name__ == "__main__":
    main()
