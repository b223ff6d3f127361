//! Command line of `hlp`.
fn main() {}
