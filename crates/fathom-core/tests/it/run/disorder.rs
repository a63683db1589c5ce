//! Everything at once.

use fathom_core::{
    Provider,
    run::{Input, Step},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::Scene;
use crate::{
    fake::{BARE, CLOSING, IMMEDIATE, LISTING, RESTARTING, STREAMING},
    player::path,
};

/// Whatever happens in whatever order, as when a laptop sleeps for a day and every timer, reply and
/// click arrives at once: no panic, at most one submission, and no request without an answer or a
/// wait in between.
#[test]
fn no_order_of_happenings_breaks_the_rules() {
    for seed in 0..150_u64 {
        for provider in [&BARE, &LISTING, &STREAMING, &CLOSING, &RESTARTING, &IMMEDIATE] {
            wander(provider, seed);
        }
    }
}

fn wander(provider: &'static dyn Provider, seed: u64) {
    let mut scene = Scene::new(provider);
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = |most: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % most
    };
    let mut creates = 0;
    for _ in 0..300 {
        match scene.heard.next(&mut scene.run) {
            Step::Send { request, .. } => creates += usize::from(path(&request) == "/create"),
            Step::Done => break,
            _ => {}
        }
        assert!(!matches!(scene.heard.next(&mut scene.run), Step::Send { .. }), "seed {seed}");
        let bodies = [
            "job 1",
            "running",
            "text a",
            "done b",
            "nonsense",
            "",
            "data: text a\n\n",
            "a token-1 - -",
            "data: clue 2\n\n",
            "data: draft c;settled\n\n",
        ];
        let body = bodies[usize::try_from(random(10)).unwrap()];
        let statuses = [200, 200, 200, 204, 302, 401, 404, 500, 503];
        match random(40) {
            0..=5 => scene.run.handle(Input::Woke),
            6..=9 => scene.run.handle(Input::Chunk(body.as_bytes())),
            10..=13 => scene.run.handle(Input::End),
            14..=16 => _ = scene.loses_it(),
            17..=20 => _ = scene.gets_with(200, &[("content-type", "text/event-stream")], body),
            21 => scene.run.handle(Input::Cancel),
            _ => _ = scene.gets(statuses[usize::try_from(random(9)).unwrap()], body),
        }
    }
    // None of these providers can tell a repetition by its token.
    assert!(creates <= 1, "seed {seed}: {creates} submissions");
}
