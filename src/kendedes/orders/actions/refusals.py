"""What orders refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class ShopClosed(Refusal):
    """The association takes no orders on its site, or not this way."""

    code = "shop_closed"
    message = _("Pesanan lewat situs sedang ditutup. Silakan hubungi galeri lewat WhatsApp.")


class WayClosed(Refusal):
    """A way to pay or to get the goods that is not offered."""

    code = "way_closed"
    message = _("Cara bayar atau cara menerima ini tidak tersedia.")


class BasketEmpty(Refusal):
    """Nothing to order, or too much for one order."""

    code = "basket_empty"
    message = _("Keranjang kosong, atau barangnya terlalu banyak untuk satu pesanan.")


class NotForSale(Refusal):
    """A pack that can only be looked at."""

    code = "not_for_sale"
    message = _("%(name)s tidak dapat dipesan lewat situs. Tanyakan kepada galeri.")


class PriceOnRequest(Refusal):
    """A pack without one price: a range, or on request. It is asked for, not ordered."""

    code = "price_on_request"
    message = _(
        "Harga %(name)s bergantung pilihan, jadi tidak dapat langsung dipesan. Keluarkan dari keranjang dan minta penawaran."
    )


class CannotPromise(Refusal):
    """More than can be promised."""

    code = "cannot_promise"
    message = _("%(name)s: diminta %(asked)s, yang dapat dijanjikan sekarang %(free)s.")


class PriceChanged(Refusal):
    """The price is not the one the buyer saw."""

    code = "price_changed"
    message = _("Harga %(name)s sekarang Rp%(now)s (tadi Rp%(seen)s). Periksa lagi, lalu pesan bila setuju.")


class OrderState(Refusal):
    """The order is not where the deed needs it."""

    code = "order_state"
    message = _("Pesanan %(code)s sudah %(state)s.")


class TooMuchMoney(Refusal):
    """More than is still to be paid."""

    code = "too_much_money"
    message = _("Sisa yang harus dibayar Rp%(due)s; Rp%(amount)s terlalu banyak.")


class NotPaid(Refusal):
    """Goods leave only when they are paid."""

    code = "not_paid"
    message = _("Pesanan %(code)s belum lunas: masih Rp%(due)s.")


class NotOnShelf(Refusal):
    """By the books the pieces are not there: a till sold them, or they were never received."""

    code = "not_on_shelf"
    message = _("%(name)s: menurut buku hanya ada %(there)s dari %(asked)s. Bila barangnya ada di tangan, centang itu.")


class PayBack(Refusal):
    """What is given back is not what was paid."""

    code = "pay_back"
    message = _("Tidak ada uang sebesar itu untuk dikembalikan.")


class NoSuchPiece(Refusal):
    """A scanned label that is not of this order."""

    code = "no_such_piece"
    message = _("Label %(code)s bukan barang pesanan ini, atau jumlahnya sudah cukup.")


class MakerKnows(Refusal):
    """A maker has begun: the buyer talks to the gallery."""

    code = "maker_knows"
    message = _("Pesanan ini sudah dikerjakan. Hubungi galeri untuk membatalkannya.")


class WrongDate(Refusal):
    """A date that is past or too far away."""

    code = "wrong_date"
    message = _("Tanggal itu sudah lewat atau terlalu jauh.")


class TooManyOpen(Refusal):
    """One number holds too many unpaid orders."""

    code = "too_many_open"
    message = _("Dari nomor ini sudah ada %(most)s pesanan yang belum dibayar. Bayar atau batalkan dahulu.")


class LeavesInParcels(Refusal):
    """A wholesale order is delivered from the page of its enquiry."""

    code = "leaves_in_parcels"
    message = _("%(code)s pesanan grosir: kirim dan fakturkan dari halaman permintaannya.")


class NothingToSend(Refusal):
    """No pieces were named, or none are left."""

    code = "nothing_to_send"
    message = _("Tulis berapa buah yang dikirim; bila kosong, semuanya sudah terkirim.")


class TooManyPieces(Refusal):
    """More than is still to be delivered."""

    code = "too_many_pieces"
    message = _("%(name)s: yang belum dikirim tinggal %(left)s; %(pieces)s terlalu banyak.")


class TooMuchShipping(Refusal):
    """Parcels together bear the agreed shipping and no more."""

    code = "too_much_shipping"
    message = _("Ongkos kirim yang disepakati tinggal Rp%(left)s; Rp%(amount)s terlalu banyak.")


class NothingGone(Refusal):
    """Nothing of that kind left, or nobody says why."""

    code = "nothing_gone"
    message = _("Barang sebanyak itu tidak tercatat terkirim, atau alasannya belum ditulis.")


class PartsGone(Refusal):
    """Part of it is with the buyer: the rest is called off instead."""

    code = "parts_gone"
    message = _("Sebagian pesanan %(code)s sudah dikirim. Batalkan sisanya saja, di halaman permintaannya.")
