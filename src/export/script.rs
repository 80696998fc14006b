//! The script in which a text is written: word processors and screen readers want a font and a language
//! for each.

/// A script that needs a font or a direction of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin, Cyrillic, Greek and everything else that the page's own font has.
    Latin,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Devanagari,
    Bengali,
    Tamil,
    Sinhala,
    /// Arabic letters: Jawi and Urdu too.
    Arabic,
    Hebrew,
    /// Another script whose letters are combined.
    Complex,
    Chinese,
    Japanese,
    Korean,
}

impl Script {
    /// The script of a letter; `None` for what all scripts share.
    fn of(letter: char) -> Option<Self> {
        Some(match letter as u32 {
            0..=0x40 | 0x5b..=0x60 | 0x7b..=0xa9 | 0xab..=0xb9 | 0xbb..=0xbf => return None,
            0x300..=0x36f | 0x2000..=0x20ff | 0xfe00..=0xfe0f => return None,
            0x590..=0x5ff => Self::Hebrew,
            0x600..=0x6ff | 0x750..=0x77f | 0x860..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe => {
                Self::Arabic
            }
            0x900..=0x97f => Self::Devanagari,
            0x980..=0x9ff => Self::Bengali,
            0xb80..=0xbff => Self::Tamil,
            0xd80..=0xdff => Self::Sinhala,
            0x700..=0xdff => Self::Complex,
            0xe00..=0xe7f => Self::Thai,
            0xe80..=0xeff => Self::Lao,
            0xf00..=0xfff => Self::Complex,
            0x1000..=0x109f | 0xa9e0..=0xa9ff | 0xaa60..=0xaa7f => Self::Burmese,
            0x1780..=0x17ff | 0x19e0..=0x19ff => Self::Khmer,
            0x1a00..=0x1cff | 0xa980..=0xa9df | 0xaa80..=0xaadf => Self::Complex,
            0x3040..=0x30ff | 0x31f0..=0x31ff => Self::Japanese,
            0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => Self::Korean,
            0x2e80..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff => {
                Self::Chinese
            }
            _ => Self::Latin,
        })
    }

    /// The language to assume for it (BCP 47); none for Latin letters.
    pub(super) fn language(self) -> &'static str {
        match self {
            Self::Latin | Self::Complex => "",
            Self::Thai => "th-TH",
            Self::Lao => "lo-LA",
            Self::Khmer => "km-KH",
            Self::Burmese => "my-MM",
            Self::Devanagari => "hi-IN",
            Self::Bengali => "bn-BD",
            Self::Tamil => "ta-IN",
            Self::Sinhala => "si-LK",
            Self::Arabic => "ar-SA",
            Self::Hebrew => "he-IL",
            Self::Chinese => "zh-CN",
            Self::Japanese => "ja-JP",
            Self::Korean => "ko-KR",
        }
    }

    /// Whether it is written from right to left.
    pub(super) fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }

    /// Whether word processors lay it out as East Asian text.
    pub(super) fn is_east_asian(self) -> bool {
        matches!(self, Self::Chinese | Self::Japanese | Self::Korean)
    }
}

/// A text in pieces of one script each.
pub(super) fn pieces(text: &str) -> ScriptRuns<'_> {
    ScriptRuns { rest: text, is_japanese: None, before: None }
}

/// The script that matters most for laying out a text: that of its first letter.
pub(super) fn first(text: &str) -> Script {
    text.chars().find_map(Script::of).unwrap_or(Script::Latin)
}

pub(super) struct ScriptRuns<'t> {
    rest: &'t str,
    /// Whether Chinese characters are read as Japanese, because there are kana among them.
    is_japanese: Option<bool>,
    before: Option<Script>,
}

impl<'t> Iterator for ScriptRuns<'t> {
    type Item = (Script, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        if self.before.is_none() && self.rest.is_ascii() {
            return Some((Script::Latin, std::mem::take(&mut self.rest)));
        }
        let mut here: Option<Script> = None;
        let mut end = self.rest.len();
        for (at, letter) in self.rest.char_indices() {
            let Some(found) = Script::of(letter) else { continue };
            let is_japanese = match found {
                Script::Chinese => *self.is_japanese.get_or_insert_with(|| {
                    self.rest.contains(|c| Script::of(c) == Some(Script::Japanese))
                }),
                _ => false,
            };
            let found = if is_japanese { Script::Japanese } else { found };
            match here {
                Some(script) if script != found => {
                    end = at;
                    break;
                }
                _ => here = Some(found),
            }
        }
        let script = here.or(self.before).unwrap_or(Script::Latin);
        self.before = Some(script);
        let (piece, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some((script, piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_its_scripts_and_loses_nothing() {
        for (text, expected) in [
            ("Joint patrols, 24/7.", vec![Script::Latin]),
            ("ลดขั้นตอน 3 ข้อ (now)", vec![Script::Thai, Script::Latin]),
            ("កាត់ ลด ລົດ", vec![Script::Khmer, Script::Thai, Script::Lao]),
            ("ڤمباڠونن, 2025", vec![Script::Arabic]),
            ("災害の時に", vec![Script::Japanese]),
            ("灾害 warning", vec![Script::Chinese, Script::Latin]),
            ("ශ්‍රී ලංකාව", vec![Script::Sinhala]),
            ("é 🌊", vec![Script::Latin]),
            ("", vec![]),
        ] {
            let found: Vec<_> = pieces(text).collect();
            let scripts: Vec<_> = found.iter().map(|(script, _)| *script).collect();
            assert_eq!(scripts, expected, "{text}");
            assert_eq!(found.iter().map(|(_, piece)| *piece).collect::<String>(), text);
        }
    }
}
