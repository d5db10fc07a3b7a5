"""Exports of Blogger, whole and broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.stories.rules import blog

CLASSIC = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'>
<title type='text'>Blog Uji (fiktif)</title>
<entry><id>tag:blogger.com,1999:blog-1.post-11</id><published>2013-12-01T08:00:00.000+07:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='Tempe'/>
<title type='text'>Kripik dari SGS-0001</title>
<content type='html'>&lt;p&gt;Dibuat &lt;b&gt;pagi hari&lt;/b&gt;.&lt;br/&gt;Murah &amp;amp; enak&lt;/p&gt;&lt;img src="http://x.invalid/a.jpg"&gt;</content>
<link rel='alternate' type='text/html' href='http://uji.invalid/2013/12/kripik.html'/>
<author><name>Penulis Uji</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.page-12</id><published>2014-01-01T00:00:00Z</published>
<app:control><app:draft>yes</app:draft></app:control>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#page'/>
<title>Tentang</title><content type='html'>Kami.</content></entry>
<entry><id>c</id><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#comment'/><title>x</title></entry>
<entry><id>t</id><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#template'/><title>x</title></entry>
</feed>"""
TAKEOUT = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Baru</title>
<entry><id>post-1</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><title>Satu</title>
<content type='html'>&lt;div&gt;Isi &lt;script&gt;jahat()&lt;/script&gt;satu&lt;/div&gt;</content><published>2020-05-01T00:00:00Z</published></entry>
<entry><id>post-2</id><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status><title>Dua</title>
<content type='html'>dua</content></entry><entry><id>k</id><blogger:type>COMMENT</blogger:type></entry></feed>"""


def test_the_classic_dialect():
    found = blog.read(CLASSIC.encode())

    assert (found.title, found.comments, found.other, found.broken) == ("Blog Uji (fiktif)", 1, 1, "")
    post, page = found.posts
    assert post.text == "Dibuat **pagi hari**.  \nMurah & enak"
    assert (post.kind, post.title, post.tags, post.author) == (
        "post",
        "Kripik dari SGS-0001",
        ("Tempe",),
        "Penulis Uji",
    )
    assert (post.address, post.pictures, post.draft) == ("http://uji.invalid/2013/12/kripik.html", 1, False)
    assert post.published is not None
    assert post.published.isoformat() == "2013-12-01T08:00:00+07:00"
    assert (page.kind, page.draft) == ("page", True)


def test_the_dialect_of_today():
    found = blog.read(TAKEOUT.encode())

    assert [(p.title, p.text, p.draft) for p in found.posts] == [("Satu", "Isi satu", False), ("Dua", "dua", True)]
    assert found.comments == 1


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes():
    cut = CLASSIC[: CLASSIC.index("Tentang") + 3]

    found = blog.read(cut.encode())
    assert [p.title for p in found.posts] == ["Kripik dari SGS-0001"]
    assert found.broken


def test_letters_and_ampersands_that_xml_does_not_know_are_mended():
    bad = CLASSIC.replace("Penulis Uji", "Penulis \x0b& Kawan")

    found = blog.read(bad.encode())
    assert found.broken == ""
    assert found.posts[0].author == "Penulis & Kawan"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"halo",
        b"<html></html>",
        b"PK\x03\x04",
        b'<!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>',
        b"\xff\xfe<\x00",
    ],
)
def test_what_is_no_blog_is_refused(data):
    with pytest.raises(blog.NotABlog):
        blog.read(data)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>satu <i>dua</i></b> tiga", "**satu *dua*** tiga"), ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"), ("<h1>Judul</h1>isi", "## Judul\n\nisi"),
        ('<a href="javascript:x">klik</a>', "klik"), ('<a href="https://x.invalid/a(b)">klik</a>', "[klik](https://x.invalid/a(b%29)"),
        ("<b>tak tutup", "tak tutup"), ("5 * 3 < 20 [ok]", r"5 \* 3 \< 20 \[ok\]"), ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("</b></i></p>x", "x"), ("<b></b>x", "x"),
    ],
)  # fmt: skip
def test_html_however_broken_becomes_markup(html, text):
    assert blog.as_markup(html).text == text


@given(st.text(alphabet=st.sampled_from(list("<>/abpiulo&;=\"' \n")), max_size=120))
def test_no_html_crashes_the_reader(html):
    assert "\0" not in blog.as_markup(html).text
    assert "\1" not in blog.as_markup(html).text
