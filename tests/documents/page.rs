//! HTML: whole, of one piece, readable without a script, nameless.

use std::collections::HashSet;

use super::*;

const PAGES: [Format; 3] = [Format::Html, Format::Became, Format::Dispositions];

/// Elements that have no end.
const VOID: [&str; 4] = ["meta", "br", "input", "!DOCTYPE"];

/// Its tags close in their order, its ids are unique and its links lead somewhere; its words.
fn checked(page: &str) -> String {
    let (mut open, mut words): (Vec<String>, String) = (Vec::new(), String::new());
    let (mut ids, mut links) = (HashSet::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name = tag.split([' ', '>']).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "…{}",
                &words[words.len().saturating_sub(80)..]
            );
            continue;
        }
        if name == "style" || name == "script" {
            rest = &rest[rest.find("</").unwrap()..];
        }
        for attribute in [" src=", " srcset=", " data=", " action=", " onclick="] {
            assert!(!tag.contains(attribute), "{tag}");
        }
        let value =
            |key: &str| Some(tag.split(&format!(" {key}=\"")).nth(1)?.split('"').next().unwrap());
        if let Some(id) = value("id") {
            assert!(ids.insert(id), "{id} twice");
        }
        links.extend(value("href"));
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for link in links {
        let id = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads outside"));
        assert!(ids.contains(id), "{link} leads nowhere");
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn a_page_is_whole_and_leads_nowhere_else() {
    for room in [full(), hostile(), Room::new(&agenda())] {
        let feedback = Feedback::of(&room.workshop, "0.1.0");
        for feedback in [&feedback, &edited(&feedback)] {
            for format in PAGES {
                let page = String::from_utf8(written(format, feedback)).unwrap();
                checked(&page);
                for outside in
                    ["http:", "https:", "url(", "@import", "<script>alert", "javascript:"]
                {
                    assert!(!page.contains(outside), "{outside} in {}", format.name());
                }
                assert!(page.contains("default-src 'none'"), "{}", format.name());
                let is_plain = |c: char| c == '\n' || !c.is_control();
                assert!(page.chars().all(is_plain), "{}", format.name());
                assert_eq!(page.contains("<script>"), format == Format::Html);
            }
        }
    }
}

#[test]
fn a_page_has_every_word_and_nobody() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    for format in PAGES {
        let page = String::from_utf8(written(format, &feedback)).unwrap();
        let words = checked(&page);
        for delegation in &room.workshop.agenda().delegations {
            assert!(!page.contains(delegation.as_str()), "{delegation}");
        }
        for comment in &feedback.comments {
            assert!(words.contains(&*comment.text), "{}", comment.text);
        }
        for point in feedback.points.iter().filter(|_| format != Format::Dispositions) {
            assert!(words.contains(&*point.text), "{}", point.text);
        }
        assert!(words.contains("DRAFT: not complete") && words.contains("Chatham House Rule"));
    }
}

#[test]
fn redlines_conflicts_and_charts_need_no_colour() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let page = String::from_utf8(written(Format::Html, &feedback)).unwrap();
    for piece in [
        "</del> <ins>",
        "Conflict: ",
        "<b>[</b>within one hour<b>]</b>",
        "<b>[</b>no text<b>]</b>",
        "<svg role=\"img\"",
        "<desc>",
        "lang=\"th-TH\"",
        "dir=\"auto\"",
    ] {
        assert!(page.contains(piece), "{piece}");
    }
}

#[test]
fn each_group_reads_what_became_of_its_points() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let page = String::from_utf8(written(Format::Became, &feedback)).unwrap();
    assert_eq!(page.matches("<section class=\"sheet\">").count(), 4);
    let words = checked(&page);
    for piece in [
        "→ Kept as S-",
        "→ Merged into S-",
        "→ Set aside: about the meeting itself (told the venue)",
        "→ Parked, for the secretariat",
        "Drafters: not accepted. Five years is what the members agreed in 2023.",
        "Also answered, to be chosen: ",
        "The drafters have not answered yet.",
        "(kept in the room: it would tell who said it)",
    ] {
        assert!(words.contains(piece), "{piece}: {words}");
    }
}

#[test]
fn the_drafters_answers_are_counted_and_what_is_missing_is_named() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let page = String::from_utf8(written(Format::Dispositions, &feedback)).unwrap();
    let words = checked(&page);
    for piece in ["Answered in two ways", "Not answered yet", "accepted: OP1bis", "deferred"] {
        assert!(words.contains(piece), "{piece}: {words}");
    }
    assert!(page.contains("<th scope=\"row\">Noted</th><td class=\"n\">1</td>"), "{page}");
}
