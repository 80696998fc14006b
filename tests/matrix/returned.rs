//! What comes back, edited by other programs: every answer finds its row, or is asked about.

use super::*;
use crate::command::{Home, words};
use rapporteur::import::matrix::vocabulary;
use rapporteur::workshop::{Decision, Disposition, Subject};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

fn returned(name: &str) -> ReturnedMatrix {
    read(&fixture(name), &Talks::new().workshop).unwrap()
}

fn refused(name: &str) -> UnreadableMatrix {
    read(&fixture(name), &Talks::new().workshop).unwrap_err()
}

/// The item whose words these are.
fn item(workshop: &Workshop, words: &str) -> Subject {
    let feedback = Feedback::of(workshop, "");
    let comment = feedback.comments.iter().find(|one| one.text.contains(words));
    let point = feedback.points.iter().find(|one| one.text.contains(words));
    comment.map(|one| Subject::Comment(one.id)).or(point.map(|one| Subject::Point(one.id))).unwrap()
}

/// The decision, target and response that came back for these words.
fn answer<'r>(
    returned: &'r ReturnedMatrix,
    words: &str,
) -> Option<(&'r Decision, &'r str, &'r str)> {
    let of = item(&Talks::new().workshop, words);
    let found = returned.answers().find(|answer| answer.of == of)?;
    let Disposition { decision, target, note } = &found.to;
    Some((decision, target, note))
}

/// The lines of the report below the heading that begins like this.
fn list(returned: &ReturnedMatrix, heading: &str) -> Vec<String> {
    let lines = returned.report(usize::MAX).into_iter().skip(1);
    let lines = lines.skip_while(|line| !line.starts_with(heading)).skip(1);
    lines.take_while(|line| line.starts_with(' ')).collect()
}

fn has(returned: &ReturnedMatrix, heading: &str, words: &str) -> bool {
    list(returned, heading).iter().any(|line| line.contains(words))
}

fn apply(workshop: &mut Workshop, name: &str) -> ReturnedMatrix {
    let returned = read(&fixture(name), workshop).unwrap();
    let changes = returned.changes(workshop).unwrap();
    let record = workshop.record(
        rapporteur::workshop::WriterId::of(name.as_bytes()),
        rapporteur::workshop::Moment(0),
        changes,
    );
    workshop.apply(record);
    returned
}

#[test]
fn what_nobody_filled_in_changes_nothing() {
    for name in ["sent.xlsx", "sent.csv"] {
        let returned = returned(name);
        assert_eq!(
            (returned.rows.len(), returned.unchanged(), returned.answers().count()),
            (8, 8, 0),
            "{name}"
        );
        assert!(report(&returned).ends_with("Nothing needs a person."), "{returned:?}");
    }
}

#[test]
fn answers_are_read_forgivingly_and_it_is_said_how() {
    let returned = returned("answered.xlsx");
    let say = |words| answer(&returned, words).unwrap();
    assert_eq!(say("Fishers"), (&Decision::Accepted, "OP5", "As OP1bis."));
    assert_eq!(say("Drills are to fit"), (&Decision::Modified, "", "“May” it is."));
    assert_eq!(say("Who pays"), (&Decision::NotAccepted, "", "rejected: not for this text"));
    assert_eq!(say("harbour"), (&Decision::Deferred, "chair", ""));
    assert_eq!(say("Thiếu"), (&Decision::Open, "", "Thank you."));
    assert_eq!(answer(&returned, "No review"), None);
    assert!(has(&returned, "Not applied", "“banana” could mean several things"), "{returned:?}");
    assert!(has(
        &returned,
        "Understood",
        "“Accepted (to OP5)” → accepted, target OP5, 1 row: Matrix!K"
    ));
    // What is not certain comes first.
    let understood = list(&returned, "Understood").join(
        "
",
    );
    let at = |words: &str| understood.find(words).unwrap();
    assert!(at("“accpeted w/ mods” → accepted with modification") < at("“Accepted (to OP5)”"));
}

