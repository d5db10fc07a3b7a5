"""What fairs refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class NothingPacked(Refusal):
    """A fair without goods."""

    code = "nothing_packed"
    message = _("Daftar bawaan masih kosong.")


class EventState(Refusal):
    """The fair is not where the deed needs it."""

    code = "event_state"
    message = _("Pameran %(name)s sudah %(state)s.")


class NotCounted(Refusal):
    """A lot that stands at the fair was left out of the count."""

    code = "not_counted"
    message = _("%(name)s (%(code)s) belum dihitung; tulis 0 bila habis.")
