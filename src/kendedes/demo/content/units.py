"""The 29 units of the demonstration and what each district makes most of. Pure data.

The real list of the 29 is not established. Ten sub-districts are named in sources as having a UPK (Wagir, Wajak,
Dampit, Poncokusumo, Jabung, Singosari, Pakis, Kepanjen, Tumpang, Ngantang); which other nineteen there are is
invented here, as are every group, person, product, number and price. Singosari, Pakis and Kepanjen are phased
out since 2005. Which units became BUM Desa Bersama LKD, and when, is invented too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NAMED_IN_SOURCES = frozenset(
    ("Wagir", "Wajak", "Dampit", "Poncokusumo", "Jabung", "Singosari", "Pakis", "Kepanjen", "Tumpang", "Ngantang")
)
PHASED_OUT = date(2005, 1, 1)


@dataclass(frozen=True, slots=True)
class District:
    """``best``: lines of goods in the order of their weight here; ``land``: what lies around, in two languages."""

    code: str
    short: str
    best: tuple[str, ...]
    land: tuple[str, str]


def _district(code: str, short: str, best: str, land: str, land_en: str) -> District:
    return District(f"35.07.{code}", short, tuple(best.split()), (land, land_en))


DISTRICTS: tuple[District, ...] = (
    _district("01", "DNM", "mocaf pisang gula singkong kayu abon", "perbukitan kapur di barat daya", "the limestone hills of the south-west"),
    _district("03", "BTR", "gula abon pisang singkong batik kayu", "pesisir selatan", "the southern coast"),
    _district("04", "SMW", "kopi abon gula cokelat pisang bumbu", "teluk dan kebun di pesisir selatan", "the bays and plantations of the south"),
    _district("05", "DPT", "kopi keripik_buah gula pisang cokelat bumbu", "kebun kopi di kaki Semeru selatan", "the coffee slopes south of Semeru"),
    _district("06", "AMG", "kopi keripik_buah cokelat bumbu pisang kayu", "lereng kopi di sebelah timur", "the coffee slopes in the east"),
    _district("07", "PCK", "keripik_buah sari dodol buah_segar sayur_segar manisan tanaman", "kebun apel di lereng Semeru", "the apple orchards below Semeru"),
    _district("08", "WJK", "mendong keju madu jamu tas anyaman", "sawah mendong di kaki gunung", "the rush paddies at the foot of the mountain"),
    _district("09", "TRN", "busana rengginang tempe kayu gerabah hiasan", "kota kecil di jalan ke selatan", "the small town on the road south"),
    _district("10", "GDL", "gula busana kacang peyek tas kue", "hamparan tebu di selatan", "the wide cane fields of the south"),
    _district("11", "KLP", "mocaf singkong gula kacang bambu tempe", "ladang singkong di perbukitan", "the cassava hills"),
    _district("12", "SBP", "abon telur peyek sambal bambu anyaman", "tepi waduk dan sawah", "the reservoir and its rice fields"),
    _district("13", "KPJ", "tempe kue pia kecap busana batik", "ibu kota kabupaten", "the seat of the regency"),
    _district("14", "BLL", "gula tempe peyek kacang kue sabun", "sawah dan kebun tebu di selatan kota", "the rice and cane south of the city"),
    _district("15", "TJN", "bambu telur singkong peyek anyaman jamur", "desa-desa bambu di timur kota", "the bamboo villages east of the city"),
    _district("16", "TPG", "topeng keripik_buah batik hiasan kayu sari", "desa-desa candi di jalan ke Bromo", "the temple villages on the way to Bromo"),
    _district("17", "JBG", "susu keju anyaman telo tas madu", "padang rumput di kaki Bromo", "the pastures below Bromo"),
    _district("18", "PKS", "batik kue rengginang tas hiasan tempe", "desa-desa di timur bandara", "the villages east of the airfield"),
    _district("19", "PSJ", "topeng rengginang gerabah kecap peyek hiasan", "sanggar topeng di selatan kota", "the mask studios south of the city"),
    _district("20", "NGJ", "kopi bambu madu gula telo anyaman", "lereng timur Kawi", "the eastern slope of Kawi"),
    _district("21", "WGR", "dupa bambu anyaman sambal hiasan kayu", "desa-desa dupa di barat kota", "the incense villages west of the city"),
    _district("22", "DAU", "buah_segar manisan sari selai tanaman sabun", "kebun jeruk di barat kota", "the orange groves west of the city"),
    _district("23", "KRP", "jamur batik sayur sayur_segar selai tanaman", "kebun sayur di kaki Arjuno", "the vegetable gardens below Arjuno"),
    _district("24", "SGS", "sandal cobek batik tempe kopi topeng", "desa-desa perajin di kaki Arjuno", "the craft villages below Arjuno"),
    _district("25", "LWG", "teh kue jamu tanaman susu sabun", "kebun teh di utara", "the tea gardens of the north"),
    _district("26", "PJN", "susu keju jamur sayur sayur_segar selai", "lembah susu di barat", "the dairy valley in the west"),
    _district("27", "NTG", "susu madu keripik_buah kopi sayur_segar telo", "tepi danau dan hutan di barat", "the lake and forests of the west"),
    _district("29", "GDG", "gula pisang abon kayu anyaman mocaf", "hutan dan pantai selatan", "the forests and beaches of the south"),
    _district("30", "TYD", "kopi cokelat gula bumbu madu pisang", "kebun kopi sampai ke laut", "the coffee gardens down to the sea"),
    _district("32", "WNS", "telo pia kopi bambu jamu kacang", "lereng selatan Kawi", "the southern slope of Kawi"),
)  # fmt: skip
COMMON = (
    "tempe", "singkong", "rengginang", "peyek", "kacang", "kue", "jamu", "sambal", "bumbu", "dodol", "sari",
    "kopi", "pia", "telo", "sayur", "batik", "anyaman", "tas", "hiasan", "sabun", "gerabah", "kayu", "busana",
    "tanaman", "madu", "selai", "abon", "bambu",
)  # fmt: skip
