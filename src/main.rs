//! The `clausal` command.

fn main() -> std::process::ExitCode {
    clausal::cli::main()
}
