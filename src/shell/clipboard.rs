//! The system's own clipboard, through the program that each system has for it.
//!
//! A library for it would keep what was copied only as long as this program runs, on Linux at least.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// Puts a text into the clipboard. It does not wait, and where there is no clipboard nothing happens.
pub(super) fn copy(text: String) {
    let copy = move || {
        // The first that works is enough.
        let _ = programs().iter().any(|program| run(program, &text));
    };
    let _ = thread::Builder::new().name("copy".into()).spawn(copy);
}

/// The programs that may be there, with their arguments.
fn programs() -> Vec<&'static [&'static str]> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(windows) {
        return vec![&["clip.exe"]];
    }
    if cfg!(target_os = "macos") {
        return vec![&["pbcopy"]];
    }
    let mut programs: Vec<&[&str]> = Vec::new();
    if set("WSL_DISTRO_NAME") {
        programs.push(&["clip.exe"]);
    }
    if set("WAYLAND_DISPLAY") {
        programs.push(&["wl-copy"]);
    }
    if set("DISPLAY") {
        programs.push(&["xclip", "-selection", "clipboard"]);
        programs.push(&["xsel", "--clipboard", "--input"]);
    }
    programs
}

fn run(program: &[&str], text: &str) -> bool {
    let [name, arguments @ ..] = program else { return false };
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let written = child.stdin.take().map(|mut input| input.write_all(&bytes(name, text)));
    matches!(written, Some(Ok(()))) && child.wait().is_ok_and(|ended| ended.success())
}

/// The text as the program wants it: on Windows UTF-16 with its mark, or letters are lost.
fn bytes(program: &str, text: &str) -> Vec<u8> {
    if program != "clip.exe" {
        return text.as_bytes().to_vec();
    }
    let units = [0xfeff].into_iter().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_gets_every_letter() {
        assert_eq!(bytes("clip.exe", "é"), [0xff, 0xfe, 0xe9, 0]);
        assert_eq!(bytes("wl-copy", "é"), "é".as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_not_there_or_fails_is_no_success() {
        assert!(!run(&["no such program here"], "x"));
        assert!(!run(&["false"], "x"));
        assert!(run(&["cat"], "x"));
    }
}
