"""Roles, the rights they carry, and how names of places are compared. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Right(StrEnum):
    """One thing a person may do, named by what it does. The matrix is ``promises.md`` D in words."""

    SEE_OFFICE = "see_office"
    SEE_PRODUCTS = "see_products"
    EDIT_PRODUCTS = "edit_products"  # text, photos, permits, prices of own producers; import
    CURATE = "curate"  # send back, accept, publish
    VERIFY_PERMITS = "verify_permits"
    MANAGE_RUBRICS = "manage_rubrics"
    RUN_ROUNDS = "run_rounds"  # open, close, minute a round of one village one product
    ASSESS = "assess"
    PROPOSE_EDITION = "propose_edition"
    LOCK_EDITION = "lock_edition"
    PUBLISH_EDITION = "publish_edition"
    PRINT_EDITION = "print_edition"
    EDIT_ASSOCIATION = "edit_association"  # name, contact, address, account: what the public site says about it
    EDIT_NETWORK = "edit_network"  # units, producers, people of the own part
    MANAGE_PEOPLE = "manage_people"  # invite, end memberships
    SEE_PERSONAL = "see_personal"  # phone numbers, addresses
    SEE_JOURNAL = "see_journal"
    SEE_STOCK = "see_stock"  # lots, where they are, counts
    MOVE_STOCK = "move_stock"  # receive, carry, return, count
    SELL = "sell"  # at a till
    APPROVE_SALE = "approve_sale"  # second person: price below the agreed minimum, large voids, others' returns
    MANAGE_TILLS = "manage_tills"  # pair and revoke devices, cashiers' PINs
    RUN_GALLERY = "run_gallery"  # stands, shelves, roster, rotation, dues
    RUN_EVENTS = "run_events"
    HANDLE_ORDERS = "handle_orders"  # buyers' orders: contacts, confirming money, handing over
    SELL_WHOLESALE = "sell_wholesale"  # buyers' address book, enquiries, quotes, prices agreed with makers
    PROPOSE_TERMS = "propose_terms"
    AGREE_TERMS = "agree_terms"  # put terms of consignment into force
    SEE_STATEMENTS = "see_statements"
    SEE_MONEY = "see_money"  # cash book, trial balance, dues, verify
    SETTLE = "settle"  # draw up settlements, record payouts
    APPROVE_PAYOUT = "approve_payout"  # by another person than who drew it up
    CLOSE_PERIOD = "close_period"
    WRITE_STORIES = "write_stories"  # articles of the own part: draft, photos, hand in
    PUBLISH_STORIES = "publish_stories"  # publish, schedule, withdraw, decide on comments, pages of the site
    KEEP_BANK = "keep_bank"  # enter bank accounts of the own part; their numbers stay masked
    REVEAL_BANK = "reveal_bank"  # read a number, with a reason that is written down


class Role(StrEnum):
    """Codes of the roles in ``words.md``; labels are in ``models.Membership``."""

    MANAGER = "manager"
    CURATOR = "curator"
    CASHIER = "cashier"
    STAND_KEEPER = "stand_keeper"
    TREASURER = "treasurer"
    ASSESSOR = "assessor"
    OPERATOR = "operator"
    REPRESENTATIVE = "representative"
    PARTNER = "partner"
    BUYER = "buyer"


class Level(StrEnum):
    """Where in the tree a membership holds."""

    ASSOCIATION = "association"
    UNIT = "unit"
    PRODUCER = "producer"


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, as her home page says it; ``AppConfig.waiting`` lists who can tell.

    ``count``: a number, or the queryset of what waits: all of them are counted in one query. 0 is left out.
    ``label``: a sentence or noun without the number. ``tone``: ``now`` (do it today), ``soon``, ``info``, or ``start``
    (a first step of an empty house: ``count`` is what it would make, and it is shown while there is none).
    ``note``: a second line. ``icon``: a name of the style guide.
    """

    count: Any
    label: Any
    url: str
    icon: str = "box"
    tone: str = "soon"
    note: Any = ""


