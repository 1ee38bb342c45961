//! `vocabulary`: what names stand for.

use super::lints::written;
use super::{Failure, Status};
use crate::cli::LookupFormat;
use crate::knowledge;
use crate::report::vocabulary;
use crate::settings::{Beside, Settings};
use std::io::Write;

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
