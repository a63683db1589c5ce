//! The program itself is in the library, where tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    fathom_server::main()
}
