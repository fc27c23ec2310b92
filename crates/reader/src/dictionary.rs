//! The field's dictionaries, as user lexicons.

/// Dictionaries a user loaded.
#[derive(Clone, Debug, Default)]
pub struct Dictionaries {}
