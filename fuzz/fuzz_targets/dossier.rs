//! Any text as a dossier's file: a world and findings, never a panic. Seed the corpus with the files of `dossiers/`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _findings = foedera::check_text("fuzz.toml", text);
});
