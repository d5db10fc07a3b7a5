"""Office pages of products, below ``/kantor/``."""

from django.urls import path

from kendedes.products.views import curation, deeds, listing, permits, photos, product

app_name = "products"
urlpatterns = [
    path("produk/", listing.listing, name="list"),
    path("produk/baru/", listing.new, name="new"),
    path("produk/<int:pk>/", product.detail, name="detail"),
    path("produk/<int:pk>/ubah/", product.edit, name="edit"),
    path("produk/<int:pk>/kemasan/", product.pack, name="pack-new"),
    path("produk/<int:pk>/kemasan/<int:variant>/", product.pack, name="pack"),
    path("produk/<int:pk>/kemasan/<int:variant>/akhiri/", product.pack_end, name="pack-end"),
    path("produk/<int:pk>/foto/", photos.photos, name="photos"),
    path("produk/<int:pk>/foto/<int:photo>/", photos.photo, name="photo"),
    path("produk/<int:pk>/foto/<int:photo>/geser/", photos.move, name="photo-move"),
    path("produk/<int:pk>/foto/<int:photo>/hapus/", photos.remove, name="photo-remove"),
    path("produk/<int:pk>/izin/", permits.new, name="permit-new"),
    path("produk/<int:pk>/ajukan/", deeds.submit, name="submit"),
    path("produk/<int:pk>/tarik/", deeds.withdraw, name="withdraw"),
    path("produk/<int:pk>/akhiri/", deeds.discontinue, name="discontinue"),
    path("produk/<int:pk>/hidupkan/", deeds.revive, name="revive"),
    path("produk/<int:pk>/terima/", curation.accept, name="accept"),
    path("produk/<int:pk>/kembalikan/", curation.send_back, name="send-back"),
    path("produk/<int:pk>/terbitkan/", curation.publish, name="publish"),
    path("kurasi/", curation.queue, name="curation"),
    path("kurasi/terima/", curation.accept_many, name="accept-many"),
    path("kurasi/terbitkan/", curation.publish_many, name="publish-many"),
    path("izin/", permits.watching, name="permits"),
    path("izin/<int:pk>/", permits.permit, name="permit"),
    path("izin/<int:pk>/periksa/", permits.verify, name="permit-verify"),
    path("izin/<int:pk>/akhiri/", permits.end, name="permit-end"),
    path("izin/<int:pk>/simpan-berkas/", permits.put_file, name="permit-put-file"),
    path("izin/<int:pk>/berkas/", permits.file, name="permit-file"),
]
