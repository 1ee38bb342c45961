//! `vocabulary`: what names stand for, and files of a user from other sources.

use super::lints::written;
use super::{Failure, Status, write_file};
use crate::cli::LookupFormat;
use crate::knowledge;
use crate::problem::Problem;
use crate::report::{human, vocabulary};
use crate::settings::{Beside, Settings};
use crate::span::Position;
use crate::vocabulary::{Import, rxnorm};
use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::Path;

/// Prints what a name stands for.
pub(super) fn lookup(
    name: &str,
    format: LookupFormat,
    beside: &Beside,
    settings: &Settings,
    out: &mut impl Write,
) -> Result<Status, Failure> {
    let words = knowledge::words(written(beside)?.as_ref(), &beside.folders).map_err(Failure::Input)?;
    let (vocabulary, own) = (words.vocabulary(), &words.own);
    let meanings = vocabulary.lookup(name, own);
    if meanings.is_empty() {
        let near = vocabulary.near(name, own).map(|near| format!("did you mean `{near}`?"));
        let class = vocabulary
            .stem_class(&name.to_lowercase())
            .map(|class| format!("its stem is that of a drug of the class {}", vocabulary.classes[class.index()].name));
        let help: Vec<String> = class.into_iter().chain(near).collect();
        let help = if help.is_empty() { "add it to a vocabulary file of your own".to_owned() } else { help.join("; ") };
        return Err(Failure::User { message: format!("the vocabulary has nothing called `{name}`"), help });
    }
    match format {
        LookupFormat::Text => vocabulary::text(out, name, &meanings, settings.out.width)?,
        LookupFormat::Json => vocabulary::json(out, &meanings)?,
    }
    Ok(Status::Clean)
}

/// How many broken lines are shown.
const SHOWN: usize = 3;

/// Makes a vocabulary file from a release of RxNorm.
pub(super) fn rxnorm(
    file: &Path,
    output: &Path,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let target = output.join("drugs.tsv");
    // A link that leads nowhere is something, too.
    if target.symlink_metadata().is_ok() {
        return Err(Failure::User {
            message: format!("{} is there already", target.display()),
            help: "name another folder with --output, or move the file away".to_owned(),
        });
    }
    let shown = file.to_string_lossy();
    let unread = |error: std::io::Error| Failure::User {
        message: format!("{shown} cannot be read: {error}"),
        help: "name RXNCONSO.RRF, which lies in the folder `rrf` of an RxNorm release".to_owned(),
    };
    let release = rxnorm::read(BufReader::new(File::open(file).map_err(unread)?)).map_err(unread)?;
    human::problems(err, &broken(&shown, &release.broken), settings.err)?;
    if release.lines == 0 {
        return Err(Failure::User {
            message: format!("no line of {shown} is one of RXNCONSO.RRF"),
            help: "name that file of an RxNorm release, unpacked".to_owned(),
        });
    }
    let problems = |errors: Vec<_>| Failure::Input(errors.into_iter().map(Problem::from).collect());
    let import = Import::of(&release.names).map_err(problems)?;
    if let Some(text) = import.text() {
        fs::create_dir_all(output).map_err(|error| Failure::User {
            message: format!("{} cannot be made: {error}", output.display()),
            help: "check the path and the permissions".to_owned(),
        })?;
        write_file(&target, text.as_bytes())?;
    }
    vocabulary::imported(out, &target.to_string_lossy(), &import)?;
    Ok(Status::Clean)
}

/// The first lines that could not be read, and how many more there are.
fn broken(file: &str, lines: &[(usize, &str)]) -> Vec<Problem> {
    let one = |(line, why): &(usize, &str)| {
        let position = Some(Position { line: *line, column: 1 });
        Problem { position, ..Problem::part(file, format!("the line is left out: {why}")) }
    };
    let mut problems: Vec<Problem> = lines.iter().take(SHOWN).map(one).collect();
    if let Some(more @ 1..) = lines.len().checked_sub(SHOWN) {
        let lines = if more == 1 { "line is" } else { "lines are" };
        problems.push(Problem::part(file, format!("{more} more {lines} left out")));
    }
    problems
}
