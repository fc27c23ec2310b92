//! Zones: what part of a page a paragraph is.
//!
//! In: a text. Out: its paragraphs in order, each with a [`Zone`]. What always holds: paragraphs do not overlap and cover every
//! character that is not blank; zones decide only whether claims are looked for, never whether a name is.

use crate::tokens::fold;

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Zone {
    Title,
    Byline,
    Caption,
    Body,
    List,
    Chrome,
}

impl Zone {
    /// Whether claims are looked for in it.
    pub(crate) fn is_read(self) -> bool {
        matches!(self, Zone::Body | Zone::Caption | Zone::List)
    }
}

/// A paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) zone: Zone,
    /// Says what an earlier paragraph said, letter for letter.
    pub(crate) repeated: bool,
    /// Goes on with a sentence that the paragraph before left open.
    pub(crate) continues: bool,
}

/// Cuts a text into paragraphs and says what each is.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut seen: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
    let mut chrome = false;
    for (start, end) in blocks(text) {
        let piece = &text[start..end];
        let repeated = piece.len() > 40 && !seen.insert(piece);
        let continues = out.last().is_some_and(|p| goes_on(&text[p.start..p.end], piece));
        let before_body = !out.iter().any(|p| p.zone == Zone::Body);
        let mut zone = zone_of(piece, before_body);
        // What follows a page's own "leave a reply" is chrome to the end.
        chrome |= ends_the_article(piece);
        if chrome {
            zone = Zone::Chrome;
        }
        if continues && let Some(p) = out.last_mut() {
            zone = Zone::Body;
            p.zone = Zone::Body;
        }
        out.push(Paragraph { start, end, zone, repeated, continues });
    }
    // A text of headings only is no page: its lines are what it says.
    if !out.iter().any(|p| p.zone == Zone::Body) {
        for p in out.iter_mut().filter(|p| p.zone == Zone::Title) {
            p.zone = Zone::Body;
        }
    }
    out
}

/// Stretches of text between blank lines, or single lines where the text is not hard-wrapped.
fn blocks(text: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let end = start + trimmed.len();
        if open && let Some(last) = out.last_mut() {
            last.1 = end;
        } else {
            out.push((start, end));
        }
        // A line as long as a wrapped one that does not end a sentence goes on in the next.
        let width = trimmed.chars().count();
        let closed = trimmed.ends_with(['.', '!', '?', ':', '"', '”', ')']);
        open = (55..=110).contains(&width) && !closed;
    }
    out
}

/// Whether the second paragraph finishes a sentence of the first.
fn goes_on(before: &str, piece: &str) -> bool {
    let ends = before.trim_end();
    if ends.ends_with(['.', '!', '?', ':', '"', '”', '’', ')', ';']) || ends.split_whitespace().count() < 5
    {
        return false;
    }
    let lower = piece.chars().next().is_some_and(char::is_lowercase);
    let last = fold(ends.rsplit(char::is_whitespace).next().unwrap_or(""));
    let open = ends.ends_with(',') || OPEN_ENDS.contains(&last.as_str());
    (lower && piece.split_whitespace().count() > 3) || open
}

/// Words no paragraph ends with.
const OPEN_ENDS: &[&str] = &[
    "with", "of", "the", "a", "an", "and", "or", "to", "in", "on", "for", "by", "from", "between", "against",
    "at", "that", "its",
];

fn ends_the_article(piece: &str) -> bool {
    let f = fold(piece);
    f.chars().count() < 60
        && [
            "leave a reply",
            "leave a comment",
            "related articles",
            "related posts",
            "related stories",
            "more from",
            "about the author",
            "share this",
            "comments",
            "recommended for you",
            "you might also like",
            "see also",
            "post navigation",
        ]
        .iter()
        .any(|c| f.starts_with(c))
}

fn zone_of(piece: &str, before_body: bool) -> Zone {
    let f = fold(piece);
    let words = f.split_whitespace().count();
    if is_chrome(&f, words) {
        return Zone::Chrome;
    }
    if [
        "(photo",
        "photo by",
        "photo:",
        "credit:",
        "getty images",
        "ap photo",
        "image:",
        "(credit",
        "photograph:",
    ]
    .iter()
    .any(|c| f.contains(c))
    {
        return if words < 7 && f.starts_with("credit") { Zone::Chrome } else { Zone::Caption };
    }
    if (f.starts_with("by ") || f.starts_with("by:")) && words <= 12 && !f.ends_with('.') {
        return Zone::Byline;
    }
    if piece.starts_with('#') {
        return Zone::Title;
    }
    let teaser = words <= 10 && (f.trim_end().ends_with("...") || f.trim_end().ends_with('…'));
    let question = words <= 10 && piece.trim_end().ends_with('?');
    let stop = piece.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')']) && !teaser && !question;
    if piece.starts_with(['•', '*']) || piece.starts_with("- ") || piece.starts_with("– ") {
        return Zone::List;
    }
    if !stop && words <= 22 && (words <= 14 || before_body) {
        return Zone::Title;
    }
    Zone::Body
}

fn is_chrome(f: &str, words: usize) -> bool {
    if words > 14 {
        return f.contains("all rights reserved") || f.contains("your email address will not be published");
    }
    const STARTS: &[&str] = &[
        "read on ",
        "read in ",
        "read more",
        "read also",
        "read at ",
        "read the full",
        "leave a reply",
        "your email address",
        "related",
        "recent features",
        "share this",
        "share on",
        "subscribe",
        "sign up",
        "advertisement",
        "click here",
        "follow us",
        "download",
        "print this",
        "menu",
        "skip to",
        "log in",
        "cookie",
        "copyright",
        "©",
        "svg",
        "caption",
        "tags:",
        "filed under",
        "photos",
        "more on this",
        "listen to",
        "view all",
        "table of contents",
        "back to top",
        "loading",
        "newsletter",
        "required fields",
        "published:",
        "last updated",
        "updated:",
    ];
    STARTS.iter().any(|s| f.starts_with(s)) || f.contains("all rights reserved")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_zones() {
        let text = "Peru Looks North\n\nBy: A. Writer\n\nThe minister met his guest. (Photo by B. Lens)\n\nPeru signed the pact.\n\nLeave a Reply\n\nName\n";
        let zones: Vec<Zone> = paragraphs(text).iter().map(|p| p.zone).collect();
        assert_eq!(zones, [Zone::Title, Zone::Byline, Zone::Caption, Zone::Body, Zone::Chrome, Zone::Chrome]);
    }

    #[test]
    fn a_break_inside_a_sentence_is_no_paragraph() {
        let text = "Peru will soon hold naval drills with\n\nChilean ships off the coast.";
        assert!(paragraphs(text)[1].continues);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The two governments have been talking for a year about a new\ntreaty on the river between them, which both of them need.\n";
        assert_eq!(paragraphs(text).len(), 1);
    }
}
