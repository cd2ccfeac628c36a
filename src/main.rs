//! The `clausal` command.

fn main() {}
