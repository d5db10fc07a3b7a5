"""What becomes of each row: new, changed, unchanged, offered as a duplicate or a pack, or an error to mend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from kendedes.base import names
from kendedes.network.rules import person_key
from kendedes.products.categories import guess_category
from kendedes.products.intake.rules import compare
from kendedes.products.intake.rules.known import Item, Known, Maker, Pack
from kendedes.products.intake.rules.line import Line
from kendedes.products.intake.rules.shelf import Shelf, stem


class Outcome(StrEnum):
    """Lasting codes; the page words them."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # offered: very likely the same product as another
    VARIANT = "variant"  # offered: very likely another pack of a product
    ERROR = "error"
    SKIPPED = "skipped"  # totals, headings, the header again


class Choice(StrEnum):
    """What a person decides about an offered row."""

    SKIP = "skip"
    NEW = "new"
    PACK = "pack"  # a pack of the product it was offered for
    SAME = "same"  # the same product: what the row says is taken over
    OTHER_MAKER = "other_maker"  # a second producer of that name, in the village the row names


Key = tuple[str, int]
_NOTHING_SAID = Pack()


@dataclass(slots=True)
class Judged:
    """One row with its outcome. ``item``: the product it makes or means; ``pack``: the stored pack it means."""

    line: Line
    outcome: Outcome
    maker: Maker | None = None
    item: Item | None = None
    pack: Pack | None = None
    of: Item | None = None  # what it was offered for
    changes: list[str] = field(default_factory=list)
    category: int | None = None
    asks_maker: bool = False
    said: Pack = _NOTHING_SAID


@dataclass(slots=True)
class Verdict:
    """The whole file judged. ``makers``: producers in the order they were met."""

    rows: list[Judged]
    makers: list[Maker]

    def count(self) -> Counter[str]:
        return Counter(row.outcome.value for row in self.rows)


