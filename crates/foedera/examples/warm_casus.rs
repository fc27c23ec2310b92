//! Times one warm casus in the library, without proof and with evidence ids, on the embedded dossier.
//!
//! Run: `cargo run --release -p foedera --example warm_casus`. Prints medians in microseconds per query over 200 batches.

use std::hint::black_box;
use std::time::Instant;

use foedera::Dossier;
use foedera_reason::mechanism::casus::{Question, Scene, decide};
use foedera_world::terms::{AttackKind, Provoked};
use foedera_world::time::{Edtf, Moment};
use foedera_world::{Knowledge, View};

fn main() {
    let dossier = Dossier::open(&["world".to_owned()]).expect("the embedded dossier opens");
    let world = &dossier.world;
    let started = Instant::now();
    let view = View::new(world, Knowledge::latest());
    println!("view folded in {:.0} µs", started.elapsed().as_secs_f64() * 1e6);
    let on: Moment = Edtf::parse("2024-07-11").expect("a date").moment();
    for (attacker, target) in [("PRK", "JPN"), ("RUS", "FIN"), ("CHN", "PHL")] {
        let (Some(a), Some(t)) = (world.actor(attacker), world.actor(target)) else { continue };
        let question = Question {
            attackers: vec![a],
            targets: vec![t],
            place: None,
            provoked: (Provoked::No, true),
            kind: AttackKind::Armed,
            with: Vec::new(),
            on,
            facts: Vec::new(),
            rounds: 1,
        };
        let scene = Scene::new(&question);
        let plain = median(|| {
            black_box(decide(black_box(&view), black_box(&scene)));
        });
        let evidence = median(|| {
            let all: Vec<_> =
                decide(black_box(&view), black_box(&scene)).iter().map(|c| c.evidence(&view, on)).collect();
            black_box(all);
        });
        let n = decide(&view, &scene).len();
        println!(
            "{attacker} attacks {target}: {n} conclusions, {plain:.2} µs without proof, {evidence:.2} µs with evidence ids"
        );
    }
}

fn median(mut f: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..200)
        .map(|_| {
            let started = Instant::now();
            (0..100).for_each(|_| f());
            started.elapsed().as_secs_f64() * 1e6 / 100.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
