//! Passing names, `.name.PID` or `.name.PID-N`: a file has such a name until it is whole.
//! What a killed program left under one is removed the next time.

use std::ffi::{OsStr, OsString};
use std::{fs, path::Path};

use super::system;

/// The most entries of a folder that are looked at.
const MOST: usize = 10_000;

/// The passing name of a file or folder that this program writes.
pub(super) fn name(name: &OsStr, attempt: Option<u32>) -> OsString {
    let mut passing = OsString::from(".");
    passing.push(name);
    passing.push(format!(".{}", std::process::id()));
    passing.extend(attempt.map(|attempt| OsString::from(format!("-{attempt}"))));
    passing
}

/// The program that a passing name of this file or folder belongs to.
fn program(passing: &OsStr, name: &OsStr) -> Option<u32> {
    let rest = passing.as_encoded_bytes().strip_prefix(b".")?;
    let rest = rest.strip_prefix(name.as_encoded_bytes())?.strip_prefix(b".")?;
    let rest = std::str::from_utf8(rest).ok()?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (program, attempt) = rest.split_once('-').map_or((rest, None), |(p, a)| (p, Some(a)));
    (is_number(program) && attempt.is_none_or(is_number)).then(|| program.parse().ok()).flatten()
}

/// Removes what this folder has under passing names of a file or folder, if the program
/// that wrote it is gone. What cannot be removed does no harm.
pub(super) fn clear(folder: &Path, name: &OsStr) {
    let Ok(inside) = fs::read_dir(folder) else { return };
    for found in inside.take(MOST).filter_map(Result::ok) {
        let Some(program) = program(&found.file_name(), name) else { continue };
        let path = found.path();
        if program == std::process::id() || system::is_running(program) || system::is_held(&path) {
            continue;
        }
        let _ = match found.file_type() {
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(&path),
            _ => fs::remove_file(&path),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_temporary_names_of_this_very_file_are_listed() {
        let name = OsStr::new("a.csv");
        for (passing, number) in [
            (".a.csv.12-0", Some(12)),
            (".a.csv.12", Some(12)),
            (".a.csv.12-", None),
            (".a.csv.", None),
            (".a.csv.old", None),
            (".a.csv.1.2", None),
            (".b.csv.12-0", None),
            ("a.csv.12-0", None),
            (".a.csv.99999999999", None),
        ] {
            assert_eq!(program(OsStr::new(passing), name), number, "{passing}");
        }
        let own = super::name(name, Some(3));
        assert_eq!(program(&own, name), Some(std::process::id()));
    }
}