#[test]
fn sorting_hiding_moving_adding_and_renaming_the_sheet_lose_nothing() {
    let returned = returned("rearranged.xlsx");
    assert_eq!(answer(&returned, "Fishers"), Some((&Decision::Noted, "", "")), "{returned:?}");
    assert_eq!((returned.answers().count(), returned.unchanged()), (1, 7), "{returned:?}");
    // What began with an equals sign, the other program made a formula of.
    assert!(has(&returned, "To know", "Second table!F4 (P-4QRG0Z) has a formula"), "{returned:?}");
    assert_eq!((returned.asked().count(), returned.noted.len()), (0, 1), "{returned:?}");
    assert!(has(&returned, "Understood", "Second table!"), "{returned:?}");
}

#[test]
fn a_row_sorted_without_its_mark_is_known_by_its_words() {
    let returned = returned("unmarked.xlsx");
    assert_eq!(answer(&returned, "Fishers"), Some((&Decision::Noted, "", "")), "{returned:?}");
    assert_eq!(returned.answers().count(), 1, "{returned:?}");
    assert!(has(&returned, "To know", "the hidden column was not sorted along"), "{returned:?}");
}

#[test]
fn without_the_mark_reference_and_words_identify_a_row_and_a_missing_row_stays() {
    let returned = returned("bare.xlsx");
    assert_eq!(answer(&returned, "Fishers"), Some((&Decision::Noted, "", "")), "{returned:?}");
    assert_eq!((returned.rows.len(), returned.answers().count()), (6, 1), "{returned:?}");
    assert!(has(&returned, "To know", "2 rows are not among those read"), "{returned:?}");
    assert!(has(&returned, "To know", "The hidden column “Id” is gone"));
    assert!(has(&returned, "To know", "The hidden sheet “rapporteur” is gone"));
    assert!(
        has(&returned, "Not applied", "are not those of P-"),
        "edited words are not known: {returned:?}"
    );
}

#[test]
fn what_a_spreadsheet_mangled_is_reported_with_its_cell() {
    let returned = returned("mangled.xlsx");
    assert_eq!(answer(&returned, "Fishers"), None);
    assert!(has(&returned, "Not applied", "Matrix!L6 (P-5YY6EZ) is a date"), "{returned:?}");
    assert!(
        has(&returned, "Not applied", "has a formula (=IF(1,\"accepted\",\"\")"),
        "{returned:?}"
    );
    assert!(has(&returned, "Not applied", "is TRUE, which is not a decision"), "{returned:?}");
    // A reference that became a date, an escape, an edited comment.
    assert_eq!(answer(&returned, "No review"), Some((&Decision::Noted, "", "a[31mb")));
    assert!(has(&returned, "To know", "is a date, which the spreadsheet made of what was typed"));
    assert_eq!(answer(&returned, "harbour"), Some((&Decision::Accepted, "", "")));
    assert!(
        has(&returned, "Comments or", "Train the harbour masters [-first-]{+last+}"),
        "{returned:?}"
    );
    // The same row twice, with two answers.
    assert_eq!(answer(&returned, "Thiếu"), None);
    assert!(has(&returned, "Not applied", "is there more than once"), "{returned:?}");
}

#[test]
fn two_copies_with_two_answers_are_side_by_side() {
    for (first, second) in [("copy-a.xlsx", "copy-b.xlsx"), ("copy-b.xlsx", "copy-a.xlsx")] {
        let mut workshop = Talks::new().workshop;
        apply(&mut workshop, first);
        let later = apply(&mut workshop, second);
        assert!(has(&later, "Answered differently", "someone must choose"), "{later:?}");
        let of = item(&workshop, "Fishers");
        assert_eq!(workshop.other_dispositions(of).len(), 1);
        // Where both say the same, it is one answer.
        let agreed = item(&workshop, "Who pays");
        assert_eq!(workshop.disposition(agreed).unwrap().decision, Decision::Noted);
        assert!(workshop.other_dispositions(agreed).is_empty());
        // Once more is nothing new.
        assert!(apply(&mut workshop, first).answers().next().is_none());
    }
}

