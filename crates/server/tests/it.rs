//! The web face without a network: every address answers, everything leads somewhere, nothing hostile comes alive.
//!
//! In: the shipped dossier and made-up hostile ones. Out: failures. What always holds: requests go through the same function the
//! door calls, so what is tested is what is served.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, OnceLock};

use foedera::{BasisRequest, Dossier, VERBS, ask, question};
use foedera_server::{Desk, Request, Response, Today, answer};
use serde_json::Value;

const TODAY: &str = "2026-11-25";

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let dossier = Dossier::open(&["japan-nato".to_owned()]).expect("it is embedded");
        Desk::new(dossier, None, Today::Day(TODAY.to_owned()))
    })
}

fn get(target: &str) -> Arc<Response> {
    answer(desk(), &Request::get(target))
}

fn json(r: &Response) -> Value {
    serde_json::from_slice(&r.body).expect("JSON")
}

/// The values of `href` and `src` of a page; entities read back.
fn links(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    for mark in [" href=\"", " src=\""] {
        for part in html.split(mark).skip(1) {
            let raw = part.split('"').next().unwrap_or_default();
            out.push(
                raw.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""),
            );
        }
    }
    out
}

/// An address without its values: the screen and the names of its parameters.
fn shape(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let room: Vec<&str> = path.split('/').take(2).collect();
    let names: Vec<&str> = query.split('&').filter_map(|p| p.split('=').next()).collect();
    format!("{}?{}", room.join("/"), names.join("&"))
}

/// The ids of elements.
fn ids(html: &str) -> BTreeSet<String> {
    html.split(" id=\"").skip(1).map(|p| p.split('"').next().unwrap_or_default().to_owned()).collect()
}

const PAGES: &[&str] = &[
    "/",
    "/explore",
    "/explore?actor=JPN&on=2024-07-11",
    "/ask",
    "/ask?attacker=PRK&target=JPN&on=2024-07-11",
    "/ask?attacker=RUS&target=EST&on=2022-02-24",
    "/why-not",
    "/why-not?actor=GBR&attacker=PRK&target=USA&place=guam&on=2024-07-11",
    "/decide",
    "/decide?matter=tokyo-office-decision&on=2023-07-10",
    "/may",
    "/may?deed=inform&from=JPN&to=nato&on=2012-01-01",
    "/status",
    "/status?instrument=north-atlantic-treaty&party=FIN&on=2023-04-03",
    "/members",
    "/members?of=nato&on=2023-07-12",
    "/measure",
    "/measure?measures=japan-aid-to-ukraine",
    "/ties",
    "/ties?a=JPN&b=USA&on=2024-07-11",
    "/timeline",
    "/timeline?ids=SWE&from=2022",
    "/compare",
    "/compare?from_on=2023-06-01&to_on=2023-08-01&ids=nato",
    "/compare?from_known=2023-05-31&to_known=2024-07-31&ids=nato-office-tokyo&on=2023-07-12",
    "/expectations",
    "/expectations?by=s4&state=fulfilled&known=2023-12-31",
    "/disagreements",
    "/disagreements?about=nato-office-tokyo",
    "/claims?about=JPN&kind=limit",
    "/sources",
    "/sources?known=2023-05-31",
    "/source/s4",
    "/impact",
    "/impact?of=s4",
    "/coverage",
    "/search",
    "/search?q=estonia+article+5",
    "/search?q=turkiye",
    "/about",
    "/method/casus",
    "/actor/JPN",
    "/actor/nato",
    "/actor/RUS?on=1975-01-01",
    "/instrument/north-atlantic-treaty",
    "/facility/nato-office-tokyo",
    "/matter/tokyo-office-decision",
    "/measure/japan-aid-to-ukraine",
    "/claim/ex007",
    "/conflict/c01",
    "/place/guam",
    "/person/emmanuel-macron",
    "/brief/casus?attacker=PRK&target=JPN&on=2024-07-11",
    "/brief/decide?matter=tokyo-office-decision&on=2023-07-10",
];

#[test]
fn every_page_is_whole_without_a_script() {
    for page in PAGES {
        let r = get(page);
        assert_eq!(r.status, 200, "{page}: {}", r.text());
        let html = r.text();
        assert!(r.header("content-type").is_some_and(|t| t.starts_with("text/html")), "{page}");
        assert_eq!(html.matches("<h1").count(), 1, "{page} has one h1");
        assert_eq!(html.matches("<main").count(), 1, "{page}");
        assert!(
            !html.contains(" style=\"") && !html.contains(" onclick="),
            "{page}: inline style or handler"
        );
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            let inside = script.split('>').nth(1).unwrap_or_default();
            let data = tag.contains("application/json");
            assert!(
                data || (tag.contains(" src=") && inside.starts_with("</script")),
                "{page}: inline script"
            );
        }
        let mut seen = BTreeSet::new();
        for id in html.split(" id=\"").skip(1).map(|p| p.split('"').next().unwrap_or_default()) {
            assert!(seen.insert(id), "{page}: id `{id}` stands twice");
        }
    }
}

