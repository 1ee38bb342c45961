//! The command line.

use clap::Parser;
use clinlint::cli::Cli;
use clinlint::run::run;
use clinlint::settings::Settings;
use mimalloc::MiMalloc;
use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

/// Reading an article makes and drops many small texts, on which the allocator of
/// the system spends a seventh of the time. Huge pages are left out: clearing
/// them costs more than they save, and a third of the memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let settings = Settings::new(Cli::parse());
    run(&settings, &mut BufWriter::new(stdout().lock()), &mut stderr()).into()
}
