"""The sentences around the method: where it comes from, who makes it, when it is used. No claims of health."""

from __future__ import annotations

from kendedes.demo.content.goods import both

ORIGIN = both(
    "{Name} ini lahir di {place}, {district}, di antara {land}. = {Name} from {place}, {district}, in {land_en}.;"
    "Dari {place}, sebuah desa di {land}, datang {name} yang mula-mula hanya dibuat untuk hajatan. = The recipe comes from {place}, a village in {land_en}, where {name} used to be made only for family feasts.;"
    "{people} keluarga di {place} mengolahnya sejak {year}; {name} menjadi ciri kampung mereka. = {people} families in {place} have worked on it since {year}, and {name} became the mark of their neighbourhood.;"
    "Awalnya hanya titipan di dua warung; sejak {year} {name} dari {place} dikirim sampai ke luar kabupaten. = It began on the counters of two food stalls; since {year}, {name} from {place} can be found beyond the regency.;"
    "Orang {district} mengenal {name} dari rasanya dulu, baru dari namanya. = In {district}, people know the {name} by taste first and by name second.;"
    "Ketika harga panen jatuh pada {year}, {leader} mengajak tetangganya di {place} membuat {name}. = When harvest prices fell in {year}, {leader} asked the neighbours in {place} to start making {name}.;"
    "{place} terletak di {land}, dan dari sanalah bahan {name} dipetik. = {place} lies in {land_en}, and there the making of {name} begins.;"
    "Pelatihan pertama unit pada {year} diikuti sembilan orang dari {place}; {name} adalah hasilnya yang bertahan. = Nine people from {place} joined the unit's first training in {year}; making {name} is what lasted.;"
    "{leader} mewarisi cara membuat {name} dari ibunya dan mengajarkannya kepada {people} anggota. = {leader} learned to make {name} from a mother's hands and taught it to {people} members.;"
    "Sebuah rumah kayu di {place} menjadi tempat kerja bersama; di sanalah {name} dikerjakan. = A wooden house in {place} became the shared workshop for {name}.;"
    "Setiap {market}, {name} dari {place} sudah ditunggu di pasar {district}. = Every {market_en}, the market of {district} waits for the {name} from {place}.;"
    "Kelompok di {place} memilih mengerjakan sedikit saja, tetapi sungguh-sungguh: {name} dibuat menurut pesanan. = The group in {place} prefers few things done well and makes {name} to order."
)

CRAFT_ORIGIN = both(
    "{Name} dari {place}, {district}, dikerjakan seluruhnya dengan tangan. = {Name} from {place}, {district}, made entirely by hand.;"
    "Di {place} bunyi pekerjaan terdengar dari serambi: di sanalah {name} dibuat sejak {year}. = In {place} you hear the work from the porches: they have made {name} there since {year}.;"
    "{leader} memulai dengan satu meja dan dua pembantu; kini {people} orang di {place} mengerjakan {name}. = {leader} began with one bench and two helpers; now {people} people in {place} work on the {name}.;"
    "{place}, di {land}, menyimpan keahlian yang hampir hilang; {name} ini salah satu yang diselamatkan. = {place}, in {land_en}, keeps a craft that was nearly lost; making {name} is part of what was saved.;"
    "Tamu yang datang ke {place} biasanya pulang membawa {name}. = Visitors to {place} usually ask for the {name}.;"
    "Sejak {year}, {people} perajin di {place} sepakat memakai ukuran dan mutu yang sama untuk {name}. = Since {year}, {people} makers in {place} have agreed on one measure and one quality for their {name}.;"
    "{name} ini digambar lebih dulu di kertas, baru dikerjakan di bengkel kecil di {place}. = Every piece is first drawn on paper, then made in a small workshop in {place} that is known for its {name}.;"
    "Anak muda {place} yang pernah merantau pulang pada {year} dan belajar membuat {name} dari para sesepuh. = Young people of {place} came home in {year} and learned the craft of {name} from their elders."
)

HOME_ORIGIN = both(
    "{Name} dari {place}, {district}, mula-mula dibuat untuk keperluan tetangga sendiri. = {Name} from {place}, {district}, at first made for the neighbours alone.;"
    "{leader} memulainya pada {year} di halaman rumah di {place}; sekarang {people} orang ikut bekerja. = {leader} began in {year} in a yard in {place}; now {people} people share the work.;"
    "Di {place}, {land}, {name} dikerjakan dari bahan yang ada di sekitar rumah. = In {place}, {land_en}, {name} can be made from what is around the house.;"
    "Tamu yang datang ke {place} biasanya menanyakan {name}. = Visitors to {place} usually ask for the {name}.;"
    "Sejak {year}, {people} orang di {place} sepakat memakai ukuran dan mutu yang sama untuk {name}. = Since {year}, {people} people in {place} have agreed on one measure and one quality for their {name}.;"
    "Unit mengenalkan {name} kepada kelompok di {place} pada {year}; dari situ pesanan terus bertambah. = The unit brought {name} to the group in {place} in {year}, and orders have grown since.;"
    "Nama {place} sekarang disebut orang bersama {name}. = These days people mention {place} and {name} in one breath."
)

