"""How many queries the lists of products cost in the office, held by ``queries.json``."""

from datetime import timedelta
from pathlib import Path

import pytest

from kendedes.products.actions import publish, send_back
from kendedes.products.intake.actions import receive
from kendedes.products.models import Product
from kendedes.products.permits.actions import add_permit
from kendedes.testing.cast import AT, Cast
from kendedes.testing.queries import hold, measured

BASELINE = Path(__file__).with_name("queries.json")
MOST = 8
PAGES = {
    "products": "/kantor/produk/",
    "products narrowed": "/kantor/produk/?q=keripik&state=draft&gap=permit",
    "permits": "/kantor/izin/",
    "imports": "/kantor/impor/",
}
OF_THE_MANAGER = {
    "submitted": "/kantor/kurasi/",
    "accepted": "/kantor/kurasi/?t=diterima",
}
OF_ONE = {
    "changed": "/kantor/kurasi/?t=berubah",
    "product": "/kantor/produk/%s/",
    "send back": "/kantor/produk/%s/kembalikan/",
}


@pytest.mark.django_db
def test_lists_cost_what_the_baseline_says_however_many_products_there_are(cast: Cast) -> None:
    states = [Product.State.DRAFT, Product.State.SUBMITTED, Product.State.ACCEPTED]
    for n in range(15):
        product = cast.product(cast.tempe if n % 2 else cast.apel, f"Keripik {n}", state=states[n % 3])
        add_permit(producer=product.producer, product=product, kind="nib", number=f"{10**12 + n}", at=AT, by=None)
    for n in range(3):
        sheet = f"Nama kelompok;Desa;Nama produk\nFiktif {n};Toyomarto;Wajik {n}\n".encode()
        receive(unit=cast.singosari, name=f"{n}.csv", data=sheet, at=AT + timedelta(days=n), by=cast.sekar)

    found = measured({"manager": cast.ratna, "operator": cast.sekar}, PAGES)
    found |= measured({"manager": cast.ratna}, OF_THE_MANAGER)

    for n in range(7):
        product = cast.product(cast.tempe, f"Kopi {n}", state=Product.State.ACCEPTED)
        publish(products=[product], at=AT, by=cast.ratna)
        add_permit(producer=product.producer, product=product, kind="nib", number=f"{2 * 10**12 + n}", at=AT, by=None)
        Product.objects.filter(pk=product.pk).update(name_en="Coffee", changed_at=AT + timedelta(days=1))
    after = {**OF_THE_MANAGER, **{name: address.replace("%s", str(product.pk)) for name, address in OF_ONE.items()}}
    later = measured({"manager": cast.ratna}, after)
    found |= {f"{name}, some changed since they were published": n for name, n in later.items()}

    mend = cast.product(cast.tempe, "Keripik pisang", state=Product.State.SUBMITTED)
    add_permit(producer=mend.producer, product=mend, kind="nib", number=f"{3 * 10**12}", at=AT, by=cast.sekar)
    send_back(product=mend, fixes=[("story_id", "Terlalu pendek."), ("photo", "Gelap.")], at=AT, by=cast.ratna)
    returned = measured({"manager": cast.ratna, "operator": cast.sekar}, {"product": f"/kantor/produk/{mend.pk}/"})
    found |= {f"{name}, sent back, with permits and their history": n for name, n in returned.items()}

    hold(found, BASELINE, most=MOST)
