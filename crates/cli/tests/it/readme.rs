//! The answer printed in the README is the one the program prints. `FOEDERA_UPDATE=1` rewrites it.

use crate::run::{Scratch, foedera, root};

#[test]
fn the_readme_prints_what_the_program_prints() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).expect("there is a README");
    let mark = "<!-- printed by: foedera ";
    let at = readme.find(mark).expect("the README says what printed its answer");
    let command = readme[at + mark.len()..].split(" -->").next().expect("the mark is closed");
    let words = foedera_cases::shell_words(command);
    let out = foedera(&words.iter().map(String::as_str).collect::<Vec<_>>(), &Scratch::new("readme").0);
    let printed = String::from_utf8(out.stdout).expect("UTF-8");
    let open = at + readme[at..].find("```text\n").expect("a block follows") + "```text\n".len();
    let close = open + readme[open..].find("```").expect("the block is closed");
    if std::env::var_os("FOEDERA_UPDATE").is_some() {
        let new = format!("{}{printed}{}", &readme[..open], &readme[close..]);
        std::fs::write(&path, new).expect("the README can be written");
        return;
    }
    assert!(readme[open..close] == printed, "the README's answer is not what `foedera {command}` prints");
}
