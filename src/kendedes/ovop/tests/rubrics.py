"""A small complete rubric for tests."""

COMPLETE = {
    "sections": [
        {"code": "A", "title": {"id": "Produksi", "en": "Production"}, "maximum": 10, "criteria": [
            {"code": "A1", "title": {"id": "Bahan lokal", "en": "Local material"}, "maximum": 10, "step": "material", "evidence": True,
             "levels": [{"points": p, "label": {"id": t, "en": t}} for p, t in ((0, "tidak ada"), (4, "sebagian"), (10, "seluruhnya"))]},
        ]},
        {"code": "B", "title": {"id": "Kemasan", "en": "Packaging"}, "maximum": 5, "criteria": [
            {"code": "B1", "title": {"id": "Label", "en": "Label"}, "maximum": 5, "step": "packaging",
             "levels": [{"points": p, "label": {"id": t, "en": t}} for p, t in ((1, "tanpa"), (3, "ada"), (5, "lengkap"))]},
        ]},
    ],
    "gates": [{"code": "izin", "kind": "food_permit", "title": {"id": "Izin edar", "en": "Permit"}, "kinds": ["pirt", "bpom"]}],
    "bands": [{"stars": 1, "minimum": 5}, {"stars": 2, "minimum": 10}, {"stars": 3, "minimum": 13}],
    "validity_months": 24,
}  # fmt: skip
