//! Where things lie on this machine, and where chance comes from.

use std::path::PathBuf;

use directories::ProjectDirs;

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

/// A number nobody can guess, to seed ids with.
pub(crate) fn chance() -> u64 {
    // Without the system's chance, the clock and the process still tell two runs apart.
    getrandom::u64().unwrap_or_else(|_| {
        let now = super::runtime::now().0.cast_unsigned();
        now.rotate_left(20) ^ u64::from(std::process::id())
    })
}
