"""Wire copies made on purpose: ten sites that edit, cut and dress one text each in their own way. Own stories only."""

from __future__ import annotations

import random
from dataclasses import dataclass

STORIES = {
    "court": """Russia said on Wednesday that it was taking its signature off the treaty that founded the International Criminal Court, a day after prosecutors in The Hague described the seizure of Crimea as an occupation.
A decree published by the Kremlin instructs the foreign ministry to tell the Secretary General of the United Nations that Moscow has no intention of becoming a party. Russia signed in 2000 but its parliament never ratified.
The ministry said that the tribunal had not lived up to the hopes placed in it. In fourteen years of work it has passed four verdicts and spent more than a billion dollars, its statement added.
Three African states have given notice this autumn that they will go. Burundi began, South Africa followed within a week and Gambia came third, each complaining that judges looked at one continent alone.
Lawyers said that the step would change little in practice. A state that has signed must not defeat the purpose of a treaty; a state that has withdrawn its signature need not even do that.
The president of the assembly of member states, a former justice minister of Senegal, appealed to the capitals that were thinking of leaving to talk first and to stay at the table.""",
    "court-rival": """The Kremlin has turned its back on The Hague. Vladimir Putin signed an order on Wednesday under which his diplomats will formally notify New York that Russia no longer wishes to join the world's permanent war crimes tribunal.
Relations soured when the prosecutor's annual review, out on Tuesday, spoke of an armed conflict between two states on the Black Sea peninsula annexed in 2014.
Human rights groups called it a symbolic slap. "You cannot resign from a club of which you have never been a member," said one campaigner in Geneva.
Moscow's discontent goes back to the war of 2008 in the Caucasus, when investigators examined the conduct of Ossetian militias while, in its view, sparing the other side.
The move comes as several governments south of the Sahara pack their bags, which has put the young institution into the deepest crisis of its existence.""",
    "landmines": """Estonia, Latvia and Lithuania handed in their instruments of withdrawal from the convention against anti-personnel mines at the headquarters of the United Nations on Friday.
The three ministers said in a joint declaration that the security of the region had fundamentally deteriorated and that no tool of defence should be excluded in advance.
The convention obliges a state to wait for six months. Should it be at war on the last day of that time, it remains bound until the war has ended.
Campaigners who received a Nobel prize for the treaty gathered outside with photographs of survivors. They fear that the example will spread from the Baltic coast to other borders.
Finland and Poland have taken the same decision. Their parliaments voted by large majorities, and their deposits are expected in the weeks to come.
Military engineers reckon that a barrier of the old kind costs a tenth of one with sensors, but that clearing it again takes decades.""",
    "market": """The Nordic bank said that it would leave the Russian market and had written down the value of its subsidiary to zero, at a cost of some nine hundred million euros.
Its chief executive told analysts that a sale had been sought for two years and that every buyer had been turned down by the authorities. What is left will be run off.
Two hundred people still work for the unit, most of them in Saint Petersburg. They will be offered severance or posts abroad, according to the company.
Investors had long urged the step. The shares rose by four per cent in the first hour, and two rating agencies confirmed their view of the group.
Other lenders of the region have gone before. One sold its branches for a symbolic rouble, another traded its loans against a building in the centre of Helsinki.""",
}
SITES = ("kolm", "wrdn", "kwvt", "brief", "courant", "herald", "globe", "ledger", "tribune", "mail")
_FILLER = (
    "officials",
    "however",
    "Wednesday",
    "reportedly",
    "meanwhile",
    "government",
    "announced",
    "sources",
    "early",
    "local",
)


@dataclass(frozen=True)
class Copy:
    """One site's version: its id, the story it comes from, its text."""

    id: str
    story: str
    text: str


def copies(seed: int, *, edited: float, kept: float) -> list[Copy]:
    """Every story on ten sites; `edited` is the share of words changed, `kept` the least share left before the cut."""
    chance = random.Random(seed)
    return [
        Copy(f"{site}-{name}", name, _version(text, site, chance, edited, kept))
        for name, text in STORIES.items()
        for site in SITES
    ]


def _version(text: str, site: str, chance: random.Random, edited: float, kept: float) -> str:
    words = text.split(" ")
    words = words[: int(len(words) * chance.uniform(kept, 1.0))]
    words = [chance.choice(_FILLER) if chance.random() < edited else w for w in words]
    opening = f"{site.upper()} CITY ({site.upper()}) — " if chance.random() < 0.5 else ""
    closing = f"\nCopyright 2016 {site.title()} Media. All rights reserved. Send tips to newsroom@{site}.example."
    return opening + " ".join(words) + (closing if chance.random() < 0.7 else "")


def agreement(ids: list[Copy], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of copies that were put together."""
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[:i]]
    together = [(a, b) for a, b in pairs if found[a.id] == found[b.id]]
    right = sum(a.story == b.story for a, b in together)
    true = sum(a.story == b.story for a, b in pairs)
    return right / max(1, len(together)), right / true
