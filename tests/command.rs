//! The command line as scripts use it: the real program, standard input in, standard output out.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rapporteur::import::feedback;
use rapporteur::workshop::shown;

pub(crate) struct Home(tempfile::TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program, with nothing of this machine's own around it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(arguments).env_clear().current_dir(self.path());
        for folder in ["HOME", "RAPPORTEUR_HOME"] {
            command.env(folder, self.path().join("home"));
        }
        // Without it no program starts there that asks for chance.
        if let Some(root) = std::env::var_os("SYSTEMROOT") {
            command.env("SYSTEMROOT", root);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that refuses its arguments does not read its input.
        let _ = stdin.write_all(input);
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// Runs what is to succeed, and gives its lines.
    pub(crate) fn lines(&self, arguments: &[&str], input: &[u8]) -> Vec<String> {
        let output = self.run(arguments, input);
        assert!(output.status.success(), "{arguments:?}: {}", words(&output));
        String::from_utf8(output.stdout).unwrap().lines().map(Into::into).collect()
    }
}

pub(crate) fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const TO: [&str; 4] = ["--group", "group-1", "--topic", "capacity"];

fn add<'a>(workshop: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    [&["add", workshop], &TO[..], rest].concat()
}

#[cfg(unix)]
#[test]
fn without_a_folder_of_its_own_it_keeps_to_the_systems() {
    let home = Home::new();
    let run = |more: &[(&str, &str)]| {
        let mut command = home.command(&["new", "asean-declaration"]);
        command.env_remove("RAPPORTEUR_HOME");
        for (name, value) in more {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", words(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let at = |folder: &str| {
        format!("{}/asean-declaration.workshop\n", home.path().join(folder).display())
    };
    // The folder that a person names comes first, with ~ for their home.
    assert_eq!(run(&[("RAPPORTEUR_HOME", "~/stick")]), at("home/stick/data"));
    #[cfg(target_os = "linux")]
    {
        assert_eq!(run(&[("RAPPORTEUR_HOME", "")]), at("home/.local/share/rapporteur"));
        let xdg = home.path().join("xdg");
        assert_eq!(run(&[("XDG_DATA_HOME", xdg.to_str().unwrap())]), at("xdg/rapporteur"));
    }
}

#[test]
fn points_go_in_and_come_out() {
    let home = Home::new();
    let made = home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    assert_eq!(made, ["meeting"]);
    let one = home.lines(&add("meeting", &["--kind", "early action", "Train", "trainers"]), b"");
    let lines = "Ünïcode\u{1b}[31m\r\n\n  ลำดับ  \n\u{202e}gpj.exe\n".as_bytes();
    let more = home.lines(&add("meeting", &["--paragraph", "OP2", "-"]), lines);
    assert_eq!((one.len(), more.len()), (1, 3));
    let rows = home.lines(&["list", "meeting", "--json", "--group", "Group 1"], b"");
    let rows: Vec<serde_json::Value> =
        rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    let all: Vec<&str> = one.iter().chain(&more).map(String::as_str).collect();
    assert!(rows.iter().map(|row| row["id"].as_str().unwrap()).eq(all));
    let texts = ["Train trainers", "Ünïcode[31m", "ลำดับ", "\u{202e}gpj.exe"];
    assert!(rows.iter().map(|row| row["text"].as_str().unwrap()).eq(texts));
    assert_eq!(
        (&rows[0]["kind"], &rows[1]["paragraph"], &rows[1]["status"], &rows[1]["parent"]),
        (&"early_action".into(), &"OP2".into(), &"standing".into(), &serde_json::Value::Null)
    );
    for arguments in [&["list", "meeting"][..], &["list", "meeting", "--json"]] {
        let printed = home.lines(arguments, b"").join("\n");
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed}");
        assert!(printed.contains("ลำดับ"));
    }
    // Many small runs share one journal beside the agenda's, and that of the decisions on its names.
    assert_eq!(std::fs::read_dir(home.path().join("meeting/changes")).unwrap().count(), 3);
    assert_eq!(home.lines(&["draft", "meeting"], b""), [""; 0]);
}

