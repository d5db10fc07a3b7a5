"""What settlement refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class OneOpenAlready(Refusal):
    """A settlement waits for approval; the next is drawn up after it."""

    code = "settlement_open"
    message = _("Perhitungan %(number)s belum disetujui; selesaikan atau batalkan dahulu.")


class NothingDue(Refusal):
    """No producer's turn has come."""

    code = "nothing_due"
    message = _("Belum ada produsen yang masa titipnya genap sampai %(until)s.")


class DayNotOver(Refusal):
    """The last day must be over: sales of today may still come."""

    code = "day_not_over"
    message = _("Tanggal akhir harus sudah lewat.")


class WrongState(Refusal):
    """The settlement is not where the deed needs it."""

    code = "settlement_state"
    message = _("Perhitungan %(number)s sudah %(state)s.")


class SamePerson(Refusal):
    """Two persons are needed."""

    code = "same_person"
    message = _("Harus orang lain daripada yang menyusun atau menyetujuinya.")


class DoesNotAddUp(Refusal):
    """Papers and ledger differ."""

    code = "settlement_does_not_add_up"
    message = _("Perhitungan tidak cocok dengan buku: %(where)s")


class NotTheLatest(Refusal):
    """A later statement carries the balance of this one."""

    code = "not_the_latest_statement"
    message = _("Sisa laporan ini sudah dipindahkan ke laporan %(number)s; bayarkan di sana.")


class TooMuch(Refusal):
    """More than is due."""

    code = "payout_too_much"
    message = _("Yang harus dibayar tinggal %(left)s.")


class UndoneAlready(Refusal):
    """A payout is undone once."""

    code = "payout_undone"
    message = _("Pembayaran ini sudah dibatalkan.")


class ReasonNeeded(Refusal):
    """A number is read for a reason."""

    code = "reveal_reason"
    message = _("Tulis untuk apa nomor itu dibuka; alasannya dicatat.")
    status = 422


class AccountTooFresh(Refusal):
    """Whoever changed an account pays nothing to it for three days."""

    code = "bank_account_too_fresh"
    message = _("Anda mengubah rekening %(name)s kurang dari 72 jam lalu; orang lain yang membayarkannya.")


class NoAccount(Refusal):
    """There is no account to pay to."""

    code = "bank_account_missing"
    message = _("%(name)s belum punya rekening.")


class AccountUnreadable(Refusal):
    """Sealed under the key of another home."""

    code = "bank_account_unreadable"
    message = _("Nomor rekening %(name)s tidak dapat dibuka dengan kunci rumah ini; catat lagi.")