#[test]
fn an_answer_given_on_what_was_seen_replaces_it_and_an_old_copy_does_not() {
    let mut talks = Talks::new();
    let of = item(&talks.workshop, "Fishers");
    apply(&mut talks.workshop, "copy-a.xlsx");
    // The file that goes out now shows the answer; whoever changes it there has seen it.
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let sent = String::from_utf8(file(Format::Matrix, &feedback)).unwrap();
    assert!(sent.contains(",accepted,,copy-a.xlsx,"), "{sent}");
    let sent = sent.replace(",accepted,,copy-a.xlsx,", ",withdrawn,,,");
    let returned = read(sent.as_bytes(), &talks.workshop).unwrap();
    talks.make(returned.changes(&talks.workshop).unwrap());
    assert_eq!(talks.workshop.disposition(of).unwrap().decision, Decision::Withdrawn);
    assert!(talks.workshop.other_dispositions(of).is_empty());
    // An untouched copy of before says nothing new; an emptied cell takes nothing back.
    let untouched = read(&fixture("copy-a.xlsx"), &talks.workshop).unwrap();
    assert!(has(&untouched, "Answered differently", "someone must choose"), "{untouched:?}");
    let emptied = sent.replace(",withdrawn,,,", ",,,,");
    let returned = read(emptied.as_bytes(), &talks.workshop).unwrap();
    assert!(
        returned.answers().next().is_none() && has(&returned, "Not applied", "was emptied"),
        "{returned:?}"
    );
}

#[test]
fn meetings_that_are_not_ours_are_refused_aloud() {
    let said = refused("foreign.xlsx").to_string();
    assert!(said.contains("rapporteur!B2 says “another-meeting”"), "{said}");
    let mut elsewhere = Talks::new();
    elsewhere.workshop = Workshop::new(elsewhere.workshop.agenda());
    let said = read(&fixture("sent.xlsx"), &elsewhere.workshop).unwrap_err().to_string();
    assert!(said.contains("Matrix!N2 says “P-"), "{said}");
}

/// What a table of these rows says, each with its cells by heading.
fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        out.write_record(row).unwrap();
    }
    out.into_inner().unwrap()
}

/// The rows that are sent, headings first.
fn sent() -> Vec<Vec<String>> {
    let bytes = fixture("sent.csv");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    let rows = reader.records().map(|row| row.unwrap().iter().map(Into::into).collect());
    rows.filter(|row: &Vec<String>| row[0] != "DRAFT").collect()
}

fn at(rows: &[Vec<String>], words: &str) -> usize {
    rows.iter().position(|row| row[5].contains(words)).unwrap()
}

fn read_rows(rows: &[Vec<String>]) -> ReturnedMatrix {
    read(&table(rows), &Talks::new().workshop).unwrap()
}

#[test]
fn headings_may_be_renamed_translated_or_gone() {
    let found = returned("renamed.xlsx");
    assert!(has(&found, "Columns without", "Matrix: Disposition is K (“Dispositions made”)"));
    let french = "Réf.|Paragraphe|Texte actuel|Thème|Type|Observation|Libellé proposé|Motif|Convergence \
                  atteinte|Groupes|Décision|Cible|Réponse|Identifiant";
    let french: Vec<String> = french.split('|').map(Into::into).collect();
    let mut rows = sent();
    let fishers = at(&rows, "Fishers");
    rows[fishers][10] = "Accepté".into();
    rows[fishers][12] = "Merci.".into();
    rows[0] = french;
    let mut without = rows.clone();
    without.remove(0);
    // Neither the hidden column nor headings.
    let mut bare = without.clone();
    for row in &mut bare {
        row.truncate(13);
    }
    // A title above, and columns moved.
    let mut moved = rows.clone();
    for row in &mut moved {
        row.rotate_right(3);
    }
    moved.insert(0, vec!["Tableau".into(); 14]);
    for rows in [rows, without, bare, moved] {
        let found = read_rows(&rows);
        assert_eq!(
            answer(&found, "Fishers"),
            Some((&Decision::Accepted, "", "Merci.")),
            "{found:?}"
        );
        assert_eq!((found.answers().count(), found.asked().count()), (1, 0), "{found:?}");
        assert!(report(&found).contains("1 choice of columns"), "{}", report(&found));
        assert!(found.findings().count() == 1, "{found:?}");
    }
}