#[test]
fn what_is_refused_is_said_and_what_came_before_is_kept() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration"], b"");
    let name = "asean-declaration";
    let stdin = add(name, &["-"]);
    for (arguments, input, status, said) in [
        (vec!["add", name], &b""[..], 2, "required"),
        (vec!["sing"], b"", 2, "sing"),
        (vec!["new", "nothing.ron"], b"", 1, "The samples are: asean-declaration, blank."),
        (vec!["new", name, "--at", "home"], b"", 1, "already"),
        (vec!["list", "nowhere"], b"", 1, "There is no workshop “nowhere”"),
        (vec!["list", name, "--topic", "tea"], b"", 1, "There is no topic “tea”"),
        (vec!["add", name, "-g", "x", "-t", "capacity", "a"], b"", 1, "There is no group “x”"),
        (add(name, &["--session", "tea", "a"]), b"", 1, "There is no session “tea”"),
        (add(name, &[" "]), b"", 1, "A point needs words"),
        (stdin.clone(), b"one\ntwo\nthr\xffee\nfour\n", 1, "Line 3: it is not UTF-8"),
        (stdin, &[b"five\n", &vec![b'x'; 5 << 20][..]].concat(), 1, "Line 2: This text is 5 MB"),
    ] {
        let output = home.run(&arguments, input);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", words(&output));
        assert!(words(&output).contains(said), "{arguments:?}: {}", words(&output));
    }
    let kept = home.lines(&["list", name, "--json"], b"");
    let texts: Vec<String> = kept
        .iter()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap()["text"].to_string())
        .collect();
    assert_eq!(texts, ["\"one\"", "\"two\"", "\"five\""]);
}

#[test]
fn comments_are_printed_with_their_points_and_points_with_their_comments() {
    let home = Home::new();
    let json = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let lines = home.lines(arguments, b"");
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let comments = json(&["comments", "asean-declaration", "--json"]);
    let points = json(&["list", "asean-declaration", "--json"]);
    for comment in &comments {
        for (nth, source) in comment["sources"].as_array().unwrap().iter().enumerate() {
            let point = points.iter().find(|point| point["id"] == *source).unwrap();
            let outcome = if nth == 0 { "carried" } else { "merged" };
            assert_eq!((&point["statement"], &point["outcome"]), (&comment["id"], &outcome.into()));
        }
    }
    let aside = points.iter().filter(|point| point["outcome"] == "set_aside").count();
    assert_eq!((comments.len(), aside), (22, 6));
    let output = home.run(&["comments", "asean-declaration", "--topic", "Monitoring"], b"");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        printed.starts_with("Monitoring progress") && printed.contains("from 946xsc"),
        "{printed}"
    );
    let account = "82 captured = 22 kept + 52 merged + 8 set aside; 0 open.";
    assert!(words(&output).contains(account), "{}", words(&output));
    let refused = home.run(&["comments", "asean-declaration", "--topic", "elsewhere"], b"");
    assert_eq!(refused.status.code(), Some(1));
}

/// The list used to have fields of its own, without the reference by which every export names a point.
#[test]
fn points_are_listed_as_the_feedback_file_describes_them() {
    let home = Home::new();
    let path =
        &home.lines(&["export", "asean-declaration", "--format", "json", "--out", "."], b"")[0];
    let file: serde_json::Value =
        serde_json::from_slice(&std::fs::read(home.path().join(path)).unwrap()).unwrap();
    let rows = home.lines(&["list", "asean-declaration", "--json"], b"");
    let rows: Vec<serde_json::Value> =
        rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    let described = file["points"].as_array().unwrap();
    assert_eq!(rows.len(), described.len());
    for point in described.iter().filter(|point| point["reason"] != "attributable") {
        let row = rows.iter().find(|row| row["id"] == point["id"]).unwrap();
        for (field, value) in point.as_object().unwrap() {
            // Their shape was another one before there was a common one.
            if field != "read_back" && field != "hands" {
                assert_eq!(&row[field], value, "{field} of {row}");
            }
        }
    }
}

