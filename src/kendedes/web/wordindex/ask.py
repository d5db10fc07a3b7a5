"""Questions to the index: words and facets in, product numbers, counts and the way they were read out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tantivy

from kendedes.web.rules import synonyms, words
from kendedes.web.wordindex import store

MOST_HITS = 2_400
FACET_SIZE = 60
PLENTY = 200  # products with a word in their names from which on nobody needs what merely begins with it
Query = tantivy.Query
Must, Should = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True)
class Asked:
    """A visitor's question. ``facets``: values already checked by the form, by facet name; ``same``: synonyms (``rules.synonyms``)."""

    text: str
    facets: Mapping[str, str] = field(default_factory=dict)
    offset: int = 0
    limit: int = 24
    same: str = ""


@dataclass(frozen=True)
class Found:
    """``way``: "exact", "misspelt" (a letter was forgiven) or "some" (only some of the words are there)."""

    ids: tuple[int, ...]
    total: int
    way: str
    counts: Mapping[str, Mapping[str, int]]


NOTHING = Found((), 0, "exact", {})


def find(association_id: int, asked: Asked) -> Found | None:
    """Products for ``asked``, best first; None when there is no index yet.

    Words, beginnings, word forms, other spellings and synonyms first; only when they give nothing one letter is
    forgiven (two in long words), then only some of the words must be there. No word at all: everything, by rank.
    """
    index = store.reader(association_id)
    if index is None:
        return None
    searcher, schema = index.searcher(), index.schema
    tokens = words.query_words(asked.text)
    if not tokens and asked.text.strip():
        return NOTHING
    plenty = frozenset(token for token in tokens if searcher.doc_freq("name", token) >= PLENTY)
    for way, text in _ways(schema, tokens, asked.same, plenty):
        query = _narrowed(schema, text, asked.facets)
        result = searcher.search(query, asked.limit, count=True, offset=asked.offset, weight_by_field="rank")
        if result.count or way == "some" or (asked.facets and _hits(searcher, text)):
            ids = searcher.fast_field_values("id", [address for _score, address in result.hits])
            said = "misspelt" if way == "exact" and not _as_written(searcher, schema, tokens) else way
            return Found(tuple(ids), result.count, said, _counts(searcher, schema, text, asked.facets))
    return NOTHING


def _hits(searcher: Any, query: Any) -> int:
    return int(searcher.search(query, 1, count=True).count)


def _as_written(searcher: Any, schema: Any, tokens: list[str]) -> bool:
    """Whether somebody writes each of the words so; a beginning counts, and so does a form of the word."""
    for token in tokens:
        known = any(searcher.doc_freq(column, token) for column in ("name", "text"))
        if known or searcher.doc_freq("stems", words.stem(token)):
            continue
        if not searcher.search(_beginning(schema, "name", token, 0), 1, count=False).hits:
            return False
    return True


def _ways(schema: Any, tokens: list[str], same: str, plenty: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """What to ask, one after the other; a later way is only thought out when the ones before found nothing."""
    if not tokens:
        yield "exact", Query.all_query()
        return
    yield "exact", _all([_unit(schema, phrase, others, plenty) for phrase, others in synonyms.units(tokens, same)])
    fuzzy = [_fuzzy(schema, token) for token in tokens]
    loose = [_all(fuzzy)]
    for place in range(len(tokens) - 1):  # "ke ripik"
        whole = [*tokens[:place], tokens[place] + tokens[place + 1], *tokens[place + 2 :]]
        loose.append(_all([_exact(schema, token) for token in whole]))
    yield "misspelt", loose[0] if len(loose) == 1 else _any(*((part, 1.0) for part in loose))
    if len(tokens) > 1:
        yield "some", Query.boolean_query([(Should, part) for part in fuzzy])


def plain_ways(schema: Any, tokens: list[str]) -> list[Any]:
    """All of the words as written, in another form or spelling; else with a letter forgiven."""
    return [_all([_exact(schema, token) for token in tokens]), _all([_fuzzy(schema, token) for token in tokens])]


def near(association_id: int, text: str, limit: int = 12) -> tuple[int, ...]:
    """Products whose names hold words within two letters of those asked for: where to look for what was meant."""
    index = store.reader(association_id)
    tokens = [token for token in words.query_words(text) if len(token) >= 4]
    if index is None or not tokens:
        return ()
    searcher = index.searcher()
    parts = [(Should, _beginning(index.schema, "name", token, 2)) for token in tokens]
    hits = searcher.search(Query.boolean_query(parts), limit, count=False).hits
    return tuple(searcher.fast_field_values("id", [address for _score, address in hits]))


def _unit(schema: Any, phrase: synonyms.Phrase, others: tuple[synonyms.Phrase, ...], plenty: frozenset[str]) -> Any:
    """A phrase as asked, or what means the same as it stands in names (never a beginning or another spelling of that)."""
    asked = _all([_exact(schema, token, beginnings=token not in plenty) for token in phrase])
    if not others:
        return asked
    meant = [_all([Query.term_query(schema, "name", word) for word in other]) for other in others]
    return _any((asked, 4.0), *((part, 0.3) for part in meant))


def _all(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Must, part) for part in parts])


