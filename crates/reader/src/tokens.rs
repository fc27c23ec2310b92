//! Sentences and tokens.
//!
//! In: a text and its paragraphs. Out: [`Token`]s with their place in the text and a folded form beside it, and [`Sentence`]s as
//! runs of tokens. What always holds: tokens are in order, do not overlap, and `text[start..end]` is exactly what stood there; the
//! folded form is for comparing only and no span is ever taken from it.

use crate::zones::{Paragraph, Zone};

/// What a token is by its letters alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Word,
    Number,
    Hyphen,
    Quote,
    Punct,
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Lower case, plain quotes and dashes, no accents.
    pub(crate) norm: String,
    pub(crate) kind: Kind,
    /// Its first letter is a capital.
    pub(crate) cap: bool,
    /// All its letters are capitals, and there are two of them or more.
    pub(crate) upper: bool,
}

impl Token {
    pub(crate) fn is(&self, norm: &str) -> bool {
        self.norm == norm
    }
}

/// A sentence: a run of tokens within one paragraph, or within two that a stray break cut apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) zone: Zone,
    /// The paragraph repeats an earlier one word for word.
    pub(crate) repeated: bool,
}

/// The plain form of a letter: small, without accent; typographic quotes, dashes and blanks as their plain ones.
pub(crate) fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let plain = match c {
        '’' | '‘' | 'ʼ' | '′' | '`' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '‑' | '−' | '‒' => "-",
        '\u{a0}' | '\u{202f}' | '\u{2009}' => " ",
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => "",
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => "a",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        'ß' => "ss",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        _ => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push_str(plain);
}

/// The folded form of a text.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

/// Abbreviations that keep their stop.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "maj", "capt", "adm", "sen", "rep", "gov",
    "st", "jr", "sr", "no", "vs", "etc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep",
    "oct", "nov", "dec", "art", "arts", "vol", "inc", "ltd", "corp", "co", "dept", "fig", "al", "cf",
    "approx",
];

/// First halves that stay joined to what follows their hyphen: `co-operate`, `cease-fire`.
const PREFIXES: &[&str] = &[
    "co", "re", "pre", "ex", "anti", "pro", "non", "counter", "sub", "multi", "cease", "test", "mid", "semi",
    "de", "trans", "inter", "vice", "so", "half", "post", "pull", "walk", "build", "follow", "stand", "sit",
    "green", "go", "live", "lay", "know", "war",
];

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '‑')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Cuts `text[from..to]` into tokens, appending them.
pub(crate) fn tokenize(text: &str, from: usize, to: usize, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        let c = char_at(text, at);
        let len = c.len_utf8();
        if c.is_whitespace() || is_ignorable(c) {
            at += len;
        } else if c.is_ascii_digit() {
            let end = number_end(text, at, to);
            push(text, at, end, out);
            at = end;
        } else if c.is_alphabetic() {
            let end = word_end(text, at, to);
            at = split_word(text, at, end, to, out);
        } else {
            let mut end = at + len;
            // A symbol of money written as letters and sign (`US$`) was a word; a run of stops is one token.
            while end < to && bytes[end] == bytes[at] && matches!(c, '.' | '-' | '!' | '?') {
                end += 1;
            }
            push(text, at, end, out);
            at = end;
        }
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("the loop stops before the end of the text, on a character's first byte")
}

/// Marks that are not seen and take part in no comparison: soft hyphens, zero-width and direction marks.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn number_end(text: &str, at: usize, to: usize) -> usize {
    let b = text.as_bytes();
    let mut end = at;
    while end < to {
        let digit_after = end + 1 < to && b[end + 1].is_ascii_digit();
        if b[end].is_ascii_digit() || (matches!(b[end], b',' | b'.') && digit_after) {
            end += 1;
        } else {
            break;
        }
    }
    // `75th`, `1960s`, `5G`: letters that follow belong to it.
    while end < to && b[end].is_ascii_alphabetic() {
        end += 1;
    }
    end
}

