//! Our own pages of documentation as HTML: the little Markdown they are written in.
//!
//! In: Markdown of `docs/`. Out: markup. What always holds: everything is escaped; links that lead into the repository become
//! plain words, since the repository need not be here.

use maud::{Markup, html};

/// A block.
enum Block<'t> {
    Heading(usize, &'t str),
    Paragraph(String),
    List(Vec<String>),
    Table(Vec<Vec<&'t str>>),
    Code(String),
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut out = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|l| !l.starts_with("```")).collect();
            out.push(Block::Code(code.join("\n")));
        } else if line.starts_with('#') {
            let level = line.bytes().take_while(|b| *b == b'#').count();
            out.push(Block::Heading(level, line[level..].trim()));
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(l) = lines.next_if(|l| l.starts_with('|')) {
                rows.push(l);
            }
            let cells = rows.iter().filter(|r| !r.starts_with("|--") && !r.starts_with("| --"));
            out.push(Block::Table(
                cells.map(|r| r.trim_matches('|').split('|').map(str::trim).collect()).collect(),
            ));
        } else if let Some(first) = item(line) {
            let mut items = vec![first.to_owned()];
            while let Some(l) = lines.next_if(|l| item(l).is_some() || l.starts_with("  ")) {
                match (item(l), items.last_mut()) {
                    (Some(next), _) => items.push(next.to_owned()),
                    (None, Some(last)) => {
                        last.push(' ');
                        last.push_str(l.trim());
                    }
                    (None, None) => {}
                }
            }
            out.push(Block::List(items));
        } else if !line.trim().is_empty() {
            let mut text = line.to_owned();
            while let Some(l) = lines.next_if(|l| {
                !l.trim().is_empty()
                    && !l.starts_with(['#', '|'])
                    && !l.starts_with("```")
                    && item(l).is_none()
            }) {
                text.push(' ');
                text.push_str(l.trim());
            }
            out.push(Block::Paragraph(text));
        }
    }
    out
}

/// The text of a list's item.
fn item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
    rest.or_else(|| {
        line.split_once(". ")
            .filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            .map(|(_, r)| r)
    })
}

/// A page of documentation; its headings begin at `h2`.
pub(crate) fn page(text: &str) -> Markup {
    html! {
        @for b in blocks(text) {
            @match b {
                Block::Heading(1, t) => h2 { (inline(t)) },
                Block::Heading(2, t) => h3 { (inline(t)) },
                Block::Heading(_, t) => h4 { (inline(t)) },
                Block::Paragraph(t) => p { (inline(&t)) },
                Block::List(items) => ul { @for i in &items { li { (inline(i)) } } },
                Block::Code(t) => pre tabindex="0" { code { (t) } },
                Block::Table(rows) => div.wide tabindex="0" role="region" aria-label="table" {
                    table.table {
                        @if let Some(head) = rows.first() { thead { tr { @for c in head { th scope="col" { (inline(c)) } } } } }
                        tbody { @for r in rows.iter().skip(1) { tr { @for c in r { td { (inline(c)) } } } } }
                    }
                },
            }
        }
    }
}

/// Code, bold, emphasis, links.
fn inline(text: &str) -> Markup {
    let Some(at) = text.find(['`', '*', '[']) else { return html! { (text) } };
    let (before, rest) = text.split_at(at);
    let pair = |mark: &str| -> Option<(&str, &str)> {
        let inner = rest.strip_prefix(mark)?;
        let end = inner.find(mark)?;
        Some((&inner[..end], &inner[end + mark.len()..]))
    };
    if let Some((code, after)) = pair("`") {
        return html! { (before) code { (code) } (inline(after)) };
    }
    if let Some((bold, after)) = pair("**") {
        return html! { (before) strong { (inline(bold)) } (inline(after)) };
    }
    if let Some((em, after)) = pair("*").filter(|(e, _)| !e.is_empty() && !e.starts_with(' ')) {
        return html! { (before) em { (inline(em)) } (inline(after)) };
    }
    let link = rest
        .strip_prefix('[')
        .and_then(|r| r.split_once("]("))
        .and_then(|(n, a)| Some((n, a.split_once(')')?)));
    if let Some((name, (target, after))) = link {
        if target.starts_with("https://") {
            return html! { (before) a rel="noreferrer noopener external" href=(target) { (inline(name)) } (inline(after)) };
        }
        return html! { (before) (inline(name)) (inline(after)) };
    }
    let (mark, after) = rest.split_at(1);
    html! { (before) (mark) (inline(after)) }
}
