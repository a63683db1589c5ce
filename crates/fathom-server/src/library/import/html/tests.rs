use fathom_core::BlockKind::{self, Code, Header, Heading, Item, Paragraph, Row};

use super::super::import;

const PROSE: &str = "The club of Marlund publishes its fees every year, and the board decides on them each January, after the winter meeting of all members.";

/// The blocks of a page with this in its middle, without the prose around it.
fn blocks(middle: &str) -> Vec<(BlockKind, String)> {
    let page = format!(
        "<html><head><title>Fees</title></head><body><main><p>{PROSE}</p>{middle}<p>{PROSE}</p></main></body></html>"
    );
    let document = import("a.html", page.as_bytes()).unwrap();
    let blocks = document.blocks.iter();
    let told = blocks
        .map(|block| (block.kind, document.text.get(block.start..block.end).unwrap().to_owned()));
    told.filter(|(_, text)| text != PROSE).collect()
}

fn told<const N: usize>(blocks: [(BlockKind, &str); N]) -> Vec<(BlockKind, String)> {
    blocks.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect()
}

#[test]
fn a_label_over_several_rows_belongs_to_each_and_a_merged_value_to_its_first_column() {
    let table = "<table><thead><tr><th>Pier</th><th>Boat</th><th>Members</th><th>Guests</th></tr></thead><tbody><tr><td rowspan=\"2\">North pier</td><td>Rowing boat</td><td>410</td><td>730</td></tr><tr><td>Sailing boat</td><td>1250</td><td>1980</td></tr><tr><td rowspan=\"0\">South pier</td><td>Rowing boat</td><td>360</td><td>690</td></tr><tr><td>Houseboat</td><td colspan=\"2\">5200</td></tr></tbody><tfoot><tr><td>Island</td><td></td><td>95</td></tr></tfoot></table>";
    assert_eq!(
        blocks(table),
        told([
            (Header, "Pier | Boat | Members | Guests"),
            (Row, "North pier | Rowing boat | 410 | 730"),
            (Row, "North pier | Sailing boat | 1250 | 1980"),
            (Row, "South pier | Rowing boat | 360 | 690"),
            (Row, "South pier | Houseboat | 5200"),
            (Row, "Island |  | 95"),
        ])
    );
}

#[test]
fn names_of_columns_in_two_rows_become_one_and_names_of_rows_go_before_them() {
    let table = "<table><caption>Fees of <b>2026</b></caption><tr><th rowspan=2>Boat</th><th colspan=2>Fee</th></tr><tr><th>Members</th><th>Guests</th></tr><tr><th colspan=3>North pier</th></tr><tr><td>Canoe</td><td>95</td><td>120</td></tr><tr><th colspan=3>South pier</th></tr></table>";
    assert_eq!(
        blocks(table),
        told([
            (Paragraph, "Fees of 2026"),
            (Header, "Boat | Fee Members | Fee Guests"),
            (Row, "North pier: Canoe | 95 | 120"),
            (Row, "South pier"),
        ])
    );
}

#[test]
fn tables_without_names_above_the_columns_stay_tables() {
    let rows = [(Row, "Height | 22 m"), (Row, "Built | 1931")];
    for table in [
        "<table><tr><td>Height</td><td>22 m</td></tr><tr><td>Built</td><td>1931</td></tr></table>",
        "<table><tr><th scope=row>Height</th><td>22 m</td></tr><tr><th>Built</th><td>1931</td></tr></table>",
    ] {
        assert_eq!(blocks(table), told(rows), "{table}");
    }
    let box_ = "<table><tr><th colspan=2>Lighthouse</th></tr><tr><th>Height</th><td>22 m</td></tr><tr><th>Built</th><td>1931</td></tr></table>";
    let mut titled = vec![(Paragraph, "Lighthouse".to_owned())];
    titled.extend(told(rows));
    assert_eq!(blocks(box_), titled);
}

#[test]
fn cells_of_several_lines_are_one_and_tables_in_tables_come_apart() {
    assert_eq!(
        blocks(
            "<table><tr><th><div>Pier</div></th><th>Boats</th></tr><tr><td>North<br>side</td><td><ul><li>Rowing</li><li>Sailing</li></ul></td></tr><tr><td>South</td><td><p>Canoe</p><p>Raft</p></td></tr></table>"
        ),
        told([
            (Header, "Pier | Boats"),
            (Row, "North side | Rowing, Sailing"),
            (Row, "South | Canoe Raft"),
        ])
    );
    assert_eq!(
        blocks(
            "<table><tr><td>Outer</td><td><table><tr><th>Boat</th><th>Fee</th></tr><tr><td>Raft</td><td>9</td></tr></table></td></tr></table>"
        ),
        told([(Paragraph, "Outer"), (Header, "Boat | Fee"), (Row, "Raft | 9")])
    );
}

