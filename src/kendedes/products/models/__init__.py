"""Tables of the products floor, by subject."""

from kendedes.products.intake.models import ColumnMapping, ImportBatch
from kendedes.products.models.permit import Permit
from kendedes.products.models.photo import Photo
from kendedes.products.models.product import Category, FixItem, Price, Product, Release, Variant

__all__ = [
    "Category", "ColumnMapping", "FixItem", "ImportBatch", "Permit", "Photo", "Price", "Product", "Release", "Variant",
]  # fmt: skip
