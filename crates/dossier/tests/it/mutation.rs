//! The real dossiers, broken at random: compiling them never panics and always gives the same.

use std::path::{Path, PathBuf};

use foedera_dossier::{SourceFile, Volume, compile, format};

/// Rounds in all, shared among the files.
const ROUNDS: usize = 1_200;

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, into);
        } else if path.extension().is_some_and(|e| e == "toml") {
            into.push(path);
        }
    }
}

/// A small generator, so that a failure can be repeated from its round.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn mutate(text: &mut Vec<u8>, dice: &mut Dice) {
    let bits: [&[u8]; 12] =
        [b"[", b"]", b"{", b"}", b"\"", b"\"\"\"", b"'", b"=", b"\n", b"#", b"[[instrument]]\n", b"\xff"];
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(text.len() + 1);
        match dice.roll(6) {
            0 if at < text.len() => text[at] = dice.roll(256) as u8,
            1 => drop(text.splice(at..at, bits[dice.roll(bits.len())].iter().copied())),
            2 => drop(text.drain(at..(at + dice.roll(30)).min(text.len()))),
            3 => {
                let end = (at + dice.roll(200)).min(text.len());
                let copy = text[at..end].to_vec();
                let to = dice.roll(text.len() + 1);
                drop(text.splice(to..to, copy));
            }
            4 => text.truncate(at),
            _ => {
                let other = dice.roll(text.len() + 1);
                if at < text.len() && other < text.len() {
                    text.swap(at, other);
                }
            }
        }
    }
}

#[test]
fn broken_dossiers_compile_to_the_same_every_time() {
    let mut paths = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers"), &mut paths);
    paths.sort();
    let mut dice = Dice(0x5eed_f0ed_e7a0_0001);
    for path in &paths {
        let original = std::fs::read(path).expect("a readable dossier");
        for round in 0..ROUNDS / paths.len().max(1) {
            let mut text = original.clone();
            mutate(&mut text, &mut dice);
            let name = std::format!("v/{}", path.file_name().unwrap_or_default().to_string_lossy());
            let volume = Volume { name: "v".to_owned(), files: vec![SourceFile { name, text }] };
            let first = compile(std::slice::from_ref(&volume));
            assert_eq!(first, compile(std::slice::from_ref(&volume)), "{} in round {round}", path.display());
            if let Ok(text) = std::str::from_utf8(&volume.files[0].text)
                && let Ok(once) = format("a.toml", text)
            {
                assert_eq!(
                    format("a.toml", &once).as_ref(),
                    Ok(&once),
                    "{} in round {round}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_dossier_can_be_laid_out() {
    let mut paths = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers"), &mut paths);
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable dossier");
        let Ok(once) = format("a.toml", &text) else { continue };
        assert_eq!(format("a.toml", &once), Ok(once.clone()), "{}", path.display());
        let comments = |text: &str| text.lines().filter(|l| l.trim_start().starts_with('#')).count();
        assert_eq!(comments(&text), comments(&once), "{}", path.display());
    }
}
