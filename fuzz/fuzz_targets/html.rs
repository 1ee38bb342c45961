//! Articles in the format of `.html` files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clinlint_fuzz::article("html", bytes));
