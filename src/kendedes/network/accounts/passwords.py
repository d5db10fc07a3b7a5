"""Words of this trade and place that make a password guessable, whatever digits are hung on them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LOCAL = frozenset(
    """
    upk pnpm bumdes bumdesma lkd kendedes galeri katalog kabupaten kecamatan desa asosiasi unit produk ovop operator admin
    pengelola bendahara kurator sandi rahasia password kunci masuk malang singosari pakis kepanjen wajak dampit turen lawang
    dau karangploso jabung tumpang poncokusumo tajinan bululawang gondanglegi pagelaran kromengan ngajum wonosari pujon
    ngantang kasembon donomulyo kalipare pagak bantur gedangan sumbermanjing ampelgading tirtoyudo wagir pakisaji arema
    arjuno semeru bromo kanjuruhan jawa timur indonesia merdeka bismillah alhamdulillah assalamualaikum sayang cinta
    ibu bapak simpanpinjam spp uep kopi keripik tempe apel dekranasda disperindag
    """.split()  # noqa: SIM905 - reads better than a list
)
_SWAPS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_LEAST_OWN = 5  # letters that must remain when local words are taken out


def own_letters(password: str) -> str:
    """The letters that remain of ``password`` without local words, digits and signs (``S1ngosari`` is read as a word)."""
    pairs = [(raw, read) for raw in password.casefold() if (read := raw.translate(_SWAPS)).isascii() and read.isalpha()]
    text = "".join(read for _raw, read in pairs)
    kept = [True] * len(text)
    for word in sorted(LOCAL, key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            kept[at : at + len(word)] = [False] * len(word)
            at = text.find(word, at + 1)
    return "".join(raw for (raw, _read), keep in zip(pairs, kept, strict=True) if keep and raw.isalpha())


class LocalWords:
    """Refuses a password made only of words everybody here would try first."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError; ``user`` is not needed."""
        letters = own_letters(password)
        if len(set(letters)) < _LEAST_OWN:
            raise ValidationError(
                _("Sandi ini mudah ditebak di lingkungan kita. Pakai beberapa kata lain, misalnya empat kata acak."),
                code="password_local_words",
            )

    def get_help_text(self) -> str:
        """One sentence below the field."""
        return _("Jangan hanya nama tempat, lembaga, atau kata sehari-hari di kantor.")
