"""What kinds of goods there are, and which kind a name means. Pure.

The slugs of the five commodities of *one village one product* (Permenperin: food and drink, woven cloth, batik cloth,
wickerwork, pottery) are slugs of categories here, so that a product's category or its parent tells the commodity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMODITIES = ("makanan-minuman", "kain-tenun", "kain-batik", "anyaman", "gerabah")


@dataclass(frozen=True)
class Kind:
    """A category as shipped. ``words``: words and phrases of names that mean it, lower case."""

    slug: str
    id: str
    en: str
    parent: str = ""
    words: tuple[str, ...] = ()

    @property
    def food(self) -> bool:
        """Whether a food permit (P-IRT or BPOM) is asked for."""
        return "makanan-minuman" in {self.slug, self.parent}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


FOOD, CLOTH, CRAFT, OTHER = "makanan-minuman", "kain-busana", "kerajinan", "lain-lain"
KINDS = (
    Kind(FOOD, "Makanan & minuman", "Food and drink"),
    Kind("camilan", "Camilan", "Snacks", FOOD, _words(
        "keripik, kripik, kerupuk, krupuk, rempeyek, peyek, rengginang, rangginang, opak, emping, stik, stick, kacang,"
        "marning, makaroni, basreng, usus, camilan, cemilan, makanan ringan, snack, kuping gajah, kembang goyang, popcorn,"
        "slondok, lanting, samiler, gethuk, getuk, sale pisang, abon jamur, cireng, seblak, telur gabus")),
    Kind("kue-roti", "Kue & roti", "Cakes and bread", FOOD, _words(
        "kue, roti, bolu, brownies, nastar, kastengel, cookies, kukis, biskuit, bakpia, pia, onde, onde-onde, lapis, bakery,"
        "donat, cake, wingko, bikang, lemper, pastel, putri salju, semprit, egg roll, eggroll, pukis, klepon, bakpao")),
    Kind("olahan-kedelai", "Tempe & tahu", "Tempeh and tofu", FOOD, _words("tempe, tahu, kecap, oncom, tauco, mendol")),
    Kind("olahan-buah", "Olahan buah", "Fruit products", FOOD, _words(
        "dodol, jenang, selai, manisan, asinan, pisang, jelly, puree, buah kering, wajik, wajik kletik, madumongso, carang mas")),
    Kind("minuman", "Minuman", "Drinks", FOOD, _words(
        "minuman, sari, sirup, sirop, jus, susu, yoghurt, yogurt, es, wedang, dawet, cendol, sinom, kefir, sari kedelai,"
        "susu kedelai, sari apel, air minum")),
    Kind("kopi-teh", "Kopi, teh & cokelat", "Coffee, tea and chocolate", FOOD, _words("kopi, teh, cokelat, coklat, kakao")),
    Kind("jamu", "Jamu & herbal", "Herbal drinks and remedies", FOOD, _words(
        "jamu, herbal, beras kencur, kunyit asam, kunir asem, temulawak, simplisia, minyak gosok, jahe instan, jahe merah, serbuk jahe")),
    Kind("bumbu", "Bumbu & sambal", "Seasonings and sambal", FOOD, _words(
        "bumbu, sambal, sambel, saus, saos, terasi, petis, rempah, bawang goreng, lada, serundeng, cabai bubuk")),
    Kind("madu-gula", "Madu & gula", "Honey and sugar", FOOD, _words(
        "madu, gula, gula aren, gula semut, gula merah, propolis, permen, gulali, enting-enting, ampyang")),
    Kind("beras-tepung", "Beras, tepung & mi", "Rice, flour and noodles", FOOD, _words(
        "beras, tepung, mi, mie, mocaf, bihun, sagu, tiwul, gaplek, jagung, beras jagung, nasi jagung")),
    Kind("olahan-ikan-daging", "Olahan ikan, daging & telur", "Fish, meat and eggs", FOOD, _words(
        "abon, telur asin, telor asin, ikan, lele, bandeng, nugget, bakso, sosis, dendeng, pentol, siomay, otak-otak, udang,"
        "ayam, daging, rambak, pindang, nila, presto")),
    Kind("hasil-tani", "Hasil tani segar", "Fresh produce", "", _words(
        "sayur, sayuran, jamur, jamur tiram, apel, jeruk, alpukat, salak, durian, kelapa, kentang, wortel, cabai, tomat, buah segar")),
    Kind(CLOTH, "Kain & busana", "Cloth and clothing"),
    Kind("kain-batik", "Batik", "Batik", CLOTH, _words("batik, ecoprint, eco print, shibori, jumputan")),
    Kind("kain-tenun", "Tenun", "Woven cloth", CLOTH, _words("tenun, lurik, ulos")),
    Kind("busana", "Busana & bordir", "Clothing and embroidery", CLOTH, _words(
        "bordir, sulam, mukena, baju, kaos, kemeja, gamis, jilbab, kerudung, hijab, seragam, konveksi, daster, udeng, blangkon,"
        "selendang, sarung, rajut, kebaya, busana, pakaian, masker, mukenah, celana, rompi, taplak, sprei, peci, songkok")),
    Kind("tas-sepatu", "Tas, sepatu & kulit", "Bags, shoes and leather", CLOTH, _words(
        "tas, dompet, sepatu, sandal, kulit, ikat pinggang, sabuk, clutch, ransel, totebag")),
    Kind(CRAFT, "Kerajinan", "Crafts"),
    Kind("anyaman", "Anyaman", "Wickerwork", CRAFT, _words(
        "anyaman, tikar, mendong, pandan, rotan, besek, tampah, eceng gondok, enceng gondok, keranjang, caping, bakul, kukusan,"
        "lidi, anyam, tempat tisu anyaman, wakul")),
    Kind("gerabah", "Gerabah & keramik", "Pottery and ceramics", CRAFT, _words(
        "gerabah, keramik, tembikar, cobek tanah, genteng, pot tanah, kendi, celengan, vas keramik, tanah liat, gentong")),
    Kind("kayu-bambu", "Kayu & bambu", "Wood and bamboo", CRAFT, _words(
        "kayu, bambu, ukir, ukiran, mebel, meubel, furnitur, gazebo, sangkar, talenan, centong, batok, tempurung, layang-layang")),
    Kind("topeng-seni", "Topeng & seni", "Masks and art", CRAFT, _words(
        "topeng, wayang, lukisan, kaligrafi, patung, gamelan, angklung, reog, barong, gitar, kendang")),
    Kind("logam-batu", "Logam & batu", "Metal and stone", CRAFT, _words(
        "pisau, sabit, cangkul, pande besi, besi, kuningan, cobek, ulekan, onyx, marmer, batu, akik, tembaga, parang, keris")),
    Kind("aksesori", "Aksesori & perhiasan", "Accessories and jewellery", CRAFT, _words(
        "bros, gelang, kalung, anting, cincin, aksesori, aksesoris, manik, manik-manik, gantungan kunci, bando, mutiara, jepit rambut")),
    Kind("hiasan", "Hiasan rumah & cendera mata", "Home decoration and souvenirs", CRAFT, _words(
        "hiasan, lampu, lampu hias, bunga, bunga kering, souvenir, suvenir, cendera mata, cinderamata, vas, bingkai, pigura, kotak tisu, tempat tisu,"
        "boneka, mainan, puzzle, lilin, daur ulang, miniatur, jam, jam dinding, hampers")),
    Kind("perawatan", "Sabun & perawatan tubuh", "Soap and body care", "", _words(
        "sabun, lulur, sampo, shampo, minyak kelapa, vco, minyak atsiri, parfum, lotion, deterjen, pewangi, minyak serai")),
    Kind("tanaman", "Tanaman & bibit", "Plants and seedlings", "", _words(
        "bibit, tanaman, tanaman hias, bonsai, anggrek, pupuk, kompos, media tanam, benih, kaktus, pakan")),
    Kind(OTHER, "Lain-lain", "Other"),
)  # fmt: skip

# These words decide wherever they stand: "kemeja batik" is batik, "tas anyaman pandan" is wickerwork.
_DECISIVE = {"batik": "kain-batik", "tenun": "kain-tenun", "anyaman": "anyaman", "gerabah": "gerabah"}
_MEANING = {word: kind.slug for kind in KINDS for word in kind.words}
_LONGEST = max(len(word.split()) for word in _MEANING)


def guess_category(name: str) -> str | None:
    """The slug of the category a product's name (or a category's own name, or "makanan ringan") means; None: unclear.

    The noun that leads an Indonesian name decides ("keripik tempe" is a snack, "tempe mendol" is tempeh), so the
    earliest known phrase wins and of two at one place the longer.
    """
    words = re.sub(r"[^\w-]+", " ", name.casefold()).split()
    text = " ".join(words)
    for kind in KINDS:
        if kind.parent and text in {
            kind.id.casefold(),
            kind.en.casefold(),
            kind.slug,
            re.sub(r"[^\w-]+", " ", kind.id.casefold()),
        }:
            return kind.slug
    for word in words:
        if word in _DECISIVE:
            return _DECISIVE[word]
    for start in range(len(words)):
        for length in range(_LONGEST, 0, -1):
            found = _MEANING.get(" ".join(words[start : start + length]))
            if found is not None:
                return found
    return None


def commodity(slug: str, parent: str = "") -> str | None:
    """The commodity of *one village one product* a category belongs to, None for other goods."""
    return next((one for one in (slug, parent) if one in COMMODITIES), None)
