//! Fonts of a PDF: from codes on a page to letters.
//!
//! In: a font's table of letters (`ToUnicode`), if it has one. Out: text. What always holds: a code without a letter is left out, never guessed.

use std::collections::BTreeMap;

use super::super::windows_1252;
use super::values::{Scanner, Value};

/// How a font's codes become letters.
pub(super) struct Font {
    pub(super) wide: bool,
    pub(super) map: BTreeMap<u32, String>,
}

impl Font {
    pub(super) fn decode(&self, bytes: &[u8], out: &mut String) {
        if self.wide {
            for c in bytes.chunks_exact(2) {
                if let Some(t) = self.map.get(&(u32::from(c[0]) << 8 | u32::from(c[1]))) {
                    out.push_str(t);
                }
            }
            return;
        }
        for b in bytes {
            match self.map.get(&u32::from(*b)) {
                Some(t) => out.push_str(t),
                None if *b >= 32 => out.push(windows_1252(*b)),
                None => {}
            }
        }
    }
}

/// The table from codes to letters.
pub(super) fn to_unicode(data: &[u8]) -> BTreeMap<u32, String> {
    let mut out = BTreeMap::new();
    let number = |t: &[u8]| t.iter().take(4).fold(0_u32, |n, b| n << 8 | u32::from(*b));
    let letters = |t: &[u8]| -> String {
        let units: Vec<u16> = t.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let mut s = Scanner { bytes: data, at: 0 };
    let mut values: Vec<Value> = Vec::new();
    while let Some(v) = s.value(0) {
        let Value::Word(w) = &v else {
            values.push(v);
            continue;
        };
        match w.as_slice() {
            b"endbfchar" => {
                for pair in values.chunks_exact(2) {
                    if let (Value::Text(a), Value::Text(b)) = (&pair[0], &pair[1]) {
                        out.insert(number(a), letters(b));
                    }
                }
            }
            b"endbfrange" => {
                for t in values.chunks_exact(3) {
                    let (Value::Text(a), Value::Text(b)) = (&t[0], &t[1]) else { continue };
                    let (a, b) = (number(a), number(b));
                    for (k, code) in (a..=b.min(a.saturating_add(0xffff))).enumerate() {
                        match &t[2] {
                            Value::Text(first) => {
                                let base = number(first);
                                if let Some(c) = u32::try_from(k)
                                    .ok()
                                    .and_then(|k| char::from_u32(base.saturating_add(k)))
                                    .filter(|_| first.len() <= 2)
                                {
                                    out.insert(code, c.to_string());
                                } else if k == 0 {
                                    out.insert(code, letters(first));
                                }
                            }
                            Value::List(l) => {
                                if let Some(Value::Text(x)) = l.get(k) {
                                    out.insert(code, letters(x));
                                }
                            }
                            _ => {}
                        }
                    }
                }
            }
            _ => {}
        }
        values.clear();
        if out.len() > 100_000 {
            break;
        }
    }
    out
}
