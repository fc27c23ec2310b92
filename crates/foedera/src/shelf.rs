//! Opening dossiers: the embedded ones by name, your own by folder, several layered.
//!
//! In: names or folders. Out: a [`Dossier`]: one world, its findings, its texts for underlining, its hash. What always
//! holds: includes are read first and once; a broken file costs that file; nothing outside the folder is read.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};

use foedera_dossier::{SourceFile, Volume};
use foedera_world::{Finding, Folded, Knowledge, Severity, View, World};
use include_dir::{Dir, include_dir};

use crate::kept::Kept;
use crate::suppose::Supposition;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../dossiers");

/// Names of the embedded dossiers, the default first.
pub const EMBEDDED: &[&str] = &["japan-nato", "world", "history", "gazetteer"];

/// An opened dossier with everything it includes.
pub struct Dossier {
    /// The names asked for.
    pub names: Vec<String>,
    /// The compiled world.
    pub world: World,
    /// What the checks found, sorted.
    pub findings: Vec<Finding>,
    /// A stable hash of all names and texts.
    pub hash: String,
    /// What is supposed beyond what the dossier says, in words.
    pub supposed: Vec<String>,
    /// If anything in it is wrong: how much, where first, and that answers may lack it.
    pub faults: Option<String>,
    pub(crate) volumes: Vec<Volume>,
    /// States of knowledge folded before.
    pub(crate) folded: Kept<Knowledge, Folded>,
    /// What was layered over it before.
    pub(crate) layered: Kept<Supposition, Dossier>,
}

/// States of knowledge kept: one reader's two clocks and a comparison need three or four, a few readers at once a dozen.
const FOLDED: usize = 12;
/// Hypothetical dossiers kept; each is as large as the dossier.
const LAYERED: usize = 4;

