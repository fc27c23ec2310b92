//! Laying a page out: its operators to lines.
//!
//! In: a page's contents, its fonts. Out: text, a line as it is set, a blank line where the gap is wide. What always holds: text comes in the order in which the
//! page writes it.

use std::collections::BTreeMap;

use super::super::MOST_TEXT;
use super::fonts::Font;
use super::objects::find;
use super::values::{Scanner, Value};

/// The letters of a page in the order they are set, with lines where the pen moves down.
pub(super) fn lay_out(content: &[u8], fonts: &BTreeMap<Vec<u8>, Font>, out: &mut String) {
    let plain = Font { wide: false, map: BTreeMap::new() };
    let mut font = &plain;
    let (mut size, mut leading, mut y, mut last_y) = (10.0_f64, 0.0_f64, 0.0_f64, None::<f64>);
    let mut s = Scanner { bytes: content, at: 0 };
    let mut args: Vec<Value> = Vec::new();
    let mut moved = false;
    let number = |args: &[Value], k: usize| args.get(k).and_then(Value::number).unwrap_or(0.0);
    while let Some(v) = s.value(0) {
        let Value::Word(op) = v else {
            if args.len() < 4096 {
                args.push(v);
            }
            continue;
        };
        let mut show = |bytes: &[u8], out: &mut String, y: f64, moved: &mut bool| {
            if let Some(before) = last_y {
                let down = (before - y).abs();
                let step = if size.abs() < 0.1 { 1.0 } else { size.abs() };
                if down > 1.9 * step {
                    trim_blank(out);
                    out.push_str("\n\n");
                } else if down > 0.4 * step {
                    trim_blank(out);
                    out.push('\n');
                } else if *moved && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            last_y = Some(y);
            *moved = false;
            font.decode(bytes, out);
        };
        match op.as_slice() {
            b"Tf" => {
                if let Some(Value::Name(n)) = args.first() {
                    font = fonts.get(n).unwrap_or(&plain);
                }
                size = number(&args, 1);
            }
            b"TL" => leading = number(&args, 0),
            b"Td" | b"TD" => {
                y += number(&args, 1);
                moved = true;
                if op == b"TD" {
                    leading = -number(&args, 1);
                }
            }
            b"Tm" => {
                y = number(&args, 5);
                let scale = number(&args, 3);
                if scale.abs() > 1.5 && size.abs() <= 1.5 {
                    size = scale;
                }
                moved = true;
            }
            b"T*" => {
                y -= if leading == 0.0 { size } else { leading };
                moved = true;
            }
            b"Tj" => {
                if let Some(Value::Text(t)) = args.first() {
                    show(t, out, y, &mut moved);
                }
            }
            b"'" | b"\"" => {
                y -= if leading == 0.0 { size } else { leading };
                if let Some(Value::Text(t)) = args.last() {
                    show(t, out, y, &mut moved);
                }
            }
            b"TJ" => {
                if let Some(Value::List(l)) = args.first() {
                    for part in l {
                        match part {
                            Value::Text(t) => show(t, out, y, &mut moved),
                            Value::Number(n) if *n < -180.0 && !out.ends_with([' ', '\n']) => out.push(' '),
                            _ => {}
                        }
                    }
                }
            }
            b"BT" => {
                y = 0.0;
                moved = true;
            }
            // A picture in the stream: skip to its end.
            b"ID" => match find(content, b"EI", s.at) {
                Some(e) => s.at = e + 2,
                None => break,
            },
            _ => {}
        }
        args.clear();
        if out.len() > MOST_TEXT {
            return;
        }
    }
}

fn trim_blank(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
}
