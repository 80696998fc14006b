//! Escaping text for Markdown, so that it shows exactly what it says.

use std::borrow::Cow;

/// Escapes a text on one line, for headings and cells.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let flat = text.replace('\n', " ");
    line(&mut out, &flat);
    out
}

/// Escapes a text, with its lines kept by hard breaks and each further line indented this far.
pub(super) fn block(text: &str, indent: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.trim();
    for (nth, each) in text.split('\n').enumerate() {
        if nth > 0 {
            // A line that is only a hard break keeps an empty line from ending the paragraph.
            out.push_str("\\\n");
            out.extend(std::iter::repeat_n(' ', indent));
        }
        line(&mut out, each);
    }
    out
}

fn line(out: &mut String, text: &str) {
    let text = printable(text);
    let text = text.trim_matches(' ');
    let mut before = None;
    // Whether everything so far could be the number of a list item.
    let mut numbered = true;
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let escape = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '^' | '$' | '|' | '{' => true,
            '_' => !is_word(before) || !is_word(rest.chars().next()),
            '#' => before.is_none_or(char::is_whitespace),
            '&' => is_entity(rest),
            '-' | '+' | '=' | '>' | ':' => before.is_none(),
            '.' | ')' => numbered && before.is_some(),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(letter);
        numbered &= letter.is_ascii_digit();
        before = Some(letter);
    }
}

/// The line without control characters, which a workshop never contains.
fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    text.replace('\t', " ").replace(char::is_control, "").into()
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

/// Whether an `&` before this text would make it an entity.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    name.len() < rest.len() && name.starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a reader sees: the words, with `\n` for each hard break; anything else in angle brackets.
    fn rendered(markdown: &str) -> String {
        let mut words = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::HardBreak => words.push('\n'),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => words.push_str(&format!("<{other:?}>")),
            }
        }
        words
    }

    #[test]
    fn markup_in_a_text_is_seen_as_typed() {
        for text in [
            "# Not a heading",
            "1. not\n2) a list",
            "- a\n+ b\n* c",
            "===",
            "a\n===\nb\n---",
            "> quote",
            "*bold* __bold__ snake_case _x_",
            "[a](b) ![c](d) [^1]",
            "<b>&amp;&#65;</b>",
            "```\ncode\n```",
            "`x`",
            "a | b\n--|--\nc | d",
            "$5 and $6",
            "~~gone~~ H~2~O x^2^",
            "trailing \\",
            "\\\n\\",
            "a\n\n\nb",
            "    code",
            "{#id} {.class}",
            ": definition",
            "Q&A; R&D",
            "[ ] task",
            "-",
            "---",
            "12345678901. x",
            "ลดขั้นตอน *เอกสาร*",
            "[[wiki]]",
        ] {
            let lines: Vec<_> = text.split('\n').map(str::trim).collect();
            assert_eq!(rendered(&block(text, 0)), lines.join("\n").trim(), "{text:?}");
        }
        assert_eq!(block("snake_case Q&A 3-5 (a) #3", 0), "snake_case Q&A 3-5 (a) \\#3");
    }

    proptest! {
        #[test]
        fn no_text_changes_the_structure(
            text in r"([-+*#=>:._~|<>&;\[\]()!{}$^\\`'0-9 a\n]|กิ|&amp;|://www\.|<!--|\u{7}|\t){0,40}",
            prefix in prop_oneof![Just(("", 0)), Just(("- ", 2)), Just(("  1. ", 5)), Just(("> - **Bold.** ", 0))],
        ) {
            let (prefix, indent) = prefix;
            let quoted = prefix.starts_with('>');
            let text = if quoted { text.replace('\n', " ") } else { text };
            let with = format!("{prefix}x {}", block(&text, indent));
            let same = format!("{prefix}x {}", block(&text.replace(|c: char| c.is_ascii_punctuation(), "a"), indent));
            let frame = |markdown: &str| {
                Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION)
                    .filter(|event| !matches!(event, Event::Text(_)))
                    .map(|event| format!("{event:?}"))
                    .collect::<Vec<_>>()
            };
            prop_assert_eq!(frame(&with), frame(&same), "{}", with);
        }

        #[test]
        fn a_heading_or_a_cell_stays_one(text in r"([-+*#=>:._~|<&;\[\]()!{}$^\\` a\n]|กิ){0,30}") {
            let words = text.split(['\n', ' ']).filter(|w| !w.is_empty()).collect::<Vec<_>>();
            let heading = format!("## x {}\n", inline(&text));
            let shown = rendered(&heading);
            prop_assert!(shown.starts_with("<Start(Heading"), "{}", shown);
            prop_assert_eq!(shown.matches("<Start").count(), 1, "{}", shown);
            let table = format!("| a | b |\n|---|---|\n| {} | y |\n", inline(&text));
            let cells = Parser::new_ext(&table, Options::ENABLE_TABLES)
                .filter(|event| matches!(event, Event::Start(Tag::TableCell))).count();
            prop_assert_eq!(cells, 4, "{} {:?}", table, words);
        }
    }
}