#[test]
fn feedback_goes_out_comes_back_and_is_recognised() {
    let home = Home::new();
    let all = home.lines(&["export", "asean-declaration", "--out", "first"], b"");
    assert_eq!(all.len(), 10, "{all:?}");
    let file = "first/asean-declaration.feedback.ron";
    for _ in 0..2 {
        let made = home.lines(&["import", "./drafter", file], b"");
        assert_eq!(made, [shown(Path::new("./drafter"))]);
    }
    let again = home.lines(&["export", "drafter", "--format", "ron,json", "--out", "again"], b"");
    assert_eq!(again.len(), 2);
    for path in again {
        let first = path.replace("again", "first");
        // Feedback does not say whose names the first file was searched for.
        let read = |path: &str| {
            let bytes = std::fs::read(home.path().join(path)).unwrap();
            let mut feedback = feedback::read(path, &bytes).unwrap().feedback;
            feedback.audit.scan = None;
            feedback.checksum = "".into();
            feedback
        };
        assert!(read(&path) == read(&first), "{path}");
    }
    let checked = home.lines(&["check", file, "drafter", "blank"], b"");
    assert!(checked[0].contains("feedback of") && checked[1].contains("a workshop"), "{checked:?}");
    assert!(checked[2].contains("a sample"), "{checked:?}");

    let agenda = r#"(title: "x", time_zone: "UTC", delegations: ["Malaysia", "Thailand"])"#;
    std::fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    let said = words(&home.run(&["check", "agenda.ron"], b""));
    assert!(said.contains("no agencies are listed") && said.contains("2 names of"), "{said}");
    assert!(!said.contains("Kuala Lumpur"), "{said}");
    let said = words(&home.run(&["check", "--verbose", "agenda.ron"], b""));
    assert!(said.contains("Kuala Lumpur") && said.contains("Sabah"), "{said}");

    let broken = std::fs::read_to_string(home.path().join(file)).unwrap().replace("kind:", "kidn:");
    std::fs::write(home.path().join("broken.ron"), broken).unwrap();
    for arguments in [
        &["check", "broken.ron"][..],
        &["import", "other", "broken.ron"],
        &["export", "asean-declaration", "--format", "xls"],
    ] {
        let refused = home.run(arguments, b"");
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        assert!(refused.stdout.is_empty() && !refused.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!home.path().join("other").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_nobody_got_is_no_success() {
    let home = Home::new();
    home.lines(&["new", "blank", "--at", "meeting"], b"");
    let name = "meeting";
    let to = ["-g", "group-1", "-t", "first-topic"];
    home.lines(&["add", name, to[0], to[1], to[2], to[3], "before"], b"");
    for verb in [&["list", name][..], &["check", name], &[&["add", name][..], &to, &["a"]].concat()]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = home.command(verb).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{verb:?}: {}", words(&output));
        assert!(words(&output).contains("output"), "{verb:?}: {}", words(&output));
    }
    assert_eq!(home.lines(&["list", name, "--json"], b"").len(), 2);
}

#[test]
fn a_point_has_its_history_and_no_person() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let ids = home.lines(&add("meeting", &["Train the trainers"]), b"");
    let told = home.lines(&["history", "meeting", &ids[0]], b"");
    assert_eq!(told.len(), 1);
    let end = "captured in Group 1, Capacity building, as recommendation: Train the trainers";
    assert!(told[0].ends_with(end), "{told:?}");
    let none = home.run(&["history", "meeting", "000000000000"], b"");
    assert_eq!(none.status.code(), Some(1));
    assert!(words(&none).contains("There is no point 000000000000"));
}

#[test]
fn without_a_terminal_it_says_what_to_run_instead() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    for arguments in [&[][..], &["open", "meeting"]] {
        let output = home.run(arguments, b"");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(words(&output).starts_with("There is no terminal"), "{}", words(&output));
        assert_eq!(words(&output).lines().count(), 1);
    }
    let output = home.run(&["open", "meeting", "--group", "nobody"], b"");
    assert!(words(&output).contains("There is no group “nobody”. The groups are: group-1"));
    assert_eq!(home.run(&["export", "--nonsense"], b"").status.code(), Some(2));
}

#[test]
fn a_draft_text_goes_in_and_proposals_come_out_compiled() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let first =
        "# On boats\n\nDO HEREBY AGREE:\n\n1. To meet yearly.\n\n1. To share [all] alerts.\n";
    std::fs::write(home.path().join("first.md"), first).unwrap();
    let output = home.run(&["text", "meeting", "first.md", "--version", "zero draft"], b"");
    assert!(
        words(&output).starts_with("4 paragraphs imported.\nThe printed numbers (1. 1. …)"),
        "{}",
        words(&output)
    );
    let propose = |paragraph: &str, wording: &str| {
        let words = ["--paragraph", paragraph, "--wording", wording, "Said."];
        home.run(&add("meeting", &words), b"")
    };
    for (paragraph, wording) in [
        ("1", "To meet monthly."),
        ("op 1", "To meet weekly."),
        ("OP2", "To share all alerts."),
        ("after OP1", "To eat."),
    ] {
        assert!(propose(paragraph, wording).status.success());
    }
    assert!(words(&propose("OP1", "To meet yearly.")).contains("wording of OP1 already"));
    assert!(words(&propose("OP7", "To sleep.")).contains("no paragraph “OP7”"));
    let lines = home.lines(&["text", "meeting", "--compiled"], b"");
    assert_eq!(
        lines,
        [
            "On boats, zero draft",
            "Title       On boats",
            "Chapeau     DO HEREBY AGREE:",
            "OP1         To meet [yearly][monthly][weekly].",
            "            conflict: 2 wordings for “yearly”",
            "OP1bis      [To eat.]",
            "OP2         To share [[all]][all] alerts.",
        ]
    );
    let second = first.replace("1. To meet yearly.\n\n", "");
    std::fs::write(home.path().join("second.md"), second).unwrap();
    let output = home.run(&["text", "meeting", "second.md"], b"");
    assert!(words(&output).contains("3 paragraphs unchanged, 0 moved, 0 changed, 0 new, 1 gone."));
    assert_eq!(words(&output).matches("its paragraph is no longer in the text").count(), 3);
    let again = home.run(&["text", "meeting", "second.md"], b"");
    assert!(words(&again).starts_with("Nothing new"), "{}", words(&again));
    let rows = home.lines(&["text", "meeting", "--json"], b"");
    let row: serde_json::Value = serde_json::from_str(&rows[2]).unwrap();
    assert_eq!(
        (&row["label"], &row["points"], &row["proposals"]),
        (&"OP1".into(), &1.into(), &1.into())
    );
    std::fs::write(home.path().join("bad.docx"), b"PK\x03\x04").unwrap();
    let refused = home.run(&["text", "meeting", "bad.docx"], b"");
    assert!(!refused.status.success() && words(&refused).contains("The workshop is as it was."));
}

