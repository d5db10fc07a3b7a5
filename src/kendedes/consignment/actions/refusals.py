"""What consignment refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class PaperState(Refusal):
    """A step that the paper is past, or not ready for."""

    code = "paper_wrong_state"
    message = _("%(paper)s berstatus “%(state)s”; langkah ini tidak dapat dilakukan.")


class PaperEmpty(Refusal):
    """A paper without a line."""

    code = "paper_empty"
    message = _("Surat ini belum berisi barang.")


class WrongPlace(Refusal):
    """A place that does not fit the paper."""

    code = "paper_wrong_place"
    message = _("Tempat asal dan tujuan surat ini tidak cocok.")


class PriceUnclear(Refusal):
    """Prices from which the terms make no pair."""

    code = "price_unclear"
    message = _("Harga %(name)s belum jelas: isi harga rak, atau harga produsen yang tidak melebihi harga rak.")


class NotCounted(Refusal):
    """A count with goods nobody has counted."""

    code = "not_counted"
    message = _("%(count)s barang belum dihitung. Tulis 0 bila tidak ada.")


class UnknownGoods(Refusal):
    """A code or name that leads to no goods."""

    code = "unknown_goods"
    message = _("“%(text)s” tidak ditemukan di sini.")


class PartsTooMuch(Refusal):
    """Shares that exceed the whole."""

    code = "terms_exceed_whole"
    message = _("Bagian galeri, unit, dan produsen melebihi 100 %.")


class ProposalState(Refusal):
    """A proposal somebody has decided."""

    code = "proposal_decided"
    message = _("Usulan ini sudah %(state)s.")


class DifferenceWay(Refusal):
    """A way of settling that does not fit the difference."""

    code = "difference_way"
    message = _("Selisih ini tidak dapat diselesaikan dengan cara itu.")
