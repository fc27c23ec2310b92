//! The JSON Schema of a dossier file.
pub(crate) fn json_schema() -> String {
    String::new()
}
