//! Streams of events: every cut gives the same events, and nothing grows beyond the limit.

use fathom_core::sse::Decoder;

const LIMIT: usize = 4_096;

/// Reads a stream whole, byte by byte, and cut where its first byte says.
pub fn read(bytes: &[u8]) {
    let Some((cut, stream)) = bytes.split_first() else { return };
    let whole = events(&[stream]);
    let (left, right) = stream.split_at(usize::from(*cut).min(stream.len()));
    assert_eq!(events(&[left, right]), whole);
    let single: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(events(&single), whole);
    for (event, data) in whole.into_iter().flatten() {
        assert!(event.len() <= 3 * LIMIT && data.len() <= 3 * LIMIT);
    }
}

fn events(pieces: &[&[u8]]) -> Option<Vec<(String, String)>> {
    let mut decoder = Decoder::new(LIMIT);
    let mut events = Vec::new();
    for piece in pieces {
        let messages = decoder.push(piece).ok()?;
        events.extend(messages.into_iter().map(|message| (message.event, message.data)));
    }
    Some(events)
}
