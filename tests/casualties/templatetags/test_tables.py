"""A table as HTML: head, rows, marks, links, labels, and nothing unescaped."""

from dataclasses import replace

from django.template.loader import render_to_string

from casualties.charts.embed import Cell, Heading, Row, Table

YEAR = Cell(text="2019", number=False)
TABLE = Table(headings=(Heading(text="Year", number=False), Heading(text="Deaths")), rows=())


def html(*cells: Cell, **about: bool) -> str:
    table = replace(TABLE, rows=(Row(cells=(YEAR, *cells), **about),))
    return render_to_string("casualties/_table.html", {"table": table, "table_label": "Deaths by year"})


def test_it_works() -> None:
    said = html(Cell(text="12", url="/incidents/?from=2019&to=2019"))
    assert said.startswith(
        '<div class="scroll" tabindex="0" role="region" aria-label="Deaths by year"><table class="dense">'
    )
    assert '<thead><tr><th scope="col">Year</th><th scope="col" class="n">Deaths</th></tr></thead>' in said
    figure = '<td class="n"><a href="/incidents/?from=2019&amp;to=2019">12</a></td>'
    assert f'<tr><th scope="row" class="nw">2019</th>{figure}</tr>' in said
    assert '<caption class="visually-hidden">Deaths by year</caption>' in said


def test_rows_that_stand_out() -> None:
    assert '<tr class="marked">' in html(record=True)
    assert '<tr class="total">' in html(total=True)


def test_marks_stand_beside_the_figure_and_lead_to_what_was_revised() -> None:
    assert '12<abbr class="mk" title="provisional: may still change">p</abbr></td>' in html(Cell(text="12", mark="p"))
    revised = html(Cell(text="12", mark="r", mark_url="/revisions/?show=a&old=b"))
    assert '12<a class="why" href="/revisions/?show=a&amp;old=b"><abbr class="mk"' in revised


def test_sentences_keep_a_width_on_small_screens() -> None:
    said = "no trend that can be told from chance"
    assert f'<td class="long">{said}</td>' in html(Cell(text=said, number=False))
    assert "<td>a fall</td>" in html(Cell(text="a fall", number=False))


def test_labels_and_figures_that_are_missing() -> None:
    assert '<td><span class="tag rec">highest</span></td>' in html(Cell(text="highest", number=False, tag="rec"))
    assert '<td class="n none">–</td>' in html(Cell(text="–", missing=True))


def test_nothing_of_the_data_is_read_as_html() -> None:
    said = html(Cell(text="<b>1</b>", url='/?a="><script>', number=False))
    assert "<b>" not in said
    assert "<script>" not in said
    assert "&lt;b&gt;1&lt;/b&gt;" in said
    captioned = render_to_string(
        "casualties/_table.html", {"table": replace(TABLE, caption="A & B"), "table_label": "x"}
    )
    assert "<caption>A &amp; B</caption>" in captioned
