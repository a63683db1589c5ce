//! What the server bears: `cargo bench -p fathom-server --bench server`.
//!
//! The server runs in a process of its own, which is this program started again, with a bare axum route beside it that
//! answers the same bytes. Requests come from this process, so both sides share the machine in the same way. A
//! measured figure below its floor makes the program fail.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints, and stops where it cannot go on"
)]

#[path = "../board/mod.rs"]
mod board;
mod child;
mod crowd;
#[path = "../http/mod.rs"]
mod http;
mod polls;
mod queue;

use std::process::ExitCode;

use board::Board;

/// The parts that can be named on the command line; none means all.
const PARTS: [&str; 3] = ["polls", "followers", "queue"];

fn main() -> ExitCode {
    // Cargo hands flags of its own along.
    let named: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let [word, folder] = named.as_slice()
        && word == child::WORD
    {
        return child::serve(folder.as_ref());
    }
    if let Some(unknown) = named.iter().find(|name| !PARTS.contains(&name.as_str())) {
        println!("{unknown} is no part of this bench; there are {}", PARTS.join(", "));
        return ExitCode::FAILURE;
    }
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    // A thousand followers need a thousand sockets on either side.
    #[cfg(unix)]
    let _ = rlimit::increase_nofile_limit(4096);
    let mut board = Board::default();
    if wanted("polls") {
        polls::measure(&mut board);
    }
    if wanted("followers") {
        crowd::measure(&mut board);
    }
    if wanted("queue") {
        queue::measure(&mut board);
    }
    board.end()
}
