//! Agendas that come with the program, to look at and to start from.

/// An agenda that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The name it is asked for by.
    pub name: &'static str,
    /// What it is, in one line.
    pub line: &'static str,
    /// The agenda as a secretariat would write it, with comments that explain it.
    pub text: &'static str,
}

/// The samples, the one for newcomers first.
pub const SAMPLES: [Sample; 2] = [
    Sample {
        name: "asean-declaration",
        line: "A two-day regional meeting: plenaries, panels, four groups on a draft declaration",
        text: include_str!("../../sessions/asean-declaration.ron"),
    },
    Sample {
        name: "blank",
        line: "The smallest workshop, with comments: copy it and write your own",
        text: include_str!("../../sessions/blank.ron"),
    },
];

/// The sample of this name, with or without `.ron`.
pub fn sample(name: &str) -> Option<&'static Sample> {
    let name = name.strip_suffix(".ron").unwrap_or(name);
    SAMPLES.iter().find(|sample| sample.name == name)
}
