use super::*;

fn read(bytes: &[u8]) -> Vec<Message> {
    Decoder::default().push(bytes).unwrap()
}

fn message(event: &str, data: &str, id: Option<&str>) -> Message {
    Message { event: event.to_owned(), data: data.to_owned(), id: id.map(str::to_owned) }
}

#[test]
fn every_cut_gives_the_same_events() {
    let stream = "\u{FEFF}: hello\r\nid: 1\r\nevent: größe\r\ndata: ü€🜁\r\n\r\ndata:two\ndata: lines\n\nid\rdata: x\r\rretry: 50\n\n";
    let whole = read(stream.as_bytes());
    assert_eq!(
        whole,
        [
            message("größe", "ü€🜁", Some("1")),
            message("message", "two\nlines", Some("1")),
            message("message", "x", None)
        ]
    );
    for cut in 0..=stream.len() {
        let (left, right) = stream.as_bytes().split_at(cut);
        let mut decoder = Decoder::default();
        let mut messages = decoder.push(left).unwrap();
        messages.extend(decoder.push(&[]).unwrap());
        messages.extend(decoder.push(right).unwrap());
        assert_eq!(messages, whole, "cut at {cut}");
    }
    let mut decoder = Decoder::default();
    let single: Vec<_> = stream.bytes().flat_map(|byte| decoder.push(&[byte]).unwrap()).collect();
    assert_eq!(single, whole);
    assert_eq!(decoder.retry_ms(), Some(50));
}

#[test]
fn comments_unknown_fields_and_empty_events_are_ignored() {
    assert_eq!(read(b": c\n\nfoo: bar\nid: 4\n\nevent:\n\n"), []);
    assert_eq!(read(b"\n\ndata\n\n"), [message("message", "", None)]);
}

#[test]
fn an_event_that_is_nothing_but_a_name_is_told() {
    assert_eq!(read(b"event: done\n\n"), [message("done", "", None)]);
    assert_eq!(
        read(b"event: x\n\ndata: y\n\n"),
        [message("x", "", None), message("message", "y", None)]
    );
}

#[test]
fn an_unfinished_event_is_dropped() {
    assert_eq!(read(b"data: a\n"), []);
}

#[test]
fn only_the_first_space_belongs_to_the_field() {
    assert_eq!(read(b"data:  a: b\n\n"), [message("message", " a: b", None)]);
}

#[test]
fn an_id_with_a_zero_byte_and_a_retry_with_letters_are_ignored() {
    let mut decoder = Decoder::default();
    decoder.push(b"id: 7\nid: a\0b\nretry: 10s\nretry: 99999999999999999999\ndata: x\n\n").unwrap();
    assert_eq!(decoder.last_event_id(), Some("7"));
    assert_eq!(decoder.retry_ms(), None);
}

#[test]
fn bytes_that_are_not_utf8_do_not_stop_the_stream() {
    assert_eq!(read(b"data: \xff\xfea\n\n"), [message("message", "\u{FFFD}\u{FFFD}a", None)]);
}

#[test]
fn a_line_or_event_beyond_the_limit_is_an_error() {
    let mut decoder = Decoder::new(10);
    decoder.push(b"data: 1234").unwrap();
    assert_eq!(decoder.push(b"5").unwrap_err().kind(), ErrorKind::Malformed);

    let mut decoder = Decoder::new(10);
    decoder.push(b"data:123\ndata:456\n").unwrap();
    assert!(decoder.push(b"data:789\n").is_err());
}

#[test]
fn the_limit_does_not_add_up_over_events() {
    let mut decoder = Decoder::new(10);
    for _ in 0..100 {
        assert_eq!(decoder.push(b"data:123\n\n").unwrap().len(), 1);
    }
}
