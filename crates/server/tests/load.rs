//! Two hundred readers at once on loopback: how many answers a second, how long the slowest wait.
//!
//! In: the shipped dossier, a port of this machine. Out: figures on standard output. What always holds: ignored unless asked for
//! (`cargo test --release -p foedera-server --test load -- --ignored --nocapture`); no figure fails it, an error does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use foedera::Dossier;
use foedera_server::{Desk, Request, Today, answer, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const READERS: usize = 200;

/// What readers ask for: the main screens.
const PAGES: &[&str] = &[
    "/",
    "/ask?attacker=PRK&target=JPN&on=2024-07-11",
    "/ask?attacker=RUS&target=EST&on=2022-02-24",
    "/status?instrument=north-atlantic-treaty&party=FIN&on=2023-04-03",
    "/decide?matter=tokyo-office-decision&on=2023-07-10",
    "/actor/JPN?on=2024-07-11",
    "/source/s4",
    "/expectations",
    "/api/v1/ties?a=JPN&b=USA&on=2024-07-11",
    "/explore?actor=JPN&on=2024-07-11",
];

fn desk() -> Desk {
    let dossier = Dossier::open(&["japan-nato".to_owned()]).expect("it is embedded");
    Desk::new(dossier, None, Today::Day("2026-11-25".to_owned()))
}

fn share(sorted: &[Duration], per_mille: usize) -> f64 {
    let at = (sorted.len() * per_mille / 1000).min(sorted.len() - 1);
    sorted[at].as_secs_f64() * 1000.0
}

#[test]
#[ignore = "measures; run it in release when wanted"]
fn two_hundred_readers() {
    let seconds: u64 = std::env::var("FOEDERA_LOAD_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(30);
    let began = Instant::now();
    let desk = Arc::new(desk());
    println!("start: dossier opened and desk made in {:.0} ms", began.elapsed().as_secs_f64() * 1000.0);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(serve(listener, desk, std::future::pending()));
        let end = Instant::now() + Duration::from_secs(seconds);
        let readers: Vec<_> = (0..READERS)
            .map(|n| {
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(address).await.expect("connects");
                    let mut waits = Vec::new();
                    let mut buffer = vec![0_u8; 64 << 10];
                    let mut turn = n;
                    while Instant::now() < end {
                        let page = PAGES[turn % PAGES.len()];
                        turn += 1;
                        let began = Instant::now();
                        let ask = format!("GET {page} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: gzip\r\n\r\n");
                        stream.write_all(ask.as_bytes()).await.expect("asks");
                        let (mut head, mut body, mut length) = (Vec::new(), 0, None);
                        loop {
                            let got = stream.read(&mut buffer).await.expect("answers");
                            assert!(got > 0, "{page}: closed");
                            match length {
                                None => {
                                    head.extend_from_slice(&buffer[..got]);
                                    if let Some(at) = head.windows(4).position(|w| w == b"\r\n\r\n") {
                                        let text = String::from_utf8_lossy(&head[..at]).to_lowercase();
                                        assert!(text.starts_with("http/1.1 200"), "{page}: {text}");
                                        let l = text.split("content-length: ").nth(1).and_then(|l| l.split("\r\n").next()?.parse::<usize>().ok());
                                        length = Some(l.expect("a length"));
                                        body = head.len() - at - 4;
                                    }
                                }
                                Some(_) => body += got,
                            }
                            if length.is_some_and(|l| body >= l) {
                                break;
                            }
                        }
                        waits.push(began.elapsed());
                    }
                    waits
                })
            })
            .collect();
        let mut waits = Vec::new();
        for r in readers {
            waits.extend(r.await.expect("a reader"));
        }
        waits.sort_unstable();
        println!(
            "{READERS} readers, {seconds} s: {} answers, {:.0} a second; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms; no error",
            waits.len(),
            waits.len() as f64 / seconds as f64,
            share(&waits, 500),
            share(&waits, 990),
            share(&waits, 1000),
        );
    });
}

#[test]
#[ignore = "measures; run it in release when wanted"]
fn pages_made_anew() {
    let desk = desk();
    for page in PAGES {
        // Another day each time, so that nothing was made before.
        let mut waits: Vec<Duration> = (0..300)
            .map(|n| {
                let day = format!("on=2023-{:02}-{:02}", 1 + n / 28, 1 + n % 28);
                let bare = page.split("&on=").next().unwrap_or(page);
                let bare = bare.split("?on=").next().unwrap_or(bare);
                let target = format!("{bare}{}{day}", if bare.contains('?') { '&' } else { '?' });
                let mut request = Request::get(&target);
                request.gzip = true;
                let began = Instant::now();
                let r = answer(&desk, &request);
                assert_eq!(r.status, 200, "{target}");
                began.elapsed()
            })
            .collect();
        waits.sort_unstable();
        let size = answer(&desk, &Request { gzip: true, ..Request::get(page) }).body.len();
        println!(
            "{:6.1} ms median, {:6.1} ms p99, {:6.1} ms longest, {:4} kB packed  {page}",
            share(&waits, 500),
            share(&waits, 990),
            share(&waits, 1000),
            size / 1024
        );
    }
}
