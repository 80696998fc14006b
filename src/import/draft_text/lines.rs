//! Plain text and Markdown cut into paragraphs, however their lines were wrapped.

use super::{Block, Rough, inline, marker};
use crate::workshop::clean;

/// A longer line than this, in letters, was not wrapped.
const WRAPPED: usize = 120;

/// The paragraphs of a text. What cannot be recognised is taken as words.
pub(super) fn read(text: &str) -> Rough {
    let text = clean(text);
    let mut rough = Rough::default();
    let text = front_matter(&text, &mut rough);
    let (text, comments) = uncommented(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let (all, long) = filled.fold((0, 0), |(all, long), line| {
        (all + 1, long + usize::from(line.chars().count() > WRAPPED))
    });
    let mut reader = LineReader {
        rough,
        open: Vec::new(),
        notes: 0,
        is_wrapped: long * 10 < all,
        fenced: false,
    };
    for line in lines {
        reader.line(line);
    }
    reader.close(false);
    let LineReader { mut rough, notes, .. } = reader;
    if comments > 0 {
        rough.remarks.push(number_in_words(comments, "comment was", "comments were"));
    }
    if notes > 0 {
        rough.remarks.push(number_in_words(notes, "footnote was", "footnotes were"));
    }
    rough
}

fn number_in_words(number: usize, one: &str, many: &str) -> String {
    format!("{number} {} left out.", if number == 1 { one } else { many })
}

/// The text after the front matter, which may give its title.
fn front_matter<'t>(text: &'t str, rough: &mut Rough) -> &'t str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    let mut at = 0;
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in rest.split('\n') {
        at += line.len() + 1;
        match line.trim_end() {
            "---" | "..." => {
                for (name, value) in fields {
                    match name {
                        "title" => rough.title = unquoted(&value),
                        "version" => rough.version = unquoted(&value),
                        _ => {}
                    }
                }
                return rest.get(at..).unwrap_or_default();
            }
            line => match (line.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if line.starts_with([' ', '-']) => {
                    // A value continues; a backslash at the end of its line joins the two parts without a space.
                    let joint = if value.ends_with('\\') { "" } else { " " };
                    let begun = value.trim_end_matches('\\').to_owned();
                    let more = line.trim();
                    let more = if joint.is_empty() { more.trim_start_matches('\\') } else { more };
                    *value = format!("{begun}{joint}{more}");
                }
                (Some((name, value)), _) if !name.contains(char::is_whitespace) => {
                    fields.push((name, value.trim().to_owned()));
                }
                (_, _) if line.is_empty() => {}
                // A line of words: this was not front matter but a line across the page.
                _ => return text,
            },
        }
    }
    text
}

fn unquoted(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return value.to_owned();
    };
    let (mut plain, mut letters) = (String::new(), inner.chars());
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('_' | 'n' | 't') => plain.push(' '),
            Some(sort @ ('u' | 'x')) => {
                let code: String = letters.by_ref().take(if sort == 'u' { 4 } else { 2 }).collect();
                plain.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(letter) => plain.push(letter),
            None => {}
        }
    }
    plain
}

/// The text without HTML comments, and how many of them had words.
fn uncommented(text: &str) -> (String, usize) {
    let (mut kept, mut rest, mut worded) = (String::with_capacity(text.len()), text, 0);
    while let Some((before, behind)) = rest.split_once("<!--") {
        let Some((comment, after)) = behind.split_once("-->") else { break };
        kept.push_str(before);
        worded += usize::from(comment.contains(char::is_alphanumeric));
        rest = after;
    }
    kept.push_str(rest);
    (kept, worded)
}

struct LineReader {
    rough: Rough,
    /// The lines of the paragraph that is being read.
    open: Vec<String>,
    notes: usize,
    is_wrapped: bool,
    fenced: bool,
}

