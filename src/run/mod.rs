//! The commands: settings in, output and status out.

mod check;
mod claims;
mod compare;
mod diff;
mod facts;
mod fix;
mod lints;
mod page;
mod progress;
mod review;
mod vocabulary;
mod why_not;

use crate::cache::{self, Cache};
use crate::cli::{self, Cli};
use crate::config;
use crate::knowledge::Knowledge;
use crate::lint::Lint;
use crate::paths::{self, Patterns};
use crate::problem::{Loss, Problem, Refusal};
use crate::report::{self, human};
use crate::settings::{Action, Beside, Input, Settings, Stdin};
use crate::source::standard;
use crate::{Reading, lint, server, source, write};
use clap::CommandFactory;
use progress::Progress;
use std::collections::BTreeSet;
use std::io::{self, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The name of the program.
const NAME: &str = "clinlint";

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
    /// What is wrong with an input without which nothing can be done.
    Input(Vec<Problem>),
    /// Output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Refusal> for Failure {
    fn from(Refusal { message, help }: Refusal) -> Self {
        Self::User { message, help }
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
        Err(Failure::Input(problems)) => {
            let _ = human::problems(err, &problems, settings.err);
            return Status::Failed;
        }
    };
    // With no place left to complain, the status has to say it.
    let _ = human::failure(err, &message, &help, settings.err);
    Status::Failed
}

fn act(settings: &Settings, out: &mut impl Write, err: &mut impl Write) -> Result<Status, Failure> {
    match &settings.action {
        Action::Check(check) => check::check(check, settings, out, err),
        Action::WhyNot { input, lines, confidence } => why_not::why_not(input, lines, *confidence, settings, out, err),
        Action::Facts { input, drugs, format } => facts::facts(input, drugs, *format, settings, out, err),
        Action::Report { input, output, confidence } => page::report(input, output, *confidence, settings, out, err),
        Action::Diff { revision, input, format } => diff::diff(revision, input, *format, settings, out, err),
        Action::Review(review) => review::review(review, settings, out, err),
        Action::Cache(action) => kept(*action, out),
        Action::Init(folder) => init(folder, out),
        Action::Config { file, beside } => {
            let known = knowledge(beside, std::slice::from_ref(file))?;
            report::config::write(out, &known.config, file, &known.lints)?;
            Ok(Status::Clean)
        }
        Action::Schema => {
            writeln!(out, "{:#}", config::schema())?;
            Ok(Status::Clean)
        }
        Action::Claims { input, format, unread } => claims::claims(input, *format, *unread, settings, out, err),
        Action::Compare { beside, confidence, fail_on } => {
            compare::compare(beside, *confidence, *fail_on, settings, out, err)
        }
        Action::Explain { code, beside } => lints::explain(code, beside, settings, out),
        Action::Completions(shell) => {
            // It cannot report that nobody reads any more, so it writes where somebody does.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), NAME, &mut script);
            out.write_all(&script)?;
            Ok(Status::Clean)
        }
        Action::Man(command) => man(command.as_deref(), out),
        Action::Serve => Ok(serve(out)),
        Action::Lints { format, beside } => lints::list(*format, beside, out),
        Action::TestLints(beside) => lints::test(beside, settings, out, err),
        Action::Lookup { name, format, beside } => vocabulary::lookup(name, *format, beside, settings, out),
        Action::Rxnorm { file, output } => vocabulary::rxnorm(file, output, settings, out, err),
        Action::LintSchema => {
            writeln!(out, "{:#}", lint::schema())?;
            Ok(Status::Clean)
        }
    }
}

/// Serves the editor on standard input until it ends the session; one that
/// ends it without a word, or is gone, makes the exit status 1.
fn serve(out: &mut impl Write) -> Status {
    match server::serve(BufReader::new(io::stdin()), out) {
        Ok(true) => Status::Clean,
        Ok(false) | Err(_) => Status::Found,
    }
}

/// Prints the man page of a command, or of the whole.
fn man(command: Option<&str>, out: &mut impl Write) -> Result<Status, Failure> {
    let mut whole = Cli::command();
    // Gives the commands the options that hold for all of them.
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                return Err(Failure::User {
                    message: format!("there is no command `{name}`"),
                    help: "`clinlint --help` lists the commands".to_owned(),
                });
            }
        },
    };
    clap_mangen::Man::new(page).render(out)?;
    Ok(Status::Clean)
}

/// Removes what is kept of articles, or says where it is kept.
fn kept(action: cli::Cache, out: &mut impl Write) -> Result<Status, Failure> {
    let Some(folder) = cache::folder() else {
        return Err(Failure::User {
            message: "nothing is kept: there is no folder for it".to_owned(),
            help: format!("name one in {}", cache::VARIABLE),
        });
    };
    match action {
        cli::Cache::Dir => writeln!(out, "{}", folder.display())?,
        cli::Cache::Clean => {
            let (files, bytes) = cache::clean(&folder).map_err(|error| Failure::User {
                message: format!("{} cannot be removed: {error}", folder.display()),
                help: "check the permissions of the folder".to_owned(),
            })?;
            writeln!(out, "{files} files of {bytes} bytes removed from {}", folder.display())?;
        }
    }
    Ok(Status::Clean)
}