#[test]
fn spans_without_end_cost_nothing() {
    let cell = "<td rowspan=9999999999 colspan=9999999999>x</td><td rowspan=4000000>label</td>";
    let table = format!("<table><tr>{}</tr>{}</table>", cell.repeat(300), "<tr>".repeat(4000));
    let text: usize = blocks(&table).iter().map(|(_, text)| text.len()).sum();
    assert!(text < 8 << 20, "{text}");
}

#[test]
fn terms_stand_with_what_they_mean() {
    assert_eq!(
        blocks(
            "<dl><dt>Mooring</dt><dd>410 crowns</dd><dt>Winter</dt><dt>storage</dt><dd><p>First.</p><p>Second.</p></dd><dt>Why?</dt><dd>Because.</dd><dt>Alone</dt></dl>"
        ),
        told([
            (Item, "Mooring: 410 crowns"),
            (Item, "Winter, storage: First."),
            (Paragraph, "Second."),
            (Item, "Why? Because."),
            (Item, "Alone"),
        ])
    );
}

#[test]
fn neighbours_do_not_run_together_and_words_do_not_come_apart() {
    let one = |html: &str| blocks(&format!("<p>{html}</p>")).remove(0).1;
    assert_eq!(one("<span>Total</span><span>505</span>"), "Total 505");
    assert_eq!(one("<b>Price</b><a href=x><span>410</span></a>"), "Price 410");
    assert_eq!(one("<span>W</span><span>hen</span> <i>un</i>known"), "When unknown");
    assert_eq!(one("<code><span>fn</span><span>x</span></code>, std::<wbr>vec"), "fnx, std::vec");
    assert_eq!(
        one("H<sub>2</sub>O, 10<sup>6</sup> in 1990<sup><a href=#n>3</a></sup>"),
        "H2O, 10^6 in 1990 3"
    );
    assert_eq!(
        blocks("<div><div>Rowing</div><div>410</div></div>text<h2>Hours</h2>"),
        told([(Paragraph, "Rowing"), (Paragraph, "410"), (Paragraph, "text"), (Heading, "Hours"),])
    );
}

#[test]
fn what_is_no_content_is_left_out() {
    let frame = "<nav><a href=/>Home</a></nav><div class=\"Sidebar left\"><p>Side.</p></div><div role=navigation>Way</div><form><label>Mail</label><input><button>Send</button></form><aside><a href=x>Also read this</a></aside>";
    let page = "<h2>Fees<a class=headerlink href=#fees>\u{b6}</a></h2><h3><a href=#x>\u{a7}</a><a href=#y>Boats</a></h3><div class=highlight><table><tr><td class=linenos><pre>1\n2</pre></td><td><pre>let a;\nlet b;</pre></td></tr></table></div><pre><a href=#1 data-nosnippet>1</a>fn main() {}</pre>";
    assert_eq!(
        blocks(&[frame, page].concat()),
        told([
            (Heading, "Fees"),
            (Heading, "Boats"),
            (Code, "let a;\nlet b;"),
            (Code, "fn main() {}"),
        ])
    );
}

#[test]
fn a_page_of_short_parts_is_not_reduced_to_one_of_them() {
    let part = "<div><h2>Open a file</h2><pre>int open(char *name);</pre><ul><li>It returns a number.</li></ul></div>";
    let page = format!(
        "<html><body><div><p>{PROSE}</p><p>{PROSE}</p></div>{}</body></html>",
        part.repeat(30)
    );
    let document = import("a.html", page.as_bytes()).unwrap();
    assert_eq!(document.text.matches("int open(char *name);").count(), 30);
    assert_eq!(document.text.matches(PROSE).count(), 2);
}

#[test]
fn the_date_of_a_page_is_read_wherever_it_stands() {
    let date = |head: &str, middle: &str| {
        let page = format!(
            "<html><head><title>Fees</title>{head}</head><body>{middle}<p>{PROSE}</p></body></html>"
        );
        import("a.html", page.as_bytes()).unwrap().date
    };
    for (head, middle) in [
        ("<meta property=article:published_time content='Tue, 03 Mar 2026 10:00:00 GMT'>", ""),
        ("<meta name=DC.Date content=2026-03-03T10:00:00Z>", ""),
        ("<meta itemprop=datePublished content='March 3, 2026'>", ""),
        ("", "<time pubdate datetime=2026-03-03>Tuesday</time>"),
    ] {
        assert_eq!(date(head, middle).as_deref(), Some("2026-03-03"), "{head}{middle}");
    }
    assert_eq!(date("<meta name=date content=yesterday>", ""), None);
}
