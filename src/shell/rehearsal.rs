//! Only in debug builds: the program dies on purpose while its screen is up, so that a test can see what it
//! does to the terminal.

use crate::app::{Message, key::Code};

/// The environment variable with the letter that it dies of.
const ASKED: &str = "RAPPORTEUR_DIES_OF";

/// Dies if this is the key that was asked for.
#[expect(clippy::panic, reason = "it is what a test asks for, and in no release")]
pub(super) fn die_of(message: &Message) {
    let Message::Key(key) = message else { return };
    let letter = std::env::var(ASKED).ok().and_then(|asked| asked.chars().next());
    if letter.is_some_and(|letter| key.code == Code::Char(letter)) {
        std::panic::panic_any("rehearsed");
    }
}
