"""A second, small index: pages that are no product. Made anew when what the apps say differs from what it holds."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from dataclasses import asdict
from typing import Any

import tantivy

from kendedes.ui.searched import Searchable, everything
from kendedes.web.rules import words
from kendedes.web.wordindex import ask, store


def _name(association_id: int) -> str:
    return f"lain-{association_id}"


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("row", tokenizer_name="raw", index_option="basic", stored=True)
    for column in ("name", "text", "stems", "sounds", "joined", "echoes"):
        builder.add_text_field(column, index_option="freq")
    return builder.build()


def refresh(association_id: int) -> None:
    """Bring the index to what the apps say now."""
    rows = sorted(
        (asdict(row) for row in everything(association_id)), key=lambda row: (row["kind"], row["path"], row["name"])
    )
    digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    name = _name(association_id)
    with store.writing(name):
        before = store.Pointer.read(name)
        if before is not None and before.made == digest and (store.home() / before.folder).is_dir():
            return
        folder = f"{name}-{uuid.uuid4().hex[:12]}"
        (store.home() / folder).mkdir(parents=True)
        writer = (index := tantivy.Index(_schema(), path=str(store.home() / folder))).writer(store.WRITER_BYTES, 1)
        for row in rows:
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        del index
        store.Pointer(folder, 0, digest).write(name)
        for stale in store.home().glob(f"{name}-*"):
            if stale.is_dir() and stale.name != folder:
                shutil.rmtree(stale, ignore_errors=True)


def _document(row: dict[str, str]) -> Any:
    name, text = words.words(row["name"]), words.words(row["text"])
    document = tantivy.Document()
    document.add_text("row", json.dumps(row))
    document.add_text("name", " ".join(name))
    document.add_text("text", " ".join(text))
    document.add_text("stems", " ".join(words.stem(word) for word in (*name, *text)))
    document.add_text("sounds", store.sounds(row["name"]))
    document.add_text("joined", store.joined(row["name"]))
    document.add_text("echoes", " ".join(words.sound(word) for word in text))
    return document


def stamps(association_id: int) -> tuple[int, int]:
    """Other numbers whenever one of the two indexes of an association has changed."""
    return store.stamp(association_id), store.stamp(_name(association_id))


def find_others(association_id: int, text: str, limit: int = 6) -> list[Searchable]:
    """Pages beside products for these words, best first; nothing for no words."""
    index = store.reader(_name(association_id))
    tokens = words.query_words(text)
    if index is None or not tokens:
        return []
    searcher = index.searcher()
    for query in ask.plain_ways(index.schema, tokens):
        hits = searcher.search(query, limit, count=False).hits
        if hits:
            return [Searchable(**json.loads(searcher.doc(address)["row"][0])) for _score, address in hits]
    return []
