//! Starts the app.

fn main() {
    fathom_web::start();
}
