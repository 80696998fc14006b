//! Asking before something is done that cannot be undone.

use std::io::{self, BufRead};

use super::{Failure, print_message, refused};

/// Checks that a person agrees, either on the command line already or when asked.
pub(super) fn confirm(said: bool, question: &[String], undone: &str) -> Result<(), Failure> {
    for line in question {
        print_message(line);
    }
    if said {
        return Ok(());
    }
    print_message("Type yes to continue.");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let answer = answer.trim();
    if read.is_ok() && (answer.eq_ignore_ascii_case("yes") || answer.eq_ignore_ascii_case("y")) {
        return Ok(());
    }
    Err(refused(format!("{undone} In a script, add --yes.")))
}
