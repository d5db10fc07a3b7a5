"""Numbers in Indonesian words, as a kuitansi writes its amount."""

from __future__ import annotations

_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_SIZES = [(10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")]


def amount_in_words(number: int) -> str:
    """``1_250_000`` → ``satu juta dua ratus lima puluh ribu``. Numbers from 0 up."""
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ONES[number // 10]} puluh", number % 10)
    if number < 200:
        return _joined("seratus", number - 100)
    if number < 1000:
        return _joined(f"{_ONES[number // 100]} ratus", number % 100)
    if number < 2000:
        return _joined("seribu", number - 1000)
    for size, name in _SIZES:
        if number >= size:
            return _joined(f"{amount_in_words(number // size)} {name}", number % size)
    return str(number)


def _joined(head: str, rest: int) -> str:
    return f"{head} {amount_in_words(rest)}" if rest else head
