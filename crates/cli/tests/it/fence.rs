//! The process that takes a document apart, from outside.
//!
//! In: `extract -`, which is what `read` starts for a PDF, kept waiting for its input. Out: what the system says it may use. What always
//! holds: the limit stands before a byte of the document is looked at.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn its_memory_is_bounded_before_it_reads() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_foedera"))
        .args(["extract", "--", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let limits = format!("/proc/{}/limits", child.id());
    let begun = Instant::now();
    // The process needs a moment to come to where it bounds itself.
    let most = loop {
        let text = fs::read_to_string(&limits).expect("the process is alive: it waits for its input");
        let line =
            text.lines().find(|l| l.starts_with("Max address space")).expect("Linux lists it").to_owned();
        let soft = line.split_whitespace().nth(3).unwrap_or("").to_owned();
        if soft != "unlimited" || begun.elapsed() > Duration::from_secs(10) {
            break soft;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    drop(child.stdin.take());
    let _ = child.wait().expect("it ends when its input does");
    let bytes: u64 = most.parse().unwrap_or(u64::MAX);
    assert!(bytes <= 1 << 30, "the address space may grow to {most}");
}
