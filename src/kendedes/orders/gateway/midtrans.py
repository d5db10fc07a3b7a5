"""Midtrans: Snap begins a payment, its notices are signed with SHA-512, the state of a payment can be asked.

``POST {snap}/snap/v1/transactions`` → ``redirect_url``; notice with ``signature_key`` =
SHA512(order_id + status_code + gross_amount + server key); ``GET {api}/v2/{order_id}/status``.
Both with HTTP Basic, the server key as user. A notice is never believed by itself: the state is asked again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kendedes.orders.gateway import GatewayDown, LyingNotice, Standing

TIMEOUT = 10
MOST = 64 * 1024
PAID = {"settlement", "capture"}


@dataclass(frozen=True, slots=True)
class Midtrans:
    """One account at Midtrans."""

    key: str
    snap: str
    api: str

    def begin(self, reference: str, amount: int, name: str) -> str:
        """The page where the buyer pays."""
        body = {
            "transaction_details": {"order_id": reference, "gross_amount": amount},
            "customer_details": {"first_name": name[:60]},
        }
        url = str(self._call(f"{self.snap}/snap/v1/transactions", body).get("redirect_url", ""))
        if urlsplit(url).scheme not in {"https", urlsplit(self.snap).scheme}:
            raise GatewayDown("no redirect_url")
        return url

    def read(self, notice: dict[str, Any]) -> str:
        """Our reference, once the signature fits."""
        reference, status, gross = (str(notice.get(k, "")) for k in ("order_id", "status_code", "gross_amount"))
        wanted = hashlib.sha512(f"{reference}{status}{gross}{self.key}".encode()).hexdigest()
        if not reference or not hmac.compare_digest(wanted.encode(), str(notice.get("signature_key", "")).encode()):
            raise LyingNotice
        return reference

    def ask(self, reference: str) -> Standing:
        """As Midtrans says it. A card payment under review (``fraud_status`` challenge) is not paid yet."""
        found = self._call(f"{self.api}/v2/{quote(reference, safe='')}/status")
        state, fraud = str(found.get("transaction_status", "")), str(found.get("fraud_status", "accept"))
        whole, _, cents = str(found.get("gross_amount", "")).partition(".")
        if str(found.get("order_id", "")) != reference or not whole.isdigit() or cents.strip("0"):
            raise GatewayDown("another payment")
        if found.get("currency", "IDR") != "IDR":
            raise GatewayDown("another currency")
        paid = state in PAID and fraud == "accept"
        return Standing(reference, str(found.get("transaction_id", ""))[:64], int(whole), paid)

    def _call(self, url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        token = base64.b64encode(f"{self.key}:".encode()).decode()
        request = Request(  # noqa: S310 - the operator's own setting
            url, data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Basic {token}", "Accept": "application/json", "Content-Type": "application/json"},
        )  # fmt: skip
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                found = json.loads(answer.read(MOST))
        except (URLError, OSError, ValueError) as error:
            raise GatewayDown(type(error).__name__) from error
        if not isinstance(found, dict):
            raise GatewayDown("no object")
        return found