fn word_end(text: &str, at: usize, to: usize) -> usize {
    let mut end = at;
    for c in text[at..to].chars() {
        if c.is_alphanumeric() || is_combining(c) || is_ignorable(c) {
            end += c.len_utf8();
        } else {
            break;
        }
    }
    // A mark that is not seen belongs to a word inside it, never at its end.
    while let Some(c) = text[at..end].chars().next_back().filter(|c| is_ignorable(*c)) {
        end -= c.len_utf8();
    }
    end
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A word with what may hang on it: `U.S.`, `Mr.`, `co-operate`, `Japan's`, `don't`. Returns where it ended.
fn split_word(text: &str, at: usize, end: usize, to: usize, out: &mut Vec<Token>) -> usize {
    let rest = &text[end..to];
    // Letters with stops between: U.S., D.C., a.m.
    if text[at..end].chars().count() == 1 && rest.starts_with('.') {
        let mut stop = end + 1;
        while stop < to {
            let mut chars = text[stop..to].chars();
            match (chars.next(), chars.next()) {
                (Some(c), Some('.')) if c.is_alphabetic() => stop += c.len_utf8() + 1,
                _ => break,
            }
        }
        // `U.S$` and a last letter without its stop: `U.S`.
        let last = text[stop..to].chars().next();
        let after = last.and_then(|c| text[stop + c.len_utf8()..to].chars().next());
        if stop > end + 1 || text[at..end].chars().all(char::is_uppercase) {
            if let Some(c) = last
                && c.is_uppercase()
                && !after.is_some_and(char::is_alphanumeric)
            {
                stop += c.len_utf8();
            }
            push(text, at, stop, out);
            return stop;
        }
    }
    let folded = fold(&text[at..end]);
    if rest.starts_with('.') && ABBREVIATIONS.contains(&folded.as_str()) {
        let next = rest[1..].chars().find(|c| !c.is_whitespace());
        // `no.` ends a sentence unless a number follows.
        if !matches!(folded.as_str(), "no" | "art" | "arts" | "co" | "al" | "mar" | "jun" | "sun")
            || next.is_some_and(|c| c.is_ascii_digit() || c == '(')
        {
            push(text, at, end + 1, out);
            return end + 1;
        }
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(h), Some(n)) if is_joiner(h) && n.is_lowercase() && PREFIXES.contains(&folded.as_str()) => {
            let from = end + h.len_utf8();
            let stop = word_end(text, from, to);
            push(text, at, stop, out);
            stop
        }
        (Some('$'), _) if folded.len() <= 2 => {
            push(text, at, end + 1, out);
            end + 1
        }
        (Some(a), Some(n)) if is_apostrophe(a) && n.is_alphabetic() => {
            let from = end + a.len_utf8();
            let stop = word_end(text, from, to);
            let tail = fold(&text[from..stop]);
            if tail == "t" && folded.ends_with('n') && folded.len() > 1 {
                let cut = end - 1;
                push(text, at, cut, out);
                push(text, cut, stop, out);
            } else if matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
                push(text, at, end, out);
                push(text, end, stop, out);
            } else {
                push(text, at, stop, out); // N'Djamena, d'Ivoire
            }
            stop
        }
        (Some(a), _) if is_apostrophe(a) && folded.ends_with('s') && a != '\'' => {
            push(text, at, end, out);
            push(text, end, end + a.len_utf8(), out);
            end + a.len_utf8()
        }
        _ => {
            push(text, at, end, out);
            end
        }
    }
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let piece = &text[start..end];
    let first = piece.chars().next().unwrap_or(' ');
    let norm = fold(piece);
    let kind = if first.is_ascii_digit() {
        Kind::Number
    } else if first.is_alphabetic() || is_apostrophe(first) && piece.chars().count() > 1 {
        Kind::Word
    } else if norm == "-" {
        Kind::Hyphen
    } else if matches!(norm.as_str(), "\"" | "'") {
        Kind::Quote
    } else {
        Kind::Punct
    };
    let letters = piece.chars().filter(|c| c.is_alphabetic());
    let upper = letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase);
    out.push(Token { start, end, norm, kind, cap: first.is_uppercase(), upper });
}

/// Words that begin a sentence after an abbreviation such as `U.S.`
const STARTERS: &[&str] = &[
    "the",
    "it",
    "in",
    "but",
    "he",
    "she",
    "they",
    "this",
    "these",
    "that",
    "however",
    "we",
    "a",
    "an",
    "on",
    "as",
    "at",
    "for",
    "while",
    "after",
    "although",
    "since",
    "when",
    "if",
    "there",
    "its",
    "their",
    "his",
    "such",
    "some",
    "moreover",
    "meanwhile",
];