#[test]
fn a_person_can_say_which_column_it_is() {
    let mut rows = sent();
    rows[0][10] = "Legal".into();
    rows[0][11] = "Chair".into();
    let fishers = at(&rows, "Fishers");
    rows[fishers][10] = "accepted".into();
    rows[fishers][11] = "noted".into();
    let bytes = table(&rows);
    let columns = ["disposition=L".parse().unwrap(), "Target=Z".parse().unwrap()];
    let file = MatrixFile { name: "back.csv", bytes: &bytes, columns: &columns };
    let found = rapporteur::import::matrix::read(&file, &Talks::new().workshop).unwrap();
    assert_eq!(answer(&found, "Fishers"), Some((&Decision::Noted, "", "")), "{found:?}");
    assert!(has(&found, "Words in other", "(P-5YY6EZ): accepted"), "{}", report(&found));
    for (words, expected) in [
        ("Disposition", "Write a heading and its column's letters"),
        ("Dispostion=K", "Did you mean “Disposition”?"),
        ("Disposition=11", "Write a heading"),
    ] {
        let said = words.parse::<GivenColumn>().unwrap_err();
        assert!(said.contains(expected), "{words}: {said}");
    }
}

#[test]
fn what_is_typed_elsewhere_is_shown_with_its_words() {
    let mut rows = sent();
    let (fishers, pays) = (at(&rows, "Fishers"), at(&rows, "Who pays"));
    rows[fishers][8] = "Not accepted, too dear".into();
    rows[pays].push("ask the treasury".into());
    rows.push(vec![String::new(); 14]);
    let added = rows.len() - 1;
    rows[added][5] = "Sirens need batteries".into();
    rows[added][10] = "accepted".into();
    let found = read_rows(&rows);
    assert!(has(&found, "Words in other", "(P-5YY6EZ): Not accepted, too dear"), "{found:?}");
    assert!(has(&found, "Words in other", "(P-Q4JBNQ): ask the treasury"), "{found:?}");
    assert!(has(&found, "New rows", "“Sirens need batteries”, with “accepted”"), "{found:?}");
    assert!(
        found.report(9)[0].ends_with("1 new row, 2 cells in other columns."),
        "{:?}",
        found.report(9)
    );
    assert!(found.answers().next().is_none());
}

#[test]
fn notes_colours_and_struck_out_words_are_shown() {
    let found = returned("beside.xlsx");
    for (heading, words) in [
        ("Notes on cells", "Matrix!K6 (P-5YY6EZ): not before OP2 is agreed"),
        ("Notes on cells", "Matrix!A1: Please answer by Friday"),
        ("Not applied", "(P-Q4JBNQ): “accepted” is struck out"),
        ("Coloured or", "(P-6Y9K5P): struck out"),
        ("Coloured or", "(P-A1924J): green, and no answer is typed"),
        ("Coloured or", "(S-63T6WV): red, and no answer is typed"),
    ] {
        assert!(has(&found, heading, words), "{words}: {}", report(&found));
    }
    assert!(!report(&found).contains("A. Drafter"), "{}", report(&found));
    assert_eq!((found.answers().count(), found.findings().count()), (1, 5), "{}", report(&found));
}

/// What each row of a matrix was read as, and what became of that answer.
fn read_as(returned: &ReturnedMatrix) -> Vec<(&str, &str, Option<&Decision>, &str, &RowOutcome)> {
    let rows = returned.rows.iter().map(|row| {
        let read = row.reading.as_ref().map(|reading| &reading.decision);
        (&*row.reference, &*row.typed, read, &*row.target, &row.outcome)
    });
    rows.collect()
}