/// They were printed as they are, and a tag made the JSON one that no program reads.
#[test]
fn letters_that_hide_are_shown_by_their_numbers() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let hidden = "pay\u{200b}pal \u{2060}x \u{e0041}y \u{202e}z ខ្មែរ\u{200b}ភាសា";
    home.lines(&add("meeting", &[hidden]), b"");
    let listed = home.lines(&["list", "meeting"], b"").join("\n");
    let shown = "pay‹U+200B›pal ‹U+2060›x ‹U+E0041›y ‹U+202E›z ខ្មែរ\u{200b}ភាសា";
    assert!(listed.contains(shown), "{listed}");
    let rows = home.lines(&["list", "meeting", "--json"], b"");
    assert!(!rows[0].contains(['\u{2060}', '\u{e0041}', '\u{202e}']), "{}", rows[0]);
    let row: serde_json::Value = serde_json::from_str(&rows[0]).unwrap();
    assert_eq!(row["text"], hidden);
}

/// Messages quoted whatever they were given, 70 kB of it too.
#[test]
fn what_a_message_quotes_is_cut_and_its_length_said() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    // A longer command line does not exist on Windows.
    let long = "x".repeat(30_000);
    let option = format!("--{long}");
    for arguments in [
        vec!["list", "meeting", "--topic", &long],
        vec!["list", "meeting", "--group", &long],
        vec!["list", "meeting", &option],
        vec!["history", "meeting", &long],
    ] {
        let output = home.run(&arguments, b"");
        let said = words(&output);
        assert!(!output.status.success() && said.len() < 4000, "{} bytes", said.len());
        assert!(said.contains("… (30"), "{said}");
    }
}

/// “1 change belong to points” is no English; one function makes numbers agree with their verbs.
#[test]
fn one_thing_is_one_thing() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    home.lines(&add("meeting", &["A point"]), b"");
    let bundle = home.run(&["bundle", "meeting", "--out", "out"], b"");
    assert!(!words(&bundle).contains("1 changes"), "{}", words(&bundle));
}

/// A folder in a file's place was “this account is not allowed to” on Windows, and a full disk a sentence with
/// “(os error 28)” in it.
#[test]
fn what_the_system_refuses_is_said_with_its_real_cause() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    std::fs::create_dir_all(home.path().join("out/asean-declaration.feedback.csv")).unwrap();
    std::fs::write(home.path().join("file"), "").unwrap();
    let export = |out| ["export", "meeting", "--format", "csv", "--out", out];
    for (arguments, said) in [
        (&["new", "out"][..], "“out” cannot be read: it is a folder."),
        (&["names", "meeting", "--take", "out"], "“out” cannot be read: it is a folder."),
        (&export("out"), "already exists. Nothing was changed. Choose another name."),
        (&export("file"), "“file” already exists. Nothing was changed. Choose another name."),
        (
            &export("file/on/the/way"),
            "cannot be written: something on the way to it is not a folder.",
        ),
    ] {
        let output = home.run(arguments, b"");
        let words = words(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {words}");
        assert!(words.contains(said), "{arguments:?}: {words}");
    }
    #[cfg(target_os = "linux")]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = home.command(&["list", "asean-declaration"]).stdout(full).output().unwrap();
        assert!(words(&output).contains("The output could not be written: the disk is full."));
    }
}
