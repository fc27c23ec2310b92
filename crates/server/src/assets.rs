//! The style sheet and the scripts, embedded; served under an address that changes with their content.
//!
//! In: the files of `assets/`. Out: [`find`] for the server, [`at`] for pages. What always holds: all assets share one
//! fingerprint, so that scripts may import each other by relative name and a page never mixes two versions.

use std::sync::OnceLock;

/// One file.
pub(crate) struct Asset {
    /// Name.
    pub(crate) name: &'static str,
    /// Content type.
    pub(crate) kind: &'static str,
    /// Bytes.
    pub(crate) bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal $kind:expr),+ $(,)?) => {
        &[$(Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!("../assets/", $name)) }),+]
    };
}

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
const JS: &str = "text/javascript; charset=utf-8";

/// Every asset.
pub(crate) const ALL: &[Asset] = assets![
    "style.css" CSS,
    "icon.svg" SVG,
    "app.js" JS,
    "explore.js" JS,
    "figure.js" JS,
    "frame.js" JS,
    "page.js" JS,
    "review.js" JS,
    "time.js" JS,
];

/// Style sheets and modules a page loads.
pub(crate) const STYLES: &[&str] = &["style.css"];
pub(crate) const SCRIPTS: &[&str] =
    &["page.js", "time.js", "frame.js", "figure.js", "explore.js", "review.js", "app.js"];

/// The fingerprint of all assets together.
pub(crate) fn fingerprint() -> &'static str {
    static PRINT: OnceLock<String> = OnceLock::new();
    PRINT.get_or_init(|| {
        let all = ALL.iter().flat_map(|a| a.name.bytes().chain(a.bytes.iter().copied()));
        format!("{:016x}", hash(all))
    })
}

/// FNV-1a with a last round that spreads it; for names of versions, not for secrets.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let h = bytes.fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (h ^ (h >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The address of an asset.
pub(crate) fn at(name: &str) -> String {
    format!("/assets/{}/{name}", fingerprint())
}

/// The asset at the rest of an address, `FINGERPRINT/NAME`; none if it is another version's.
pub(crate) fn find(rest: &str) -> Option<&'static Asset> {
    let (print, name) = rest.split_once('/')?;
    (print == fingerprint()).then(|| ALL.iter().find(|a| a.name == name)).flatten()
}