#[test]
fn other_programs_workbooks_say_the_same() {
    for ending in ["ods", "xls"] {
        let again =
            |name: &str| (returned(&format!("{name}.xlsx")), returned(&format!("{name}.{ending}")));
        let (sent, saved) = again("answered");
        assert_eq!(read_as(&sent), read_as(&saved));
        assert!(saved.noted.is_empty(), "{:?}", saved.noted);
        let (sent, saved) = again("beside");
        assert_eq!(sent.rows, saved.rows, "{ending}");
        assert_eq!(sent.findings, saved.findings, "{ending}");
    }
}

#[test]
fn below_a_merged_decision_nothing_is_taken_for_open() {
    let found = returned("merged.xlsx");
    assert!(has(&found, "Not applied", "Matrix!K3 (P-P53Z7N) is one cell with those above"));
    assert!(has(&found, "One cell over", "Matrix!K2:K3: P-4QRG0Z, P-P53Z7N"), "{}", report(&found));
    assert_eq!(found.answers().count(), 1);
}

#[test]
fn a_row_whose_reference_is_gone_is_known_by_its_words() {
    let mut rows = sent();
    let shall = at(&rows, "Drills are to fit");
    rows[shall][0] = "7".into();
    rows[shall][10] = "noted".into();
    rows[shall][13] = String::new();
    let typed = rows[shall][5].replace('.', " .").replace(" .", ".");
    rows[shall][5] = typed;
    let harbour = at(&rows, "harbour");
    rows[harbour][13] = String::new();
    rows[harbour][10] = "accepted".into();
    let found = read_rows(&rows);
    assert_eq!(answer(&found, "Drills are to fit").unwrap().0, &Decision::Noted, "{found:?}");
    assert_eq!(answer(&found, "harbour").unwrap().0, &Decision::Accepted, "{found:?}");
    assert!(has(&found, "To know", "says “7”; the row is known as S-63T6WV by its words"));
}

#[test]
fn old_letters_are_recognised_and_it_is_said_which_were_assumed() {
    // é, à and — as older Macs stored them; what the sample has in other scripts was lost there.
    let mut rows = sent();
    let fishers = at(&rows, "Fishers");
    rows[fishers][10] = "noted".into();
    rows[fishers][12] = "Déjà prévu — voir OP5".into();
    let western = |letter: char| match letter {
        'é' => 0x8e,
        'à' => 0x88,
        '—' => 0xd1,
        letter => u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(b'?'),
    };
    let text = String::from_utf8(table(&rows)).unwrap();
    let mac: Vec<u8> = text.chars().map(western).collect();
    let thai = text.replace("Déjà prévu — voir OP5", "ตามที่เสนอใน OP5");
    let thai = encoding_rs::WINDOWS_874.encode(&thai).0.into_owned();
    for (bytes, response, letters) in [
        (mac, "Déjà prévu — voir OP5", "Mac Roman"),
        (thai, "ตามที่เสนอใน OP5", "Thai letters (Windows-874)"),
    ] {
        let found = read(&bytes, &Talks::new().workshop).unwrap();
        assert_eq!(answer(&found, "Fishers"), Some((&Decision::Noted, "", response)), "{found:?}");
        assert!(has(&found, "To know", letters), "{found:?}");
    }
}

#[test]
fn a_csv_comes_back_in_any_letters_and_separators() {
    for name in ["semicolon.csv", "unicode.csv", "vietnamese.csv"] {
        let returned = returned(name);
        assert_eq!(
            answer(&returned, "Fishers"),
            Some((&Decision::Noted, "", "")),
            "{name} {returned:?}"
        );
        let viet = answer(&returned, "Thiếu");
        assert_eq!(viet, Some((&Decision::Accepted, "", "")), "{name} {returned:?}");
        assert!(has(&returned, "Not applied", "L4 (P-Q4JBNQ) is a date"), "{name} {returned:?}");
    }
}

