//! One layout for every dossier file.
use foedera_world::Finding;
pub(crate) fn format(_name: &str, text: &str) -> Result<String, Finding> {
    Ok(text.to_owned())
}
