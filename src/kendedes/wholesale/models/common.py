"""What tables of wholesale share."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models

from kendedes.network.models import Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


def new_token() -> str:
    """128 bits nobody guesses, as they stand in an address."""
    return secrets.token_urlsafe(16)


class WholesaleQuerySet[M: models.Model](Scoped[M]):
    """Rows with buyers' contacts and prices agreed with makers: for those who sell wholesale, of a whole association."""

    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of associations for which ``user`` sells wholesale."""
        return self.allowed(user, Right.SELL_WHOLESALE)
