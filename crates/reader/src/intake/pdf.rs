//! PDF: the text of its pages, as far as it is written as text.
//!
//! In: the file's bytes. Out: its text, lines as they are set, a blank line between blocks and pages. What always holds: the work is bounded
//! by limits on objects, streams and text; a stream that unpacks to more than its limit is left out and named; encrypted files, scans and
//! filters we do not know give an error or a warning, never a guess.

use std::collections::{BTreeMap, BTreeSet};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{IntakeError, MOST_TEXT, Text};

/// The most objects, pages, and bytes of one unpacked stream and of all.
const OBJECTS: usize = 200_000;
const PAGES: usize = 5_000;
const STREAM: usize = 16 << 20;
const UNPACKED: usize = 128 << 20;
/// How deep arrays and dictionaries may nest.
const DEPTH: usize = 40;

/// A value of the file.
#[derive(Clone, Debug, PartialEq)]
enum Value {
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
    fn get(&self, key: &[u8]) -> Option<&Value> {
        match self {
            Value::Dict(d) => d.get(key),
            _ => None,
        }
    }

    fn is_name(&self, name: &[u8]) -> bool {
        matches!(self, Value::Name(n) if n == name)
    }

    fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// Reads values out of bytes.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl Scanner<'_> {
    fn skip(&mut self) {
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

    fn value(&mut self, depth: usize) -> Option<Value> {
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

    fn run(&mut self) -> Vec<u8> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !is_space(*b) && !is_delimiter(*b)) {
            self.at += 1;
        }
        self.bytes[from..self.at].to_vec()
    }