impl LineReader {
    fn line(&mut self, line: &str) {
        let quoted = line.trim_start().strip_prefix("> ").unwrap_or(line);
        let words = quoted.trim();
        if words.is_empty() || words == ">" || is_rule(words) {
            // A line of dashes under words makes them a heading.
            let under = self.open.len() == 1 && words.len() > 2 && words.starts_with(['=', '-']);
            self.close(under && is_underline(words));
            return;
        }
        if words.starts_with("```") || words.starts_with("~~~") {
            self.close(false);
            self.fenced = !self.fenced;
            let name = words.trim_start_matches(['`', '~']).trim();
            if name.is_empty() || self.fenced && name.chars().all(char::is_alphanumeric) {
                return;
            }
        }
        if let Some(heading) = heading(words) {
            self.close(false);
            self.open.push(heading.to_owned());
            self.close(true);
            return;
        }
        if self.begins(words) {
            self.close(false);
        }
        self.open.push(words.to_owned());
        // Two spaces at the end of a line end a paragraph if a sentence ends there too.
        let ends = quoted.ends_with("  ") && words.ends_with(['.', ';', ':', '!', '?', ']']);
        if ends || !self.is_wrapped {
            self.close(false);
        }
    }

    /// Whether a line begins a new paragraph although none ended above it.
    fn begins(&self, line: &str) -> bool {
        let Some(before) = self.open.last() else { return false };
        let bare = line.trim_start_matches(['*', '_', '[']);
        if line.starts_with(['-', '*', '+', '•']) && marker::bullet(line).is_some() {
            return true;
        }
        if marker::explicit(bare).is_some_and(|(_, printed, _)| printed.ends_with(['.', ':', ')']))
        {
            return true;
        }
        let before = before.trim_end_matches(['*', '_']);
        let last = before.rsplit(' ').next().unwrap_or_default();
        let ends = before.ends_with(['.', ';', ':', '!', '?', ']']) || matches!(last, "and" | "or");
        let listed = before.ends_with([';', ',']) || matches!(last, "and" | "or");
        let marked = marker::split(bare).map(|(printed, _)| printed);
        // "areas, 2) trade" continues a sentence; "the sea, 1. Decides" does not.
        let numbered = |printed: &str| {
            printed.starts_with(|c: char| c.is_ascii_digit()) && printed.ends_with('.')
        };
        marked.is_some_and(|printed| ends || before.ends_with(',') && numbered(printed))
            || listed && super::shape::is_recital(bare)
    }

    /// Ends the paragraph that is being read.
    fn close(&mut self, is_heading: bool) {
        if self.open.is_empty() {
            return;
        }
        let lines = std::mem::take(&mut self.open);
        let mut whole = String::new();
        for line in lines {
            if !whole.is_empty() && !glued(&whole, &line) {
                whole.push(' ');
            }
            whole.push_str(&line);
        }
        if whole.starts_with("[^") && whole.contains("]:") {
            self.notes += 1;
            return;
        }
        // An asterisk before a space is a bullet, before a word emphasis.
        let (printed, words) = marker::bullet(&whole).unwrap_or(("", &whole));
        let (words, _) = inline::plain(words);
        let words = clean(&words);
        let (printed, text) = match marker::split(&words).filter(|_| printed.is_empty()) {
            Some((printed, text)) if !text.is_empty() => (printed, text),
            _ => (printed, &*words),
        };
        let (printed, text) = (printed.to_owned(), text.to_owned());
        self.rough.blocks.push(Block { printed, text, is_heading, depth: 0 });
    }
}

/// Whether two lines are in a script without spaces between words, so that there was none between them.
fn glued(before: &str, behind: &str) -> bool {
    let spaceless = |letter: char| {
        matches!(u32::from(letter),
            0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3000..=0x30ff | 0x3400..=0x9fff | 0xff00..=0xff60)
    };
    before.chars().next_back().is_some_and(spaceless)
        && behind.chars().next().is_some_and(spaceless)
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let depth = line.len() - rest.len();
    let words = rest.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&depth) && rest.starts_with(' ') && !words.is_empty()).then_some(words)
}

/// A line across the page.
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|letter| *letter != ' ').collect();
    let first = marks.chars().next().unwrap_or_default();
    marks.len() >= 3 && "-*_=".contains(first) && marks.chars().all(|mark| mark == first)
}

fn is_underline(line: &str) -> bool {
    line.chars().all(|mark| mark == '=') || line.chars().all(|mark| mark == '-')
}
