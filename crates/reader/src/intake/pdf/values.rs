//! Values of a PDF: numbers, names, texts, lists, dictionaries, references, and the words of a page.
//!
//! In: bytes. Out: one value after the other. What always holds: lists and dictionaries nest no deeper than a limit; damage ends a value and never the
//! reading.

use std::collections::BTreeMap;

/// How deep arrays and dictionaries may nest.
const DEPTH: usize = 40;

/// A value of the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Value>),
    Dict(BTreeMap<Vec<u8>, Value>),
    Reference(u32),
    /// An operator of a page, or a word that is no value.
    Word(Vec<u8>),
}

impl Value {
    pub(super) fn get(&self, key: &[u8]) -> Option<&Value> {
        match self {
            Value::Dict(d) => d.get(key),
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &[u8]) -> bool {
        matches!(self, Value::Name(n) if n == name)
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// Reads values out of bytes.
pub(super) struct Scanner<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

pub(super) fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl Scanner<'_> {
    pub(super) fn skip(&mut self) {
        while let Some(b) = self.bytes.get(self.at) {
            if is_space(*b) {
                self.at += 1;
            } else if *b == b'%' {
                while self.bytes.get(self.at).is_some_and(|b| !matches!(b, 10 | 13)) {
                    self.at += 1;
                }
            } else {
                break;
            }
        }
    }

    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip();
        if depth > DEPTH {
            return None;
        }
        let b = *self.bytes.get(self.at)?;
        match b {
            b'/' => {
                self.at += 1;
                Some(Value::Name(self.run()))
            }
            b'(' => Some(Value::Text(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                let mut dict = BTreeMap::new();
                loop {
                    self.skip();
                    if self.bytes.get(self.at..self.at + 2) == Some(b">>") {
                        self.at += 2;
                        break;
                    }
                    let Some(Value::Name(key)) = self.value(depth + 1) else { break };
                    let Some(v) = self.value(depth + 1) else { break };
                    dict.insert(key, v);
                }
                Some(Value::Dict(dict))
            }
            b'<' => Some(Value::Text(self.hex())),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                loop {
                    self.skip();
                    match self.bytes.get(self.at) {
                        None => break,
                        Some(b']') => {
                            self.at += 1;
                            break;
                        }
                        _ => match self.value(depth + 1) {
                            Some(v) => list.push(v),
                            None => break,
                        },
                    }
                }
                Some(Value::List(list))
            }
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += 1;
                Some(Value::Null)
            }
            _ => Some(self.word()),
        }
    }

    pub(super) fn run(&mut self) -> Vec<u8> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !is_space(*b) && !is_delimiter(*b)) {
            self.at += 1;
        }
        self.bytes[from..self.at].to_vec()
    }

    /// A number, a reference, or a bare word.
    pub(super) fn word(&mut self) -> Value {
        let run = self.run();
        let Some(n) = std::str::from_utf8(&run).ok().and_then(|t| t.parse::<f64>().ok()) else {
            return Value::Word(run);
        };
        // `12 0 R`
        if n >= 0.0 && n.fract() == 0.0 && n < f64::from(u32::MAX) {
            let back = self.at;
            self.skip();
            let generation = self.run();
            self.skip();
            let letter = self.run();
            if !generation.is_empty() && generation.iter().all(u8::is_ascii_digit) && letter == b"R" {
                return Value::Reference(n as u32);
            }
            self.at = back;
        }
        Value::Number(n)
    }

    pub(super) fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1);
        while let Some(b) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match b {
                b'\\' => {
                    let Some(e) = self.bytes.get(self.at).copied() else { break };
                    self.at += 1;
                    match e {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'0'..=b'7' => {
                            let mut n = u32::from(e - b'0');
                            for _ in 0..2 {
                                match self.bytes.get(self.at) {
                                    Some(d @ b'0'..=b'7') => {
                                        n = n * 8 + u32::from(d - b'0');
                                        self.at += 1;
                                    }
                                    _ => break,
                                }
                            }
                            out.push((n & 0xff) as u8);
                        }
                        b'\r' | b'\n' => {}
                        other => out.push(other),
                    }
                }
                b'(' => {
                    depth += 1;
                    out.push(b);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    out.push(b);
                }
                _ => out.push(b),
            }
        }
        out
    }

    pub(super) fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(b) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match (b as char).to_digit(16) {
                Some(d) => digits.push(d as u8),
                None if b == b'>' => break,
                None => {}
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits.chunks_exact(2).map(|c| c[0] * 16 + c[1]).collect()
    }
}
