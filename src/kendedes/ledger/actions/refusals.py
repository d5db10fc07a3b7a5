"""What the ledger refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class NotEnoughStock(Refusal):
    """A promise or a carriage that the place cannot keep."""

    code = "not_enough_stock"
    message = _("%(name)s: di %(place)s hanya ada %(there)s, diminta %(asked)s.")


class ClosedPeriod(Refusal):
    """A day that belongs to a closed period."""

    code = "closed_period"
    message = _("Masa buku sampai %(until)s sudah ditutup.")


class PeriodNotReady(Refusal):
    """A period that cannot be closed yet."""

    code = "period_not_ready"
    message = _("Masa buku belum dapat ditutup: %(why)s")


class ReturnedAlready(Refusal):
    """More pieces are returned than were sold on that line."""

    code = "returned_already"
    message = _("%(name)s: terjual %(sold)s, sudah dikembalikan %(back)s, diminta lagi %(asked)s.")


class MoneyDoesNotAddUp(Refusal):
    """Payments and lines of a sale or refund differ."""

    code = "money_does_not_add_up"
    message = _("Pembayaran %(paid)s tidak sama dengan jumlah barang %(total)s.")


class TermsBackdated(Refusal):
    """Terms that would change what was agreed for days gone by."""

    code = "terms_backdated"
    message = _("Kesepakatan yang lebih baru sudah ada sejak %(since)s.")


class SettledAlready(Refusal):
    """An oddity somebody has settled."""

    code = "settled_already"
    message = _("Selisih ini sudah diselesaikan.")


class NoTerms(Refusal):
    """Goods without any agreement."""

    code = "no_terms"
    message = _("Belum ada kesepakatan titip jual untuk %(name)s.")


class TooManyRows(Refusal):
    """More rows than a spreadsheet holds."""

    code = "too_many_rows"
    message = _("Lebih dari %(most)s baris tidak muat dalam satu lembar; pilih hari lebih sedikit atau CSV.")
