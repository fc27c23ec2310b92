//! Places: capitals used for governments, and names that only say where.
//!
//! In: the mentions found. Out: the same, with `metonym` and `place_use` set. What always holds: no mention is added or moved.

use super::*;

/// Words after a capital's name that make it part of the name of a meeting or text held or made there.
const MADE_THERE: &[&str] = &[
    "summit",
    "communique",
    "declaration",
    "conference",
    "meeting",
    "talks",
    "agreement",
    "treaty",
    "accord",
    "process",
    "airport",
    "post",
    "times",
    "university",
    "convention",
    "protocol",
    "olympics",
    "office",
    "street",
    "suburb",
    "embassy",
    "time",
    "stadium",
];

/// Tells capitals used for governments from capitals used as places, and names that only say where.
pub(crate) fn settle_places(tokens: &[Token], sentences: &[Sentence], names: &mut Names) {
    for s in sentences {
        for i in s.first..s.end {
            let Some(id) = names.at[i] else { continue };
            let m = &names.mentions[id as usize];
            if m.first != i {
                continue;
            }
            let (first, end, usage) = (m.first, m.end, m.usage);
            let before = (first > s.first).then(|| &tokens[first - 1]);
            let before_the = before.is_some_and(|t| t.is("the")) && first - s.first >= 2;
            let prep = if before_the { Some(&tokens[first - 2]) } else { before };
            let where_prep = prep.is_some_and(|t| {
                matches!(
                    t.norm.as_str(),
                    "in" | "at"
                        | "near"
                        | "outside"
                        | "inside"
                        | "around"
                        | "across"
                        | "throughout"
                        | "within"
                )
            });
            let next = (end < s.end).then(|| &tokens[end]);
            if usage == Use::Seat {
                let building = !matches!(names.mentions[id as usize].refers.as_str(), "")
                    && matches!(
                        tokens[first].norm.as_str(),
                        "white"
                            | "kremlin"
                            | "downing"
                            | "elysee"
                            | "whitehall"
                            | "malacanang"
                            | "kasumigaseki"
                            | "zhongnanhai"
                    );
                let dateline = is_dateline(tokens, s, first, end);
                let apposed = next.is_some_and(|t| t.is(","))
                    && end + 1 < s.end
                    && names.at[end + 1].is_some_and(|n| {
                        names.mentions[n as usize].sort == Sort::Country
                            && names.mentions[n as usize].usage == Use::Name
                    })
                    && where_like(prep);
                let made = next.is_some_and(|t| {
                    MADE_THERE.contains(&singular(&t.norm)) || MADE_THERE.contains(&t.norm.as_str())
                });
                let moved_to = prep.is_some_and(|t| {
                    matches!(
                        t.norm.as_str(),
                        "to" | "from"
                            | "into"
                            | "via"
                            | "through"
                            | "toward"
                            | "towards"
                            | "for"
                            | "capital"
                            | "of"
                            | "over"
                            | "on"
                    )
                });
                let motion = moved_to
                    && (s.first..first).rev().take(8).any(|t| MOTION.contains(&tokens[t].norm.as_str()));
                let city_of = prep.is_some_and(|t| t.is("of"))
                    && first >= s.first + 2
                    && matches!(
                        tokens[first - 2].norm.as_str(),
                        "city"
                            | "capital"
                            | "streets"
                            | "outskirts"
                            | "suburb"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "port"
                    );
                let after_comma_capital = before.is_some_and(|t| t.is(","))
                    && (s.first..first).rev().take(3).any(|t| tokens[t].is("capital"));
                let held_there = before.is_some_and(|t| t.is("capital"));
                let visited = before.is_some_and(|t| MOTION.contains(&t.norm.as_str()));
                names.mentions[id as usize].metonym = building
                    || !(where_prep
                        || dateline
                        || apposed
                        || made
                        || motion
                        || city_of
                        || after_comma_capital
                        || held_there
                        || visited);
            } else if usage == Use::Name && names.mentions[id as usize].sort == Sort::Country {
                let after_place = before.is_some_and(|t| t.is(","))
                    && first >= s.first + 2
                    && tokens[first - 2].cap
                    && names.of(first - 2).is_none_or(|m| m.usage == Use::Seat && !m.metonym);
                let owner = next.is_some_and(|t| t.norm == "'s");
                names.mentions[id as usize].place_use = !owner && (where_prep || after_place);
            }
        }
    }
}

/// `LIMA, May 3 (Agency) - `: where a report was written.
fn is_dateline(tokens: &[Token], s: &Sentence, first: usize, end: usize) -> bool {
    let dash = |t: &Token| matches!(t.norm.as_str(), "-" | "–" | "—" | "--");
    let set_apart = tokens.get(end).is_some_and(|t| matches!(t.norm.as_str(), "," | "(") || dash(t));
    first == s.first
        && tokens[first].upper
        && set_apart
        && (end..s.end.min(end + 12)).any(|i| dash(&tokens[i]) && tokens[i - 1].end < tokens[i].start)
}

fn where_like(prep: Option<&Token>) -> bool {
    prep.is_none_or(|t| !matches!(t.norm.as_str(), "between" | "and"))
}

/// Verbs and nouns of going somewhere.
const MOTION: &[&str] = &[
    "visit",
    "visited",
    "visits",
    "visiting",
    "travel",
    "traveled",
    "travelled",
    "travels",
    "traveling",
    "travelling",
    "flew",
    "fly",
    "flies",
    "flying",
    "flight",
    "arrive",
    "arrived",
    "arrives",
    "arriving",
    "went",
    "go",
    "goes",
    "going",
    "trip",
    "left",
    "leave",
    "leaves",
    "leaving",
    "headed",
    "heading",
    "returned",
    "return",
    "returns",
    "returning",
    "drove",
    "came",
    "come",
    "tour",
    "bound",
    "route",
    "road",
    "train",
    "sent",
    "moved",
    "invited",
    "departed",
    "opened",
    "reached",
    "embassy",
    "toured",
    "journey",
];
