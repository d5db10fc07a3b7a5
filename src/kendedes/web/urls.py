"""Public addresses. They are Indonesian and lasting; ``urlpatterns`` is included last, under both languages."""

from django.urls import path

from kendedes.web.views import editions, files, lists, offers, product, search, stories

app_name = "web"
urlpatterns = [
    path("", lists.home, name="home"),
    path("produk/", lists.products, name="products"),
    path("produk/<slug:slug>/", product.product, name="product"),
    path("kategori/<slug:slug>/", lists.category, name="category"),
    path("kecamatan/", lists.districts, name="districts"),
    path("kecamatan/<slug:slug>/", lists.district, name="district"),
    path("produsen/<slug:slug>/", lists.producer, name="producer"),
    path("unggulan/", lists.excellent, name="excellent"),
    path("edisi/", editions.editions, name="editions"),
    path("edisi/<slug:slug>/", editions.edition, name="edition"),
    path("edisi/<slug:slug>/lembar/<str:code>/", editions.entry, name="entry"),
    path("edisi/<slug:slug>/unduh/<str:name>", editions.download, name="download"),
    path("edisi/<slug:slug>/<slug:district>/", editions.chapter, name="chapter"),
    path("cari/", search.search, name="search"),
    path("tentang/", lists.about, name="about"),
    path("cerita/", stories.articles, name="stories"),
    path("cerita/umpan.xml", stories.feed, name="stories-feed"),
    path("cerita/<slug:slug>/", stories.article, name="story"),
    path("halaman/<slug:slug>/", stories.fixed, name="fixed"),
    path("p/<str:code>/", stories.by_code, name="by-code"),
    path("umpan.xml", files.feed, name="feed"),
    path("umpan-produk.xml", offers.offered, name="offers"),
    path("produsen/<slug:slug>/kontak.vcf", offers.contact, name="contact"),
]
