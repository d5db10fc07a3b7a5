"""The many names of each column, as units and offices write them (Indonesian first, English beside)."""

from __future__ import annotations

import re

# field: names, separated by "|". Names are compared without spaces, marks and case.
_NAMES: dict[str, str] = {
    "number": "no|no urut|nomor|nomor urut|nmr|#|num",
    "code": "kode|kode produk|kode barang|id produk|kd produk|kd barang|sku|code|product code|item code|no produk|kode brg",
    "name": "produk|nama produk|nama barang|barang|jenis barang|nama produk unggulan|produk unggulan|nama brg|nama dagang|produk yang dihasilkan|hasil produk|hasil produksi|produk/barang|nama item|item|product|product name|name|nama produk/merek|nm produk|nama makanan|nama kerajinan|nama produk id",
    "name_en": "nama produk inggris|nama inggris|nama (inggris)|produk (inggris)|english name|product name english|name en",
    "category": "kategori|kategori produk|jenis produk|jenis usaha|kelompok produk|golongan|category|product category|jenis komoditas|komoditas|bidang usaha",
    "producer": "nama kelompok|kelompok|kelompok/umkm|umkm|nama umkm|produsen|nama produsen|pengrajin|nama pengrajin|perajin|nama perajin|pembuat|nama usaha|nama pemilik usaha|pemilik|nama pemilik|pelaku usaha|nama pelaku usaha|ukm|nama ukm|ikm|nama ikm|kelompok binaan|nama kelompok binaan|kelompok usaha|nama kelompok usaha|kub|kelompok pemanfaat|supplier|producer|producer name|group|nama kelompok/umkm|nama kelompok / umkm|usaha|penjual|nama pengusaha|pengusaha",
    "producer_kind": "jenis produsen|status binaan|binaan|binaan/non binaan|jenis kelompok|status kelompok|producer kind",
    "village": "desa|desa/kel|desa/kelurahan|desa / kelurahan|nama desa|kelurahan|asal desa|desa asal|kel/desa|village|ds|ds/kel",
    "address": "alamat|alamat lengkap|alamat produksi|alamat usaha|alamat kelompok|tempat|lokasi|address|alamat rumah|alamat produsen",
    "district": "kecamatan|kec|nama kecamatan|district|subdistrict",
    "unit": "satuan|kemasan|satuan jual|satuan kemasan|jenis kemasan|unit|satuan harga|uom|pack|satuan barang",
    "contents": "berat|berat bersih|netto|neto|isi|isi bersih|berat/isi|isi/berat|berat netto|berat isi|volume|ukuran kemasan|isi kemasan|bobot|berat produk|net weight|weight|berat/volume|isi per kemasan|gramasi|takaran",
    "price": "harga|harga ecer|harga eceran|harga jual|harga satuan|harga retail|harga per satuan|harga produk|harga rp|harga jual rp|hrg|hrg jual|harga (rp)|price|retail price|unit price|harga konsumen|harga pasaran|kisaran harga|harga pcs|harga/pcs|harga umum",
    "price_high": "harga sampai|harga ecer sampai|harga tertinggi|harga maksimal|harga maks|price to",
    "wholesale": "harga grosir|grosir|harga reseller|harga partai|harga agen|harga pabrik|harga distributor|wholesale|wholesale price|hrg grosir|harga dari produsen|harga titip",
    "wholesale_high": "harga grosir sampai",
    "wholesale_minimum": "min grosir|minimal grosir|minimum grosir|min order grosir|jumlah min grosir|min pembelian grosir|jumlah minimum grosir",
    "minimum_order": "min order|minimal order|minimum order|pesan min|pesan minimal|pesanan minimum|pesanan minimal|min pesan|min pembelian|moq|minimal pembelian|min. order|pemesanan minimal",
    "lead_time": "lama pengerjaan|waktu pengerjaan|waktu produksi|lama produksi|lead time|lama pembuatan|waktu pesan|lama pesanan",
    "shelf_life": "masa simpan|daya tahan|umur simpan|kadaluarsa|kedaluwarsa|kadaluwarsa|masa kadaluarsa|masa kedaluwarsa|ketahanan|shelf life|lama simpan|tahan",
    "materials": "bahan|bahan baku|bahan utama|bahan dasar|bahan-bahan|komposisi|materials|material|ingredients|bahan pembuat",
    "local_percent": "lokal|% lokal|persen lokal|bahan lokal|bahan lokal %|kandungan lokal|kandungan lokal (%)|persentase bahan lokal|bahan baku lokal|tkdn|local content|local %|konten lokal",
    "local_scope": "asal bahan lokal|asal bahan|cakupan lokal|local scope",
    "capacity": "kapasitas|kapasitas produksi|kapasitas/bln|kapasitas/bulan|kapasitas per bulan|kapasitas produksi/bulan|kapasitas produksi per bulan|produksi/bulan|produksi per bulan|produksi/bln|produksi bulanan|jumlah produksi|jml produksi|capacity|capacity/month|kap produksi|omset produksi|volume produksi",
    "capacity_unit": "satuan kapasitas|satuan produksi|capacity unit",
    "story": "cerita|deskripsi|deskripsi produk|keterangan produk|uraian|uraian produk|spesifikasi|keunggulan|keunggulan produk|description|story|tentang produk|diskripsi",
    "story_en": "cerita inggris|deskripsi inggris|cerita (inggris)|story en|description english",
    "permit": "izin|ijin|perizinan|perijinan|izin usaha|legalitas|sertifikat|sertifikasi|izin & sertifikat|izin dan sertifikat|izin/sertifikat|no izin|nomor izin|ijin edar|izin edar|no ijin|permit|permits",
    "pirt": "pirt|p-irt|no pirt|no p-irt|nomor pirt|nomor p-irt|no. pirt|spp-irt|sppirt|no pirt/bpom",
    "halal": "halal|no halal|sertifikat halal|nomor halal|label halal|no sertifikat halal|halal mui|id halal",
    "bpom": "bpom|no bpom|nomor bpom|md/ml|bpom ri|no bpom/md",
    "nib": "nib|no nib|nomor nib|nomor induk berusaha",
    "merek": "no merek|merek terdaftar|haki|hki|no hki|sertifikat merek|pendaftaran merek|nomor merek",
    "sni": "sni|no sni|nomor sni",
    "permit_until": "berlaku s/d|berlaku sampai|berlaku hingga|masa berlaku|masa berlaku izin|tgl berlaku|exp izin|izin berlaku sampai|valid until|berlaku sd|izin s/d|habis berlaku",
    "phone": "no hp|hp|telp|telepon|no telp|no telepon|nomor hp|nomor telepon|no wa|wa|whatsapp|no whatsapp|no hp/wa|hp/wa|kontak|no kontak|telpon|no telpon|phone|mobile|contact|no tlp|tlp|telp/wa|cp|contact person|no handphone|nomor wa|nomor kontak|handphone|telp/hp",
    "contact_name": "nama kontak|narahubung|penanggung jawab|ketua|nama ketua|nama ketua kelompok|contact name|pj|ketua kelompok",
    "members_m": "anggota l|anggota laki-laki|anggota pria|jumlah anggota l",
    "members_f": "anggota p|anggota perempuan|anggota wanita|jumlah anggota p",
    "workers_m": "tenaga kerja l|tk l|tenaga kerja laki-laki|tenaga kerja pria|pekerja l|pekerja laki-laki|karyawan l|naker l|tk laki-laki",
    "workers_f": "tenaga kerja p|tk p|tenaga kerja perempuan|tenaga kerja wanita|pekerja p|pekerja perempuan|karyawan p|naker p|tk perempuan",
    "photo": "foto|gambar|foto produk|nama foto|file foto|nama file foto|dokumentasi|photo|image|picture|gambar produk|nama berkas foto|file gambar",
    "remark": "ket|keterangan|catatan|ket lain|keterangan lain|keterangan lain-lain|remarks|note|notes|lain-lain|info lain|keterangan tambahan|ctt",
    "stock": "stok|stock|sisa stok|jumlah stok|persediaan|jml stok|jumlah|jml|qty|stok akhir",
    "pack_code": "kode kemasan|kode varian|variant code",
    "pack_name": "nama kemasan|varian|nama varian|variant|rasa/varian|varian rasa",
    "barcode": "barcode|kode batang|ean|ean13|gtin",
    "state": "status|status produk|state|yang perlu diperbaiki",
}  # fmt: skip

