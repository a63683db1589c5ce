use std::path::Path;

use super::pages;

fn text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/extract/fixtures");
    pages(&Path::new(folder).join(name)).unwrap().join("\n\n")
}

/// The same two columns, drawn line by line across the page and column by column.
#[test]
fn the_order_of_drawing_does_not_change_what_is_read() {
    let rows = text("rows.pdf");
    assert_eq!(rows.replace("(rows)", ""), text("columns.pdf").replace(" (columns)", ""));
    let cost = "dredging the north\nquay would cost 4.2 million crowns, and\nit put the work off until the spring.\n\nThe ferry to Karlo island carries timber\n";
    assert!(rows.contains(cost), "{rows}");
}

#[test]
fn a_sentence_goes_on_in_the_next_column() {
    let wanted = "The water committee of Ostby read the yearly\nreport and\napproved the levy of 310 crowns a household\nfor the year 2027.";
    assert_eq!(text("split.pdf"), wanted);
    assert_eq!(text("split-columns.pdf"), wanted);
}
