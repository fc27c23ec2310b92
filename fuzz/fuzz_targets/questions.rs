//! Any text as a scenario fact, the part of a question with a grammar of its own: parsed or refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _fact = foedera::parse_fact(text);
});
