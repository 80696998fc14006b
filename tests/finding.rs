//! What the attribution check finds: every name that could tell who spoke, in any spelling.

use rapporteur::names::{ListedNames, Names, What};

fn room() -> ListedNames<'static> {
    ListedNames {
        delegations: vec![
            "Brunei",
            "Cambodia",
            "India",
            "Indonesia",
            "Lao PDR",
            "Malaysia",
            "the Philippines",
            "Singapore",
            "Thailand",
            "Viet Nam",
            "Australia",
        ],
        agencies: vec![
            ("Australian Border Force", "ABF"),
            ("Financial Intelligence and Enforcement Department", ""),
        ],
        participants: vec!["Ana Reis", "Tan Kian Huat", "Datuk Rahim bin Osman", "Mark Scott"],
        ..ListedNames::default()
    }
}

/// What is found in a text of the names that a list knows, each with what it names.
fn found(names: &Names, text: &str) -> Vec<(String, String)> {
    let hits = names.check(text).into_iter().filter(|hit| hit.what != What::Unknown);
    hits.map(|hit| (text[hit.range].to_owned(), hit.which.to_string())).collect()
}

fn assert_found(names: &Names, cases: &[(&str, &[&str])]) {
    for (text, which) in cases {
        let found = found(names, text);
        let whose: Vec<&str> = found.iter().map(|(_, which)| which.as_str()).collect();
        assert_eq!(whose, *which, "{text}: {found:?}");
    }
}

fn assert_nothing(names: &Names, texts: &[&str]) {
    for text in texts {
        assert_eq!(found(names, text), [], "{text}");
    }
}

#[test]
fn codes_of_those_in_the_room_are_found() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("Text by ID delegation", &["Indonesia"]),
            ("ID/MY/TH to merge", &["Indonesia", "Malaysia", "Thailand"]),
            ("KH + LA", &["Cambodia", "Laos"]),
            ("backed by four (TH, VN)", &["Thailand", "Vietnam"]),
            ("SG. asks why", &["Singapore"]),
            ("MY – will send", &["Malaysia"]),
            ("the IDN text, PHL adds", &["Indonesia", "Philippines"]),
            ("IN's text", &["India"]),
            ("+1 🇲🇾 🇫🇷", &["Malaysia", "France"]),
        ],
    );
    assert_nothing(
        &names,
        &[
            "Show an ID at the door",
            "IT and HR",
            "ask in my sg",
            "The FR text",
            "IN FAVOUR",
            "A PH VALUE IS NO TH",
        ],
    );
}

#[test]
fn short_forms_and_misspelt_names_are_found() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("S'pore and Msia", &["Singapore", "Malaysia"]),
            ("Indo still checks", &["Indonesia"]),
            ("Viet side", &["Vietnam"]),
            ("the Aussies", &["Australia"]),
            ("Phillipines", &["Philippines"]),
            ("an Indoneisan text", &["Indonesia"]),
            ("phillippines", &["Philippines"]),
            ("Kuala Lumpr? Jakrta", &["Indonesia"]),
        ],
    );
    assert_nothing(
        &names,
        &["Indo-Pacific", "aus dem Haus", "Prussia", "Finish it", "germane", "Spinach and turnkey"],
    );
}

#[test]
fn parts_of_the_states_in_the_room_are_found() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("our office in Penang", &["Malaysia"]),
            ("Aceh and Queensland", &["Indonesia", "Australia"]),
            ("boats off Phuket", &["Thailand"]),
            ("Nusa Tenggara; West Nusa Tenggara", &["Indonesia"]),
        ],
    );
    assert_nothing(
        &names,
        &["the Bali Process", "Central, western", "Ontario and Bavaria", "a surin"],
    );
    let hits = names.check("in Sabah");
    assert_eq!(hits[0].what, What::Region);
    let empty = Names::of(&ListedNames::default());
    assert_nothing(&empty, &["our office in Penang"]);
}

#[test]
fn groups_that_part_the_room_are_found() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("The Pacific members tabled", &["Pacific Islands Forum"]),
            ("the Mekong states", &["Mekong"]),
            ("CLMV wants", &["CLMV"]),
            ("BIMP-EAGA has", &["BIMP-EAGA"]),
            ("The G77, the G-77", &["Group of 77", "Group of 77"]),
            ("ASEAN members only", &["ASEAN"]),
        ],
    );
    assert_nothing(&names, &["The Pacific Ocean", "the quad bike", "a mekong boat"]);
    let asean = Names::of(&ListedNames {
        delegations: vec!["Malaysia", "Thailand"],
        ..ListedNames::default()
    });
    assert_nothing(&asean, &["ASEAN members only", "ASEAN meets"]);
}

#[test]
fn agencies_are_found_by_what_is_made_of_their_names() {
    let names = Names::of(&room());
    let (force, department) =
        ("Australian Border Force", "Financial Intelligence and Enforcement Department");
    assert_found(
        &names,
        &[
            ("Border Force will lead", &[force]),
            ("FIED keeps it", &[department]),
            ("the Financial Intelligence Department", &[department]),
        ],
    );
    assert_nothing(&names, &["at the border force is used"]);
}

#[test]
fn participants_are_found_by_initials_and_in_chats() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("AR and TKH to redraft", &["Ana Reis", "Tan Kian Huat"]),
            ("A.R. to redraft", &["Ana Reis"]),
            ("KHT: no", &["Tan Kian Huat"]),
            ("Tan Kian-Huat", &["Tan Kian Huat"]),
            ("Scott noted it", &["Mark Scott"]),
            ("then Rahiim left", &[]),
            ("[10:32] Jane Doe: no", &["jane doe"]),
            ("From Jane Doe to Everyone: no", &["jane doe"]),
        ],
    );
    assert_nothing(
        &names,
        &["ar and ms", "MS and XYZ", "[10:32] Note: x", "the mark", "Great scott"],
    );
}

#[test]
fn a_roster_of_words_finds_no_words() {
    let names = Names::of(&ListedNames {
        participants: vec!["The", "May", "Will", "Chad Turkey", "X", "A B"],
        delegations: vec!["Chad", "Jordan", "Georgia", "Turkey", "Guinea", "Oman"],
        ..ListedNames::default()
    });
    assert_nothing(
        &names,
        &[
            "The list may change in May; will it?",
            "a guinea pig, roast turkey, Jordan Smith",
            "X marks it",
        ],
    );
    assert_found(
        &names,
        &[
            ("as Jordan noted", &["Jordan"]),
            ("Turkey said no", &["Türkiye"]),
            ("with Chad Turkey", &["Chad Turkey"]),
        ],
    );
}

#[test]
fn capitals_alone_and_other_scripts_change_nothing() {
    let names = Names::of(&room());
    assert_found(
        &names,
        &[
            ("THAILAND AND MALAYSIA SAID THAT IT IS LATE", &["Thailand", "Malaysia"]),
            ("THE PHILLIPPINES SAID THAT IT IS LATE", &["Philippines"]),
            ("IN SABAH IT IS LATE AND DARK", &["Malaysia"]),
            ("Tha\u{200b}iland", &["Thailand"]),
            ("Маlауsіа said", &["Malaysia"]),
            ("மலேசியாவின் கருத்து", &["Malaysia"]),
            ("মালয়েশিয়ার প্রস্তাব", &["Malaysia"]),
            ("තායිලන්තයේ යෝජනාව", &["Thailand"]),
            ("泰方认为", &["Thailand"]),
            ("La Thaïlande et les Philippins", &["Thailand", "Philippines"]),
        ],
    );
}
