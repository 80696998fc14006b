//! The parts of every page: its head, its looks, its foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::super::words;
use crate::feedback::Feedback;

/// A page that has the script below, by its digest: no other may run.
pub(super) const SCRIPTED: bool = true;

/// The page up to its first words. Its policy says that nothing may be loaded from anywhere.
pub(super) fn head(feedback: &Feedback, what: &str, scripted: bool) -> Markup {
    let script =
        if scripted { format!(" script-src '{}';", digest(&script())) } else { String::new() };
    let policy = format!("default-src 'none'; style-src 'unsafe-inline';{script}");
    let title = words::title(&feedback.meeting);
    let draft = if feedback.is_draft() { "DRAFT: " } else { "" };
    let head = html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (draft) (title) ": " (what.to_lowercase()) }
            style { (PreEscaped(joined(include_str!("page.css")))) }
        }
    };
    html! { (DOCTYPE) (PreEscaped("<html lang=\"en\">")) (head) (PreEscaped("<body id=\"top\">")) }
}

/// The digest of a script, as a policy names it.
fn digest(script: &str) -> String {
    use sha2::{Digest, Sha256};
    let inner = script.trim_start_matches("<script>").trim_end_matches("</script>");
    format!("sha256-{}", base64(&Sha256::digest(inner)))
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for nth in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * nth) & 63) as usize];
            text.push(if nth > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

pub(super) const FOOT: &str = "<p class=\"top\"><a href=\"#top\">Back to the top</a></p></main>";

/// The script, which shows only what has all the words that are typed. Without it, everything is shown.
pub(super) fn script() -> String {
    format!("<script>{}</script>", joined(include_str!("page.js")))
}

/// A file, as it goes into the page: without line breaks, where no space is meant.
fn joined(file: &str) -> String {
    file.lines().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_as_everybody_has_it() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
    }
}