/// Writes a configuration that fits the articles of a folder.
fn init(folder: &Path, out: &mut impl Write) -> Result<Status, Failure> {
    let file = folder.join(config::NAME);
    // A link that leads nowhere is something, too.
    if file.symlink_metadata().is_ok() {
        return Err(Failure::User {
            message: format!("{} is there already", file.display()),
            help: "`clinlint config FILE` prints what it sets for a file".to_owned(),
        });
    }
    let found = source::find(&[folder.to_owned()], &Patterns::none());
    if let Some(lost) = found.problems.iter().find(|problem| problem.loss == Loss::Whole && found.files.is_empty()) {
        return Err(Failure::Input(vec![lost.clone()]));
    }
    let articles: Vec<String> = found.files.iter().filter_map(|path| paths::inside(folder, path)).collect();
    write_file(&file, config::starter(&articles, &builtin()?).as_bytes())?;
    writeln!(out, "{} is written for {} articles", file.display(), articles.len())?;
    Ok(Status::Clean)
}

/// Writes a file whole or not at all.
fn write_file(file: &Path, content: &[u8]) -> Result<(), Failure> {
    write::replace(file, content).map_err(|error| Failure::User {
        message: format!("{} cannot be written: {error}", file.display()),
        help: "check the path, the permissions and the disk".to_owned(),
    })
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

fn builtin() -> Result<Vec<Lint>, Failure> {
    lint::builtin().map_err(|problem| Failure::User {
        message: format!("{}: {}", problem.path, problem.message),
        help: "this build of clinlint is broken, build it again from a released version".to_owned(),
    })
}

/// Reads the articles, and files beside them, with as many threads as wanted.
fn read(input: &Input, known: &Knowledge, beside: &[PathBuf], settings: &Settings) -> Result<Reading, Failure> {
    let config = &known.config;
    let pool = pool(input)?;
    let mut at_hand = Vec::new();
    let mut lost = Vec::new();
    match &input.stdin {
        Some(Stdin::Article(path)) => match standard::one(&mut io::stdin().lock(), path) {
            Ok(source) => at_hand.push(source),
            Err(problem) => lost.push(problem),
        },
        Some(Stdin::Lines) => {
            for article in standard::lines(io::stdin().lock()) {
                match article {
                    Ok(source) => at_hand.push(source),
                    Err(problem) => lost.push(problem),
                }
            }
        }
        None => {}
    }
    let mut paths = match (input.paths.as_slice(), config.paths.as_slice()) {
        ([], _) if input.stdin.is_some() => Vec::new(),
        ([], []) => vec![PathBuf::from(".")],
        ([], configured) => configured.iter().map(|path| paths::from_here(path)).collect(),
        (typed, _) => typed.to_vec(),
    };
    paths.extend_from_slice(beside);
    let progress = Progress::new(settings.progress);
    let one_more = |files| progress.one_more(files);
    let cache = match cache::folder() {
        Some(folder) if input.cached => Cache::open(&folder, &paths, known.vocabulary()),
        _ => Cache::none(),
    };
    let mut reading = pool.install(|| crate::read_paths(&paths, at_hand, known, &cache, &one_more));
    cache.save();
    reading.problems.extend(lost);
    if reading.articles.is_empty() && reading.problems.is_empty() {
        reading.problems.push(nothing_to_read());
    }
    Ok(reading)
}

/// The threads that read articles.
fn pool(input: &Input) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new().num_threads(input.threads).build().map_err(|error| Failure::User {
        message: format!("the threads cannot be started: {error}"),
        help: "ask for fewer with --threads".to_owned(),
    })
}

/// An empty standard input.
fn nothing_to_read() -> Problem {
    let problem = Problem::whole(standard::NAME, "no article to read");
    problem.with_help("each line of standard input is an object with `path` and `text`")
}

/// What is known when the input is to be read.
fn known(input: &Input) -> Result<Knowledge, Failure> {
    let mut paths = input.paths.clone();
    if let Some(Stdin::Article(path)) = &input.stdin {
        paths.push(path.clone());
    }
    knowledge(&input.beside, &paths)
}

/// What is known with what is read beside the articles at these paths.
fn knowledge(beside: &Beside, paths: &[PathBuf]) -> Result<Knowledge, Failure> {
    let file = configuration(beside, paths)?;
    Knowledge::new(file.as_deref(), &paths::absolute(Path::new(".")), &beside.folders).map_err(Failure::Input)
}

/// The configuration that is named, or lies above the paths, if there is one.
fn configuration(beside: &Beside, paths: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    let here = [PathBuf::from(".")];
    match &beside.config {
        Some(file) => Ok(Some(file.clone())),
        None => {
            let paths = if paths.is_empty() { &here } else { paths };
            let above: BTreeSet<Option<PathBuf>> = paths.iter().map(|path| config::above(path)).collect();
            if above.len() > 1 {
                return Err(Failure::User {
                    message: "the paths have different configurations".to_owned(),
                    help: "name one with --config, or check the paths one after the other".to_owned(),
                });
            }
            Ok(above.into_iter().next().flatten())
        }
    }
}
