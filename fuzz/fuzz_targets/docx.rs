//! Word documents: an archive as it is, or anything else as the body of one,
//! which is read and commented.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clinlint_fuzz::document(bytes));
