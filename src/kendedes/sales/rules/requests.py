"""What a till may ask: bounds of its requests. Pure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from kendedes.sales.rules.events import MOST_SEQ, Moment, Strict

MOST_BYTES = 256 * 1024
MOST_EVENTS = 100
_Printable = r"^[^\x00-\x1f\x7f]*$"


class PairAsked(Strict):
    v: Annotated[int, Field(ge=1, le=1)]
    code: Annotated[str, StringConstraints(max_length=40, pattern=_Printable)]
    token: Annotated[str, StringConstraints(max_length=43)]
    name: Annotated[str, StringConstraints(max_length=60, pattern=_Printable)] = ""


class Clocks(Strict):
    at: Moment
    off: Annotated[int, Field(ge=-900, le=900)]
    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{8,64}$")]
    mono: Moment


class UploadAsked(Strict):
    v: Annotated[int, Field(ge=1, le=1)]
    epoch: Annotated[str, StringConstraints(max_length=64)]
    from_: Annotated[int, Field(ge=1, le=MOST_SEQ, alias="from")]
    events: Annotated[list[str], Field(min_length=1, max_length=MOST_EVENTS)]
    sent: Clocks


def asked[M: Strict](model: type[M], body: object) -> M | str:
    """The request, or where it is wrong."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]["loc"]
        return ".".join(str(part) for part in first)[:80] or "body"
