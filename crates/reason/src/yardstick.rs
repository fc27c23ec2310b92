//! Words of likelihood and the yardsticks they are read under.
//!
//! In: a word and a [`Yardstick`]. Out: the range of probability that yardstick gives the word, in per cent. What always
//! holds: a word is read under the yardstick its source names and no other; where none is named, there is no number; a
//! likelihood is never a confidence.
//!
//! Sources: Intelligence Community Directive 203, Analytic Standards (2 January 2015), D.6.e.(2)(a); the yardstick of the
//! British Professional Head of Intelligence Assessment (2018); IPCC guidance note on uncertainties (2010), table 1.

use foedera_world::terms::Yardstick;

/// A word and its range, both bounds included, in per cent.
pub type Range = (&'static str, u8, u8);

/// The words of a yardstick, least likely first.
pub fn words(yardstick: Yardstick) -> &'static [Range] {
    match yardstick {
        Yardstick::Unstated => &[],
        Yardstick::Icd203 => &[
            ("almost no chance", 1, 5),
            ("remote", 1, 5),
            ("very unlikely", 5, 20),
            ("highly improbable", 5, 20),
            ("unlikely", 20, 45),
            ("improbable", 20, 45),
            ("roughly even chance", 45, 55),
            ("roughly even odds", 45, 55),
            ("likely", 55, 80),
            ("probable", 55, 80),
            ("very likely", 80, 95),
            ("highly probable", 80, 95),
            ("almost certain", 95, 99),
            ("nearly certain", 95, 99),
        ],
        Yardstick::Phia => &[
            ("remote chance", 0, 5),
            ("highly unlikely", 10, 20),
            ("unlikely", 25, 35),
            ("realistic possibility", 40, 50),
            ("likely", 55, 75),
            ("probable", 55, 75),
            ("highly likely", 80, 90),
            ("almost certain", 95, 100),
        ],
        Yardstick::Ipcc => &[
            ("exceptionally unlikely", 0, 1),
            ("very unlikely", 0, 10),
            ("unlikely", 0, 33),
            ("about as likely as not", 33, 66),
            ("likely", 66, 100),
            ("very likely", 90, 100),
            ("virtually certain", 99, 100),
        ],
    }
}

/// The range a word has under a yardstick; none if the yardstick does not know the word or is not stated.
pub fn range(word: &str, yardstick: Yardstick) -> Option<(u8, u8)> {
    let word = word.trim().to_lowercase();
    words(yardstick).iter().find(|(w, ..)| *w == word).map(|(_, low, high)| (*low, *high))
}

/// A word of likelihood as it may be shown.
pub fn shown(word: &str, yardstick: Yardstick) -> String {
    match (yardstick, range(word, yardstick)) {
        (Yardstick::Unstated, _) => {
            format!("“{word}”: the source's own word; it names no yardstick, so no number")
        }
        (y, Some((low, high))) => format!("“{word}”: {low}–{high} % under {y}"),
        (y, None) => format!("“{word}”: not a word of {y}, so no number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_differs_by_yardstick() {
        assert_eq!(range("likely", Yardstick::Icd203), Some((55, 80)));
        assert_eq!(range("likely", Yardstick::Phia), Some((55, 75)));
        assert_eq!(range("Likely", Yardstick::Ipcc), Some((66, 100)));
        assert_eq!(range("likely", Yardstick::Unstated), None);
        assert_eq!(range("realistic possibility", Yardstick::Icd203), None);
    }

    #[test]
    fn ranges_are_ranges() {
        for y in Yardstick::ALL {
            assert!(words(*y).iter().all(|(_, low, high)| low <= high && *high <= 100), "{y}");
        }
    }
}
