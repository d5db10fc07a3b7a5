"""Why a verb of a product's life says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class CodeTaken(Refusal):
    code = "product_code_taken"
    message = _("Kode %(code)s sudah dipakai oleh “%(name)s”.")


class WrongState(Refusal):
    code = "product_wrong_state"
    message = _("Produk “%(name)s” berstatus %(state)s; langkah ini tidak dapat dilakukan.")


class Incomplete(Refusal):
    code = "product_incomplete"
    message = _("Belum lengkap: %(missing)s.")


class NothingToMend(Refusal):
    code = "fix_list_empty"
    message = _("Tuliskan sedikitnya satu hal yang perlu diperbaiki.")


class EditedMeanwhile(Refusal):
    """Somebody else changed the same texts since the form was opened; ``current`` holds what stands now."""

    code = "product_edited_meanwhile"
    message = _("“%(name)s” sudah diubah orang lain sejak Anda membukanya.")
    status = 412


class PriceOdd(Refusal):
    code = "price_odd"
    message = _("Harga tertinggi harus lebih besar dari harga terendah.")
    status = 422


class LastPack(Refusal):
    code = "pack_last"
    message = _("Ini kemasan terakhir. Tambahkan kemasan lain dahulu, atau nyatakan produk tidak diproduksi lagi.")
