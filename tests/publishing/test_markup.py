"""The strict reading of finished pages: what browsers may read in different ways is named, the rest is split."""

import pytest

from greenbook.publishing import markup
from greenbook.publishing.safety import check_page


@pytest.mark.parametrize("html", [
    "<a href='x'>y</a>", "<a href=x>y</a>", '<a title="<b>">y</a>', "<p>1 < 2</p>", "<!-- x -->", "<![CDATA[x]]>",
    '<a href="a" href="b">y</a>', "<svg><style><p></p></style></svg>", "<script>a<!--b</script>", "<p>\0</p>",
    '<p"">', "</p/>", "<?php ?>", '<img alt="x"onerror="y">',
])
def test_markup_that_browsers_read_in_different_ways_is_unreadable(html):
    assert markup.read(html).unreadable
    assert "markup that browsers" in check_page(html, "steel", "en", inline=True)[0].found


def test_a_page_of_ours_is_words_and_tags_by_turns():
    page = markup.read('<!doctype html>\n<p class="a" id="b">x &lt; 1<br>y</p><script>if (a < b) {}</script>')
    assert page.unreadable == () and "".join(page.words) == "\nx &lt; 1y"
    tag = markup.tag_of(page.tags[1])
    assert (tag.name, tag.values, tag.end) == ("p", {"class": "a", "id": "b"}, False)
    assert markup.tag_of('<a href="a&amp;b"/>').values == {"href": "a&b"}
