//! The reader of lint files.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = clinlint::lint::parse("lints/dose/start.yml", "dose/start", text);
});