    /// A number, a reference, or a bare word.
    fn word(&mut self) -> Value {
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

    fn literal(&mut self) -> Vec<u8> {
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

    fn hex(&mut self) -> Vec<u8> {
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

/// The objects of a file.
struct File<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, (Value, Option<(usize, usize)>)>,
    unpacked: usize,
    warnings: BTreeSet<String>,
}

pub(super) fn text(bytes: &[u8]) -> Result<Text, IntakeError> {
    let mut file = File { bytes, objects: BTreeMap::new(), unpacked: 0, warnings: BTreeSet::new() };
    file.scan();
    if file.objects.is_empty() {
        return Err(IntakeError {
            code: "broken-document",
            message: "the PDF has no objects that can be read".to_owned(),
            help: "save it anew, or as text",
        });
    }
    if find(bytes, b"/Encrypt", 0).is_some() {
        return Err(IntakeError {
            code: "encrypted-document",
            message: "the PDF is encrypted".to_owned(),
            help: "save it without a password",
        });
    }
    file.open_packed();
    let pages = file.pages();
    let mut out = String::new();
    for page in pages.iter().take(PAGES) {
        file.page(page, &mut out);
        if out.len() > MOST_TEXT {
            return Err(super::too_much("the PDF"));
        }
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push_str("\n\n");
        }
    }
    let mut warnings: Vec<String> = file.warnings.into_iter().collect();
    if out.trim().is_empty() {
        warnings.push(format!(
            "the PDF has {} pages and no text that can be read; it may be a scan",
            pages.len()
        ));
    }
    Ok(Text { text: tidy(&out), original: None, warnings })
}

/// Hyphens at the ends of lines are undone, and blanks folded.
fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut lines = raw.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let next_small = lines.peek().is_some_and(|n| n.trim_start().starts_with(char::is_lowercase));
        match line.strip_suffix('-') {
            Some(stem) if next_small && stem.ends_with(char::is_lowercase) => out.push_str(stem),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|w| w == what).map(|p| p + from)
}

impl File<'_> {
    /// Every `N G obj` of the file, whatever its index says.
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(p) = find(self.bytes, b" obj", at) {
            at = p + 4;
            if self.objects.len() >= OBJECTS {
                self.warnings
                    .insert(format!("the PDF has more than {OBJECTS} objects; the rest is left out"));
                return;
            }
            // Back over the generation to the number.
            let digits = |end: usize| {
                let mut k = end;
                while k > 0 && self.bytes[k - 1].is_ascii_digit() {
                    k -= 1;
                }
                k
            };
            let generation = digits(p);
            if generation == p || generation == 0 || !is_space(self.bytes[generation - 1]) {
                continue;
            }
            let number = digits(generation - 1);
            let Some(id) = std::str::from_utf8(&self.bytes[number..generation - 1])
                .ok()
                .and_then(|t| t.parse::<u32>().ok())
            else {
                continue;
            };
            let mut s = Scanner { bytes: self.bytes, at: p + 4 };
            let Some(value) = s.value(0) else { continue };
            s.skip();
            let mut stream = None;
            if self.bytes.get(s.at..s.at + 6) == Some(b"stream") {
                let mut from = s.at + 6;
                if self.bytes.get(from) == Some(&b'\r') {
                    from += 1;
                }
                if self.bytes.get(from) == Some(&b'\n') {
                    from += 1;
                }
                let told = value
                    .get(b"Length")
                    .and_then(Value::number)
                    .map(|n| from.saturating_add(n.max(0.0) as usize));
                let fits = told.filter(|e| {
                    *e <= self.bytes.len()
                        && find(&self.bytes[..self.bytes.len().min(e + 20)], b"endstream", *e).is_some()
                });
                let end = fits.or_else(|| find(self.bytes, b"endstream", from)).unwrap_or(self.bytes.len());
                stream = Some((from, end));
                at = end;
            } else {
                at = at.max(s.at.min(p + 4 + (1 << 20)));
            }
            self.objects.insert(id, (value, stream));
        }
    }

    /// Objects packed into streams.
    fn open_packed(&mut self) {
        let packed: Vec<u32> = self
            .objects
            .iter()
            .filter(|(_, (v, s))| s.is_some() && v.get(b"Type").is_some_and(|t| t.is_name(b"ObjStm")))
            .map(|(id, _)| *id)
            .collect();
        for id in packed {
            let Some(data) = self.stream(id) else { continue };
            let dict = self.objects[&id].0.clone();
            let count = dict.get(b"N").and_then(Value::number).unwrap_or(0.0) as usize;
            let first = dict.get(b"First").and_then(Value::number).unwrap_or(0.0) as usize;
            let mut s = Scanner { bytes: &data, at: 0 };
            let mut index = Vec::new();
            for _ in 0..count.min(OBJECTS) {
                let (Some(Value::Number(n)), Some(Value::Number(at))) = (s.value(0), s.value(0)) else {
                    break;
                };
                index.push((n as u32, first + at as usize));
            }
            for (n, at) in index {
                if at < data.len() && self.objects.len() < OBJECTS {
                    let mut s = Scanner { bytes: &data, at };
                    if let Some(v) = s.value(0) {
                        self.objects.entry(n).or_insert((v, None));
                    }
                }
            }
        }
    }

    fn resolve<'v>(&'v self, v: &'v Value) -> &'v Value {
        let mut v = v;
        for _ in 0..8 {
            match v {
                Value::Reference(id) => match self.objects.get(id) {
                    Some((inner, _)) => v = inner,
                    None => return &Value::Null,
                },
                _ => return v,
            }
        }
        &Value::Null
    }

    /// The unpacked bytes of a stream.
    fn stream(&mut self, id: u32) -> Option<Vec<u8>> {
        let (dict, place) = self.objects.get(&id)?;
        let (from, end) = (*place)?;
        let filter = dict.get(b"Filter").map(|f| self.resolve(f).clone());
        let raw = self.bytes.get(from..end)?;
        let names: Vec<Vec<u8>> = match filter {
            None => Vec::new(),
            Some(Value::Name(n)) => vec![n],
            Some(Value::List(l)) => l
                .iter()
                .filter_map(|v| if let Value::Name(n) = self.resolve(v) { Some(n.clone()) } else { None })
                .collect(),
            Some(_) => Vec::new(),
        };
        let mut data = raw.to_vec();
        for name in names {
            match name.as_slice() {
                b"FlateDecode" | b"Fl" => {
                    let left = UNPACKED.saturating_sub(self.unpacked).min(STREAM);
                    data = match decompress_to_vec_zlib_with_limit(&data, left) {
                        Ok(d) => d,
                        Err(e) if e.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                            self.warnings.insert(format!(
                                "a stream that unpacks to more than {left} bytes was left out"
                            ));
                            return None;
                        }
                        // What came out before the fault is still text.
                        Err(e) => e.output,
                    };
                    self.unpacked += data.len();
                }
                b"ASCIIHexDecode" | b"AHx" => {
                    let mut wrapped = vec![b'<'];
                    wrapped.extend_from_slice(&data);
                    wrapped.push(b'>');
                    data = Scanner { bytes: &wrapped, at: 0 }.hex();
                }
                other => {
                    let shown = String::from_utf8_lossy(other).into_owned();
                    if !matches!(other, b"DCTDecode" | b"CCITTFaxDecode" | b"JPXDecode" | b"JBIG2Decode") {
                        self.warnings.insert(format!("a stream packed as {shown} was left out"));
                    }
                    return None;
                }
            }
        }
        Some(data)
    }

    /// The pages in reading order: by the tree, or else as they stand in the file.
    fn pages(&self) -> Vec<Value> {
        let mut out = Vec::new();
        let root = self.objects.values().find(|(v, _)| v.get(b"Type").is_some_and(|t| t.is_name(b"Catalog")));
        if let Some(tree) = root.and_then(|(v, _)| v.get(b"Pages")) {
            let mut seen = BTreeSet::new();
            self.walk(tree, None, &mut seen, &mut out);
        }
        if out.is_empty() {
            out.extend(
                self.objects
                    .values()
                    .filter(|(v, _)| v.get(b"Type").is_some_and(|t| t.is_name(b"Page")))
                    .map(|(v, _)| v.clone()),
            );
        }
        out
    }

    fn walk(&self, node: &Value, resources: Option<&Value>, seen: &mut BTreeSet<u32>, out: &mut Vec<Value>) {
        if let Value::Reference(id) = node
            && !seen.insert(*id)
        {
            return;
        }
        if out.len() >= PAGES || seen.len() > OBJECTS {
            return;
        }
        let v = self.resolve(node);
        let resources = v.get(b"Resources").or(resources);
        match v.get(b"Kids").map(|k| self.resolve(k)) {
            Some(Value::List(kids)) if seen.len() < 50_000 => {
                for kid in kids {
                    self.walk(kid, resources, seen, out);
                }
            }
            _ => {
                let mut page = v.clone();
                if let (Value::Dict(d), Some(r)) = (&mut page, resources) {
                    d.entry(b"Resources".to_vec()).or_insert_with(|| r.clone());
                }
                out.push(page);
            }
        }
    }

    fn page(&mut self, page: &Value, out: &mut String) {
        let ids: Vec<u32> = match page.get(b"Contents") {
            Some(Value::Reference(id)) => match self.resolve(&Value::Reference(*id)) {
                Value::List(l) => l
                    .iter()
                    .filter_map(|v| if let Value::Reference(i) = v { Some(*i) } else { None })
                    .collect(),
                _ => vec![*id],
            },
            Some(Value::List(l)) => {
                l.iter().filter_map(|v| if let Value::Reference(i) = v { Some(*i) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        let mut content = Vec::new();
        for id in ids {
            if let Some(d) = self.stream(id) {
                content.extend_from_slice(&d);
                content.push(b'\n');
            }
        }
        let mut fonts: BTreeMap<Vec<u8>, Font> = BTreeMap::new();
        let list = page
            .get(b"Resources")
            .map(|r| self.resolve(r))
            .and_then(|r| r.get(b"Font"))
            .map(|f| self.resolve(f).clone());
        if let Some(Value::Dict(d)) = list {
            for (name, v) in d {
                let font = self.resolve(&v).clone();
                fonts.insert(name, self.font(&font));
            }
        }
        lay_out(&content, &fonts, out);
    }

    fn font(&mut self, font: &Value) -> Font {
        let wide = font.get(b"Subtype").is_some_and(|s| s.is_name(b"Type0"));
        let mut map = BTreeMap::new();
        if let Some(Value::Reference(id)) = font.get(b"ToUnicode") {
            let id = *id;
            if let Some(data) = self.stream(id) {
                map = to_unicode(&data);
            }
        }
        if wide && map.is_empty() {
            self.warnings.insert("a font without a table of its letters was left out".to_owned());
        }
        Font { wide, map }
    }
}

/// How a font's codes become letters.
struct Font {
    wide: bool,
    map: BTreeMap<u32, String>,
}

impl Font {
    fn decode(&self, bytes: &[u8], out: &mut String) {
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
                None if *b >= 32 => out.push(super::windows_1252(*b)),
                None => {}
            }
        }
    }
}

/// The table from codes to letters.
fn to_unicode(data: &[u8]) -> BTreeMap<u32, String> {
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

/// The letters of a page in the order they are set, with lines where the pen moves down.
fn lay_out(content: &[u8], fonts: &BTreeMap<Vec<u8>, Font>, out: &mut String) {
    let plain = Font { wide: false, map: BTreeMap::new() };
    let mut font = &plain;
    let (mut size, mut leading, mut y, mut last_y) = (10.0_f64, 0.0_f64, 0.0_f64, None::<f64>);
    let mut s = Scanner { bytes: content, at: 0 };
    let mut args: Vec<Value> = Vec::new();
    let mut moved = false;
    let number = |args: &[Value], k: usize| args.get(k).and_then(Value::number).unwrap_or(0.0);
    while let Some(v) = s.value(0) {
        let Value::Word(op) = v else {
            if args.len() < 4096 {
                args.push(v);
            }
            continue;
        };
        let mut show = |bytes: &[u8], out: &mut String, y: f64, moved: &mut bool| {
            if let Some(before) = last_y {
                let down = (before - y).abs();
                let step = if size.abs() < 0.1 { 1.0 } else { size.abs() };
                if down > 1.9 * step {
                    trim_blank(out);
                    out.push_str("\n\n");
                } else if down > 0.4 * step {
                    trim_blank(out);
                    out.push('\n');
                } else if *moved && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            last_y = Some(y);
            *moved = false;
            font.decode(bytes, out);
        };
        match op.as_slice() {
            b"Tf" => {
                if let Some(Value::Name(n)) = args.first() {
                    font = fonts.get(n).unwrap_or(&plain);
                }
                size = number(&args, 1);
            }
            b"TL" => leading = number(&args, 0),
            b"Td" | b"TD" => {
                y += number(&args, 1);
                moved = true;
                if op == b"TD" {
                    leading = -number(&args, 1);
                }
            }
            b"Tm" => {
                y = number(&args, 5);
                let scale = number(&args, 3);
                if scale.abs() > 1.5 && size.abs() <= 1.5 {
                    size = scale;
                }
                moved = true;
            }
            b"T*" => {
                y -= if leading == 0.0 { size } else { leading };
                moved = true;
            }
            b"Tj" => {
                if let Some(Value::Text(t)) = args.first() {
                    show(t, out, y, &mut moved);
                }
            }
            b"'" | b"\"" => {
                y -= if leading == 0.0 { size } else { leading };
                if let Some(Value::Text(t)) = args.last() {
                    show(t, out, y, &mut moved);
                }
            }
            b"TJ" => {
                if let Some(Value::List(l)) = args.first() {
                    for part in l {
                        match part {
                            Value::Text(t) => show(t, out, y, &mut moved),
                            Value::Number(n) if *n < -180.0 && !out.ends_with([' ', '\n']) => out.push(' '),
                            _ => {}
                        }
                    }
                }
            }
            b"BT" => {
                y = 0.0;
                moved = true;
            }
            // A picture in the stream: skip to its end.
            b"ID" => match find(content, b"EI", s.at) {
                Some(e) => s.at = e + 2,
                None => break,
            },
            _ => {}
        }
        args.clear();
        if out.len() > MOST_TEXT {
            return;
        }
    }
}

fn trim_blank(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one page and this content.
    fn file(content: &[u8], filter: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 >>\nendobj\n".to_vec();
        out.extend_from_slice(
            format!("4 0 obj\n<< /Length {} {filter} >>\nstream\n", content.len()).as_bytes(),
        );
        out.extend_from_slice(content);
        out.extend_from_slice(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
        out
    }

    const PAGE: &[u8] = b"BT /F1 12 Tf 14 TL 72 700 Td (Peru and Chile) Tj T* (signed a pact.) Tj 0 -40 Td [(It to) -20 (ok) -300 (effect.)] TJ ET";

    #[test]
    fn words_and_lines() {
        let t = text(&file(PAGE, "")).expect("is a PDF");
        assert_eq!(t.text.trim(), "Peru and Chile\nsigned a pact.\n\nIt took effect.");
    }

    #[test]
    fn packed_streams() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(PAGE, 6);
        let t = text(&file(&packed, "/Filter /FlateDecode")).expect("is a PDF");
        assert!(t.text.contains("signed a pact."));
    }

    #[test]
    fn a_bomb_is_left_out_and_named() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; STREAM + 1000], 9);
        let t = text(&file(&bomb, "/Filter /FlateDecode")).expect("is a PDF");
        assert_eq!(t.text.trim(), "");
        assert!(t.warnings.iter().any(|w| w.contains("unpacks to more")), "{:?}", t.warnings);
    }

    #[test]
    fn broken_files_end() {
        let whole = file(PAGE, "");
        for cut in (0..whole.len()).step_by(7) {
            let _ = text(&whole[..cut]);
        }
        for junk in [
            &b"%PDF-"[..],
            b"%PDF-1.4 1 0 obj <<<<<<<<<<",
            b"%PDF-1.4 1 0 obj [[[[[[[[",
            b"%PDF 9999999999 0 obj ((",
        ] {
            let _ = text(junk);
        }
        let mut looped = b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [2 0 R 2 0 R] >> endobj".to_vec();
        looped.extend_from_slice(&b"[".repeat(5000));
        let _ = text(&looped);
    }

    #[test]
    fn an_encrypted_file_says_so() {
        let mut f = file(PAGE, "");
        f.extend_from_slice(b"trailer << /Encrypt 9 0 R >>");
        assert_eq!(text(&f).expect_err("is encrypted").code, "encrypted-document");
    }
}
