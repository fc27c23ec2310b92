//! Where the nodes of the network lie: a small force layout, the same for the same scene.
//!
//! In: nodes with the room their labels need, links, perhaps one node that stays in the middle. Out: a point each, inside the canvas.
//! What always holds: no clock, no chance, no day goes in, so nothing moves when the date does; no two nodes overlap if
//! the canvas has room for them.

/// A point.
pub(super) type Point = (f64, f64);

/// What is to be laid out.
pub(super) struct Plan<'a> {
    /// Half of the room each node needs, with its label.
    pub(super) room: &'a [Point],
    /// Pairs of nodes, and how long the line between them would like to be.
    pub(super) links: &'a [(usize, usize, f64)],
    /// The node that stays in the middle.
    pub(super) middle: Option<usize>,
    /// Width and height.
    pub(super) size: Point,
}

const ROUNDS: usize = 260;
const TIDYING: usize = 160;

/// Lays out.
pub(super) fn layout(plan: &Plan<'_>) -> Vec<Point> {
    let n = plan.room.len();
    let (w, h) = plan.size;
    let centre = (w / 2.0, h / 2.0);
    // A sunflower: evenly spread, and no two nodes at one point.
    let mut at: Vec<Point> = (0..n)
        .map(|i| {
            let r = (i as f64 + 0.5).sqrt() / (n as f64).sqrt();
            let turn = i as f64 * 2.399_963_229_728_653;
            (centre.0 + r * turn.cos() * w * 0.42, centre.1 + r * turn.sin() * h * 0.42)
        })
        .collect();
    let mut degree = vec![0usize; n];
    for (a, b, _) in plan.links {
        degree[*a] += 1;
        degree[*b] += 1;
    }
    let hold = |at: &mut Vec<Point>| {
        if let Some(m) = plan.middle {
            at[m] = centre;
        }
    };
    hold(&mut at);
    let push = (w * h / n.max(1) as f64) * 0.32;
    for round in 0..ROUNDS {
        let heat = 1.0 - round as f64 / ROUNDS as f64;
        let mut move_by = vec![(0.0f64, 0.0f64); n];
        for i in 0..n {
            for j in i + 1..n {
                let (dx, dy) = (at[j].0 - at[i].0, (at[j].1 - at[i].1) * 1.35);
                let d2 = (dx * dx + dy * dy).max(9.0);
                let f = push / d2;
                let d = d2.sqrt();
                let (fx, fy) = (dx / d * f * 4.0, dy / d * f * 4.0);
                move_by[i].0 -= fx;
                move_by[i].1 -= fy;
                move_by[j].0 += fx;
                move_by[j].1 += fy;
            }
        }
        for (a, b, want) in plan.links {
            let (dx, dy) = (at[*b].0 - at[*a].0, at[*b].1 - at[*a].1);
            let d = (dx * dx + dy * dy).sqrt().max(1.0);
            let f = (d - want) / d * 0.35;
            // The busier end moves less.
            let share = degree[*b] as f64 / (degree[*a] + degree[*b]).max(1) as f64;
            move_by[*a].0 += dx * f * share;
            move_by[*a].1 += dy * f * share;
            move_by[*b].0 -= dx * f * (1.0 - share);
            move_by[*b].1 -= dy * f * (1.0 - share);
        }
        for i in 0..n {
            let (mut dx, mut dy) = move_by[i];
            dx += (centre.0 - at[i].0) * 0.012;
            dy += (centre.1 - at[i].1) * 0.03;
            let d = (dx * dx + dy * dy).sqrt().max(0.001);
            let most = 2.0 + 40.0 * heat;
            let k = (most / d).min(1.0) * (0.25 + 0.75 * heat);
            at[i].0 += dx * k;
            at[i].1 += dy * k;
        }
        apart(plan, &mut at, 0.4);
        hold(&mut at);
        inside(plan, &mut at);
    }
    fill(plan, &mut at);
    for _ in 0..TIDYING {
        apart(plan, &mut at, 1.0);
        hold(&mut at);
        inside(plan, &mut at);
    }
    at.into_iter().map(|(x, y)| ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0)).collect()
}

/// Stretches what lies on each side of the middle so that the canvas is used.
fn fill(plan: &Plan<'_>, at: &mut [Point]) {
    let (w, h) = plan.size;
    let centre = (w / 2.0, h / 2.0);
    let widest = |f: &dyn Fn(&Point, &Point) -> f64| {
        at.iter().zip(plan.room).map(|(p, r)| f(p, r)).fold(0.05, f64::max)
    };
    let l = widest(&|p, r| (centre.0 - p.0) / (centre.0 - r.0).max(1.0));
    let r = widest(&|p, r| (p.0 - centre.0) / (centre.0 - r.0).max(1.0));
    let u = widest(&|p, r| (centre.1 - p.1) / (centre.1 - r.1).max(1.0));
    let d = widest(&|p, r| (p.1 - centre.1) / (centre.1 - r.1).max(1.0));
    for p in at {
        let (dx, dy) = (p.0 - centre.0, p.1 - centre.1);
        // At most twice as far, so that a small scene stays together.
        p.0 = centre.0 + dx * (1.0 / if dx < 0.0 { l } else { r }).min(2.0);
        p.1 = centre.1 + dy * (1.0 / if dy < 0.0 { u } else { d }).min(2.0);
    }
}

/// Pushes nodes whose rooms overlap apart, along the shorter way.
fn apart(plan: &Plan<'_>, at: &mut [Point], force: f64) {
    for i in 0..at.len() {
        for j in i + 1..at.len() {
            let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
            let over_x = plan.room[i].0 + plan.room[j].0 - dx.abs();
            let over_y = plan.room[i].1 + plan.room[j].1 - dy.abs();
            if over_x <= 0.0 || over_y <= 0.0 {
                continue;
            }
            let (ix, jx) = match plan.middle {
                Some(m) if m == i => (0.0, 1.0),
                Some(m) if m == j => (1.0, 0.0),
                _ => (0.5, 0.5),
            };
            if over_y <= over_x {
                let s = if dy < 0.0 { -over_y } else { over_y } * force;
                at[i].1 -= s * ix;
                at[j].1 += s * jx;
            } else {
                let s = if dx < 0.0 { -over_x } else { over_x } * force;
                at[i].0 -= s * ix;
                at[j].0 += s * jx;
            }
        }
    }
}

fn inside(plan: &Plan<'_>, at: &mut [Point]) {
    let (w, h) = plan.size;
    for (p, room) in at.iter_mut().zip(plan.room) {
        p.0 = p.0.clamp(room.0.min(w / 2.0), (w - room.0).max(w / 2.0));
        p.1 = p.1.clamp(room.1.min(h / 2.0), (h - room.1).max(h / 2.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_plan_gives_the_same_points_apart_and_inside() {
        let room = vec![(30.0, 13.0); 60];
        let links: Vec<(usize, usize, f64)> = (1..60).map(|i| (i, i / 8, 80.0)).collect();
        let plan = Plan { room: &room, links: &links, middle: Some(0), size: (960.0, 640.0) };
        let at = layout(&plan);
        assert_eq!(at, layout(&plan));
        for (i, p) in at.iter().enumerate() {
            assert!(p.0 >= 0.0 && p.0 <= 960.0 && p.1 >= 0.0 && p.1 <= 640.0);
            for q in &at[i + 1..] {
                assert!((p.0 - q.0).abs() > 50.0 || (p.1 - q.1).abs() > 20.0, "{p:?} {q:?}");
            }
        }
    }
}