R = Right
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.MANAGER: frozenset(R),
    Role.CURATOR: frozenset(
        {R.SEE_OFFICE, R.SEE_PRODUCTS, R.EDIT_PRODUCTS, R.CURATE, R.VERIFY_PERMITS, R.RUN_ROUNDS, R.ASSESS}
        | {R.PROPOSE_EDITION, R.PRINT_EDITION, R.SEE_JOURNAL, R.SEE_STOCK, R.WRITE_STORIES, R.PUBLISH_STORIES}
    ),
    Role.TREASURER: frozenset(
        {R.SEE_OFFICE, R.SEE_PRODUCTS, R.SEE_JOURNAL, R.SEE_STOCK, R.PROPOSE_TERMS, R.SEE_STATEMENTS, R.SEE_MONEY}
        | {R.SETTLE, R.APPROVE_SALE, R.CLOSE_PERIOD, R.HANDLE_ORDERS, R.KEEP_BANK, R.REVEAL_BANK, R.SELL_WHOLESALE}
    ),
    Role.CASHIER: frozenset({R.SEE_OFFICE, R.SEE_PRODUCTS, R.SEE_STOCK, R.SELL, R.HANDLE_ORDERS}),
    Role.STAND_KEEPER: frozenset({R.SEE_OFFICE, R.SEE_PRODUCTS, R.SEE_STOCK, R.MOVE_STOCK, R.SELL, R.HANDLE_ORDERS}),
    Role.ASSESSOR: frozenset({R.SEE_OFFICE, R.SEE_PRODUCTS, R.ASSESS}),
    Role.OPERATOR: frozenset(
        {R.SEE_OFFICE, R.SEE_PRODUCTS, R.EDIT_PRODUCTS, R.RUN_ROUNDS, R.ASSESS, R.PROPOSE_EDITION, R.PRINT_EDITION}
        | {
            R.EDIT_NETWORK,
            R.MANAGE_PEOPLE,
            R.SEE_PERSONAL,
            R.SEE_STOCK,
            R.MOVE_STOCK,
            R.PROPOSE_TERMS,
            R.SEE_STATEMENTS,
            R.WRITE_STORIES,
            R.KEEP_BANK,
        }
    ),
    Role.REPRESENTATIVE: frozenset({R.SEE_OFFICE, R.SEE_PRODUCTS, R.EDIT_PRODUCTS, R.SEE_STOCK, R.SEE_STATEMENTS}),
    Role.PARTNER: frozenset({R.SEE_OFFICE}),
    Role.BUYER: frozenset(),
}
LEVELS: dict[Role, frozenset[Level]] = {
    Role.MANAGER: frozenset({Level.ASSOCIATION}),
    Role.CURATOR: frozenset({Level.ASSOCIATION}),
    Role.TREASURER: frozenset({Level.ASSOCIATION, Level.UNIT}),
    Role.CASHIER: frozenset({Level.ASSOCIATION}),
    Role.STAND_KEEPER: frozenset({Level.ASSOCIATION}),
    Role.ASSESSOR: frozenset({Level.ASSOCIATION, Level.UNIT}),
    Role.OPERATOR: frozenset({Level.UNIT}),
    Role.REPRESENTATIVE: frozenset({Level.PRODUCER}),
    Role.PARTNER: frozenset({Level.ASSOCIATION}),
    Role.BUYER: frozenset({Level.ASSOCIATION}),
}
# Who must have a second factor: what they may do harms others most (promises.md D, ASVS 6.3.3).
STRONG = frozenset({Role.MANAGER, Role.CURATOR, Role.TREASURER})
# Roles a person may give who may MANAGE_PEOPLE in a whole association, or in one unit only.
GIVABLE: dict[Level, frozenset[Role]] = {
    Level.ASSOCIATION: frozenset(Role),
    Level.UNIT: frozenset({Role.OPERATOR, Role.REPRESENTATIVE}),
    Level.PRODUCER: frozenset(),
}
# What a grant may lend sideways; rights over people and publication are never lent.
LENDABLE = frozenset({R.SEE_PRODUCTS, R.EDIT_PRODUCTS, R.PROPOSE_EDITION, R.PRINT_EDITION, R.ASSESS})

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.[12]\d{3})?)?)?")


def is_region_code(text: str) -> bool:
    """Whether ``text`` has the shape of a Kemendagri code: ``35``, ``35.07``, ``35.07.24``, ``35.07.24.2008``."""
    return _CODE.fullmatch(text) is not None


def region_level(code: str) -> str:
    """``province``, ``regency``, ``district`` or ``village``, read from the code's length."""
    return ("province", "regency", "district", "village")[code.count(".")]


def place_key(name: str) -> str:
    """A name of a place reduced to what spellings share: letters only, lower case, no kind before it.

    ``Desa Patok Picis`` and ``PATOKPICIS`` give the same key.
    """
    text = unicodedata.normalize("NFKD", name).casefold()
    text = re.sub(r"^\s*(desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab)\b\.?\s*", "", text)
    return re.sub(r"[^a-z0-9]", "", text)


def person_key(name: str) -> str:
    """A name of a group or person reduced for comparison: words, lower case, no marks, no kind before it."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = re.sub(r"[^a-z0-9 ]", " ", text)
    text = re.sub(r"^\s*(kelompok|klp|kel|kub|kwt|poktan|ukm|umkm|ikm|ud|cv)\s+", "", text)
    return " ".join(text.split())