class Judge:
    """Judges lines in their order; what an earlier line brings is known to the later ones."""

    def __init__(self, known: Known, choices: Mapping[Key, Choice]) -> None:
        self.known = known
        self.choices = choices
        self.makers: list[Maker] = []
        self.by_name: dict[str, list[Maker]] = defaultdict(list)
        for maker in known.producers:
            self.by_name[maker.key].append(maker)
        self.by_sound: dict[str, list[Maker]] = defaultdict(list)
        self.shelves: dict[Maker, Shelf] = defaultdict(Shelf)
        self.by_code: dict[str, Item] = {}
        self.claimed: dict[tuple[int, int], Key] = {}  # (item, pack) by identity → the row that spoke of it
        for item in known.items:
            self._index(item, names.key(item.name))

    # looking up ------------------------------------------------------------------------------------

    def _index(self, item: Item, key: str, bare: str = "") -> None:
        self.shelves[item.producer].put(item, key, bare)
        if item.code:
            self.by_code.setdefault(item.code.casefold(), item)

    def meant(self, lines: Iterable[Line]) -> list[Item]:
        """The stored products that some line may mean or be offered for: only their packs and texts will be looked at."""
        found: dict[int, Item] = {}
        for line in lines:
            if line.skipped or not line.name:
                continue
            line.key = names.key(line.name)
            if line.code and (item := self.by_code.get(line.code.casefold())):
                found[id(item)] = item
            for maker in self.by_name.get(producer_key(line.producer), ()) if line.producer else ():
                shelf = self.shelves[maker]
                may = list(shelf.named(line.key) or (shelf.of_stem(_stem(line)) if line.contents else ()))
                if self.choices and (line.sheet, line.row) in self.choices and (near := shelf.near(line.key)):
                    may.append(near)
                found |= {id(item): item for item in may}
        return list(found.values())

    def judge(self, line: Line) -> Judged:
        """The outcome of one line."""
        if not line.skipped and self.choices.get((line.sheet, line.row)) == Choice.SKIP:
            line.skipped = "left_out"
        if line.skipped:
            return Judged(line, Outcome.SKIPPED)
        judged = Judged(line, Outcome.NEW)
        if not line.name:
            line.error("no_name", "name")
        self._district(line)
        village = self._village(line)
        judged.maker = self._maker(line, village, judged)
        judged.category = self._category(line)
        if judged.maker is not None:
            self._about_maker(line, judged.maker)
        if line.wrong:
            judged.outcome = Outcome.ERROR
            return judged
        self._product(judged)
        return judged

    def _district(self, line: Line) -> None:
        if line.district:
            code = self.known.places.district_named(line.district)
            if code != self.known.places.district:
                line.error("other_district", "district", district=line.district, unit=self.known.places.name)

    def _village(self, line: Line) -> str:
        """The code of the line's village, empty when it names none; an error note when it names a wrong one."""
        places = self.known.places
        if line.village:
            found = places.village(line.village)
            if found.village:
                if found.by_ear:
                    line.note("village_read_as", "village", text=line.village, village=found.village.name)
                return found.village.code
            if line.address and (inside := places.village(line.address, address=True)).village:
                line.note("village_read_as", "village", text=line.village, village=inside.village.name)
                return inside.village.code
            facts = {"village": line.village, "unit": places.name}
            if found.elsewhere:
                line.error("village_elsewhere", "village", where=", ".join(found.elsewhere), **facts)
            elif found.near:
                line.error("village_near", "village", near=", ".join(found.near), **facts)
            else:
                line.error("village_unknown", "village", **facts)
            return ""
        if line.address:
            found = places.village(line.address, address=True)
            if found.village:
                return found.village.code
            if found.elsewhere:
                facts = {"village": line.address, "unit": places.name}
                line.error("village_elsewhere", "address", where=", ".join(found.elsewhere), **facts)
        return ""

    def _maker(self, line: Line, village: str, judged: Judged) -> Maker | None:
        if not line.producer:
            line.error("no_producer", "name")
            return None
        key = producer_key(line.producer)
        same = self.by_name.get(key, [])
        here = [maker for maker in same if maker.village == village]
        if here:
            return here[0]
        if not same:
            return self._new_maker(line, key, village)
        facts = {"producer": line.producer, "villages": ", ".join(self._village_name(m.village) for m in same)}
        if len(same) > 1:
            line.error("producer_ambiguous", "producer", count=len(same), **facts)
            return None
        if not village:
            return same[0]
        judged.asks_maker = True
        others = {p.number.lstrip("+") for p in line.phones}
        phone = same[0].fresh.get("phone") or same[0].fields.get("phone")
        split = self.choices.get((line.sheet, line.row)) == Choice.OTHER_MAKER
        if split or (others and phone and phone not in others):
            line.note("producer_second", "producer", village=self._village_name(village), **facts)
            return self._new_maker(line, key, village)
        line.note("producer_other_village", "village", village=self._village_name(village), **facts)
        return same[0]

    def _new_maker(self, line: Line, key: str, village: str) -> Maker | None:
        if not village:
            if not line.wrong:
                line.error("no_village", "producer", producer=line.producer)
            return None
        sound = names.spoken(key)
        for near in self.by_sound.get(sound, ()):
            if near.village == village:
                line.note("producer_similar", "producer", producer=line.producer, other=near.name)
        maker = Maker(name=line.producer, key=key, village=village)
        if line.wrong:
            return maker  # nothing of a row in error is kept for the rows below
        self.by_name[key].append(maker)
        self.by_sound[sound].append(maker)
        return maker

    def _village_name(self, code: str) -> str:
        return next((v.name for v in self.known.places.villages if v.code == code), code)

    def _about_maker(self, line: Line, maker: Maker) -> None:
        """What the line says about the producer: the first line that says something counts."""
        if line.wrong:
            return
        for name, value in compare.producer_fields(line).items():
            if name not in maker.fresh:
                maker.fresh[name] = value
            elif maker.fresh[name] != value and name in {"phone", "kind"}:
                line.note("producer_differs", name if name == "phone" else "producer_kind", producer=maker.name)

    def _category(self, line: Line) -> int | None:
        """The category the row or its sheet names; without one it is settled when the product is made."""
        known = self.known.categories
        if line.category:
            found = known.get(names.key(line.category)) or known.get(names.key(guess_category(line.category) or "-"))
            if found is not None:
                return found
            line.keep("category", line.category, "category_unknown")
        return known.get(names.key(line.sheet))

    # the product -----------------------------------------------------------------------------------

    def _product(self, judged: Judged) -> None:
        line, maker = judged.line, judged.maker
        if maker is None:
            return
        choice = self.choices.get((line.sheet, line.row))
        judged.said = said = compare.pack_of(line)
        if line.code and line.ours and (item := self.by_code.get(line.code.casefold())) and item.producer is maker:
            self._means(judged, item)
            return
        shelf = self.shelves[maker]
        same = shelf.named(line.key)
        for item in same:
            match = self._match(item, said)
            if match is not None or choice == Choice.SAME:
                self._repeat(judged, item, match, choice)
                return
        if found := (same or (shelf.other_sizes(_stem(line)) if said.net else ())):
            self._offer(judged, found[0], Outcome.VARIANT, choice)
        elif near := shelf.near(line.key):
            self._offer(judged, near, Outcome.DUPLICATE, choice)
        else:
            self._new(judged)

    @staticmethod
    def _match(item: Item, said: Pack) -> Pack | None:
        """The pack of ``item`` that the line means: the same one, else the only one when too little is said."""
        for pack in item.packs:
            if compare.same_pack(said, pack):
                return pack
        open_ = [pack for pack in item.packs if compare.same_pack(said, pack) is None]
        return open_[0] if len(open_) == 1 else None

    def _repeat(self, judged: Judged, item: Item, pack: Pack | None, choice: Choice | None) -> None:
        """The line means a product that is stored, or repeats an earlier line."""
        if item.place is not None:  # of this file
            self._offer(judged, item, Outcome.DUPLICATE, choice)
            return
        if choice == Choice.NEW:
            self._new(judged)
            return
        self._means(judged, item, pack)

    def _means(self, judged: Judged, item: Item, pack: Pack | None = None) -> None:
        said = judged.said
        if pack is None:
            pack = self._match(item, said)
        judged.item, judged.pack = item, pack
        earlier = self.claimed.get((id(item), id(pack))) if pack is not None else None
        if earlier is not None:
            judged.of, judged.outcome, judged.item, judged.pack = item, Outcome.DUPLICATE, None, None
            judged.line.note("duplicate_row", "name", name=item.name, sheet=earlier[0], row=earlier[1])
            return
        if pack is not None:
            self.claimed[id(item), id(pack)] = (judged.line.sheet, judged.line.row)
        if item.pk is None and pack is None:  # the next pack of a product this file brings
            item.packs.append(said)
            self.claimed[id(item), id(said)] = (judged.line.sheet, judged.line.row)
        if judged.line.code and judged.line.code != item.code:
            self._refuse_code(judged.line, item)
        changes = compare.differences(judged.line, said, item, pack) if item.pk is not None else []
        if judged.category is not None and item.pk is not None and judged.line.category:
            known = self.known.categories.get(names.key(judged.line.category))
            changes += ["category"] if known is not None and item.fields.get("category") != known else []
        maker = judged.maker
        if maker is not None and maker.pk is not None:
            changes += [
                f"producer.{n}"
                for n, v in compare.producer_fields(judged.line).items()
                if maker.fields.get(n) != v and maker.fresh.get(n) == v
            ]
        judged.changes = changes
        judged.outcome = Outcome.NEW if item.pk is None else Outcome.CHANGED if changes else Outcome.UNCHANGED

    def _offer(self, judged: Judged, item: Item, outcome: Outcome, choice: Choice | None) -> None:
        judged.of, judged.outcome = item, outcome
        if choice == Choice.NEW:
            self._new(judged)
            return
        if choice == Choice.PACK or (choice == Choice.SAME and item.pk is not None):
            said = judged.said
            self._means(judged, item, self._match(item, said) if choice == Choice.SAME or item.pk is not None else None)
            judged.of = item
            return
        line = judged.line
        facts: dict[str, str | int] = {"name": item.name}
        if item.place:
            facts |= {"sheet": item.place[0], "row": item.place[1]}
        line.note(f"{outcome.value}_{'row' if item.place else 'stored'}", "name", **facts)

    def _new(self, judged: Judged) -> None:
        line, maker = judged.line, judged.maker
        if maker is None:
            return
        code = line.code
        if code and not self._code_free(line):
            code = ""
        item = Item(line.name, code, maker, place=(line.sheet, line.row), packs=[judged.said])
        judged.item, judged.outcome = item, Outcome.NEW
        self.claimed[id(item), id(item.packs[0])] = (line.sheet, line.row)
        self._index(item, line.key, line.stem)

    def _code_free(self, line: Line) -> bool:
        """Two products never share a code: the later one is kept and gets another."""
        holder = self.by_code.get(line.code.casefold())
        if holder is not None and holder.place is not None:
            line.note(
                "code_twice", "code", code=line.code, name=holder.name, sheet=holder.place[0], row=holder.place[1]
            )
            return False
        if holder is not None or line.code in self.known.codes:
            line.note("code_taken", "code", code=line.code, name=holder.name if holder else self.known.codes[line.code])
            return False
        return True

    def _refuse_code(self, line: Line, item: Item) -> None:
        other = self.by_code.get(line.code.casefold())
        if other is not None or line.code in self.known.codes:
            name = other.name if other else self.known.codes[line.code]
            line.note("code_taken", "code", code=line.code, name=name)
        else:
            line.note("code_stays", "code", code=line.code, stored=item.code)


def _stem(line: Line) -> str:
    line.stem = line.stem or stem(line.name, line.key)
    return line.stem


@lru_cache(maxsize=8192)
def producer_key(name: str) -> str:
    """A producer's key as the network keeps it; names of other letters than ours keep theirs."""
    return person_key(name) or names.key(name)


def judge(lines: Sequence[Line], known: Known, choices: Mapping[Key, Choice] | None = None) -> Verdict:
    """Judge every line; the same lines, knowledge and choices always give the same verdict."""
    judge_ = Judge(known, choices or {})
    known.fill(judge_.meant(lines))
    rows = [judge_.judge(line) for line in lines]
    makers = list({id(r.maker): r.maker for r in rows if r.maker is not None and r.outcome != Outcome.ERROR}.values())
    return Verdict(rows, makers)