/// A dossier that cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// No embedded dossier and no folder of that name.
    NotFound {
        /// What was asked for.
        name: String,
    },
    /// An include that leads out of its dossier.
    Outside {
        /// As written.
        include: String,
    },
    /// A file or folder that cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// More than a limit allows.
    TooMuch {
        /// The folder.
        path: PathBuf,
        /// The limit, in words.
        limit: &'static str,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NotFound { name } => write!(
                f,
                "no dossier `{name}`: it is neither embedded ({}) nor a folder here",
                EMBEDDED.join(", ")
            ),
            OpenError::Outside { include } => write!(
                f,
                "`includes` names `{include}`, which lies outside the dossier; expected an embedded name or a folder inside (to layer dossiers give --dossier more than once)"
            ),
            OpenError::Unreadable { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            OpenError::TooMuch { path, limit } => {
                write!(f, "`{}` is too large: the limit is {limit}", path.display())
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OpenError::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Looks up the text of a file a finding names.
pub trait TextOf {
    /// The text, if it is UTF-8.
    fn text_of(&self, file: &str) -> Option<&str>;
}

impl TextOf for Dossier {
    fn text_of(&self, file: &str) -> Option<&str> {
        let file = self.volumes.iter().flat_map(|v| &v.files).find(|f| f.name == file)?;
        std::str::from_utf8(&file.text).ok()
    }
}

/// The most files, and bytes of one file, read from a folder.
const FILES: usize = 20_000;
const FILE_BYTES: u64 = 4 << 20;

impl Dossier {
    /// Opens embedded names or folders, later ones adding to earlier ones.
    pub fn open(names: &[String]) -> Result<Dossier, OpenError> {
        let mut volumes: Vec<Volume> = Vec::new();
        for name in names {
            load(name, Path::new("."), &mut volumes, 0)?;
        }
        Ok(Dossier::from_volumes(names.to_vec(), volumes))
    }

    /// Opens files in memory as a dossier of that name, over what it includes.
    ///
    /// # Errors
    /// An included dossier that is not there.
    pub fn from_files(name: &str, files: Vec<(String, String)>) -> Result<Dossier, OpenError> {
        Dossier::layered(vec![(name.to_owned(), files)])
    }

    /// Opens several such dossiers, each over those before it, as `--dossier` given more than once does.
    ///
    /// # Errors
    /// An included dossier that is not there.
    pub fn layered(dossiers: Vec<(String, Vec<(String, String)>)>) -> Result<Dossier, OpenError> {
        let (mut names, mut volumes) = (Vec::new(), Vec::new());
        for (name, files) in dossiers {
            let mut files: Vec<SourceFile> = files
                .into_iter()
                .map(|(n, t)| SourceFile { name: format!("{name}/{n}"), text: t.into_bytes() })
                .collect();
            files.sort_by(|a, b| a.name.cmp(&b.name));
            let volume = Volume { name: name.clone(), files };
            for i in foedera_dossier::includes(&volume) {
                load(&i, Path::new("."), &mut volumes, 1)?;
            }
            volumes.push(volume);
            names.push(name);
        }
        Ok(Dossier::from_volumes(names, volumes))
    }

    pub(crate) fn from_volumes(names: Vec<String>, volumes: Vec<Volume>) -> Dossier {
        let compiled = foedera_dossier::compile(&volumes);
        Dossier {
            names,
            world: World::build(compiled.records),
            faults: faults(&volumes, &compiled.findings),
            findings: compiled.findings,
            hash: compiled.hash,
            supposed: Vec::new(),
            volumes,
            folded: Kept::new(FOLDED),
            layered: Kept::new(LAYERED),
        }
    }

    /// The world as known, folded once for each state of knowledge.
    pub(crate) fn view(&self, knowledge: &Knowledge) -> View<'_> {
        let fold = |k: &Knowledge| Ok::<_, Infallible>(Folded::new(&self.world, k.clone()));
        let Ok(folded) = self.folded.get(knowledge.clone(), fold);
        View::of(&self.world, folded)
    }

    /// Ids and titles of its packs, in order.
    pub fn packs(&self) -> Vec<(&str, &str)> {
        self.world.records.packs.iter().map(|p| (p.id.as_str(), p.title.as_str())).collect()
    }

    /// Whether a claim has that id.
    pub fn has_claim(&self, id: &str) -> bool {
        self.world.claim(id).is_some()
    }

    /// Its own title.
    pub fn title(&self) -> &str {
        &self.world.records.title
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// What cannot be read is not silence of the sources: whoever asks is told how much of the dossier is wrong.
fn faults(volumes: &[Volume], findings: &[Finding]) -> Option<String> {
    let mut errors = findings.iter().filter(|f| f.severity == Severity::Error);
    let first = errors.next()?;
    let (at, message) = (&first.primary, &first.message);
    let text = volumes.iter().flat_map(|v| &v.files).find(|f| f.name == at.file).map_or(&[][..], |f| &f.text);
    let line = 1 + text.iter().take(at.span.start).filter(|b| **b == b'\n').count();
    let more = errors.count();
    let (stands, first) = match more {
        0 => ("1 error stands".to_owned(), "at"),
        _ => (format!("{} errors stand", more + 1), "the first at"),
    };
    Some(format!(
        "{stands} in the dossier, {first} {}:{line} ({message}); what is wrong is not read, so an answer may lack it; \
         foedera check shows each and how to mend it",
        at.file
    ))
}

fn load(name: &str, base: &Path, volumes: &mut Vec<Volume>, depth: u32) -> Result<(), OpenError> {
    let folder = base.join(name);
    let embedded =
        SHIPPED.get_dir(name).filter(|_| !folder.join("dossier.toml").is_file() || EMBEDDED.contains(&name));
    let volume = match embedded {
        Some(dir) => {
            let mut files = Vec::new();
            gather(dir, &mut files);
            Volume { name: name.to_owned(), files }
        }
        None if folder.is_dir() => read_folder(name, &folder)?,
        None => return Err(OpenError::NotFound { name: name.to_owned() }),
    };
    if volumes.iter().any(|v| v.name == volume.name) || depth > 16 {
        return Ok(());
    }
    for i in foedera_dossier::includes(&volume) {
        let inner = if embedded.is_some() { Path::new(".") } else { folder.as_path() };
        // Only embedded names and folders inside this one: nothing outside is read.
        if !Path::new(&i).components().all(|c| matches!(c, std::path::Component::Normal(_))) {
            return Err(OpenError::Outside { include: i });
        }
        load(&i, inner, volumes, depth + 1)?;
    }
    let mut volume = volume;
    volume.files.sort_by(|a, b| a.name.cmp(&b.name));
    volumes.push(volume);
    Ok(())
}

fn gather(dir: &Dir<'_>, out: &mut Vec<SourceFile>) {
    for f in dir.files() {
        if f.path().extension().is_some_and(|e| e == "toml") {
            out.push(SourceFile {
                name: f.path().to_string_lossy().replace('\\', "/"),
                text: f.contents().to_vec(),
            });
        }
    }
    for d in dir.dirs() {
        gather(d, out);
    }
}

fn read_folder(name: &str, folder: &Path) -> Result<Volume, OpenError> {
    let mut files = Vec::new();
    let mut todo = vec![(folder.to_path_buf(), 0)];
    let short = folder.file_name().map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned());
    while let Some((dir, depth)) = todo.pop() {
        let unreadable = |source| OpenError::Unreadable { path: dir.clone(), source };
        for entry in std::fs::read_dir(&dir).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            // Links are not followed: nothing outside the folder is read.
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() && depth < 16 {
                todo.push((path, depth + 1));
            } else if kind.is_file() && path.extension().is_some_and(|e| e == "toml") {
                let size = entry.metadata().map_err(unreadable)?.len();
                let text = if size > FILE_BYTES {
                    // Hand on just enough for the parser to refuse it by name.
                    use std::io::Read as _;
                    let mut head = Vec::new();
                    let file = std::fs::File::open(&path).map_err(unreadable)?;
                    file.take(FILE_BYTES + 1).read_to_end(&mut head).map_err(unreadable)?;
                    head
                } else {
                    std::fs::read(&path).map_err(unreadable)?
                };
                let inner = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push(SourceFile { name: format!("{short}/{inner}"), text });
                if files.len() > FILES {
                    return Err(OpenError::TooMuch { path: folder.to_path_buf(), limit: "20,000 files" });
                }
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Volume { name: name.to_owned(), files })
}
