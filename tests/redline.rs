//! What changed between two wordings, and many changes of one text put together.

use proptest::prelude::*;
use rapporteur::workshop::{Passage, Piece, Proposal, compile};
use unicode_segmentation::UnicodeSegmentation;

fn marked(old: &str, new: &str) -> String {
    let Some(proposal) = Proposal::between(old, new, "") else { return old.to_owned() };
    let piece = |piece: Piece<&str>| match piece {
        Piece::Same(words) => words.to_owned(),
        Piece::Cut(words) => format!("[-{words}-]"),
        Piece::Put(words) => format!("{{+{words}+}}"),
        Piece::Gap => " … ".to_owned(),
    };
    proposal.redline(old).into_iter().map(piece).collect()
}

#[test]
fn a_redline_reads_as_a_person_would_write_it() {
    for (old, new, redline) in [
        ("States may cooperate.", "States shall cooperate.", "States [-may-]{+shall+} cooperate."),
        ("States may cooperate.", "States may cooperate fully.", "States may cooperate{+ fully+}."),
        ("All States may cooperate.", "States may cooperate.", "[-All -]States may cooperate."),
        ("share data, and alerts", "share alerts", "share [-data, and -]alerts"),
        ("within a year", "within a year of adoption", "within a year{+ of adoption+}"),
        ("cooperate", "cooperation", "[-cooperate-]{+cooperation+}"),
        (
            "share the data of boats",
            "give the facts of boats",
            "[-share the data-]{+give the facts+} of boats",
        ),
        ("one (two) three", "one [two] three", "one [-(two)-]{+[two]+} three"),
        ("a, b", "x, y", "[-a, b-]{+x, y+}"),
        ("ทุกสองสัปดาห์", "ทุกสามสัปดาห์", "ทุก[-สอง-]{+สาม+}สัปดาห์"),
        ("👩🏽‍🌾 works", "👩🏿‍🌾 works", "[-👩🏽‍🌾-]{+👩🏿‍🌾+} works"),
        ("ශ්‍රී ලංකාව", "ශ්රී ලංකාව", "[-ශ්‍රී-]{+ශ්රී+} ලංකාව"),
        ("cafe\u{301} open", "cafe open", "[-cafe\u{301}-]{+cafe+} open"),
    ] {
        assert_eq!(marked(old, new), redline);
    }
}

#[test]
fn equal_proposals_are_one_version_and_conflicts_are_side_by_side() {
    let text = "States may share data within a year.";
    let wordings = [
        "States shall share data within a year.",
        "States should share data within a year.",
        "States shall share data within six months.",
    ];
    let made: Vec<Proposal> =
        wordings.iter().filter_map(|new| Proposal::between(text, new, "")).collect();
    let keyed: Vec<(usize, &Proposal)> = made.iter().enumerate().collect();
    assert_eq!(
        compile(text, &keyed),
        [
            Passage::Agreed("States "),
            Passage::Open {
                now: "may",
                others: vec![("shall".into(), vec![0, 2]), ("should".into(), vec![1])],
            },
            Passage::Agreed(" share data within "),
            Passage::Open { now: "a year", others: vec![("six months".into(), vec![2])] },
            Passage::Agreed("."),
        ]
    );
}

#[test]
fn a_long_wording_takes_no_longer_than_a_key() {
    let old = "Each State names one focal point, by post and with a deputy, and tells the chair. "
        .repeat(40);
    let new = old.replace("one focal point", "a focal point").replace("tells", "informs");
    let begun = std::time::Instant::now();
    let edits = Proposal::between(&old, &new, "").unwrap().edits.len();
    assert_eq!(edits, 80);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

/// Words and what stands between them, of scripts that trip programs up.
fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "State",
        "shall",
        "may",
        "of",
        "the",
        "a",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        ",",
        ".",
        "[",
        "]",
        "(a)",
        "1.",
        "ทุกสองสัปดาห์",
        "การ",
        "លេខ",
        "မြန်မာ",
        "ລາວ",
        "ශ්‍රී",
        "👩🏽‍🌾",
        "🏿",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "क्षत्रिय",
        "中文",
        "سموا",
        "Việt",
        "\u{a0}",
        "-",
        "’s",
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(token(), 0..24).prop_map(|tokens| tokens.concat())
}

