use super::super::glyphs::Run;
use super::apart;

const LEFT: [&str; 6] = [
    "The council met in the hall on the",
    "third of May and spoke of the quay,",
    "which has sunk by two hands since",
    "the winter. Dredging was put off to",
    "the next year, for the money that is",
    "needed is not there.",
];
const RIGHT: [&str; 6] = [
    "Letters from the public were read",
    "aloud. One asked for lamps along the",
    "north road, another for a bench at",
    "the ferry. The lamps would come to",
    "ninety crowns a year, the bench to",
    "four hundred once.",
];

fn run(text: &str, left: f64, down: f64) -> Run {
    let width = 5.0 * f64::from(u16::try_from(text.chars().count()).unwrap());
    Run { text: text.to_owned(), left, right: left + width, down, size: 10.0, turn: 0 }
}

/// Where line number `line` is.
fn down(line: usize) -> f64 {
    12.0 * f64::from(u16::try_from(line).unwrap())
}

fn texts(runs: Vec<Run>) -> Vec<Vec<String>> {
    let told = |piece: Vec<Run>| piece.into_iter().map(|run| run.text).collect();
    apart(runs).into_iter().map(told).collect()
}

/// Columns at these places, drawn line by line across the page.
fn across(columns: &[(&[&str], f64)], first: usize) -> Vec<Run> {
    let lines = columns.iter().map(|(lines, _)| lines.len()).max().unwrap();
    (0..lines)
        .flat_map(|line| {
            let drawn = columns.iter().filter(move |(lines, _)| line < lines.len());
            drawn.map(move |(lines, left)| run(lines[line], *left, down(first + line)))
        })
        .collect()
}

#[test]
fn columns_drawn_line_by_line_are_read_one_after_the_other() {
    assert_eq!(texts(across(&[(&LEFT, 0.0), (&RIGHT, 220.0)], 0)), [LEFT, RIGHT]);
    assert_eq!(
        texts(across(&[(&LEFT, 0.0), (&RIGHT, 220.0), (&LEFT, 440.0)], 0)),
        [LEFT, RIGHT, LEFT]
    );
}

#[test]
fn a_title_and_a_closing_line_across_the_page_stay_where_they_are() {
    let title = "Minutes of the harbour council of Marlund in the year of the flood, in two parts";
    let mut page = vec![run(title, 0.0, down(0))];
    page.extend(across(&[(&LEFT, 0.0), (&RIGHT[..5], 220.0)], 2));
    page.push(run(title, 0.0, down(10)));
    let title = vec![title.to_owned()];
    let pieces = texts(page);
    assert_eq!(
        pieces,
        [
            title.clone(),
            LEFT.map(str::to_owned).to_vec(),
            RIGHT[..5].iter().map(|line| (*line).to_owned()).collect(),
            title
        ]
    );
}

#[test]
fn what_is_drawn_column_by_column_stays_as_it_is() {
    let column = |lines: &[&str], left| -> Vec<Run> {
        (0..).zip(lines).map(|(line, text)| run(text, left, down(line))).collect()
    };
    let page = [column(&RIGHT, 220.0), column(&LEFT, 0.0)].concat();
    assert_eq!(texts(page), [[RIGHT, LEFT].concat()]);
}

#[test]
fn rows_of_a_table_stay_rows() {
    let boats = ["Rowing boat", "Sailing boat", "Motor boat", "Houseboat"];
    let fees = ["410 crowns a year", "1250 crowns a year", "1610 crowns a year", "5200 crowns"];
    let page = across(&[(&boats, 0.0), (&fees, 220.0)], 0);
    assert_eq!(texts(page.clone()).len(), 1);
    assert_eq!(apart(page.clone()), [page]);
    // Cells as long as a line of prose that do not read on.
    let courses =
        ["Introduction to the history", "Drawing of maps and charts", "Rules of the road at sea"];
    let rooms = [
        "Great hall of the old castle",
        "Room 12 in the upper school",
        "Boat house at the north pier",
    ];
    let page = across(&[(&courses, 0.0), (&rooms, 220.0)], 0);
    assert_eq!(apart(page.clone()), [page]);
}

#[test]
fn pages_without_places_do_no_harm() {
    assert!(apart(Vec::new()).is_empty());
    let lost = Run {
        left: f64::NAN,
        right: f64::NAN,
        down: f64::NAN,
        size: f64::NAN,
        ..run("a", 0.0, 0.0)
    };
    assert_eq!(apart(vec![lost; 5]).concat().len(), 5);
}
