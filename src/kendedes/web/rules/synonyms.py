"""Different words for one thing, so that either finds the other: those everybody shares, and a manager's own. Pure.

Spellings of one word are not here (``words.sound``), nor are forms of one word (``words.stem``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kendedes.web.rules import words

Phrase = tuple[str, ...]
LONGEST_PHRASE = 3
# One group a line, words or short phrases between commas.
EVERYBODYS = """
singkong, ubi kayu, ketela pohon, cassava, pohung, telo pohung
ubi jalar, telo, ketela rambat, sweet potato, batatas
talas, bentul, taro
pepaya, kates, papaya
nangka, jackfruit
nanas, pineapple
pisang, gedang, banana
cabai, lombok, chili
kacang tanah, peanut, kacang brol
kacang hijau, mung bean
jagung, maize, corn
kedelai, kedele, soybean
kelapa, klapa, klopo, coconut
durian, duren
gula merah, gula jawa, gula aren, palm sugar
jamur, mushroom
bawang merah, brambang, shallot
bawang putih, bawang, garlic
garam, uyah, salt
gula, gulo, sugar
air, aer, banyu
ikan, iwak, fish
ayam, pitik, chicken
telur, endog, ndog, egg
kambing, wedus, goat
kerbau, kebo, buffalo
daun, godong, leaf
hijau, ijo, green
merah, abang, red
hitam, ireng, item, black
jahe, ginger
jus, juice, sari buah
kacang mede, kacang mete, kacang mente, cashew
kunyit, kunir, turmeric
kencur, kencor
temulawak, curcuma
serai, sereh, lemongrass
wijen, sesame
madu, honey
kopi, coffee
teh, tea
keripik, chips, crackling, criping
rempeyek, peyek
kerupuk, crackers, samiler
dodol, jenang
kue kering, kukis, cookies
tape, tapai, peuyeum
abon, floss
telur asin, salted egg
jamu, herbal
sabun, soap
tas, bag
topi, caping, hat
sandal, selop, slippers, klompen
kain, cloth
selendang, shawl, syal
topeng, mask
gerabah, tembikar, keramik, pottery, earthenware
cobek, layah, cowek, mortar
anyaman, plaited, woven
bambu, pring, bamboo
kayu, wood
kulit, leather
batik, batikan
lampu, lampion
mainan, dolanan, toys
boneka, doll
sapu, broom
tikar, lampit, klasa, mat
besek, wadah bambu
oleh oleh, suvenir, souvenir, cenderamata
camilan, cemilan, jajan, jajanan, snack
minuman, drink, wedang
sirup, sirop, syrup
minyak, oil
bumbu, spice, rempah
"""


def groups(text: str) -> list[list[Phrase]]:
    """One group of phrases a line; lines with fewer than two say nothing."""
    found = []
    for line in text.splitlines():
        phrases = [tuple(words.words(part))[:LONGEST_PHRASE] for part in line.split(",")]
        phrases = list(dict.fromkeys(phrase for phrase in phrases if phrase))
        if len(phrases) > 1:
            found.append(phrases)
    return found


@lru_cache(maxsize=32)
def table(own: str) -> Mapping[Phrase, tuple[Phrase, ...]]:
    """Sounds of a phrase → the other phrases of its groups. ``own``: groups of a manager, like EVERYBODYS."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups(EVERYBODYS) + groups(own):
        for phrase in group:
            key = tuple(words.sound(word) for word in phrase)
            found.setdefault(key, {}).update((other, None) for other in group if other != phrase)
    return {key: tuple(others) for key, others in found.items()}


def units(tokens: list[str], own: str) -> list[tuple[Phrase, tuple[Phrase, ...]]]:
    """The question cut into phrases, longest first, each with what means the same."""
    known = table(own)
    found, start = [], 0
    while start < len(tokens):
        for length in range(min(LONGEST_PHRASE, len(tokens) - start), 0, -1):
            part = tuple(tokens[start : start + length])
            others = known.get(tuple(words.sound(word) for word in part), ())
            if others or length == 1:
                found.append((part, others))
                start += length
                break
    return found
