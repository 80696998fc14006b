//! File names that every system has: Windows, macOS, Linux, and memory sticks in anybody's laptop.

use std::fmt;

/// The most characters of an id that a file name takes.
const MOST: usize = 60;
/// The most bytes of an id that a file name takes: a name of two ids, with what the program adds to them, has at
/// most 255.
const MOST_BYTES: usize = 96;
/// What Windows takes for a device, whatever follows after a full stop.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Devices that have a number.
const NUMBERED: [&str; 2] = ["com", "lpt"];
/// What no name has on Windows or on a stick.
const REFUSED: &str = "<>:\"/\\|?*";

/// A name for a file, made from an id: letters, digits, hyphens and underscores.
pub fn file_name(id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let mut name = String::new();
    for letter in id.chars().map(plain).take(MOST) {
        if name.len() + letter.len_utf8() > MOST_BYTES {
            break;
        }
        name.push(letter);
    }
    if is_device(&name) {
        name.push('_');
    }
    if name.chars().any(char::is_alphanumeric) { name } else { "workshop".to_owned() }
}

/// Why some systems have no file of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameFlaw {
    /// It has this character.
    Character(char),
    /// It ends in this character.
    End(char),
    /// Windows takes it for this device.
    Device(String),
}

impl fmt::Display for NameFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(letter) if letter.is_control() => {
                f.write_str("a name with a control character in it works on few systems")
            }
            Self::Character(letter) => {
                write!(f, "Windows and memory sticks allow no “{letter}” in a name")
            }
            Self::End(' ') => f.write_str("Windows allows no space at the end of a name"),
            Self::End(letter) => write!(f, "Windows allows no “{letter}” at the end of a name"),
            Self::Device(name) => write!(f, "“{name}” is the name of a device on Windows"),
        }
    }
}

/// Looks for a reason why some system has no file or folder of this name.
pub fn check_file_name(name: &str) -> Result<(), NameFlaw> {
    if let Some(letter) = name.chars().find(|c| c.is_control() || REFUSED.contains(*c)) {
        return Err(NameFlaw::Character(letter));
    }
    match name.chars().next_back() {
        Some(end @ ('.' | ' ')) => Err(NameFlaw::End(end)),
        _ if is_device(name) => Err(NameFlaw::Device(before_stop(name).to_owned())),
        _ => Ok(()),
    }
}

fn before_stop(name: &str) -> &str {
    name.split('.').next().unwrap_or_default().trim_end_matches(' ')
}

fn is_device(name: &str) -> bool {
    let name = before_stop(name).to_lowercase();
    let is_number = |rest: &str| matches!(rest, "¹" | "²" | "³") || is_digit(rest);
    DEVICES.contains(&name.as_str())
        || NUMBERED.iter().any(|device| name.strip_prefix(device).is_some_and(is_number))
}

fn is_digit(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_makes_the_name_of_a_device() {
        for (id, name) in [
            ("boats", "boats"),
            ("con", "con_"),
            ("CON", "CON_"),
            ("Nul", "Nul_"),
            ("com1", "com1_"),
            ("COM²", "COM²_"),
            ("lpt9", "lpt9_"),
            ("com0", "com0"),
            ("com10", "com10"),
            ("console", "console"),
            ("aux.1", "aux_1"),
            ("conin$", "conin_"),
            ("../x", "___x"),
            ("…", "workshop"),
        ] {
            assert_eq!(file_name(id), name, "{id}");
            for more in ["", ".workshop", ".feedback.csv", ".room.bundle"] {
                assert_eq!(check_file_name(&format!("{}{more}", file_name(id))), Ok(()), "{id}");
            }
        }
    }

    #[test]
    fn two_ids_of_any_script_and_what_is_added_make_a_name_that_fits() {
        for letter in ["a", "ก", "𠮷"] {
            let name = file_name(&letter.repeat(60));
            assert!(name.len() <= MOST_BYTES, "{name}");
            let whole = format!(".{name}.{name}.tjxdhyfrxprq.part.before.bundle.age.4194304-9999");
            assert!(whole.len() <= 255, "{}", whole.len());
        }
    }

    #[test]
    fn what_some_system_has_no_file_for_is_named() {
        for (name, flaw) in [
            ("a: b", NameFlaw::Character(':')),
            ("why?", NameFlaw::Character('?')),
            ("a\u{1b}", NameFlaw::Character('\u{1b}')),
            ("Group 1.", NameFlaw::End('.')),
            ("Group 1 ", NameFlaw::End(' ')),
            ("Aux", NameFlaw::Device("Aux".into())),
            ("nul.workshop", NameFlaw::Device("nul".into())),
            ("com1 .tar.gz", NameFlaw::Device("com1".into())),
            ("LPT³", NameFlaw::Device("LPT³".into())),
        ] {
            assert_eq!(check_file_name(name), Err(flaw), "{name}");
        }
        for name in ["null", "a.con", "com1-2", "com", "com11", ".con", "กลุ่ม 1", "con (1)"]
        {
            assert_eq!(check_file_name(name), Ok(()), "{name}");
        }
    }
}
