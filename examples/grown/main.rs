//! Prints ever more articles as JSON lines, to see how time and memory grow:
//!
//! ```text
//! cargo run --release --example grown -- copies 16 FOLDER | clinlint check --stdin-jsonl
//! cargo run --release --example grown -- one-drug 100000 | …
//! cargo run --release --example grown -- small 1000000 | …
//! ```
//!
//! `copies` prints every article of a folder so many times; in each copy the drugs
//! are others and the figures have moved, so that there is as much to compare.
//! `one-drug` is the worst case, articles on one drug, each with a dose of its
//! own. `small` are articles of a sentence or two on all drugs there are.

use clinlint::paths::Patterns;
use clinlint::source::{self, Source};
use clinlint::vocabulary::Vocabulary;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["copies", times, folder] => number(times).map(|times| copies(&mut out, times, folder)),
        ["one-drug", articles] => number(articles).map(|articles| one_drug(&mut out, articles)),
        ["small", articles] => number(articles).map(|articles| small(&mut out, articles)),
        _ => None,
    };
    match done.map(|printed| printed.and_then(|()| out.flush())) {
        Some(Ok(())) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Some(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("grown copies TIMES FOLDER | grown one-drug ARTICLES | grown small ARTICLES");
            ExitCode::from(2)
        }
    }
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok()
}

fn line(out: &mut impl Write, path: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{}", serde_json::json!({ "path": path, "text": text }))
}

fn copies(out: &mut impl Write, times: usize, folder: &str) -> io::Result<()> {
    let found = source::find(&[PathBuf::from(folder)], &Patterns::none());
    let articles: Vec<Source> = found.files.iter().filter_map(|path| source::read(path).ok()).collect();
    let names: Vec<&str> = Vocabulary::builtin().drugs.iter().map(|drug| &*drug.name).collect();
    // What is no single word stays as it is.
    let names: Vec<&str> = names.into_iter().filter(|name| name.chars().all(char::is_alphabetic)).collect();
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    for copy in 0..times {
        for article in &articles {
            let text = changed(&article.text, copy, &names, &places);
            line(out, &format!("{copy}/{}", article.path.trim_start_matches(['.', '/'])), &text)?;
        }
    }
    Ok(())
}

/// A text with other drugs and other figures; the first copy is the text itself.
fn changed(text: &str, copy: usize, names: &[&str], places: &HashMap<&str, usize>) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_same = |letter: char| {
            if first.is_alphabetic() {
                letter.is_alphabetic()
            } else {
                letter.is_ascii_digit() == first.is_ascii_digit() && !letter.is_alphabetic()
            }
        };
        let (word, after) = rest.split_at(rest.find(|letter| !is_same(letter)).unwrap_or(rest.len()));
        match (places.get(word.to_lowercase().as_str()), word.parse::<u64>()) {
            (Some(at), _) => changed.push_str(names[(at + copy * 7) % names.len()]),
            // Years and codes stay.
            (None, Ok(figure)) if figure > 4 && figure < 1000 => {
                changed.push_str(&(figure + copy as u64 % 16).to_string());
            }
            _ => changed.push_str(word),
        }
        rest = after;
    }
    changed
}

fn one_drug(out: &mut impl Write, articles: usize) -> io::Result<()> {
    for number in 0..articles {
        let dose = number + 1;
        let text = format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {dose} mg at bedtime.\n");
        line(out, &format!("{number}.md"), &text)?;
    }
    Ok(())
}

fn small(out: &mut impl Write, articles: usize) -> io::Result<()> {
    let drugs = &Vocabulary::builtin().drugs;
    for number in 0..articles {
        let drug = &drugs[number % drugs.len()].name;
        let dose = 5 * (1 + number / drugs.len() % 20);
        let text =
            format!("# {drug}\n\nStart {drug} at {dose} mg once daily. {drug} is contraindicated in glaucoma.\n");
        line(out, &format!("{}/{number}.md", number / 1000), &text)?;
    }
    Ok(())
}
