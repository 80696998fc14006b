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

/// The environment variable with the one folder for everything: for a stick, for scripts and for tests.
const HOME: &str = "RAPPORTEUR_HOME";

impl DataFolders {
    /// The folder that the environment names, or the usual ones of this system, or the current folder if
    /// there is no home folder.
    pub(crate) fn usual() -> Self {
        match std::env::var_os(HOME).filter(|home| !home.is_empty()) {
            Some(home) => Self::in_one(&expand(Path::new(&home))),
            None => Self::of_system(),
        }
    }

    /// Both in one folder, which may be moved with all that is in it.
    fn in_one(home: &Path) -> Self {
        Self { data: home.join("data"), state: home.join("state") }
    }

    fn of_system() -> Self {
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
