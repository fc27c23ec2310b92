//! Files replaced in one step.
//!
//! In: a path, a text. Out: the file with that text. What always holds: whoever reads the file sees the old text or the new one, never
//! a part of either, also if the program is killed or the machine stops in between; its permissions stay.

use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Replaces a file, or makes it.
///
/// # Errors
/// The file or its folder cannot be written; the old file is untouched then.
pub fn replace_file(path: &Path, content: impl AsRef<[u8]>) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(content.as_ref())?;
        file.sync_all()?;
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&temporary, old.permissions())?;
        }
        fs::rename(&temporary, path)?;
        fs::File::open(folder)?.sync_all()
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}