FIELDS = tuple(_NAMES)
IGNORED = frozenset({"number", "stock", "state"})
# Fields that describe who makes it: said once for several rows, they are carried down.
CARRIED = frozenset({"producer", "village", "address", "district", "producer_kind"})
_SMALL = re.compile(r"\(([^)]*)\)")
_MARKS = re.compile(r"[^a-z0-9%#]")


def reduced(header: str) -> str:
    """A header as it is compared: letters, digits and ``%`` only."""
    return _MARKS.sub("", header.casefold())


def without_brackets(header: str) -> str:
    """``Harga (Rp)`` as ``harga``: what stands in brackets is a measure or a remark."""
    return reduced(_SMALL.sub("", header))


EXACT: dict[str, str] = {reduced(name): field for field, names in _NAMES.items() for name in names.split("|")}
# Words that together give a column away when its whole name is unknown: first match wins.
TOKENS: list[tuple[frozenset[str], str]] = [
    (frozenset({"harga", "grosir"}), "wholesale"),
    (frozenset({"harga", "reseller"}), "wholesale"),
    (frozenset({"min", "grosir"}), "wholesale_minimum"),
    (frozenset({"nama", "kelompok"}), "producer"),
    (frozenset({"nama", "umkm"}), "producer"),
    (frozenset({"nama", "pengrajin"}), "producer"),
    (frozenset({"nama", "usaha"}), "producer"),
    (frozenset({"foto"}), "photo"),
    (frozenset({"nama", "produk"}), "name"),
    (frozenset({"kapasitas"}), "capacity"),
    (frozenset({"masa", "simpan"}), "shelf_life"),
    (frozenset({"berlaku"}), "permit_until"),
    (frozenset({"pirt"}), "pirt"),
    (frozenset({"halal"}), "halal"),
    (frozenset({"telepon"}), "phone"),
    (frozenset({"whatsapp"}), "phone"),
    (frozenset({"hp"}), "phone"),
    (frozenset({"alamat"}), "address"),
    (frozenset({"bahan", "baku"}), "materials"),
    (frozenset({"desa"}), "village"),
    (frozenset({"harga"}), "price"),
    (frozenset({"berat"}), "contents"),
]
TOTALS = re.compile(r"\s*(?:grand |sub ?)?(?:jumlah|total|jml|subtotal)\b", re.IGNORECASE)
