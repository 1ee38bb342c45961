//! Articles in the format of `.md` files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clinlint_fuzz::article("md", bytes));
