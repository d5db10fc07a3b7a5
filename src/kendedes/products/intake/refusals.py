"""Every expected "no" of the intake, in words an operator can act on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class SheetRefused(Refusal):
    """The file as a whole is not taken; nothing of it is stored."""

    code = "sheet_refused"
    status = 422


class EmptyFile(SheetRefused):
    code = "sheet_empty_file"
    message = _("Berkas “%(file)s” kosong.")


class FileTooLarge(SheetRefused):
    code = "sheet_file_too_large"
    message = _("Berkas “%(file)s” berukuran %(megabytes)s MB; paling besar %(most)s MB.")


class NotASheet(SheetRefused):
    code = "sheet_not_a_sheet"
    message = _("“%(file)s” bukan lembar kerja. Kirim berkas .xlsx, .ods, atau .csv.")


class OldWorkbook(SheetRefused):
    code = "sheet_old_or_locked"
    message = _("“%(file)s” berformat Excel lama atau diberi sandi. Buka, lalu simpan sebagai .xlsx tanpa sandi.")


class BrokenWorkbook(SheetRefused):
    code = "sheet_broken"
    message = _("“%(file)s” rusak atau terpotong sehingga tidak dapat dibuka. Simpan ulang lalu kirim lagi.")


class Bomb(SheetRefused):
    code = "sheet_bomb"
    message = _("“%(file)s” mengembang jauh lebih besar daripada berkasnya dan tidak dibuka demi keamanan.")


class TooManyRows(SheetRefused):
    code = "sheet_too_many_rows"
    message = _(
        "Lembar “%(sheet)s” berisi %(rows)s baris; paling banyak %(most)s baris sekali kirim. Bagi menjadi beberapa berkas."
    )


class TooManyColumns(SheetRefused):
    code = "sheet_too_many_columns"
    message = _("Lembar “%(sheet)s” berisi %(columns)s kolom; paling banyak %(most)s kolom.")


class UnknownEncoding(SheetRefused):
    code = "sheet_unknown_encoding"
    message = _("Huruf dalam “%(file)s” tidak terbaca (baris %(line)s). Simpan ulang sebagai CSV UTF-8 atau .xlsx.")


class NoHeader(SheetRefused):
    code = "sheet_no_header"
    message = _(
        "Tidak ada baris judul yang dikenali dalam “%(file)s”. Sedikitnya perlu kolom nama produk; "
        "contoh judul: Nama produk, Nama kelompok, Desa, Harga."
    )


class OtherUnit(SheetRefused):
    code = "sheet_of_other_unit"
    message = _("“%(file)s” milik Kecamatan %(found)s, sedangkan Anda mengirim untuk Kecamatan %(unit)s (%(where)s).")


class PhotosRefused(Refusal):
    code = "photos_refused"
    status = 422
    message = _("Foto tidak dapat dibaca dari “%(file)s”: bukan folder atau berkas .zip yang utuh.")


class PhotosTooLarge(PhotosRefused):
    code = "photos_too_large"
    message = _("Foto dalam “%(file)s” terlalu banyak atau terlalu besar (paling banyak %(most)s berkas).")


class MappingIncomplete(Refusal):
    code = "mapping_incomplete"
    status = 422
    message = _("Pilih kolom untuk nama produk pada lembar “%(sheet)s”, atau lewati lembar itu.")


class BatchClosed(Refusal):
    code = "import_closed"
    message = _("Kiriman ini sudah selesai dan tidak dapat diubah lagi.")


class NothingToStore(Refusal):
    code = "import_nothing"
    message = _("Tidak ada baris yang dapat disimpan dari kiriman ini.")


class NothingToMend(Refusal):
    code = "import_nothing_to_mend"
    status = 404
    message = _("Tidak ada baris yang perlu diperbaiki dalam kiriman ini.")
