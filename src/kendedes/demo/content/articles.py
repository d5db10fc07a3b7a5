"""Stories and pages of the demonstration. People and groups in them are made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """``about``: words in the name of the product it is about; its photo is the cover. ``days``: before the editions."""

    kind: str
    title: tuple[str, str]
    lead: tuple[str, str]
    body: tuple[str, str]
    tags: tuple[str, ...] = ()
    about: str = ""
    days: int = 0
    author: str = "Redaksi galeri"


ARTICLES = (
    Told(
        "article",
        ("Pukul empat pagi, tempe sudah diiris", "At four in the morning the tempeh is sliced"),
        (
            "Sebelum azan subuh, enam ibu sudah duduk melingkari meja panjang. Tipisnya irisan menentukan renyahnya.",
            "Before the call to prayer six women already sit around a long table. How thin they slice decides how it crunches.",
        ),
        (
            ("Dapur itu kecil, lampunya satu. Di atas meja tergeletak papan tempe yang dibuat dua hari sebelumnya; "
            "kedelainya dicuci tiga kali, direbus, lalu dibungkus daun. *Kalau terlalu muda, irisannya pecah,* kata ketua "
            "kelompok. *Kalau terlalu tua, pahit.*\n\n"
            "## Satu milimeter\n\n"
            "Irisan diukur dengan mata. Adonannya tepung beras, sedikit sagu, bawang putih, ketumbar, dan daun jeruk. "
            "Minyak dipanaskan pelan; api besar membuat warna cepat tua tetapi tengahnya tetap lembek.\n\n"
            "1. Celup, tiriskan sebentar.\n2. Goreng sekali sampai setengah kering.\n3. Dinginkan, lalu goreng lagi.\n\n"
            "> Yang pertama habis selalu yang remuk: itu jatah anak-anak.\n\n"
            "Sekarang kelompok ini mengirim dua kali seminggu ke galeri. Uang hasilnya dibagi menurut jam kerja, dan "
            "catatannya ditempel di dinding dapur."),
            ("The kitchen is small and has one lamp. On the table lie boards of tempeh made two days before; the beans were "
            "washed three times, boiled and wrapped in leaves. *Too young and the slices break,* says the head of the group. "
            "*Too old and it turns bitter.*\n\n"
            "## One millimetre\n\n"
            "The slices are measured by eye. The batter is rice flour, a little sago, garlic, coriander and lime leaf. The "
            "oil is heated slowly; a big fire darkens the edge and leaves the middle soft.\n\n"
            "1. Dip and let drip.\n2. Fry once until half dry.\n3. Cool, then fry again.\n\n"
            "> The broken ones always go first: they belong to the children.\n\n"
            "The group now delivers to the gallery twice a week. What it earns is shared by hours worked, and the list hangs "
            "on the kitchen wall."),
        ),
        ("tempe", "dapur"), "tempe", 12,
    ),
    Told(
        "article",
        ("Membaca wajah topeng", "Reading a mask’s face"),
        (
            "Merah untuk yang berani, putih untuk yang tenang, kuning untuk yang riang: warna topeng Malangan bukan hiasan.",
            "Red for the brave, white for the calm, yellow for the merry: the colours of a Malang mask are not decoration.",
        ),
        (
            ("Kayunya ringan dan tidak mudah pecah. Setelah kasar dibentuk, kayu diangin-anginkan berminggu-minggu supaya "
            "tidak retak. Baru kemudian alis, mata, dan kumis dipahat; di situlah watak muncul.\n\n"
            "## Cara mengenali\n\n"
            "- Mata sipit memandang ke bawah: kesatria yang halus.\n- Mata bulat terbuka: raja seberang yang keras.\n"
            "- Hidung panjang melengkung: punakawan, yang boleh menertawakan siapa saja.\n\n"
            "Topeng gantungan kunci dibuat dari potongan sisa. Tidak ada kayu yang dibuang."),
            ("The wood is light and does not split easily. Roughly shaped, it is aired for weeks so that it will not crack. Only "
            "then are brows, eyes and moustache carved; that is where the character appears.\n\n"
            "## How to tell\n\n"
            "- Narrow eyes looking down: a refined knight.\n- Round open eyes: a harsh king from overseas.\n"
            "- A long curved nose: the jester, who may laugh at anybody.\n\n"
            "Key rings are carved from what is left over. No wood is thrown away."),
        ),
        ("kerajinan", "topeng"), "topeng", 30,
    ),
    Told(
        "article",
        ("Belajar menghitung harga pokok", "Learning what a thing really costs"),
        (
            "Dua puluh kelompok duduk sehari di balai desa, membawa nota belanja dan timbangan. Pulangnya membawa angka.",
            "Twenty groups sat in the village hall for a day with their receipts and scales. They went home with figures.",
        ),
        (
            ("Banyak yang terkejut: gas, plastik, dan ongkos ojek ternyata seperlima harga jual. Sesudah dihitung, tiga kelompok "
            "memilih memperbesar kemasan daripada menaikkan harga.\n\n"
            "| yang sering lupa | contoh |\n|---|---|\n| kemasan | plastik, label, lakban |\n| tenaga sendiri | jam kerja ibu-ibu |\n| angkutan | ojek ke galeri |\n\n"
            "Pelatihan berikutnya tentang foto produk dengan ponsel."),
            ("Many were surprised: gas, plastic and the motorcycle ride came to a fifth of the price. After counting, three groups "
            "chose a larger pack rather than a higher price.\n\n"
            "| often forgotten | for example |\n|---|---|\n| packaging | bags, labels, tape |\n| one’s own work | the women’s hours |\n| transport | the ride to the gallery |\n\n"
            "The next course is about photographing goods with a phone."),
        ),
        ("pelatihan",), "", 45,
    ),
    Told(
        "article",
        ("Kopi dari lereng selatan", "Coffee from the southern slopes"),
        (
            "Petiknya hanya yang merah. Jemurnya dua belas hari. Selebihnya sabar.",
            "Only the red ones are picked. They dry for twelve days. The rest is patience.",
        ),
        (
            ("Kebunnya berada di antara pohon lamtoro, jadi buahnya masak pelan. Kelompok menyortir dengan tangan: biji pecah dan "
            "biji hitam dipisah untuk diminum sendiri.\n\nSangrai dilakukan tiap Kamis supaya yang sampai di galeri hari Jumat "
            "masih segar. Tanggal sangrai ditulis di kemasan; mintalah yang terbaru."),
            ("The garden lies among shade trees, so the cherries ripen slowly. The group sorts by hand: broken and black beans are "
            "set aside for its own cups.\n\nRoasting is on Thursdays, so that what reaches the gallery on Friday is fresh. The "
            "date of roasting is on the pack; ask for the latest."),
        ),
        ("kopi", "kebun"), "kopi", 60,
    ),
)  # fmt: skip
PAGES = (
    Told(
        "page", ("Cara membeli", "How to buy"), ("", ""),
        (
            ("## Di galeri\n\nDatang, pilih, bayar tunai atau QRIS di kasir. Galeri buka setiap hari pukul 08.00–16.00.\n\n"
            "## Dari jauh\n\n1. Cari produknya di situs ini.\n2. Pesan untuk diambil atau dikirim, atau tanyakan lewat WhatsApp.\n"
            "3. Kami mengabari bila siap.\n\nUntuk jumlah besar, tuliskan kebutuhan dan tanggalnya; kami membaginya ke beberapa kelompok."),
            ("## At the gallery\n\nCome, choose, pay in cash or by QRIS at the till. Open every day from 08:00 to 16:00.\n\n"
            "## From afar\n\n1. Find the product on this site.\n2. Order it for pick-up or delivery, or ask by WhatsApp.\n"
            "3. We tell you when it is ready.\n\nFor large amounts, tell us what you need and when; we share the work among several groups."),
        ),
    ),
    Told(
        "page", ("Tanya jawab", "Questions"), ("", ""),
        (
            ("## Siapa yang membuat barangnya?\n\nKelompok dan usaha kecil di desa. Nama dan desanya tertulis di setiap produk.\n\n"
            "## Ke mana uang saya pergi?\n\nSebagian besar kepada pembuatnya. Galeri dan unit memotong bagian yang disepakati lebih dahulu dan tertulis di laporan kelompok.\n\n"
            "## Bolehkah barang ditukar?\n\nYa, selama belum dibuka dan ada struknya, dalam tujuh hari."),
            ("## Who makes the goods?\n\nGroups and small enterprises in the villages. Name and village stand with every product.\n\n"
            "## Where does my money go?\n\nMost of it to the maker. Gallery and unit keep a share agreed beforehand and written in the group’s statement.\n\n"
            "## Can I exchange something?\n\nYes, unopened and with its receipt, within seven days."),
        ),
    ),
)  # fmt: skip
WAITING = (
    Told(
        "article", ("Anyaman mendong dari rawa", "Mendong mats from the marsh"), ("", ""),
        ("Mendong dipanen setinggi dada, dijemur tiga hari, lalu dipilih menurut panjangnya.", ""), ("kerajinan",), "mendong", 0,
        "Operator unit",
    ),
)  # fmt: skip