PEOPLE = both(
    "{leader} mencatat setiap takaran di buku tulis yang kini dipakai semua anggota. = {leader} writes every measure in a notebook that all the members now use.;"
    "Kelompok ini beranggota {people} orang; giliran kerja diatur supaya anak-anak tetap terurus. = The group has {people} members; shifts are set so that the children are looked after.;"
    "Sebagian hasil penjualan ditabung bersama untuk membeli alat. = Part of the sales is saved together to buy tools.;"
    "{leader} masih memeriksa sendiri setiap kemasan sebelum berangkat ke galeri. = {leader} still checks every pack before it leaves for the gallery.;"
    "Modal pertama datang dari dana bergulir unit dan sudah lunas sebelum waktunya. = The first capital came from the unit's revolving fund and was repaid early.;"
    "Pembagian upah ditempel di dinding dapur, terbuka untuk semua. = How the pay is shared hangs on the wall, open to everyone.;"
    "Anggota tertua berumur tujuh puluh dua tahun dan paling teliti di antara semua. = The oldest member is seventy-two and the most exact of all.;"
    "Dua anggota muda mengurus foto dan pesanan, yang lain mengurus pekerjaannya. = Two young members look after pictures and orders; the others look after the work itself.;"
    "Setiap Jumat kelompok berkumpul, menghitung pesanan, dan menentukan siapa mengerjakan apa. = Every Friday the group meets, counts the orders and decides who makes what.;"
    "Dari {people} anggota, sebagian besar ibu yang dulu bekerja jauh dari rumah. = Most of the {people} members are mothers who used to work far from home."
)

SERVE = {
    "snack": both(
        "Disuguhkan di meja tamu, dibawa ke kereta, atau dijadikan pelengkap soto. = Set it before guests, take it on the train, or crumble it over soup.;"
        "Paling pas dengan teh panas sore hari. = Best with hot tea in the late afternoon.;"
        "Kemasannya dapat ditutup kembali, meskipun jarang sempat. = The pack can be closed again, though it seldom gets the chance.;"
        "Cocok untuk bingkisan lebaran dan buah tangan dari Malang. = It makes a good holiday parcel and a taste of Malang to take home.;"
        "Sekali buka, biasanya habis sebelum cerita selesai. = Once opened, it is usually gone before the story ends."
    ),
    "drink": both(
        "Kocok dahulu, sajikan dingin. = Shake first, serve cold.;"
        "Enak dengan es batu, atau hangat ketika hujan. = Good over ice, or warm when it rains.;"
        "Sering dipesan untuk rapat desa dan arisan. = Often ordered for village meetings and savings circles.;"
        "Botol kaca dapat dikembalikan ke galeri. = Glass bottles may be returned to the gallery."
    ),
    "brew": both(
        "Seduh satu sendok dengan air yang baru saja mendidih, tunggu empat menit. = Brew one spoon with water just off the boil and wait four minutes.;"
        "Disajikan tubruk di warung setempat, tanpa saringan. = The local stalls serve it unfiltered.;"
        "Pembeli tetapnya kedai kecil di Malang dan Batu. = Its regular buyers are small cafés in Malang and Batu.;"
        "Tanggal sangrai atau pengemasan tertulis pada setiap bungkus. = Every pack carries the date of roasting or packing."
    ),
    "kitchen": both(
        "Satu sendok sudah cukup untuk nasi hangat sepiring. = One spoon is enough for a plate of warm rice.;"
        "Dipakai warung langganan dan dapur hajatan. = Used by local eateries and in feast kitchens.;"
        "Simpan di tempat kering dan tertutup; setelah dibuka, habiskan dalam beberapa minggu. = Keep it dry and closed; once opened, use it within weeks.;"
        "Bahan dapur yang mudah dikirim, jarang rusak di jalan. = A kitchen staple that travels well."
    ),
    "fresh": both(
        "Dijual menurut musim; tanyakan dahulu sebelum memesan banyak. = Sold by season; ask before ordering much.;"
        "Peti kayu ditukar pada pengiriman berikutnya. = The crates are exchanged at the next delivery.;"
        "Pedagang dan katering dapat memesan tetap setiap minggu. = Traders and caterers may order weekly."
    ),
    "home": both(
        "Dapat dipesan banyak untuk bingkisan dan acara. = Larger numbers can be ordered for gifts and events.;"
        "Tersedia di galeri dan pada setiap pameran bersama. = Found in the gallery and at every joint fair.;"
        "Petunjuk pemakaian ditulis pada kemasan dengan huruf yang besar. = How to use it is written on the pack in large letters.;"
        "Dikirim dalam kotak kertas tanpa plastik. = Sent in paper boxes without plastic."
    ),
    "gift": both(
        "Sering dipilih kantor dan sekolah untuk cendera mata. = Offices and schools often choose it as a gift.;"
        "Ukuran dan warna dapat dipesan; contoh dikirim lebih dulu. = Size and colour can be ordered; a sample comes first.;"
        "Setiap potong diberi kartu nama pembuatnya. = Each piece carries a card with its maker's name.;"
        "Karena buatan tangan, selisih kecil antara satu dan lainnya adalah tandanya. = Made by hand, small differences between pieces are its signature.;"
        "Sudah beberapa kali ikut pameran bersama galeri. = It has been to several fairs with the gallery."
    ),
}
SERVES = {
    "camilan": "snack", "kue-roti": "snack", "olahan-buah": "snack", "minuman": "drink", "kopi-teh": "brew", "jamu": "drink",
    "bumbu": "kitchen", "madu-gula": "kitchen", "beras-tepung": "kitchen", "olahan-ikan-daging": "kitchen", "olahan-kedelai": "kitchen",
    "hasil-tani": "fresh", "tanaman": "fresh", "perawatan": "home", "hiasan": "home",
}  # fmt: skip
MARKETS = both(
    "Pahing = Pahing market day; Kliwon = Kliwon market day; Minggu pagi = Sunday morning; Legi = Legi market day; Sabtu = Saturday; Wage = Wage market day"
)
