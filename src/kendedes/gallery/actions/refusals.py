"""What the gallery refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class NameTaken(Refusal):
    """A name or number that stands for another one already."""

    code = "gallery_name_taken"
    message = _("“%(name)s” sudah ada.")


class StillHoldsGoods(Refusal):
    """A shelf or stand cannot be given up while goods stand there."""

    code = "still_holds_goods"
    message = _("Di %(name)s masih ada %(pieces)s barang. Pindahkan dahulu.")


class NoSuchFacing(Refusal):
    """A facing beyond those the shelf has."""

    code = "no_such_facing"
    message = _("%(name)s hanya mempunyai %(there)s muka.")


class DueOverpaid(Refusal):
    """More than the unit still owes."""

    code = "due_overpaid"
    message = _("Sisa iuran %(name)s Rp%(left)s; Rp%(asked)s terlalu banyak.")
