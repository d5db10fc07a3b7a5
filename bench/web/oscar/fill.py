"""5,000 products in 33 categories, as oscar's own API makes them."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django

django.setup()
from django.core.management import call_command  # noqa: E402 - apps first
from oscar.apps.catalogue.categories import create_from_breadcrumbs  # noqa: E402 - apps first
from oscar.apps.catalogue.models import Product, ProductCategory, ProductClass  # noqa: E402 - apps first
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402 - apps first

call_command("migrate", verbosity=0)
count = int(sys.argv[1])
categories = [create_from_breadcrumbs(f"Kecamatan {n}") for n in range(33)]
kind, _made = ProductClass.objects.get_or_create(name="Produk", track_stock=False)
partner, _made = Partner.objects.get_or_create(name="Galeri")
story = "Dibuat oleh tetangga-tetangga kami sepanjang tahun dari bahan kebun sendiri. " * 4
products = Product.objects.bulk_create(
    Product(structure="standalone", title=f"Keripik tempe {n}", slug=f"keripik-tempe-{n}", product_class=kind,
            description=story, upc=f"SGS-{n}", is_public=True)
    for n in range(count)
)  # fmt: skip
ProductCategory.objects.bulk_create(
    ProductCategory(product=p, category=categories[n % 33]) for n, p in enumerate(products)
)
StockRecord.objects.bulk_create(
    StockRecord(product=p, partner=partner, partner_sku=f"SGS-{n}", price=15000, price_currency="IDR", num_in_stock=50)
    for n, p in enumerate(products)
)
call_command("rebuild_index", interactive=False, verbosity=0)
for product in products[:300]:
    print(f"/catalogue/{product.slug}_{product.pk}/")
print(categories[3].get_absolute_url())
