"""Invented names: people, groups, brands. None stands for a real person or body."""

from __future__ import annotations

WOMEN = (
    "Sulastri", "Endang", "Wahyuni", "Suparti", "Rukmini", "Lestari", "Kasiati", "Ngatini", "Yayuk", "Murniati",
    "Siti", "Fatimah", "Umi", "Kulsum", "Partini", "Sumiati", "Dewi", "Ratna", "Lilik", "Nurhayati", "Wiwik",
    "Istiqomah", "Tutik", "Maryam", "Sunarti", "Indah", "Retno", "Astuti", "Khoiriyah", "Juwariyah", "Mulyani",
    "Anik", "Sri", "Yuliana", "Rahayu", "Suwarni", "Titik", "Hartini", "Luluk", "Zubaidah", "Erna", "Puji",
    "Winarti", "Nanik",
)  # fmt: skip
MEN = (
    "Slamet", "Sutrisno", "Bambang", "Hariyanto", "Sugeng", "Wahyudi", "Imam", "Suyitno", "Purnomo", "Agus",
    "Santoso", "Mulyono", "Rohman", "Kasan", "Yanto", "Edi", "Supriadi", "Joko", "Sarwono", "Budi", "Hadi",
    "Suwito", "Anwar", "Fauzi", "Mustofa", "Rudi", "Eko", "Prasetyo", "Tarmuji", "Samsul", "Darmaji", "Wibowo",
    "Sukirman", "Hendro", "Sunaryo", "Ponidi", "Rasyid", "Gunawan",
)  # fmt: skip
SECOND_WOMEN = (
    "Ningsih", "Utami", "Wulandari", "Handayani", "Setyowati", "Hidayati", "Suryani", "Rahmawati", "Puspita",
    "Kurniasih", "Wijayanti", "Anggraini", "Lestari",
)  # fmt: skip
SECOND_MEN = (
    "Setiawan", "Susanto", "Widodo", "Kurniawan", "Nugroho", "Saputra", "Hermawan", "Firmansyah", "Subagyo",
    "Wicaksono", "Santoso", "Raharjo",
)  # fmt: skip

GROUP_FIRST = (
    "Sumber", "Mekar", "Sri", "Tunas", "Karya", "Guyub", "Sekar", "Bina", "Dewi", "Margo", "Sari", "Wana",
    "Tirta", "Mulya", "Rukun", "Cipta", "Gemah", "Arum", "Rejo", "Lestari",
)  # fmt: skip
GROUP_SECOND = (
    "Rejeki", "Sari", "Mulyo", "Harapan", "Makmur", "Rukun", "Wangi", "Sejahtera", "Utama", "Mandiri", "Jaya",
    "Barokah", "Tani", "Asri", "Manunggal", "Bersama", "Arum", "Kencana", "Lestari", "Sentosa",
)  # fmt: skip
FLOWERS = (
    "Melati", "Anggrek", "Kenanga", "Mawar", "Teratai", "Cempaka", "Kamboja", "Dahlia", "Bougenvil",
    "Flamboyan", "Kantil", "Soka", "Wijayakusuma", "Seruni",
)  # fmt: skip
BRAND_HEADS = ("Dapur", "Omah", "Kebun", "Griya", "Pawon", "Lumbung", "Roemah", "Ndalem", "Saung", "Kampoeng")
CRAFT_HEADS = ("Sanggar", "Omah", "Griya", "Rumah Karya", "Pendopo", "Bengkel", "Galeri", "Ndalem")
OUTSIDE = ("CV", "UD", "Usaha", "Rumah Produksi")
STREETS = (
    "Raya", "Melati", "Kenanga", "Mawar", "Pahlawan", "Diponegoro", "Kawi", "Semeru", "Arjuno", "Bromo",
    "Kartini", "Sawo", "Manggis", "Merdeka", "Pasar", "Balai Desa", "Sumber", "Mangga", "Cempaka",
    "Wijaya Kusuma",
)  # fmt: skip
