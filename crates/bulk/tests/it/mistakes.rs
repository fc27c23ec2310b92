//! The tests' teeth: each of fifteen deliberate mistakes must change the answer to some boundary question.
//!
//! Boundary questions are what catches them: an ordinary sweep of year-ends does not see a closed interval.

use foedera_bulk::World;
use foedera_bulk::casus::Asker;
use foedera_bulk::why_not::WhyNot;

use crate::agree::{reasons, rows};
use crate::naive::{MISTAKES, Naive, Row};
use crate::sample;

#[test]
fn each_mistake_is_caught_by_a_boundary_question() {
    let mut missed = MISTAKES.to_vec();
    for seed in 0..40 {
        let t = sample::world(seed);
        let w = World::build(&t).expect("the sample is well formed");
        let (mut asker, mut why) = (Asker::new(&w), WhyNot::new(&w));
        for q in sample::queries(&t, seed, 60) {
            let (found, why) = (rows(&mut asker, &q), reasons(&mut why, &q));
            missed.retain(|mistake| {
                let naive = Naive { mistake: Some(*mistake), ..Naive::new(&t) };
                let wrong: Vec<Row> = naive.casus(&q).into_iter().collect();
                wrong == found && naive.why_not(&q) == why
            });
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}