/// A text and another that a person may have made of it.
fn edited() -> impl Strategy<Value = (String, String)> {
    let tokens = prop::collection::vec(token(), 0..24);
    let changes = prop::collection::vec((0..24usize, 0..3usize, token()), 0..4);
    (tokens, changes).prop_map(|(tokens, changes)| {
        let mut new = tokens.clone();
        for (at, what, token) in changes {
            let at = at % (new.len() + 1);
            match what {
                0 => new.insert(at, token),
                _ if at == new.len() => {}
                1 => new[at] = token,
                _ => drop(new.remove(at)),
            }
        }
        (tokens.concat(), new.concat())
    })
}

fn two() -> impl Strategy<Value = (String, String)> {
    prop_oneof![(text(), text()), edited()]
}

proptest! {
    #![proptest_config(crate::cases(600))]

    #[test]
    fn a_redline_has_both_wordings_whole((old, new) in two()) {
        let Some(proposal) = Proposal::between(&old, &new, "why") else {
            prop_assert_eq!(old, new);
            return Ok(());
        };
        let pieces = proposal.redline(&old);
        let of = |leave: fn(&Piece<&str>) -> bool| -> String {
            let kept = pieces.iter().filter(|piece| !leave(piece));
            kept.map(|piece| match piece {
                Piece::Same(words) | Piece::Cut(words) | Piece::Put(words) => *words,
                Piece::Gap => "GAP",
            }).collect()
        };
        prop_assert_eq!(&of(|piece| matches!(piece, Piece::Put(_))), &old);
        prop_assert_eq!(&of(|piece| matches!(piece, Piece::Cut(_))), &new);
        prop_assert_eq!(proposal.wording(&old), Some(new.clone()));
        prop_assert_eq!(Proposal::of_pieces(&pieces, "why"), Some(proposal.clone()));
        // No cut goes through what a person sees as one letter.
        let ends = |text: &str| -> Vec<usize> {
            text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
        };
        let (old_ends, new_ends) = (ends(&old), ends(&new));
        let (mut i, mut j) = (0, 0);
        for piece in &pieces {
            if let Piece::Same(words) | Piece::Cut(words) = piece {
                i += words.len();
                prop_assert!(old_ends.contains(&i));
            }
            if let Piece::Same(words) | Piece::Put(words) = piece {
                j += words.len();
                prop_assert!(new_ends.contains(&j));
            }
        }
    }

    #[test]
    fn a_proposal_finds_its_place_when_words_come_before_or_after(
        (old, new) in edited(), before in "[A-Z]{0,9}", behind in "[A-Z]{0,9}",
    ) {
        // Words that are nowhere else in it.
        let (old, new) = (format!("«begin» {old} «end»"), format!("«begin» {new} «end»"));
        let around = |text: &str| format!("{before}{text}{behind}");
        let Some(proposal) = Proposal::between(&old, &new, "") else { return Ok(()) };
        if let Some(wording) = proposal.wording(&around(&old)) {
            prop_assert_eq!(wording, around(&new));
        } else {
            // Only what stands there twice has no place.
            let twice = proposal.edits.iter().any(|edit| {
                let quote = [&*edit.before, &edit.cut, &edit.after].concat();
                old.match_indices(&quote).count() > 1
            });
            prop_assert!(twice);
        }
    }

    #[test]
    fn a_compiled_text_has_the_text_and_every_proposal(
        old in text(), news in prop::collection::vec(text(), 1..5),
    ) {
        let made: Vec<Proposal> =
            news.iter().filter_map(|new| Proposal::between(&old, new, "")).collect();
        let keyed: Vec<(usize, &Proposal)> = made.iter().enumerate().collect();
        let passages = compile(&old, &keyed);
        let now: String = passages.iter().map(|passage| match passage {
            Passage::Agreed(words) | Passage::Open { now: words, .. } => *words,
        }).collect();
        prop_assert_eq!(&now, &old);
        for (nth, proposal) in &keyed {
            let wording: String = passages.iter().map(|passage| match passage {
                Passage::Agreed(words) => (*words).to_owned(),
                Passage::Open { now, others } => others
                    .iter()
                    .find(|(_, whose)| whose.contains(nth))
                    .map_or_else(|| (*now).to_owned(), |(words, _)| words.clone()),
            }).collect();
            prop_assert_eq!(Some(wording), proposal.wording(&old));
        }
        for passage in &passages {
            if let Passage::Open { others, .. } = passage {
                let mut texts: Vec<&String> = others.iter().map(|(text, _)| text).collect();
                texts.sort();
                texts.dedup();
                prop_assert_eq!(texts.len(), others.len());
            }
        }
    }
}
