//! The readers of the configuration and of the baseline.

#![no_main]

use clinlint::gate::Baseline;
use clinlint_fuzz::LINTS;
use std::path::Path;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = clinlint::config::parse("clinlint.yml", text, Path::new("/content"), &LINTS);
    if let Ok(baseline) = Baseline::parse(text, Path::new("/content")) {
        let again = Baseline::parse(&baseline.text(), Path::new("/content")).expect("what it writes can be read");
        assert_eq!(baseline.text(), again.text());
    }
});
