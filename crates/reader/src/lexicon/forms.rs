//! Forms of English words: third person, past, participles, singular.
//!
//! In: a base form, or a plural. Out: the form. What always holds: spelling follows the rules; what they do not cover stands in the lexicon.

fn ends_consonant_y(base: &str) -> bool {
    let b = base.as_bytes();
    b.len() > 1 && b[b.len() - 1] == b'y' && !matches!(b[b.len() - 2], b'a' | b'e' | b'o' | b'u')
}

fn doubles(base: &str, doubling: &str) -> bool {
    doubling.split_whitespace().any(|d| d == base)
}

pub(super) fn third(base: &str) -> String {
    if ends_consonant_y(base) {
        return format!("{}ies", &base[..base.len() - 1]);
    }
    if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        return format!("{base}es");
    }
    format!("{base}s")
}

fn last_char(base: &str) -> char {
    base.chars().last().unwrap_or('e')
}

pub(super) fn ed(base: &str, doubling: &str) -> String {
    if ends_consonant_y(base) {
        return format!("{}ied", &base[..base.len() - 1]);
    }
    if base.ends_with('e') {
        return format!("{base}d");
    }
    if doubles(base, doubling) {
        return format!("{base}{}ed", last_char(base));
    }
    format!("{base}ed")
}

pub(super) fn ing(base: &str, doubling: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if base.ends_with('e') && !base.ends_with("ee") && base.len() > 2 {
        return format!("{}ing", &base[..base.len() - 1]);
    }
    if doubles(base, doubling) {
        return format!("{base}{}ing", last_char(base));
    }
    format!("{base}ing")
}

/// The singular of a noun, by rule.
pub(crate) fn singular(norm: &str) -> &str {
    // Words that end in -s and are no plurals, or whose plural is the word.
    const KEEP: &[&str] = &[
        "us", "this", "is", "was", "has", "series", "news", "talks", "always", "press", "process", "progress",
    ];
    if norm.len() < 4
        || KEEP.contains(&norm)
        || norm.ends_with("ss")
        || norm.ends_with("us")
        || norm.ends_with("is")
    {
        return norm;
    }
    for (end, cut) in [("sses", 2), ("shes", 2), ("ches", 2), ("xes", 2)] {
        if norm.ends_with(end) {
            return &norm[..norm.len() - cut];
        }
    }
    norm.strip_suffix('s').unwrap_or(norm)
}
