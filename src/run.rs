//! The commands: settings in, output and status out.

use crate::cli::{CheckFormat, ClaimsFormat, LintsFormat};
use crate::finding::Finding;
use crate::problem::{Loss, Problem};
use crate::report::{Summary, claims_jsonl, claims_table, human, json, lints};
use crate::settings::{Action, Check, Input, Settings};
use crate::{Reading, explain, lint};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::Once;
use std::time::{Duration, Instant};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing reached the failing severity.
    Clean,
    /// Something did.
    Found,
    /// Something could not be read, or the run itself failed.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Found => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Why a run could not be done.
enum Failure {
    /// Something the user can mend: what, and how.
    User { message: String, help: String },
    /// Output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Does what the settings say. Results go to `out`, messages to `err`.
pub fn run(settings: &Settings, out: &mut impl Write, err: &mut impl Write) -> Status {
    let done = act(settings, out, err).and_then(|status| Ok(out.flush().map(|()| status)?));
    let (message, help) = match done {
        Ok(status) => return status,
        // Whoever reads the output has seen enough, as in `clinlint check | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return Status::Clean,
        Err(Failure::Output(error)) => {
            (format!("the output cannot be written: {error}"), "check the disk and the permissions".to_owned())
        }
        Err(Failure::User { message, help }) => (message, help),
    };
    // With no place left to complain, the status has to say it.
    let _ = human::failure(err, &message, &help, settings.err);
    Status::Failed
}

fn act(settings: &Settings, out: &mut impl Write, err: &mut impl Write) -> Result<Status, Failure> {
    match &settings.action {
        Action::Check(check) => self::check(check, settings, out, err),
        Action::Claims { input, format } => {
            let reading = read(input, settings)?;
            let passages = reading.passages();
            match format {
                ClaimsFormat::Table => claims_table::write(out, &passages, settings.out.width)?,
                ClaimsFormat::Jsonl => claims_jsonl::write(out, &passages)?,
            }
            out.flush()?;
            human::problems(err, &reading.problems, settings.err)?;
            Ok(status(&reading.problems, false))
        }
        Action::Explain { code } => {
            let lints = builtin()?;
            let lint = explain::find(&lints, code)
                .map_err(|help| Failure::User { message: format!("there is no lint `{code}`"), help })?;
            write!(out, "{}", explain::page(lint, settings.out.width))?;
            Ok(Status::Clean)
        }
        Action::Lints { format } => {
            match format {
                LintsFormat::Table => lints::table(out, &builtin()?)?,
                LintsFormat::Json => lints::json(out, &builtin()?)?,
            }
            Ok(Status::Clean)
        }
    }
}

fn check(check: &Check, settings: &Settings, out: &mut impl Write, err: &mut impl Write) -> Result<Status, Failure> {
    let started = Instant::now();
    let lints = builtin()?;
    let reading = read(&check.input, settings)?;
    let mut findings = crate::check(&reading, &lints);
    findings.retain(|finding| finding.confidence >= check.confidence);
    let passages = reading.passages();
    match check.format {
        CheckFormat::Human => human::findings(out, &findings, &passages, settings.out)?,
        CheckFormat::Json => json::write(out, &findings, &passages, &reading.problems)?,
    }
    // On a terminal both streams are one: no problem may land inside a finding,
    // and the summary comes last.
    out.flush()?;
    human::problems(err, &reading.problems, settings.err)?;
    if check.format == CheckFormat::Human && !check.quiet {
        human::summary(out, Summary::new(&passages, &findings), Some(started.elapsed()))?;
    }
    let fails = |finding: &Finding| check.fail_on.is_some_and(|least| finding.severity >= least);
    Ok(status(&reading.problems, findings.iter().any(fails)))
}

fn status(problems: &[Problem], found: bool) -> Status {
    if problems.iter().any(|problem| problem.loss == Loss::Whole) {
        Status::Failed
    } else if found {
        Status::Found
    } else {
        Status::Clean
    }
}

fn builtin() -> Result<Vec<lint::Lint>, Failure> {
    lint::builtin().map_err(|problem| Failure::User {
        message: format!("{}: {}", problem.path, problem.message),
        help: "this build of clinlint is broken, build it again from a released version".to_owned(),
    })
}

/// Reads the articles with as many threads as wanted.
fn read(input: &Input, settings: &Settings) -> Result<Reading, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(input.threads).build().map_err(|error| Failure::User {
        message: format!("the threads cannot be started: {error}"),
        help: "ask for fewer with --threads".to_owned(),
    })?;
    let progress = Progress::new(settings.progress);
    Ok(pool.install(|| crate::read_paths(&input.paths, &|files| progress.one_more(files))))
}

/// A progress bar that appears when a run turns out to be long.
struct Progress {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
    shown: Once,
}

impl Progress {
    /// Shorter runs than this need no bar.
    const PATIENCE: Duration = Duration::from_secs(1);

    fn new(wanted: bool) -> Self {
        Self { bar: ProgressBar::hidden(), started: Instant::now(), wanted, shown: Once::new() }
    }

    /// One of `files` files is done.
    fn one_more(&self, files: usize) {
        if self.wanted && self.started.elapsed() > Self::PATIENCE {
            self.shown.call_once(|| self.show(files));
        }
        self.bar.inc(1);
    }

    fn show(&self, files: usize) {
        // A template that cannot be read falls back to the default bar.
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} articles, {eta} left") {
            self.bar.set_style(style);
        }
        self.bar.set_length(files as u64);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
