//! Words by which names are told.
//!
//! In: nothing. Out: lists. What always holds: lower case, as tokens are folded.

/// Given names that make two capitalised words a person.
pub(super) const GIVEN: &str = "aaron abdul abdullah adam ahmed alan albert alejandro alex alexander alexandra ali alice amy ana andrea andreas andrei andrew angela anna anne anthony antonio arthur barbara ben benjamin bernard bill bob brad brian bruce carl carlos carol caroline catherine charles charlotte chris christian christine christopher claire claude daniel david deborah dennis diana diego dmitry don donald douglas edward elena elizabeth emily emma eric erik ernest eva fernando francis francisco franz frank fred frederick gabriel gary george gerald giovanni giulia greg gregory hans hassan heather helen henri henry hugh hussein ian ibrahim igor irina ivan jack jacob jacques james jan jane jason javier jean jeff jeffrey jennifer jeremy jessica jim joan joe johan johannes john jon jonathan jorge jose joseph josef joshua juan julia julian julie karen karl kate katherine keith kenneth kevin kim klaus larry lars laura leo leon linda lisa louis lucas luis luke manuel marc marco margaret maria mario mark markus martin mary matt matteo matthew maurice max michael michel miguel mike mikhail mohamed mohammad mohammed monica muhammad nancy natalia nicholas nick nicolas nicole nikolai nina noah oleg olga oliver oscar otto pablo pamela patricia patrick paul pavel pedro peter phil philip philippe pierre rachel ralph raymond rebecca ricardo richard rob robert roberto roger roland ronald rosa roy ruth ryan sam samuel sandra sara sarah scott sean sebastian sergei sergey sergio simon sofia sophie stefan stephen steve steven stuart susan takashi tanaka ted teresa thomas tim timothy tom tony ursula victor viktor vincent vladimir walter wendy werner will william wolfgang xavier yuri yusuf zoe";

/// Words that end the name of an organisation.
pub(super) const ORGANISATION_HEADS: &[&str] = &[
    "institute",
    "institution",
    "center",
    "centre",
    "university",
    "college",
    "council",
    "agency",
    "association",
    "organization",
    "organisation",
    "commission",
    "committee",
    "court",
    "bank",
    "fund",
    "foundation",
    "group",
    "corporation",
    "corp",
    "company",
    "industries",
    "union",
    "league",
    "party",
    "front",
    "movement",
    "army",
    "brigade",
    "ministry",
    "department",
    "bureau",
    "authority",
    "command",
    "parliament",
    "assembly",
    "forum",
    "federation",
    "society",
    "network",
    "times",
    "post",
    "tribunal",
    "secretariat",
    "brigades",
    "congress",
    "guard",
    "school",
    "airlines",
    "systems",
    "headquarters",
    "airways",
    "club",
    "church",
    "force",
    "forces",
];

/// Months and days of the week: capitalised, and no names.
pub(super) const MONTHS_AND_DAYS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Small words inside a person's name.
pub(super) const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "du", "da", "dos", "della",
    "ter", "as", "ad", "ar", "es", "ul",
];

/// States whose people put the family name first.
pub(super) const FAMILY_FIRST: &[&str] = &["KOR", "PRK", "CHN", "TWN", "VNM", "HKG", "KHM", "SGP"];
