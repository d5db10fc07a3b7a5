import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kendedes.network.places import load

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "geo"


def test_kabupaten_malang_has_33_kecamatan_378_desa_and_12_kelurahan():
    places = load()

    assert [(p.code, p.name) for p in places.provinces] == [("35", "Jawa Timur")]
    assert [(r.code, r.kind, r.name) for r in places.regencies] == [("35.07", "kabupaten", "Malang")]
    assert len(places.districts) == 33
    assert Counter(v.kind for v in places.villages) == {"desa": 378, "kelurahan": 12}


def test_every_code_is_written_once_and_below_its_parent():
    places = load()
    codes = [x.code for x in (*places.districts, *places.villages)]

    assert len(set(codes)) == 33 + 390
    assert all(re.fullmatch(r"35\.07\.\d{2}", d.code) and d.regency == "35.07" for d in places.districts)
    for village in places.villages:
        assert re.fullmatch(r"\d{2}\.\d{2}\.\d{2}\.[12]\d{3}", village.code)
        assert village.code.startswith(village.district + ".")
        assert village.kind == ("kelurahan" if village.code[9] == "1" else "desa")
        assert re.fullmatch(r"65\d{3}", village.postal)


def test_bps_codes_stand_beside_and_differ_from_the_kemendagri_order():
    districts = {d.name: d for d in load().districts}

    assert (districts["Poncokusumo"].code, districts["Poncokusumo"].bps) == ("35.07.07", "3507100")
    assert (districts["Singosari"].code, districts["Singosari"].bps) == ("35.07.24", "3507280")
    assert len({d.bps for d in districts.values()}) == 33
    assert all(v.bps is None for v in load().villages)


def test_the_21_other_spellings_name_a_known_place_and_differ_from_its_name():
    places = load()
    names = {x.code: x.name for x in (*places.districts, *places.villages)}

    assert len(places.other_spellings) == 21
    assert all(s.written != names[s.code] and s.seen_in for s in places.other_spellings)
    assert ("35.07.30", "Tirto Yudo") in {(s.code, s.written) for s in places.other_spellings}


def test_a_village_is_found_by_its_code_only():
    places = load()

    assert places.village("35.07.24.1015").name == "Candirenggo"
    assert places.district("35.07.08").name == "Wajak"
    assert len(places.villages_of("35.07.28")) == 6
    with pytest.raises(KeyError):
        places.village("35.07.24.1999")
    repeated = [name for name, times in Counter(v.name for v in places.villages).items() if times > 1]
    assert len(repeated) == 33


@pytest.mark.skipif(not SHARED.is_dir(), reason="the material to run against is not here")
def test_the_facts_agree_with_the_official_table():
    with (SHARED / "desa-3507.csv").open() as file:
        official = {(r["kode"], r["nama"], r["jenis"], r["kodepos"]) for r in csv.DictReader(file)}

    assert {(v.code, v.name, v.kind, v.postal) for v in load().villages} == official
