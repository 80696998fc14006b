//! Where things lie on this machine.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

/// The folders of the one who runs the program.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// Where new workshops go.
    pub(crate) data: PathBuf,
    /// What this machine alone remembers: recent workshops, which file to go on with.
    pub(crate) state: PathBuf,
}

impl Places {
    /// The usual folders of this system; the current one where there is no home.
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

/// A path as a person typed it on a screen, with their own folder for `~`.
pub(crate) fn expand(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}