def _any(*parts: tuple[Any, float]) -> Any:
    return Query.boolean_query([(Should, Query.boost_query(part, boost)) for part, boost in parts])


def _beginning(schema: Any, column: str, token: str, distance: int) -> Any:
    return Query.fuzzy_term_query(
        schema, column, token, distance=distance, transposition_cost_one=True, prefix=True
    )  # fmt: skip


def _exact(schema: Any, token: str, *, beginnings: bool = True) -> Any:
    heard = words.sound(token)
    parts = [
        (Query.term_query(schema, "name", token), 6.0),
        (Query.term_query(schema, "text", token), 1.5),
        (Query.term_query(schema, "stems", words.stem(token)), 1.0),
        (Query.term_query(schema, "sounds", heard), 1.0),
        (Query.term_query(schema, "joined", heard), 1.0),
        (Query.term_query(schema, "echoes", heard), 0.3),
    ]
    if not beginnings:
        return _any(*parts)
    parts.append((_beginning(schema, "name", token, 0), 2.0))
    if len(token) >= 3:
        parts.append((_beginning(schema, "text", token, 0), 0.5))
    if len(heard) >= 4:
        parts.append((_beginning(schema, "sounds", heard, 0), 0.4))
    return _any(*parts)


def _fuzzy(schema: Any, token: str) -> Any:
    allowed = words.distance(token)
    if not allowed:
        return _exact(schema, token)
    heard = words.sound(token)
    whole = Query.fuzzy_term_query(schema, "name", token, distance=1, transposition_cost_one=True)
    parts = [
        (whole, 6.0),
        (Query.fuzzy_term_query(schema, "text", token, distance=1, transposition_cost_one=True), 1.5),
        (_beginning(schema, "name", token, 1), 1.0),
    ]
    if len(heard) >= 4:
        parts.append((Query.fuzzy_term_query(schema, "sounds", heard, distance=1, transposition_cost_one=True), 1.0))
    if allowed > 1:
        parts.append((Query.fuzzy_term_query(schema, "name", token, distance=2, transposition_cost_one=True), 0.5))
    return _any((_exact(schema, token), 8.0), *parts)


def _narrowed(schema: Any, text: Any, facets: Mapping[str, str], but: str = "") -> Any:
    conditions = [(Must, _facet(schema, name, value)) for name, value in facets.items() if value and name != but]
    return Query.boolean_query([(Must, text), *conditions]) if conditions else text


def _facet(schema: Any, name: str, value: str) -> Any:
    if name == "stars":  # "3" means three and more
        wanted = [Query.term_query(schema, "stars", str(n)) for n in range(int(value), 6)]
        return Query.const_score_query(Query.boolean_query([(Should, part) for part in wanted]), 0.0)
    return Query.const_score_query(Query.term_query(schema, name, value), 0.0)


def _counts(searcher: Any, schema: Any, text: Any, facets: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """For every facet how many products each of its values would give, the other facets staying as chosen."""
    chosen = [name for name, value in facets.items() if value]
    free = [name for name in store.FACETS if name not in chosen]
    counted = _terms(searcher, _narrowed(schema, text, facets), free)
    for name in chosen:
        counted |= _terms(searcher, _narrowed(schema, text, facets, but=name), [name])
    return counted


def _terms(searcher: Any, query: Any, names: list[str]) -> dict[str, dict[str, int]]:
    asked = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
    found = searcher.aggregate(query, asked)
    found = json.loads(found) if isinstance(found, str) else found
    return {name: {b["key"]: b["doc_count"] for b in found[name]["buckets"]} for name in names}
