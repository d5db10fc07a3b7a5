"""The map: hexagons of our own, or real borders."""

from __future__ import annotations

import json

import pytest

from kendedes.base import tiles
from kendedes.catalogue.press import PressRefused, maps

SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"kode": f"99.01.0{n}"}, "geometry": {"type": "Polygon", "coordinates": [[[112 + n, -8], [113 + n, -8], [113 + n, -7], [112 + n, -7], [112 + n, -8]]]}}
        for n in (1, 2)
    ],
}  # fmt: skip


def test_every_kecamatan_of_malang_has_a_tile_of_its_own():
    made = tiles.tiles("35.07")

    assert [tile.code for tile in made] == [f"35.07.{n:02}" for n in range(1, 34)]
    assert len({(tile.x, tile.y) for tile in (*made, *tiles.holes("35.07"))}) == 35


def test_tiles_lie_inside_the_map_and_have_six_corners():
    width, height = tiles.extent("35.07")

    for tile in tiles.tiles("35.07"):
        assert len(tile.corners()) == 6
        assert all(0 <= x <= width and 0 <= y <= height for x, y in tile.corners())
        assert len(tile.points().split()) == 6


def test_neighbouring_tiles_do_not_overlap():
    made = tiles.tiles("35.07")

    for one in made:
        assert all((one.x - other.x) ** 2 + (one.y - other.y) ** 2 > 0.99 for other in made if other is not one)


def test_a_region_without_tiles_has_no_map():
    assert tiles.tiles("35.73") == ()
    assert maps.districts_map("35.73", {"35.73.01": 3}, set(), None) is None


def test_the_map_knows_who_takes_part_and_who_is_missing():
    made = maps.districts_map("35.07", {"35.07.24": 40}, {"35.07.18"}, None)

    states = {shape["code"]: (shape["state"], shape["n"]) for shape in made["shapes"]}
    assert states["35.07.24"] == ("in", 40)
    assert states["35.07.18"] == ("missing", 0)
    assert states["35.07.01"] == ("none", 0)
    assert states["Kota Malang"] == ("hole", 0)


def test_real_borders_are_read_scaled_and_simplified(tmp_path):
    file = tmp_path / "b.geojson"
    file.write_text(json.dumps(SQUARES))

    made = maps.districts_map("99.01", {"99.01.01": 1}, set(), file)

    assert [shape["code"] for shape in made["shapes"]] == ["99.01.01", "99.01.02"]
    assert made["shapes"][0]["rings"] == [[[0.0, 0.50476], [0.5, 0.50476], [0.5, 0.0], [0.0, 0.0], [0.0, 0.50476]]]


@pytest.mark.parametrize("body", ["", "{}", '{"features": [{"properties": {"kode": "99.01.01"}}]}', "[1]"])
def test_a_border_file_that_is_none_is_refused(tmp_path, body):
    file = tmp_path / "b.geojson"
    file.write_text(body)

    with pytest.raises(PressRefused):
        maps.districts_map("99.01", {}, set(), file)
