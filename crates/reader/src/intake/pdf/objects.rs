//! The objects of a PDF: found, unpacked, followed to its pages.
//!
//! In: the file's bytes. Out: pages with their contents and fonts. What always holds: objects, streams and what they unpack to are bounded; a stream that
//! unpacks to more than its limit is left out and named; what refers to itself ends.

use std::collections::{BTreeMap, BTreeSet};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::fonts::{Font, to_unicode};
use super::layout::lay_out;
use super::values::{Scanner, Value, is_space};

/// The most objects, pages, and bytes of one unpacked stream and of all.
pub(super) const OBJECTS: usize = 200_000;
pub(super) const PAGES: usize = 5_000;
pub(super) const STREAM: usize = 16 << 20;
pub(super) const UNPACKED: usize = 128 << 20;

/// The objects of a file.
pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) objects: BTreeMap<u32, (Value, Option<(usize, usize)>)>,
    pub(super) unpacked: usize,
    pub(super) warnings: BTreeSet<String>,
}

pub(super) fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|w| w == what).map(|p| p + from)
}

impl File<'_> {
    /// Every `N G obj` of the file, whatever its index says.
    pub(super) fn scan(&mut self) {
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
    pub(super) fn open_packed(&mut self) {
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

    pub(super) fn resolve<'v>(&'v self, v: &'v Value) -> &'v Value {
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
    pub(super) fn stream(&mut self, id: u32) -> Option<Vec<u8>> {
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
    pub(super) fn pages(&self) -> Vec<Value> {
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

    pub(super) fn walk(
        &self,
        node: &Value,
        resources: Option<&Value>,
        seen: &mut BTreeSet<u32>,
        out: &mut Vec<Value>,
    ) {
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

    pub(super) fn page(&mut self, page: &Value, out: &mut String) {
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

    pub(super) fn font(&mut self, font: &Value) -> Font {
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
