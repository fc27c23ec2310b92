//! Why a text is not a date: what was found, what was expected, and how to mend it.
//!
//! In: the text, the bytes at fault and the kind of fault. Out: one line for a finding and one line of help.
//!
//! What always holds: `at..at + len` lies within the text on character boundaries; the line is lower case without a full
//! stop; there is always a help.

use super::super::Day;
use std::fmt;
use std::ops::Range;

/// Why a text is not a date or not a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateError {
    /// The part at fault, as written; cut if it is long.
    pub found: String,
    /// Where the part begins, in bytes from the start of the text.
    pub at: usize,
    /// How long the part is, in bytes.
    pub len: usize,
    /// What is wrong with it.
    pub problem: DateProblem,
}

/// What is wrong with a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DateProblem {
    /// There is nothing.
    Empty,
    /// The text is longer than the limit, in bytes.
    TooLong {
        /// The longest text read, in bytes.
        limit: usize,
    },
    /// It is written in another way than EDTF.
    NotEdtf {
        /// How to say what was probably meant.
        help: String,
    },
    /// A word for a day that moves (`today`): a text must mean the same whenever it is read.
    Moving,
    /// The year is not four digits.
    Year,
    /// The year is beyond -5000000 to 5000000.
    YearLimit,
    /// The month is none of 01 to 12, nor a season of 21 to 24.
    Month,
    /// A month or a day has one digit.
    Unpadded {
        /// The date part with zeros.
        write: String,
    },
    /// The month has no such day.
    Day {
        /// The last day of that month, as a date.
        last: String,
    },
    /// A season has no days.
    SeasonDay,
    /// An `X` where level 1 has none.
    Unspecified,
    /// A qualifier where none can stand.
    Qualifier,
    /// The time of day is not `hh:mm:ss` with an optional zone, or stands in an interval or a set.
    Time,
    /// An interval does not have two ends.
    Interval,
    /// A one-of set is not closed, is empty, or an open end stands in its middle.
    Set,
    /// The end lies before the beginning.
    Reversed {
        /// The other way round.
        write: String,
    },
    /// The calendar is not `julian:`.
    Calendar,
    /// There is something after the date.
    Trailing,
    /// It is not a span of years, months and days.
    Span,
}

impl DateError {
    /// The longest quotation in a message, in bytes.
    const QUOTED: usize = 40;

    /// The fault in these bytes of the text.
    pub(in super::super) fn new(text: &str, at: Range<usize>, problem: DateProblem) -> DateError {
        let part = text.get(at.clone()).unwrap_or(text);
        let mut found = part.to_owned();
        if part.len() > DateError::QUOTED {
            let cut = part.char_indices().map(|(i, _)| i).take_while(|i| *i <= DateError::QUOTED).last();
            found.truncate(cut.unwrap_or(0));
            found.push('…');
        }
        DateError { found, at: at.start, len: at.len(), problem }
    }

