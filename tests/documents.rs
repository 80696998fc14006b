//! The files that drafters open: Word and HTML, what they must be to be opened anywhere, and what
//! must never be in them.

mod page;
mod room;
mod word;

use std::fs;
use std::path::Path;

use rapporteur::export::{self, Format};
use rapporteur::feedback::Feedback;
use rapporteur::names::Searched;
use rapporteur::workshop::*;

use room::{LANGUAGES, Room, agenda, full};

fn written(format: Format, feedback: &Feedback) -> Vec<u8> {
    let mut file = Vec::new();
    export::write(format, feedback, &mut file, &mut |_, _| true).unwrap();
    file
}

/// A workshop of texts that break what is not written with care.
fn hostile() -> Room {
    let mut room = Room::new(&agenda());
    let text = room.workshop.set_draft_text(room::draft_text());
    room.make(vec![text]);
    let thai = LANGUAGES[1].1.repeat(100_000 / LANGUAGES[1].1.chars().count() + 1);
    for text in [
        "]]> <!-- --> <script>alert(1)</script> &amp; &#0; \"'",
        "🌊👩‍👩‍👧‍👦 \u{202e}evil\u{202c} \u{200b}\u{feff}",
        "a\n\n\nb\n",
        LANGUAGES[0].1,
        &thai,
        "x",
    ] {
        room.say(
            "g1",
            "data",
            PointKind::Other(text.chars().take(40).collect::<String>().as_str().into()),
            text,
        );
    }
    room
}

/// The same feedback after its words were edited by hand into what no document may carry.
fn edited<'f>(feedback: &Feedback<'f>) -> Feedback<'f> {
    let mut feedback = feedback.clone();
    for point in &mut feedback.points {
        point.text = format!("\u{0}\u{b}\u{1b}[31m\u{ffff}{}\r", point.text).into();
        point.kind = PointKind::Other("\u{1}k<".into());
    }
    feedback.meeting.title = "\u{8}<&\"".into();
    feedback.draft.push("\u{2}".into());
    feedback
}

/// `RAPPORTEUR_LOOK=folder cargo test to_look_at` writes the files of a full workshop there, to be
/// opened by a person.
#[test]
fn files_to_look_at() {
    let Some(folder) = std::env::var_os("RAPPORTEUR_LOOK") else { return };
    fs::create_dir_all(&folder).unwrap();
    for (name, room) in [("full", full()), ("hostile", hostile())] {
        let feedback = Feedback::of(&room.workshop, "0.1.0")
            .names_checked(Searched { participants: 1, ..Searched::default() });
        for format in Format::ALL {
            let path = Path::new(&folder).join(format.file_name(name));
            fs::write(path, written(format, &feedback)).unwrap();
        }
    }
}