#[test]
fn the_command_line_previews_then_saves_and_refuses_whole() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    for words in ["Radio for fishers", "Who pays?"] {
        home.lines(&["add", "room", "-g", "group-1", "-t", "capacity", words], b"");
    }
    home.lines(&["export", "room", "--out", "out", "-f", "matrix.csv"], b"");
    let path = home.path().join("out/asean-declaration.feedback.matrix.csv");
    let sent = fs::read_to_string(&path).unwrap();
    assert_eq!(sent.matches("1 of 4: Group 1,,,,P-").count(), 2, "{sent}");
    let back = sent.replacen("1 of 4: Group 1,,,,P-", "1 of 4: Group 1,agreed,OP2,,P-", 1);
    fs::write(home.path().join("back.csv"), back).unwrap();
    let preview = home.lines(&["import", "room", "back.csv", "--dry-run"], b"").join("\n");
    let rows = home.lines(&["import", "room", "back.csv", "--dry-run", "--json"], b"");
    let rows: Vec<serde_json::Value> =
        rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    let row = rows.iter().find(|row| row["typed"] == "agreed").unwrap();
    let from = serde_json::json!({"copy": "back.csv", "cell": row["from"]["cell"]});
    assert_eq!(
        (&row["read"], &row["target"], &row["asked"], &row["outcome"], &row["from"]),
        (&"accepted".into(), &"OP2".into(), &false.into(), &"applied".into(), &from)
    );
    assert!(rows.iter().any(|row| row["read"].is_null() && row["outcome"] == "unchanged"));
    assert!(preview.contains("“agreed” → accepted, target OP2, 1 row: K"), "{preview}");
    let list = || home.lines(&["export", "room", "--out", "later", "-f", "json"], b"");
    list();
    let json = home.path().join("later/asean-declaration.feedback.json");
    assert!(!fs::read_to_string(&json).unwrap().contains("\"disposition\""), "nothing was changed");
    fs::write(home.path().join("bad.csv"), sent.replace("Target", "Disposition")).unwrap();
    let refused = home.run(&["import", "room", "back.csv", "bad.csv"], b"");
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused).contains("“Disposition” appears twice"), "{}", words(&refused));
    list();
    assert!(!fs::read_to_string(&json).unwrap().contains("\"disposition\""), "refused whole");
    for args in [["import", "room", "bakc.csv"], ["text", "room", "bakc.md"]] {
        let said = words(&home.run(&args, b""));
        assert!(said.contains("There is no file “bakc."), "{said}");
    }
    assert_eq!(home.lines(&["import", "room", "back.csv"], b""), ["room"]);
    list();
    let said = fs::read_to_string(&json).unwrap();
    assert!(said.contains("\"disposition\"") && said.contains("OP2"), "{said}");
}

#[test]
fn an_answer_beside_why_it_is_a_draft_is_asked_about_and_no_new_row() {
    let mut rows = sent();
    let mut draft = vec![String::new(); rows[0].len()];
    draft[0] = "DRAFT".into();
    draft[5] = "Nothing from Group 2 yet.".into();
    draft[10] = "ok".into();
    rows.insert(1, draft);
    let said = read_rows(&rows).report(usize::MAX).join("\n");
    assert!(said.contains("A2: “DRAFT” is not a row of the matrix."), "{said}");
    assert!(!said.contains("become points"), "{said}");
}

/// 79 cells that somebody collected before they were tried, each with every reading that is not against its
/// sense.
#[test]
fn no_decision_is_read_against_its_sense() {
    let cells = include_str!("decisions.tsv").lines().filter(|line| !line.starts_with('#'));
    let cells: Vec<(&str, &str)> = cells.filter_map(|line| line.split_once('\t')).collect();
    let mut asked = 0;
    for (cell, right) in &cells {
        match vocabulary::read(cell) {
            Some(reading) => {
                let read = reading.decision.title().to_owned();
                assert!(right.split('|').any(|one| one == read), "{cell}: {read}");
            }
            None => asked += 1,
        }
    }
    assert!(asked * 10 <= cells.len() * 4, "{asked} of {} are asked", cells.len());
}
