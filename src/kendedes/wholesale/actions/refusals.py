"""What wholesale refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class EnquiryState(Refusal):
    """The enquiry is not where the deed needs it."""

    code = "enquiry_state"
    message = _("Permintaan %(code)s sudah %(state)s.")


class DayPast(Refusal):
    """A day that has passed, or is too far away."""

    code = "day_past"
    message = _("Tanggal itu sudah lewat atau terlalu jauh.")


class QuoteExpired(Refusal):
    """The last day of a quote has passed."""

    code = "quote_expired"
    message = _("Penawaran ini berlaku sampai %(until)s. Mintalah penawaran baru kepada galeri.")


class QuoteReplaced(Refusal):
    """A newer version exists, or the quote was withdrawn."""

    code = "quote_replaced"
    message = _("Penawaran ini sudah diganti atau ditarik. Pakai tautan yang terakhir Anda terima.")


class CapacityGone(Refusal):
    """What a maker can make by the agreed day was promised to others since the quote went out."""

    code = "capacity_gone"
    message = _(
        "Sejak penawaran ini dikirim, %(makers)s mendapat pesanan lain dan tidak sanggup lagi sampai tanggalnya. Belum ada yang "
        "dipesan. Galeri sudah diberi tahu dan akan membuatkan penawaran baru."
    )


class QuoteEmpty(Refusal):
    """Nothing is offered, or a price is missing."""

    code = "quote_empty"
    message = _("Isi dahulu jumlah dan harga semua baris penawaran.")


class QuoteFrozen(Refusal):
    """A quote that went out is never changed."""

    code = "quote_frozen"
    message = _("Penawaran yang sudah dikirim tidak dapat diubah. Buat versi baru.")


class NoMail(Refusal):
    """The buyer has no address, or this server sends no mail."""

    code = "no_mail"
    message = _("Pembeli ini belum punya alamat surel, atau server ini tidak mengirim surel.")


class NameMissing(Refusal):
    """Whoever accepts writes her name."""

    code = "name_missing"
    message = _("Tulis nama Anda sebagai tanda setuju.")


class TooManyMade(Refusal):
    """More than was asked."""

    code = "too_many_made"
    message = _("Yang dipesan %(asked)s; %(pieces)s terlalu banyak.")


class BuyerBusy(Refusal):
    """Something is open with a buyer: her contact is still needed."""

    code = "buyer_busy"
    message = _("%(name)s masih punya permintaan atau pesanan yang berjalan. Selesaikan atau tutup dahulu.")


class PhoneKnown(Refusal):
    """Two entries of the address book with one number."""

    code = "phone_known"
    message = _("Nomor itu sudah ada di buku pembeli: %(name)s.")


class TiersDescend(Refusal):
    """A price that rises with the quantity, or two prices for one."""

    code = "tiers_descend"
    message = _("Harga tidak boleh naik bila jumlahnya bertambah, dan tiap jumlah hanya satu harga.")


class NothingToBill(Refusal):
    """All that left is on an invoice already."""

    code = "nothing_to_bill"
    message = _("Semua yang dikirim sudah difakturkan.")


class BelowAgreed(Refusal):
    """A price below what the maker agreed to goes out only when a second person agreed."""

    code = "below_agreed"
    message = _("Harga %(names)s di bawah yang disepakati dengan pembuatnya. Minta orang kedua menyetujuinya dahulu.")


class SamePerson(Refusal):
    """Whoever wrote the price cannot be the second person."""

    code = "same_person"
    message = _("Anda sendiri yang menulis harga ini. Harus orang lain yang menyetujuinya.")
