//! The one path of a file or folder, however a person names it.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use crate::workshop::{WriterId, check_file_name, without_prefix};

/// The path that everything is remembered by: absolute, without links, and as people write it. If there is
/// nothing there, or its disk cannot say, it is the path as it was given, made absolute.
#[expect(clippy::disallowed_methods, reason = "this is what is used instead")]
pub fn real(path: &Path) -> PathBuf {
    match fs::canonicalize(path) {
        Ok(found) => usual(&found).map_or_else(|| found.clone(), PathBuf::from),
        Err(_) => absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}

/// An id for a file or folder in its place, so that its path need not be written anywhere.
pub(super) fn id_of(path: &Path) -> WriterId {
    WriterId::of(real(path).as_os_str().as_encoded_bytes())
}

/// The usual form of a path of Windows, if it leads to the same place.
fn usual(path: &Path) -> Option<String> {
    let long = path.to_str().filter(|path| path.starts_with(r"\\?\"))?;
    let usual = without_prefix(long);
    // Without the prefix Windows would look elsewhere for such names.
    let names = usual.split('\\').skip_while(|name| name.is_empty() || name.ends_with(':'));
    names.map(check_file_name).all(|checked| checked.is_ok()).then_some(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_that_leads_to_the_same_place_loses_its_prefix() {
        for (long, is) in [
            (r"\\?\C:\Users\Mei", Some(r"C:\Users\Mei")),
            (r"\\?\C:\", Some(r"C:\")),
            (r"\\?\UNC\server\share\boats", Some(r"\\server\share\boats")),
            (r"\\?\C:\nul\boats", None),
            (r"\\?\C:\day 1.\boats", None),
            (r"C:\Users\Mei", None),
            ("/home/mei", None),
        ] {
            assert_eq!(usual(Path::new(long)).as_deref(), is, "{long}");
        }
        let home = tempfile::tempdir().unwrap();
        let inside = home.path().join("a");
        fs::create_dir(&inside).unwrap();
        assert_eq!(real(&inside.join("..").join("a")), real(&inside));
        assert!(!real(&inside).to_string_lossy().contains(r"\\?\"));
        assert!(real(Path::new("no such folder")).is_absolute());
    }
}
