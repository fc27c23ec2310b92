//! Days inside sentences, for people: windows and stretches in words, a day never broken over two lines.
//!
//! In: a text of the envelope with EDTF in it. Out: the same text as markup. What always holds: words outside the dates are
//! untouched; no date gains or loses precision; what is not plainly EDTF is left as it is.

use maud::{Markup, html};

/// A text with its dates marked: `[2023-05-10..2023-05-13]` is read as *between 2023-05-10 and 2023-05-13*.
pub(crate) fn dated(text: &str) -> Markup {
    html! { @for p in pieces(text) { @match p { Piece::Words(w) => (w), Piece::Day(d) => time { (d) } } } }
}

#[derive(Debug, PartialEq)]
enum Piece<'t> {
    Words(&'t str),
    Day(&'t str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let begins = !text[..at].ends_with(|b: char| b.is_alphanumeric() || matches!(b, '-' | '/' | '.'));
        let found = if begins { window(&text[at..]).or_else(|| stretch(&text[at..])) } else { None };
        match found {
            Some((told, length)) => {
                out.push(Piece::Words(&text[from..at]));
                out.extend(told);
                at += length;
                from = at;
            }
            None => at += c.len_utf8(),
        }
    }
    out.push(Piece::Words(&text[from..]));
    out.retain(|p| *p != Piece::Words(""));
    out
}

type Found<'t> = Option<(Vec<Piece<'t>>, usize)>;

/// `[A..B]`, either side open: one day within.
fn window(text: &str) -> Found<'_> {
    let inner = &text.strip_prefix('[')?[..text.find(']')? - 1];
    let (a, b) = inner.split_once("..")?;
    let whole = |t: &str| t.is_empty() || date(t) == t.len();
    if !whole(a) || !whole(b) {
        return None;
    }
    use Piece::{Day, Words};
    let told = match (a, b) {
        ("", "") => return None,
        ("", b) => vec![Day(b), Words(" or before")],
        (a, "") => vec![Day(a), Words(" or later")],
        (a, b) => vec![Words("between "), Day(a), Words(" and "), Day(b)],
    };
    Some((told, inner.len() + 2))
}

/// A day, or `A/B` and `A/..`: throughout. A year alone is no date worth marking.
fn stretch(text: &str) -> Found<'_> {
    use Piece::{Day, Words};
    let n = date(text);
    if n == 0 {
        return None;
    }
    let (a, rest) = text.split_at(n);
    if let Some(after) = rest.strip_prefix('/') {
        let m = date(after);
        if m > 0 {
            return Some((vec![Words("from "), Day(a), Words(" to "), Day(&after[..m])], n + 1 + m));
        }
        let ends = |t: &str| !t.starts_with(|c: char| c.is_alphanumeric() || c == '.');
        return after
            .strip_prefix("..")
            .filter(|t| ends(t))
            .map(|_| (vec![Words("from "), Day(a), Words(" on")], n + 3));
    }
    (n > 4).then(|| (vec![Day(a)], n))
}

/// How long the date is that `text` begins with: `2023`, `2023-05`, `2023-05-10`, each perhaps with `~`; 0 if none.
fn date(text: &str) -> usize {
    let b = text.as_bytes();
    let digits =
        |from: usize, n: usize| b.len() >= from + n && b[from..from + n].iter().all(u8::is_ascii_digit);
    if !digits(0, 4) {
        return 0;
    }
    let mut n = 4;
    while n < 10 && b.get(n) == Some(&b'-') && digits(n + 1, 2) {
        n += 3;
    }
    if b.get(n) == Some(&b'~') {
        n += 1;
    }
    let goes_on = text[n..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    if goes_on { 0 } else { n }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn plain(text: &str) -> String {
        pieces(text)
            .iter()
            .map(|p| match p {
                Piece::Words(w) | Piece::Day(w) => *w,
            })
            .collect()
    }

    #[test]
    fn windows_and_stretches_are_words_and_the_rest_stays() {
        for (edtf, words) in [
            (
                "France objects, [2023-06-05..2023-07-10]: no.",
                "France objects, between 2023-06-05 and 2023-07-10: no.",
            ),
            ("from [..2023-05-13] to 2024-03-07.", "from 2023-05-13 or before to 2024-03-07."),
            ("[2023-05-14..]", "2023-05-14 or later"),
            ("2022-02/..", "from 2022-02 on"),
            ("2022/2024-07~", "from 2022 to 2024-07~"),
        ] {
            assert_eq!(plain(edtf), words);
        }
        for same in [
            "nato-office-2023-07-10",
            "12/2023",
            "[..]",
            "[a..b]",
            "1,000 in 1951",
            "2023/24",
            "Türkiye [",
            "2022/",
            "12345-01",
        ] {
            assert_eq!(plain(same), same);
        }
    }
}
