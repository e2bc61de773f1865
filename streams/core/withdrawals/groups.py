"""What companies, parties and places may be called where they are not named. Words only."""

from __future__ import annotations

from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, PARTY
from streams.core.withdrawals.vocabulary import words

COMPANIES = words(
    "company firm carrier airline bank lender maker carmaker automaker retailer producer miner insurer broadcaster "
    "giant conglomerate manufacturer brewer chain developer operator supplier contractor grocer drugmaker chipmaker "
    "group sponsor"
)
PLACES = words("city town village municipality province region county canton island district borough capital")
FALLBACK = {
    "rebels": (NAME, INSTITUTION),
    "guerrillas": (NAME, INSTITUTION),
    "insurgents": (NAME, INSTITUTION),
    "militants": (NAME, INSTITUTION),
    "company": (COMPANY, NAME),
    "firm": (COMPANY, NAME),
    "group": (COMPANY, NAME),
    "carrier": (COMPANY,),
    "bank": (COMPANY,),
    "party": (PARTY,),
    "club": (NAME,),
    "airline": (COMPANY,),
    "retailer": (COMPANY,),
}
GROUPS = (COMPANY, PARTY, INSTITUTION, NAME)
#: Bodies that are told of every treaty's notices.
TOLD = ("General Assembly", "Security Council", "United Nations", "UN", "U.N.")