/// Cuts paragraphs into tokens and sentences.
pub(crate) fn sentences(text: &str, paragraphs: &[Paragraph]) -> (Vec<Token>, Vec<Sentence>) {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut out: Vec<Sentence> = Vec::new();
    for p in paragraphs {
        let begin = tokens.len();
        tokenize(text, p.start, p.end, &mut tokens);
        if tokens.len() == begin {
            continue;
        }
        let mut first = begin;
        if p.continues
            && let Some(last) = out.last_mut()
        {
            // The break fell inside a sentence: go on with it.
            first = last.first;
            out.pop();
        }
        let mut i = begin;
        while i < tokens.len() {
            let end = sentence_end(text, &tokens, i);
            i += 1;
            if end > 0 {
                i = end;
                out.push(Sentence { first, end, zone: p.zone, repeated: p.repeated });
                first = end;
            }
        }
        if first < tokens.len() {
            out.push(Sentence { first, end: tokens.len(), zone: p.zone, repeated: p.repeated });
        }
    }
    (tokens, out)
}

/// The token after the sentence that token `i` ends, or 0 if it ends none.
fn sentence_end(text: &str, tokens: &[Token], i: usize) -> usize {
    let t = &tokens[i];
    let stop = matches!(t.norm.chars().next(), Some('.' | '!' | '?'));
    let dotted = t.kind == Kind::Word && t.norm.ends_with('.') && t.norm.len() > 2;
    if !stop && !dotted {
        return 0;
    }
    let mut end = i + 1;
    while end < tokens.len() && closes(text, tokens, end) {
        end += 1;
    }
    let Some(next) = tokens.get(end) else { return end };
    let gap = &text[tokens[end - 1].end..next.start];
    if !gap.contains(char::is_whitespace) {
        return 0;
    }
    if dotted {
        let known = ABBREVIATIONS.contains(&t.norm.trim_end_matches('.'));
        return if !known && next.cap && STARTERS.contains(&next.norm.as_str()) { end } else { 0 };
    }
    let opens = next.cap
        || next.kind == Kind::Number
        || next.kind == Kind::Quote
        || next.norm == "("
        || next.norm == "[";
    // An initial: `J. Smith`.
    let initial = i > 0
        && t.norm == "."
        && tokens[i - 1].end == t.start
        && tokens[i - 1].norm.len() == 1
        && tokens[i - 1].cap;
    if (opens || t.norm != ".") && !initial { end } else { 0 }
}

/// Whether token `i` is a closing quote or bracket that belongs to the sentence before it.
fn closes(text: &str, tokens: &[Token], i: usize) -> bool {
    let t = &tokens[i];
    let glued = tokens[i - 1].end == t.start;
    let closing = matches!(&text[t.start..t.end], "\"" | "”" | "’" | "'" | ")" | "]" | "»");
    glued && closing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        tokenize(text, 0, text.len(), &mut out);
        out.iter().map(|t| text[t.start..t.end].to_owned()).collect()
    }

    #[test]
    fn clitics_abbreviations_and_hyphens() {
        assert_eq!(
            words("Chile's U.S. envoy didn't co-operate."),
            ["Chile", "'s", "U.S.", "envoy", "did", "n't", "co-operate", "."]
        );
        assert_eq!(
            words("Peru-Chile talks cost $1.5 billion"),
            ["Peru", "-", "Chile", "talks", "cost", "$", "1.5", "billion"]
        );
        assert_eq!(words("Allies’ aims"), ["Allies", "’", "aims"]);
    }

    #[test]
    fn direction_marks_are_skipped_and_spans_stay_true() {
        let text = "Malta\u{202e} met \u{feff}Chad";
        assert_eq!(words(text), ["Malta", "met", "Chad"]);
    }

    #[test]
    fn a_sentence_does_not_end_after_an_abbreviation() {
        let text = "The U.S. Congress met Gen. Ruiz. It then rose.";
        let p =
            [Paragraph { start: 0, end: text.len(), zone: Zone::Body, repeated: false, continues: false }];
        let (_, s) = sentences(text, &p);
        assert_eq!(s.len(), 2);
    }
}
