"""What every room of describing shares, built once from the data: turned-round gazetteers and compiled words.

It must not see an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.core.metadata import language, page_phrases
from streams.core.metadata.agency import AgencyNames, index
from streams.core.metadata.data import MetadataData


@dataclass(frozen=True, slots=True)
class Reading:
    """`lead` matches a byline's opening ("By", "Von", "Written by:") and the blanks after it.

    `openings` are the first two characters of all such, casefolded: a cheap look before the dear one.
    `lead_within` finds one further on, `long_lead` one of two words and more ("written by").
    """

    data: MetadataData
    agencies: AgencyNames
    languages: language.Index
    lead: re.Pattern[str]
    openings: frozenset[str]
    lead_within: re.Pattern[str]
    long_lead: re.Pattern[str]
    bare_leads: frozenset[str]
    phrases: page_phrases.Phrases


def reading(data: MetadataData) -> Reading:
    """Built once a describer."""
    leads = "|".join(re.escape(word) for word in sorted(data.labels.by, key=len, reverse=True))
    longer = "|".join(re.escape(word) for word in data.labels.by if " " in word)
    titled = "|".join(re.escape(word) for word in sorted(data.labels.by_colon, key=len, reverse=True))
    opened = {word[:2] for word in (*data.labels.by, *data.labels.by_colon)}
    barred = {"|" + c for c in {word[0] for word in opened} | {" ", "\t", "\n", "\xa0"}}
    return Reading(
        data=data,
        agencies=index(data.agencies),
        languages=language.index(data.stopwords),
        lead=re.compile(rf"(?:[|]\s?)?(?:(?:{leads})(?:\s?:\s?|\s)|(?:{titled})\s?:\s?)(?=\S)", re.IGNORECASE),
        openings=frozenset(opened | barred),
        lead_within=re.compile(rf"(?<![^\W\d_])(?:{leads}|{titled})[\s:]", re.IGNORECASE),
        long_lead=re.compile(rf"\b(?:{longer})\s(?=\S)", re.IGNORECASE),
        bare_leads=frozenset(data.labels.by),
        phrases=page_phrases.index(data.phrases),
    )
