//! Case files: headings, `toml`, `ask`, `expect` and `findings` blocks.
//!
//! In: Markdown. Out: scenarios in order. A block belongs to the heading above it; `toml` blocks of a heading are its
//! dossier's files.

/// A case file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseFile {
    /// The first heading.
    pub title: String,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
}

/// One heading with its blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scenario {
    /// The heading.
    pub heading: String,
    /// Its line.
    pub line: usize,
    /// Files of a dossier of its own: name and text.
    pub files: Vec<(String, String)>,
    /// Questions with what is expected.
    pub asks: Vec<Ask>,
    /// Expected findings of the dossier, if a block says so: line number and text.
    pub findings: Option<Vec<(usize, String)>>,
}

/// A question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// The command line.
    pub command: String,
    /// Its line.
    pub line: usize,
    /// Expected lines with their numbers.
    pub expect: Vec<(usize, String)>,
}

/// Reads a case file.
pub fn parse(text: &str) -> CaseFile {
    let mut file = CaseFile::default();
    let mut current = Scenario::default();
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        if let Some(h) = line.strip_prefix('#') {
            let heading = h.trim_start_matches('#').trim().to_owned();
            if file.title.is_empty() {
                file.title = heading.clone();
            }
            finish(&mut file, &mut current);
            current = Scenario { heading, line: n + 1, ..Scenario::default() };
            continue;
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut body: Vec<(usize, String)> = Vec::new();
        for (m, l) in lines.by_ref() {
            if l.starts_with("```") {
                break;
            }
            body.push((m + 1, l.to_owned()));
        }
        let mut words = info.split_whitespace();
        match words.next() {
            Some("toml") => {
                let name = words.next().unwrap_or("dossier.toml").to_owned();
                let text: String = body.into_iter().map(|(_, l)| l + "\n").collect();
                current.files.push((name, text));
            }
            Some("ask") => {
                let command: Vec<String> =
                    body.iter().map(|(_, l)| l.trim_end_matches('\\').trim().to_owned()).collect();
                current.asks.push(Ask {
                    command: command.join(" ").trim().to_owned(),
                    line: n + 1,
                    expect: Vec::new(),
                });
            }
            Some("expect") => {
                if let Some(ask) = current.asks.last_mut() {
                    ask.expect.extend(
                        body.into_iter()
                            .filter(|(_, l)| !l.trim().is_empty() && !l.trim_start().starts_with("//")),
                    );
                }
            }
            Some("findings") => {
                current.findings = Some(body.into_iter().filter(|(_, l)| !l.trim().is_empty()).collect());
            }
            _ => {}
        }
    }
    finish(&mut file, &mut current);
    file
}

fn finish(file: &mut CaseFile, current: &mut Scenario) {
    if !current.asks.is_empty() || current.findings.is_some() {
        file.scenarios.push(std::mem::take(current));
    }
}

/// Splits a command line as a shell would, with single and double quotes.
pub fn shell_words(line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut open = false;
    let mut quote: Option<char> = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                open = true;
            }
            (None, c) if c.is_whitespace() => {
                if open || !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                    open = false;
                }
            }
            (None, c) => word.push(c),
        }
    }
    if open || !word.is_empty() {
        out.push(word);
    }
    out
}
