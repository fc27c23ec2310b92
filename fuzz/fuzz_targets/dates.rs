//! Any text as an EDTF date: parsed or refused, never a panic; what was parsed is parsed again from its own text.
#![no_main]

use foedera_world::time::Edtf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(date) = Edtf::parse(text) {
        let again = Edtf::parse(date.text()).expect("a date's own text is a date");
        assert_eq!(again.moment(), date.moment());
    }
});
