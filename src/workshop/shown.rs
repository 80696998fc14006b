//! Paths as people read them.

use std::path::Path;

/// A path with the system's own separators, and on Windows without the `\\?\` of its long form.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { on_windows(&text) } else { text.into_owned() }
}

/// The usual form of an absolute path of Windows: `\\?\C:\meeting` is `C:\meeting`, and `\\?\UNC\server\share` is
/// `\\server\share`. A path without a usual form is given back as it is.
pub fn without_prefix(path: &str) -> String {
    let Some(rest) = path.strip_prefix(r"\\?\") else { return path.to_owned() };
    if let Some(share) = rest.strip_prefix(r"UNC\") {
        return format!(r"\\{share}");
    }
    match rest.as_bytes() {
        [b'a'..=b'z' | b'A'..=b'Z', b':', b'\\', ..] => rest.to_owned(),
        _ => path.to_owned(),
    }
}

fn on_windows(path: &str) -> String {
    without_prefix(path).replace('/', r"\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_windows_is_shown_as_people_know_it() {
        for (path, is) in [
            (r"\\?\C:\Users\Mei\boats.workshop", r"C:\Users\Mei\boats.workshop"),
            (r"\\?\UNC\server\share\boats", r"\\server\share\boats"),
            (r"\\server\share/boats", r"\\server\share\boats"),
            (r"C:/Users/Mei\boats.workshop", r"C:\Users\Mei\boats.workshop"),
            ("./boats", r".\boats"),
            (r"\\?\Volume{0a}\boats", r"\\?\Volume{0a}\boats"),
            ("changes/a.jsonl", r"changes\a.jsonl"),
        ] {
            assert_eq!(on_windows(path), is);
        }
        let path = Path::new("changes").join("a.jsonl");
        assert_eq!(shown(Path::new("changes/a.jsonl")), shown(&path));
    }
}
