"""What a person reads about a task (*selisih*) and about why an event waits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# code: (what it is, what to do about it)
TASKS = {
    "oversold": (
        _("Terjual melebihi stok"),
        _("Menurut buku barangnya tidak ada di sana. Cari kiriman yang belum dicatat, atau hitung raknya (stok opname)."),
    ),
    "order_short": (
        _("Barang pesanan kurang di rak"),
        _(
            "Pesanannya dijanjikan, barangnya tidak ada. Yang memutuskan: pengelola galeri. Cari barangnya; bila benar tidak ada, "
            "tawarkan pengganti kepada pembeli, atau batalkan dan kembalikan uangnya."
        ),
    ),
    "unknown_goods": (_("Barang belum dikenal"), _("Buka penjualannya dan pilih titipan siapa barang itu.")),
    "lot_unknown": (_("Label titipan tidak dikenal"), _("Buka penjualannya dan pilih titipan siapa barang itu.")),
    "price": (_("Harga lain dari harga rak"), _("Kasir memakai harga lama atau mengubahnya. Pastikan harganya benar.")),
    "discount": (
        _("Potongan tanpa aturan"),
        _("Tidak ada potongan dengan kode itu untuk barang, hari, dan tempat itu, atau potongannya lebih besar. Tanyakan kepada kasir."),
    ),
    "below_minimum": (_("Di bawah harga terendah tanpa persetujuan"), _("Tanyakan kepada kasir; sepakati dengan produsen.")),
    "approval": (_("Persetujuan tidak sah"), _("Yang menyetujui tidak dikenal, tidak berhak, atau kasirnya sendiri.")),
    "cashier": (_("Kasir tidak dikenal atau sudah dicabut"), _("Penjualannya sah; periksa siapa yang memakai mesin ini.")),
    "no_shift": (_("Penjualan di luar giliran"), _("Mesin menjual tanpa membuka giliran. Ingatkan kasirnya.")),
    "shift_unclosed": (_("Giliran lama belum ditutup"), _("Giliran baru dibuka sebelum yang lama dihitung. Hitung lacinya.")),
    "float": (_("Modal laci lain dari catatan"), _("Hitung lacinya; selisihnya mungkin dari giliran sebelumnya.")),
    "clock": (_("Jam mesin tidak benar"), _("Betulkan tanggal dan jam perangkat itu. Penjualan dicatat menurut jam server.")),
    "late": (_("Susulan: masa bukunya sudah ditutup"), _("Dihitung di masa buku yang berjalan. Cukup diketahui.")),
    "void_late": (_("Pembatalan setelah giliran ditutup"), _("Cocokkan dengan slip Z dan uang di laci.")),
    "void_large": (_("Pembatalan besar tanpa orang kedua"), _("Tanyakan kepada kasir dan minta bukti.")),
    "count": (_("Uang laci tidak sama dengan catatan"), _("Cari sebabnya; bila tidak ketemu, bukukan selisihnya.")),
    "z_differs": (_("Slip Z lain dari catatan server"), _("Cocokkan slip kertas dengan halaman giliran.")),
    "cash_other": (_("Uang laci untuk keperluan lain"), _("Tentukan untuk apa uang itu.")),
    "recovered_differs": (
        _("Struk kertas dan kiriman berbeda"),
        _("Struk dimasukkan dari kertas; kiriman aslinya lain. Bandingkan dan betulkan dengan pengembalian."),
    ),
    "parked": (_("Kiriman menunggu"), _("Proses lagi setelah pembaruan atau setelah penjualannya datang; atau sisihkan.")),
    "fork": (
        _("Mesin kasir disalin"),
        _("Dua perangkat memakai kunci yang sama. Minta berkas ekspor dari keduanya, baca di halaman mesin, lalu pasang baru."),
    ),
}  # fmt: skip
PARKED = {
    "not_json": _("isinya tidak terbaca"), "not_utf8": _("isinya tidak terbaca"), "too_long": _("terlalu panjang"),
    "shape": _("ada isian yang salah"), "wrong_place": _("nomornya tidak cocok"), "sums": _("jumlahnya tidak cocok"),
    "unknown_type": _("jenis baru yang belum dikenal server ini"), "sale_unknown": _("penjualannya belum ada"),
    "nothing_left": _("barangnya sudah dikembalikan"), "no_shift": _("tidak ada giliran terbuka"),
    "error": _("kesalahan server"),
}  # fmt: skip
