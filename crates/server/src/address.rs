//! Addresses: percent-decoding what came, percent-encoding what goes out.
//!
//! In: bytes of a query or path, or names and values. Out: pairs, or an address. What always holds: decoding what was encoded
//! gives it back; a text that is not UTF-8 is refused; an address made here needs no further escaping but HTML's.

/// The longest query read, in bytes, and the most parameters.
pub(crate) const LONGEST: usize = 16 << 10;
pub(crate) const MOST: usize = 200;

/// Decodes one part; `plus` reads `+` as a space, as forms write it.
pub(crate) fn decoded(text: &str, plus: bool) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        out.push(match b {
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16);
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' if plus => b' ',
            b => b,
        });
    }
    String::from_utf8(out).ok()
}

/// Encodes one part: letters, digits and what is harmless stay.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' => {
                out.push(char::from(b));
            }
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// The pairs of a query, in order; none if it cannot be read.
pub(crate) fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    if query.len() > LONGEST {
        return None;
    }
    let parts: Vec<&str> = query.split('&').filter(|p| !p.is_empty()).collect();
    if parts.len() > MOST {
        return None;
    }
    parts
        .into_iter()
        .map(|p| {
            let (k, v) = p.split_once('=').unwrap_or((p, ""));
            Some((decoded(k, true)?, decoded(v, true)?))
        })
        .collect()
}

/// A path with parameters; empty values are left out.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| format!("{}={}", encoded(k), encoded(v)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["JPN", "a b&c=d", "Türkiye", "100%", "<script>", "[2023-05-10..2023-05-13]", "\u{202e}x"]
        {
            assert_eq!(decoded(&encoded(text), true).as_deref(), Some(text));
        }
        assert_eq!(decoded("%ff", true), None);
        assert_eq!(decoded("%2", true), None);
        assert_eq!(
            pairs("a=1&b=x+y&c"),
            Some(vec![("a".into(), "1".into()), ("b".into(), "x y".into()), ("c".into(), String::new())])
        );
    }
}