    /// How to mend it, as a sentence.
    pub fn help(&self) -> String {
        let fixed = match &self.problem {
            DateProblem::Empty => "write a date such as `1960-06-23` or `1922`, or leave the key out",
            DateProblem::TooLong { .. } => "put the date here and the remark into `note`",
            DateProblem::NotEdtf { help } => help,
            DateProblem::Moving => "write the day itself, or `..` for an end that is still open",
            DateProblem::Year => {
                "write the year with four digits (`0044`, `-0043`); \
                 a longer one, with no zero in front, begins with `Y` (`Y12026`)"
            }
            DateProblem::YearLimit => {
                return format!(
                    "years reach from -{0} to {0}; leave an end that far away open with `..`",
                    Day::YEAR_LIMIT
                );
            }
            DateProblem::Month => {
                return match self.found.parse::<u8>() {
                    Ok(13..=20 | 42..=99) => {
                        "write year, month, day, in this order: `2023-07-11` is 11 July".into()
                    }
                    Ok(25..=41) => "only the seasons 21 (spring) to 24 (winter) are read; \
                                    write a quarter or half as `[2023-01..2023-03]` (one day within) or \
                                    `2023-01/2023-03` (throughout)"
                        .into(),
                    _ => "write the month as 01 to 12, or leave it out if it is not known".into(),
                };
            }
            DateProblem::Unpadded { write } => {
                return format!("write months and days with two digits: `{write}`");
            }
            DateProblem::Day { last } => return format!("the last day of that month is `{last}`"),
            DateProblem::SeasonDay => "leave the day out, or write the month instead of the season",
            DateProblem::Unspecified => {
                "`X` may replace the last one or two digits of a lone year (`201X`, `20XX`), \
                 or the whole of a month or day after which nothing is known (`2004-XX`, `1985-04-XX`, `1985-XX-XX`)"
            }
            DateProblem::Qualifier => {
                "write one of `?` (uncertain), `~` (approximate) or `%` (both) right after the date: `2023-05?`"
            }
            DateProblem::Time => {
                "write `1985-04-12T23:20:30`, with `Z` or `+04:30` after it if need be; \
                 intervals and sets have whole days, so leave the time out there"
            }
            DateProblem::Interval => {
                "write `1914/1918`, with `..` for an open end and nothing for an unknown one"
            }
            DateProblem::Set => {
                "write `[1914-08-01..1914-08-03]` or `[1913,1914]`; `..` may begin or end a set"
            }
            DateProblem::Reversed { write } => return format!("write the earlier one first: `{write}`"),
            DateProblem::Calendar => {
                "write `julian:1914-07-15` for the Julian calendar, and nothing for the Gregorian"
            }
            DateProblem::Trailing => "leave out what follows the date; a remark goes into `note`",
            DateProblem::Span => "write `1 year`, `6 months`, `30 days` or `2 years 6 months`",
        };
        fixed.to_owned()
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match &self.problem {
            DateProblem::Empty => write!(f, "found nothing, expected a date"),
            DateProblem::TooLong { limit } => {
                write!(f, "found {} bytes, expected at most {limit}", self.len)
            }
            DateProblem::NotEdtf { .. } => {
                write!(f, "found `{found}`, expected an EDTF date such as `2023-07-11`")
            }
            DateProblem::Moving => write!(f, "found `{found}`, expected a date that stays the same"),
            DateProblem::Year => write!(f, "found year `{found}`, expected four digits"),
            DateProblem::YearLimit => {
                write!(f, "found year `{found}`, expected -{0} to {0}", Day::YEAR_LIMIT)
            }
            DateProblem::Month => {
                write!(f, "found month `{found}`, expected 01 to 12, or a season from 21 to 24")
            }
            DateProblem::Unpadded { .. } => write!(f, "found `{found}`, expected two digits"),
            DateProblem::Day { last } => {
                let day = last.rsplit('-').next().unwrap_or(last);
                write!(f, "found day `{found}`, expected 01 to {day}")
            }
            DateProblem::SeasonDay => {
                write!(f, "found day `{found}` in a season, expected nothing after the season")
            }
            DateProblem::Unspecified => {
                write!(f, "found `{found}`, expected digits or `X` for the last that are unknown")
            }
            DateProblem::Qualifier => {
                write!(f, "found `{found}`, expected one of `?`, `~` or `%` after a date")
            }
            DateProblem::Time => write!(f, "found `{found}`, expected a time `hh:mm:ss` after a lone date"),
            DateProblem::Interval => write!(f, "found `{found}`, expected an interval with two ends"),
            DateProblem::Set => write!(f, "found `{found}`, expected a set such as `[1913..1914]`"),
            DateProblem::Reversed { .. } => {
                write!(f, "found `{found}`, expected an end that is not before the beginning")
            }
            DateProblem::Calendar => write!(f, "found calendar `{found}`, expected `julian:` or none"),
            DateProblem::Trailing => write!(f, "found `{found}` after the date, expected nothing"),
            DateProblem::Span => {
                write!(f, "found `{found}`, expected whole numbers of years, months and days")
            }
        }
    }
}

impl std::error::Error for DateError {}
