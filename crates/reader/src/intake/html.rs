//! HTML: the words a reader sees, with a map back to the page.
//!
//! In: a page's source. Out: its text: one paragraph a block, scripts, styles, menus and forms left out. What always holds: every
//! character of the text stands in the source where the map says, or stands for an entity that does; a broken page gives what can be had;
//! one pass, no tree, no depth to exhaust.

use super::{OffsetMap, Text};

/// Elements whose content nobody reads in the article.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "nav", "header", "footer", "form", "aside", "button",
    "select", "iframe", "head", "math", "object",
];
/// Elements that begin a paragraph of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "main",
    "pre",
    "hr",
    "dd",
    "dt",
    "dl",
    "caption",
    "title",
    "time",
    "address",
];

pub(super) fn text(source: &Text) -> Text {
    let html = source.text.as_str();
    let mut out = Page { text: String::new(), map: OffsetMap::default(), blank: true };
    let mut title = None;
    let mut at = 0;
    let mut hidden: Option<(String, usize)> = None;
    while at < html.len() {
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |e| e + 3);
            continue;
        }
        if let Some(tag) = Tag::read(rest) {
            let end = at + tag.length;
            match &mut hidden {
                Some((name, depth)) => {
                    if tag.name == *name {
                        if tag.closing {
                            *depth -= 1;
                        } else if !tag.empty {
                            *depth += 1;
                        }
                    }
                    if *depth == 0 {
                        hidden = None;
                    }
                    if tag.name == "title" && !tag.closing && title.is_none() {
                        let stop = html[end..].find('<').map_or(html.len(), |e| end + e);
                        title = Some((end, stop));
                    }
                }
                None if HIDDEN.contains(&tag.name.as_str()) && !tag.closing && !tag.empty => {
                    hidden = Some((tag.name.clone(), 1))
                }
                None if BLOCKS.contains(&tag.name.as_str()) => out.paragraph(tag.name == "br"),
                None => {}
            }
            at = end;
            continue;
        }
        let c = rest.chars().next().expect("the loop stops before the end");
        if hidden.is_some() {
            at += c.len_utf8();
        } else if c == '&' {
            let (ch, length) = entity(rest);
            out.push(ch, at);
            at += length;
        } else {
            out.push(c, at);
            at += c.len_utf8();
        }
    }
    let mut map = out.map;
    if let Some(inner) = &source.original {
        map.marks = map.marks.iter().map(|(t, f)| (*t, inner.to_file(*f))).collect();
    }
    let mut warnings = source.warnings.clone();
    if out.text.trim().is_empty() && !html.trim().is_empty() {
        warnings.push("the page has no text outside scripts, menus and forms".to_owned());
    }
    Text { text: out.text, original: Some(map), warnings }
}

/// The text as it grows: blanks are folded to one.
struct Page {
    text: String,
    map: OffsetMap,
    blank: bool,
}

impl Page {
    fn push(&mut self, c: char, at: usize) {
        if c.is_whitespace() && c != '\u{a0}' {
            if !self.blank {
                self.map.mark(self.text.len(), at);
                self.text.push(' ');
                self.blank = true;
            }
            return;
        }
        self.map.mark(self.text.len(), at);
        self.text.push(c);
        self.blank = false;
    }

    fn paragraph(&mut self, line: bool) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            if !line {
                self.text.push('\n');
            }
        }
        self.blank = true;
    }
}

struct Tag {
    name: String,
    closing: bool,
    empty: bool,
    length: usize,
}

impl Tag {
    /// A tag at the beginning of `rest`. A `<` that begins none is text.
    fn read(rest: &str) -> Option<Tag> {
        let b = rest.as_bytes();
        if b.first() != Some(&b'<') {
            return None;
        }
        let closing = b.get(1) == Some(&b'/');
        let from = 1 + usize::from(closing);
        let first = *b.get(from)?;
        if !(first.is_ascii_alphabetic() || first == b'!' || first == b'?') {
            return None;
        }
        let mut end = from;
        while end < b.len() && (b[end].is_ascii_alphanumeric() || b[end] == b'-' || b[end] == b':') {
            end += 1;
        }
        let name = rest[from..end].to_ascii_lowercase();
        // To the closing bracket, quotes skipped.
        let mut quote = None;
        let mut at = end;
        while at < b.len() {
            match (quote, b[at]) {
                (None, b'>') => break,
                (None, q @ (b'"' | b'\'')) => quote = Some(q),
                (Some(q), c) if c == q => quote = None,
                _ => {}
            }
            at += 1;
        }
        let empty = at > 0 && b.get(at - 1) == Some(&b'/')
            || matches!(name.as_str(), "br" | "hr" | "img" | "input" | "meta" | "link");
        Some(Tag { name, closing, empty, length: (at + 1).min(b.len()) })
    }
}

/// The character an entity stands for, and its length in the source. What is none is an ampersand.
fn entity(rest: &str) -> (char, usize) {
    let Some(end) = rest.bytes().take(12).position(|b| b == b';') else { return ('&', 1) };
    let name = &rest[1..end];
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let found = number.and_then(char::from_u32).filter(|c| !c.is_control() || *c == '\n').or(match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "rsquo" => Some('’'),
        "lsquo" => Some('‘'),
        "rdquo" => Some('”'),
        "ldquo" => Some('“'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "eacute" => Some('é'),
        "egrave" => Some('è'),
        "uuml" => Some('ü'),
        "ouml" => Some('ö'),
        "auml" => Some('ä'),
        "ccedil" => Some('ç'),
        "euro" => Some('€'),
        "pound" => Some('£'),
        "yen" => Some('¥'),
        "shy" => Some('\u{ad}'),
        _ => None,
    });
    found.map_or(('&', 1), |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Text {
        text(&Text { text: html.to_owned(), ..Text::default() })
    }

    #[test]
    fn words_and_their_places() {
        let html = "<html><head><title>T</title><script>var x='<p>no'</script></head><body><nav>Menu</nav><p>Peru &amp; <b>Chile</b> met.</p><p>Then&nbsp;left.</p></body></html>";
        let t = read(html);
        assert_eq!(t.text.trim(), "Peru & Chile met.\n\nThen\u{a0}left.");
        let at = t.text.find("Chile").expect("is there");
        let (a, b) = t.original.expect("a map").span_to_file(at, at + 5);
        assert_eq!(&html[a..b], "Chile");
    }

    #[test]
    fn broken_pages_end() {
        for html in [
            "<p",
            "<",
            "a < b",
            "<!-- never closed",
            "<script>",
            "&#xffffffff;",
            "<p title='>'>x",
            "</nav></nav>x",
            "<a href=\"unclosed>text",
        ] {
            let t = read(html);
            assert!(t.text.len() <= html.len() + 2, "{html}");
        }
        assert_eq!(read("a < b & c").text, "a < b & c");
    }
}
