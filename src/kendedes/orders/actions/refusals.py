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