#[test]
fn headers_are_strict_and_tags_answer_not_modified() {
    let r = get("/ask");
    let policy = r.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(r.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(r.header("referrer-policy"), Some("no-referrer"));
    let tag = r.header("etag").expect("a tag").to_owned();
    let mut again = Request::get("/ask");
    again.if_none_match = Some(tag);
    let r = answer(desk(), &again);
    assert_eq!((r.status, r.body.len()), (304, 0));
    let html = get("/").text();
    let asset = links(&html).into_iter().find(|l| l.starts_with("/assets/")).expect("an asset");
    let r = get(&asset);
    assert_eq!(r.status, 200);
    assert!(r.header("cache-control").is_some_and(|c| c.contains("immutable")));
    assert_eq!(get("/assets/0000000000000000/style.css").status, 404);
    let mut packed = Request::get("/ask");
    packed.gzip = true;
    let r = answer(desk(), &packed);
    assert_eq!(r.header("content-encoding"), Some("gzip"));
    assert_eq!(&r.body[..2], &[0x1f, 0x8b]);
}

#[test]
fn only_this_machine_and_only_reading() {
    for (host, status) in [
        ("127.0.0.1:7700", 200),
        ("localhost:7700", 200),
        ("[::1]:7700", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example:7700", 403),
    ] {
        let mut r = Request::get("/about");
        r.host = host.to_owned();
        assert_eq!(answer(desk(), &r).status, status, "{host}");
    }
    for method in ["POST", "PUT", "DELETE"] {
        let mut r = Request::get("/ask");
        r.method = method.to_owned();
        let r = answer(desk(), &r);
        assert_eq!(r.status, 405);
        assert_eq!(r.header("allow"), Some("GET, HEAD"));
    }
}

#[test]
fn what_is_not_understood_is_refused_with_the_form_kept() {
    // An unknown parameter.
    for page in [
        "/ask?attaker=PRK",
        "/?x=1",
        "/about?x=1",
        "/explore?x=1",
        "/actor/JPN?x=1",
        "/brief/casus?attacker=PRK&target=JPN&id=x",
    ] {
        let r = get(page);
        assert_eq!(r.status, 400, "{page}");
        assert!(r.text().contains("data-code=\"unknown-parameter\""), "{page}");
    }
    // A slip in a name: the right one as a link, the rest kept.
    let r = get("/ask?attacker=north-koera&target=JPN&on=2023-07-11");
    assert_eq!(r.status, 400);
    let html = r.text();
    assert!(html.contains("value=\"north-koera\""), "the form keeps what was typed");
    assert!(
        links(&html).iter().any(|l| l.starts_with("/ask?attacker=PRK")
            && l.contains("target=JPN")
            && l.contains("on=2023-07-11")),
        "{:?}",
        links(&html)
    );
    // A day that is none: the nearest one as a link.
    let r = get("/ask?attacker=PRK&target=JPN&on=2023-02-30");
    assert_eq!(r.status, 400);
    assert!(links(&r.text()).iter().any(|l| l.contains("on=2023-02-28")), "{}", r.text());
    for page in [
        "/nowhere",
        "/actor/nobody-at-all",
        "/source/none",
        "/brief/none",
        "/brief/casus.pdf?attacker=PRK&target=JPN",
        "/method/none",
        "/actor/north-atlantic-treaty",
    ] {
        assert_eq!(get(page).status, 404, "{page}");
    }
    assert_eq!(get(&format!("/ask?attacker={}", "x".repeat(20_000))).status, 414);
    assert_eq!(get("/ask?attacker=%ff").status, 414);
}

/// A verb, its fields, a day.
type Asked = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn the_api_says_what_the_command_line_says() {
    let questions: &[Asked] = &[
        ("casus", &[("attacker", "PRK"), ("target", "JPN")], "2024-07-11"),
        (
            "casus",
            &[("attacker", "PRK"), ("target", "USA"), ("place", "guam"), ("rounds", "2")],
            "2024-07-11",
        ),
        (
            "why-not",
            &[("actor", "GBR"), ("attacker", "PRK"), ("target", "USA"), ("place", "guam")],
            "2024-07-11",
        ),
        ("status", &[("instrument", "north-atlantic-treaty"), ("party", "FIN")], "2023-04-03"),
        ("ties", &[("a", "JPN"), ("b", "USA")], "2024-07-11"),
        ("members", &[("of", "nato")], "2023-07-12"),
        ("decide", &[("matter", "tokyo-office-decision")], "2023-07-10"),
        ("may", &[("deed", "inform"), ("from", "JPN"), ("to", "nato")], "2012-01-01"),
        ("expect", &[("ids", "ex007")], "2024-07-11"),
        ("conflicts", &[("about", "nato-office-tokyo")], "2024-07-11"),
        ("claims", &[("about", "JPN"), ("kind", "limit")], "2024-07-11"),
        ("measure", &[("measures", "japan-aid-to-ukraine")], "2024-07-11"),
        ("timeline", &[("ids", "SWE"), ("from", "2022")], "2024-07-11"),
        ("diff", &[("from_on", "2023-06-01"), ("to_on", "2023-08-01"), ("ids", "nato")], "2024-07-11"),
        ("impact", &[("of", "s0")], "2024-07-11"),
        ("coverage", &[], "2024-07-11"),
        ("show", &[("id", "JPN")], "2024-07-11"),
        ("search", &[("words", "nato office")], "2024-07-11"),
    ];
    let dossier = Dossier::open(&["japan-nato".to_owned()]).expect("it is embedded");
    for (verb, fields, on) in questions {
        let query: Vec<String> = fields
            .iter()
            .map(|(k, v)| format!("{k}={}", v.replace(' ', "+")))
            .chain([format!("on={on}")])
            .collect();
        let r = get(&format!("/api/v1/{verb}?{}", query.join("&")));
        assert_eq!(r.status, 200, "{verb}: {}", r.text());
        let given: Vec<(String, String)> =
            fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let basis =
            BasisRequest { on: Some((*on).to_owned()), today: TODAY.to_owned(), ..BasisRequest::default() };
        let e = ask(&dossier, &question(verb, &given).expect("a question"), &basis).expect("an answer");
        let mut printed = serde_json::to_string_pretty(&e).expect("JSON");
        printed.push('\n');
        let same = r.text() == printed;
        assert!(same, "{verb}: the API and the command line differ");
    }
    let asked: BTreeSet<&str> = questions.iter().map(|q| q.0).collect();
    assert!(VERBS.iter().all(|v| asked.contains(v.name)), "every verb is compared");
}

#[test]
fn problems_are_rfc_9457() {
    for (target, status, code) in [
        ("/api/v1/casus?attaker=PRK", 400, "unknown-parameter"),
        ("/api/v1/casus?attacker=PRK", 400, "incomplete-question"),
        ("/api/v1/casus?attacker=PRX&target=JPN", 400, "unknown-name"),
        ("/api/v1/casus?attacker=PRK&target=JPN&on=2023-02-30", 400, "bad-date"),
        ("/api/v1/casus?attacker=PRK&target=JPN&rounds=99", 400, "bad-number"),
        ("/api/v1/nothing", 404, "unknown-verb"),
        ("/api/v1/openapi.json?x=1", 400, "unknown-parameter"),
        ("/api/v2/casus", 404, "not-found"),
    ] {
        let r = get(target);
        assert_eq!(r.status, status, "{target}");
        assert_eq!(r.header("content-type"), Some("application/problem+json"), "{target}");
        let v = json(&r);
        assert_eq!(v["code"], code, "{target}");
        assert_eq!(v["status"], status, "{target}");
        assert!(v["detail"].as_str().is_some_and(|d| !d.is_empty()), "{target}");
    }
}

#[test]
fn openapi_names_every_verb_and_its_references_lead_somewhere() {
    let v = json(&get("/api/v1/openapi.json"));
    assert_eq!(v["openapi"], "3.1.0");
    for verb in VERBS {
        let get = &v["paths"][format!("/api/v1/{}", verb.name)]["get"];
        let named: Vec<&str> =
            get["parameters"].as_array().expect("a list").iter().filter_map(|p| p["name"].as_str()).collect();
        let fields: Vec<&str> = verb.fields.iter().map(|f| f.name).collect();
        assert_eq!(named, fields, "{}", verb.name);
    }
    fn references(v: &Value, out: &mut Vec<String>) {
        match v {
            Value::Object(m) => m.iter().for_each(|(k, x)| match x {
                Value::String(s) if k == "$ref" => out.push(s.clone()),
                x => references(x, out),
            }),
            Value::Array(l) => l.iter().for_each(|x| references(x, out)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    references(&v, &mut all);
    for r in all {
        assert!(v.pointer(r.trim_start_matches('#')).is_some(), "{r} leads nowhere");
    }
}

/// Follows the links of the pages above; each must answer. Of addresses that differ in values alone the first 25 are asked, with
/// FOEDERA_CRAWL=all every one.
#[test]
fn every_link_of_every_page_answers() {
    let mut todo: VecDeque<(String, u32)> = PAGES.iter().map(|p| ((*p).to_owned(), 0)).collect();
    let mut done: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    let mut wanted: Vec<(String, String, String)> = Vec::new();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let most = if std::env::var("FOEDERA_CRAWL").is_ok() { usize::MAX } else { 25 };
    while let Some((page, depth)) = todo.pop_front() {
        if done.contains_key(&page) {
            continue;
        }
        let seen = alike.entry(shape(&page)).or_insert(0);
        *seen += 1;
        if *seen > most {
            continue;
        }
        let r = get(&page);
        assert!(r.status == 200, "{page} answers {}: {}", r.status, r.text());
        let html = r.header("content-type").is_some_and(|t| t.starts_with("text/html"));
        done.insert(page.clone(), html.then(|| ids(&r.text())));
        if !html {
            continue;
        }
        for link in links(&r.text()) {
            if link.starts_with("https://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            assert!(path.is_empty() || path.starts_with('/'), "{page}: a link to {link}");
            let path = if path.is_empty() { page.clone() } else { path.to_owned() };
            if !anchor.is_empty() {
                wanted.push((page.clone(), path.clone(), anchor.to_owned()));
            }
            if depth == 0 {
                todo.push_back((path, depth + 1));
            }
        }
    }
    println!("{} addresses answered", done.len());
    for (page, path, anchor) in wanted {
        if let Some(Some(ids)) = done.get(&path) {
            let on = ids.contains(&anchor) || !path.starts_with("/brief") && path != page;
            assert!(on, "{page}: nothing is called #{anchor} at {path}");
        }
    }
}

fn hostile() -> Desk {
    let name = "<script>alert(1)</script>\\\"'><img src=x onerror=alert(2)>";
    let long = "n".repeat(100_000);
    let text = format!(
        r#"
[[pack]]
id = "p"
title = "=HYPERLINK(\"http://evil.example\")"

[[source]]
id = "s"
title = "{name}"
kind = "article"
pack = "p"
published = "2020"
url = "javascript:alert(3)"
grade = "A1"

[[actor]]
id = "AAA"
kind = "state"
name = "{name}"
home = {{ id = "a-home", name = "=HYPERLINK(\"http://evil.example\";\"x\")" }}

[[actor]]
id = "BBB"
kind = "state"
name = "\u202Egnp.live\u2066"
home = {{ id = "b-home", name = "B" }}

[[actor]]
id = "CCC"
kind = "state"
name = "{long}"
home = {{ id = "c-home", name = "C" }}

[[instrument]]
id = "pact"
name = "@SUM(1+1)|{name}"
kind = "treaty"
parties = ["AAA", "CCC"]
parties-complete = "2024-12-31"

  [[instrument.action]]
  act = "entered-into-force"
  on = "2020-05-01"
  cite = ["s <b>art. 1</b>"]

  [[instrument.provision]]
  article = "<i>3</i>"
  act = "defense"
  strength = "must-assist"
  discretion = "means-free"
  cite = ["s \"onmouseover=alert(4)"]

[[claim]]
id = "c1"
kind = "statement"
about = ["AAA"]
says = "=cmd|' /C calc'!A0 {name}"
cite = ["s p1"]
"#
    );
    let dossier = Dossier::from_files("hostile", vec![("a.toml".to_owned(), text)]).expect("it opens");
    Desk::new(dossier, None, Today::Day(TODAY.to_owned()))
}

#[test]
fn hostile_dossiers_stay_inert() {
    let desk = hostile();
    for page in [
        "/",
        "/explore",
        "/explore?actor=AAA",
        "/ask?attacker=BBB&target=CCC&on=2021-01-01",
        "/ask?attacker=BBB&target=AAA&on=2021-01-01",
        "/status?instrument=pact",
        "/ties?a=AAA",
        "/timeline",
        "/claims",
        "/sources",
        "/source/s",
        "/actor/AAA",
        "/actor/BBB",
        "/actor/CCC",
        "/instrument/pact",
        "/claim/c1",
        "/search?q=%3Cscript%3Ealert(9)%3C/script%3E",
        "/about",
        "/brief/casus?attacker=BBB&target=CCC&on=2021-01-01",
        "/ask?attacker=%3Cscript%3Ealert(9)%3C/script%3E&target=CCC",
        "/coverage",
        "/expectations",
        "/disagreements",
        "/members?of=pact",
    ] {
        let r = answer(&desk, &Request::get(page));
        assert!(
            matches!(r.status, 200 | 400),
            "{page}: {} {}",
            r.status,
            r.text().chars().take(600).collect::<String>()
        );
        let html = r.text();
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{page}: markup came alive");
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            assert!(
                !tag.contains(" onerror=") && !tag.contains(" onmouseover=alert") || tag.contains("&quot;"),
                "{page}: <{tag}>"
            );
            assert!(!tag.contains("href=\"javascript:"), "{page}: <{tag}>");
        }
    }
    for file in [
        "/brief/claims.csv",
        "/brief/casus.csv?attacker=BBB&target=CCC&on=2021-01-01",
        "/explore.csv?actor=AAA",
    ] {
        let r = answer(&desk, &Request::get(file));
        assert_eq!(r.status, 200, "{file}");
        for cell in r.text().lines().flat_map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>()) {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '@', '+']), "{file}: {cell}");
        }
    }
    let bib = answer(&desk, &Request::get("/cite/pact.bib"));
    assert_eq!(bib.status, 200);
}

#[test]
fn the_readers_own_copy_stands_beside_the_claims() {
    let copy = "The ministers met in the old harbour town and signed two papers.\n\nNeither of the two papers says who pays for the new lighthouse on the northern cape.\n";
    let prints: Vec<String> =
        foedera::verify::fingerprints(copy).iter().map(|p| format!("\"{p}\"")).collect();
    let text = format!(
        "[[pack]]\nid = \"p\"\ntitle = \"P\"\n[[source]]\nid = \"s\"\ntitle = \"S\"\nkind = \"article\"\npack = \"p\"\npublished = \"2020\"\nfingerprint = [{}]\n\
         [[claim]]\nid = \"c\"\nkind = \"statement\"\nsays = \"Nobody is said to pay.\"\ncite = [\"s p2\"]\n",
        prints.join(", ")
    );
    let open = || Dossier::from_files("d", vec![("a.toml".to_owned(), text.clone())]).expect("it opens");
    let desk =
        Desk::new(open(), Some(vec![("mine.txt".to_owned(), copy.to_owned())]), Today::Day(TODAY.to_owned()));
    let html = answer(&desk, &Request::get("/source/s")).text();
    assert!(
        html.contains("data-anchor=\"found\"") && html.contains("lighthouse on the northern cape"),
        "{html}"
    );
    let changed = copy.replace("northern", "southern");
    let desk = Desk::new(open(), Some(vec![("mine.txt".to_owned(), changed)]), Today::Day(TODAY.to_owned()));
    assert!(answer(&desk, &Request::get("/source/s")).text().contains("data-anchor=\"altered\""));
    let desk = Desk::new(open(), None, Today::Day(TODAY.to_owned()));
    assert!(!answer(&desk, &Request::get("/source/s")).text().contains("lighthouse"));
}

/// Acceptance points 28, 29, 30, 31 and 33 of the web face, on the shipped dossier.
#[test]
fn the_ladder_adds_up_and_flips_hold() {
    let page = get("/ask?attacker=RUS&target=EST&on=2022-02-24").text();
    let e = json(&get("/api/v1/casus?attacker=RUS&target=EST&on=2022-02-24"));
    let items = e["items"].as_array().expect("items");
    // Zero rungs stay; counts of rungs and reasons cover every actor of the answer once or more.
    assert!(page.contains("data-strength=\"must-fight\" data-count=\"0\""));
    let bound: BTreeSet<&str> = items
        .iter()
        .filter(|i| i["role"] == "bound" && i["strength"] == "must-assist")
        .filter_map(|i| i["actor"].as_str())
        .collect();
    assert!(
        page.contains(&format!("data-strength=\"must-assist\" data-count=\"{}\"", bound.len())),
        "{}",
        bound.len()
    );
    let on: BTreeSet<&str> =
        items.iter().filter(|i| i["role"] != "not-bound").filter_map(|i| i["actor"].as_str()).collect();
    let all: BTreeSet<&str> = items.iter().filter_map(|i| i["actor"].as_str()).collect();
    let counted: usize = page
        .split("data-reason=\"")
        .skip(1)
        .map(|p| {
            p.split("data-count=\"")
                .nth(1)
                .and_then(|c| c.split('"').next())
                .and_then(|c| c.parse::<usize>().ok())
                .expect("a count")
        })
        .sum();
    assert_eq!(counted, all.len() - on.len(), "everybody not on a rung stands under one reason");
    // The steps of every proof shown are the steps of the data.
    fn steps(p: &Value) -> usize {
        1 + p["children"].as_array().map_or(0, |c| c.iter().map(steps).sum())
    }
    let told: usize = items.iter().filter(|i| i["role"] != "not-bound").map(|i| steps(&i["proof"])).sum();
    let gates: usize = e["gates"].as_array().map_or(0, |g| g.iter().map(|g| steps(&g["proof"])).sum());
    assert_eq!(page.matches("data-rule=\"").count(), told + gates, "no hidden steps");
    // Each change offered does bind the actor it names.
    let flips =
        page.split("class=\"flips\"").nth(1).and_then(|p| p.split("</section>").next()).expect("flips");
    let mut tried = 0;
    for li in flips.split("<li>").skip(1) {
        let Some((who, _)) = li.split_once(" (") else { continue };
        let Some(link) = links(li).into_iter().find(|_| li.contains("Try it")) else { continue };
        let r = json(&get(&link.replacen("/ask", "/api/v1/casus", 1)));
        let ids: BTreeSet<&str> = r["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|i| i["role"] == "bound")
            .filter_map(|i| i["actor"].as_str())
            .collect();
        let named: Vec<Value> = ids
            .iter()
            .map(|id| json(&get(&format!("/api/v1/show?id={id}")))["items"][0]["name"].clone())
            .collect();
        assert!(named.iter().any(|n| n == who), "{link} does not bind {who}");
        tried += 1;
    }
    println!("{tried} changes tried");
}

/// Steps of a proof.
fn steps(p: &Value) -> usize {
    1 + p["children"].as_array().into_iter().flatten().map(steps).sum::<usize>()
}

#[test]
fn one_proof_three_renderings_with_the_same_steps() {
    for (verb, path, fields) in [
        ("ties", "/ties", "a=JPN&b=USA&on=2023-07-12"),
        ("decide", "/decide", "matter=tokyo-office-decision&on=2023-07-10"),
        ("may", "/may", "deed=inform&from=JPN&to=nato&on=2012-01-01"),
        ("status", "/status", "instrument=north-atlantic-treaty&party=FIN&on=2023-04-03"),
        ("casus", "/ask", "attacker=PRK&target=JPN&on=2024-07-11"),
        ("casus", "/ask", "attacker=RUS&target=EST&on=2022-02-24"),
    ] {
        let proof = json(&get(&format!("/api/v1/{verb}?{fields}")))["proof"].clone();
        let told = steps(&proof);
        let drawn = |address: String| {
            let r = get(&address);
            assert_eq!(r.status, 200, "{address}");
            String::from_utf8_lossy(&r.body).matches(" data-step").count()
        };
        assert!(told > 1, "{verb}");
        assert_eq!(drawn(format!("/tree/{verb}?{fields}")), told, "the tree of {verb} {fields}");
        assert_eq!(drawn(format!("/tree/{verb}.svg?{fields}")), told, "the file of {verb} {fields}");
        assert_eq!(drawn(format!("/brief/{verb}?{fields}")), told, "the brief of {verb} {fields}");
        // The outline of a casus stands actor by actor under the conclusion, which is the headline.
        let headline = usize::from(verb == "casus");
        let page = get(&format!("{path}?{fields}"));
        let html = String::from_utf8_lossy(&page.body).into_owned();
        let (_, outline) = html.split_once(" id=\"why\"").expect("a section that says why");
        assert_eq!(outline.matches(" data-step").count() + headline, told, "the outline of {verb} {fields}");
    }
    let one = get("/tree/casus.svg?attacker=RUS&target=EST&on=2022-02-24&actor=USA");
    let text = String::from_utf8_lossy(&one.body);
    assert!(text.contains("United States") && !text.contains("Belgium is bound"), "one actor's items alone");
}

#[test]
fn a_what_if_shows_both_answers_and_is_marked_everywhere() {
    let fields = "attacker=RUS&target=UKR&on=2024-07-11";
    let fact = "assume=party:UKR/north-atlantic-treaty";
    let page = get(&format!("/what-if?{fields}&{fact}"));
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let verdict = |assume: &str| json(&get(&format!("/api/v1/casus?{fields}{assume}")))["verdict"].clone();
    assert_eq!((verdict(""), verdict(&format!("&{fact}"))), (Value::from("no"), Value::from("yes")));
    for part in
        ["data-verdict=\"no\"", "data-verdict=\"yes\"", "class=\"band supposed\"", "data-supposed=\"true\""]
    {
        assert!(html.contains(part), "{part}");
    }
    // Put together from its parts, by names.
    let by_name = get(&format!(
        "/what-if?{fields}&suppose_who=Ukraine&suppose_does=party&suppose_what=North+Atlantic+Treaty"
    ));
    assert!(String::from_utf8_lossy(&by_name.body).contains("32 states are bound"), "by names");
    // A supposition half said keeps the form and says what is missing.
    let half = get(&format!("/what-if?{fields}&suppose_who=Ukraine&suppose_does=party"));
    let text = String::from_utf8_lossy(&half.body).into_owned();
    assert_eq!(half.status, 400);
    assert!(text.contains("Name a treaty"), "what is missing");
    assert!(text.contains("name=\"suppose_who\" value=\"Ukraine\""), "the form is kept");
    // Tables and pictures carry it.
    let csv = |address: &str| String::from_utf8_lossy(&get(address).body).into_owned();
    let table = csv(&format!("/brief/casus.csv?{fields}&{fact}"));
    assert!(table.lines().next().is_some_and(|l| l.ends_with(",scenario")));
    assert!(table.lines().nth(1).is_some_and(|l| l.contains("Ukraine is a party")), "{table:.300}");
    let plain = csv(&format!("/brief/casus.csv?{fields}"));
    assert!(plain.lines().nth(1).is_some_and(|l| l.ends_with(',')), "nothing is supposed");
    let ties = csv(&format!("/explore.csv?actor=UKR&on=2024-07-11&{fact}"));
    assert!(
        ties.contains("north-atlantic-treaty") && ties.contains("Ukraine is a party"),
        "the ties of the what-if"
    );
    assert!(
        !csv("/explore.csv?actor=UKR&on=2024-07-11").contains("\"duty\",\"\",\"defense\",\"north-atlantic"),
        "not without"
    );
    let picture = csv(&format!("/explore.svg?actor=UKR&on=2024-07-11&{fact}"));
    assert!(picture.contains("class=\"supposed\"") && picture.contains("What-if"), "the picture");
    assert!(!csv("/explore.svg?actor=UKR&on=2024-07-11").contains("class=\"supposed\""));
}

/// A folder of its own with a dossier, a text and what was proposed of it; gone when it is dropped.
struct Waiting(std::path::PathBuf);

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Every sentence here is invented.
const READ: &str = "Peru and Chile signed a fisheries agreement in Lima on 4 March 1987. Bolivia condemned Chile for the blockade.\n";

impl Waiting {
    fn new(name: &str) -> Waiting {
        let dir = std::env::temp_dir().join(format!("foedera-review-{name}-{}", std::process::id()));
        std::fs::create_dir_all(dir.join("proposals")).expect("a folder");
        let head = "[dossier]\nname = \"w\"\ntitle = \"W\"\nincludes = [\"gazetteer\"]\n\n[[pack]]\nid = \"press\"\ntitle = \"Press\"\n";
        std::fs::write(dir.join("dossier.toml"), head).expect("a file");
        std::fs::create_dir_all(dir.join("texts")).expect("a folder");
        std::fs::write(dir.join("texts/a.txt"), READ).expect("a file");
        let dossier = Dossier::open(&[dir.to_string_lossy().into_owned()]).expect("opens");
        let reader = foedera::read::DossierReader::new(&dossier);
        let text = foedera::read::text_of("a.txt", READ.as_bytes()).expect("a text");
        let reading = reader.read("a.txt", text, Some("1987-03-10")).expect("is read");
        let proposals = foedera::read::Proposals::of(&reading);
        assert!(proposals.proposals.len() >= 3, "{proposals:?}");
        let json = serde_json::to_string(&proposals).expect("JSON");
        std::fs::write(dir.join("proposals/a.json"), json).expect("a file");
        Waiting(dir)
    }

    fn desk(&self) -> Desk {
        let dossier = Dossier::open(&[self.0.to_string_lossy().into_owned()]).expect("opens");
        let store = foedera::read::store::Store::open(&self.0).expect("opens");
        Desk::new(dossier, None, Today::Day(TODAY.to_owned())).reviewing(store, Some("A. Reader".to_owned()))
    }
}

fn post(desk: &Desk, body: &str, same_origin: bool) -> Arc<Response> {
    let request = Request {
        method: "POST".to_owned(),
        target: "/review".to_owned(),
        body: body.to_owned(),
        same_origin,
        ..Request::default()
    };
    answer(desk, &request)
}

#[test]
fn a_review_decides_by_its_own_forms_alone_and_suggestions_stay_out() {
    let waiting = Waiting::new("decides");
    let desk = waiting.desk();
    let page = |d: &Desk, address: &str| answer(d, &Request::get(address)).text();
    let claims = |d: &Desk| page(d, "/api/v1/claims?about=CHL");
    let nothing = claims(&desk);
    assert!(nothing.contains("we-have-not-looked"), "a suggestion is in no answer");
    assert!(!page(&desk, "/explore.csv?actor=CHL").contains("fisheries"), "nor in an export");
    let first = page(&desk, "/review");
    assert!(
        first.contains("class=\"span\"") && first.contains("name=\"do\" value=\"accept\""),
        "text and cards"
    );
    assert!(page(&desk, "/review?source=a&at=E1").contains("data-decision=\"open\""), "they are open");
    assert_eq!(claims(&desk), nothing, "looking decides nothing");
    // Another site's form, a word that is no decision, a source that is not there.
    assert_eq!(post(&desk, "source=a&id=E1&do=accept", false).status, 403);
    assert_eq!(post(&desk, "source=a&id=E1&do=perhaps", true).status, 400);
    assert_eq!(post(&desk, "source=b&id=E1&do=accept", true).status, 404);
    assert_eq!(post(&desk, "\u{fffd}=%ff", true).status, 400);
    assert!(!waiting.0.join("read-a.toml").exists(), "nothing was written");
    // Accepted: on to the next; in the dossier, who judged and when on the card.
    let done = post(&desk, "source=a&id=E1&do=accept", true);
    assert_eq!(done.status, 303, "{}", done.text());
    let next = done.header("location").expect("somewhere").to_owned();
    assert!(next.starts_with("/review?source=a&at=") && !next.contains("at=E1&"), "{next}");
    assert!(claims(&waiting.desk()).contains("\"a-e1\""), "it is a claim");
    assert!(page(&desk, "/review?source=a&at=E1").contains(&format!("accepted on {TODAY} by A. Reader")));
    // Words that cannot be kept are refused with the reason, and nothing changes.
    let refused =
        post(&desk, "source=a&id=E2&do=edit&says=Bolivia+condemned+Chile&on=yesterday&about=BOL,CHL", true);
    let back = refused.header("location").expect("back to the form").to_owned();
    assert!(back.contains("refused=") && page(&desk, &back).contains("role=\"alert\""), "{back}");
    // Taken back: the claim is gone.
    assert_eq!(post(&desk, "source=a&id=E1&do=undo", true).status, 303);
    assert!(!claims(&waiting.desk()).contains("\"a-e1\""), "it is no claim any more");
    // A reload goes on where one stopped.
    post(&desk, "source=a&id=E1&do=reject", true);
    let resumed = page(&waiting.desk(), "/review");
    let at = |html: &str| {
        html.split("<li class=\"card\"")
            .find(|c| c.contains("aria-current=\"true\""))
            .map(|c| c.chars().take(40).collect::<String>())
    };
    assert_eq!(at(&resumed), at(&page(&desk, "/review")));
    assert!(!resumed.contains("id=\"card-E1\""), "the rejected is hidden");
    assert!(page(&desk, "/review?source=a&show=all").contains("id=\"card-E1\""));
}

#[test]
fn a_text_that_changed_asks_for_review_again_and_nothing_is_put_elsewhere() {
    let waiting = Waiting::new("changed");
    // The first sentence moved, the second has other words now: a similar sentence is not the same.
    let changed = "Bolivia condemned Chile over the blockade.\n\nPeru and Chile signed a fisheries agreement in Lima on 4 March 1987.\n";
    std::fs::write(waiting.0.join("texts/a.txt"), changed).expect("a file");
    let html = answer(&waiting.desk(), &Request::get("/review")).text();
    assert!(html.contains("The text changed since it was read"), "it says so");
    assert!(html.contains("cannot be placed") && html.contains("stand elsewhere"), "both are counted");
    let list =
        html.split("class=\"unplaced\"").nth(1).and_then(|t| t.split("</section>").next()).expect("a list");
    assert!(list.contains("condemned Chile"), "{list}");
    std::fs::remove_file(waiting.0.join("texts/a.txt")).expect("is there");
    let html = answer(&waiting.desk(), &Request::get("/review")).text();
    assert!(html.contains("The text is not there"), "a text that is gone is said to be gone");
}

#[test]
fn without_a_review_nothing_can_be_written() {
    assert!(get("/review").text().contains("foedera serve --review"), "the page says how to get one");
    assert_eq!(post(desk(), "source=a&id=E1&do=accept", true).status, 405);
}
