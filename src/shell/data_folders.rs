//! Where things are on this machine.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

/// The folders of the user.
#[derive(Clone, Debug)]
pub(crate) struct DataFolders {
    /// Where new workshops go.
    pub(crate) data: PathBuf,
    /// What only this machine remembers: recent workshops, and which file to continue.
    pub(crate) state: PathBuf,
}

impl DataFolders {
    /// The usual folders of this system, or the current folder if there is no home folder.
    pub(crate) fn usual() -> Self {
        match ProjectDirs::from("", "", "rapporteur") {
            Some(dirs) => {
                let data = dirs.data_dir().to_owned();
                let state = dirs
                    .state_dir()
                    .map_or_else(|| dirs.data_local_dir().join("state"), Into::into);
                Self { data, state }
            }
            None => Self { data: ".".into(), state: ".".into() },
        }
    }
}

/// A path that a person typed or pasted on a screen, with their home folder for `~`, and without the
/// quotation marks that file managers and terminals put around it.
pub(crate) fn expand(path: &Path) -> PathBuf {
    let path = bare(path);
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path,
    }
}

/// The path without the quotation marks around it, unless there is a file with them in its name.
fn bare(path: &Path) -> PathBuf {
    let Some(text) = path.to_str().map(str::trim).filter(|_| !path.exists()) else {
        return path.to_owned();
    };
    let inside = |mark| text.strip_prefix(mark).and_then(|text: &str| text.strip_suffix(mark));
    match inside('"').or_else(|| inside('\'')) {
        Some(inside) if !inside.is_empty() => inside.into(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_a_pasted_path_are_left_out() {
        for (typed, meant) in [
            ("/no/such stick", "/no/such stick"),
            ("\"/no/such stick\"", "/no/such stick"),
            ("'/no/such stick' ", "/no/such stick"),
            ("\"", "\""),
            ("''", "''"),
            ("/no/one's", "/no/one's"),
        ] {
            assert_eq!(expand(Path::new(typed)), Path::new(meant));
        }
        let home = BaseDirs::new().unwrap().home_dir().join("no such");
        assert_eq!(expand(Path::new("~/no such")), home);
        assert_eq!(expand(Path::new("'~/no such'")), home);
    }
}
