//! What agrees with a name in English: the number of the verb.

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, NEUTRAL};
use super::super::{words, words::Class};
use super::{Wordings, edits::WordEdit, units::Unit};

static SUBJECTS_AFTER: List = List::of(NEUTRAL, "subjects after");

/// Singular and plural verbs, without "n't".
const PAIRS: [(&str, &str); 4] = [("is", "are"), ("was", "were"), ("has", "have"), ("does", "do")];

/// The singular form of a verb of saying: "agrees".
fn third(base: &str) -> Option<String> {
    let stem = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let hissing = ["s", "x", "sh", "ch"].iter().any(|end| base.ends_with(end));
    let third = match stem {
        Some(stem) => format!("{stem}ies"),
        None if hissing => format!("{base}es"),
        None => format!("{base}s"),
    };
    words::class(&third).has(Class::THIRD).then_some(third)
}

/// The plural form: "agree".
fn base(third: &str) -> Option<String> {
    let short = third.strip_suffix('s')?;
    let ies = third.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let es = third.strip_suffix("es").map(str::to_owned);
    let mut bases = [Some(short.to_owned()), ies, es].into_iter().flatten();
    bases.find(|base| words::class(base).has(Class::BASE))
}

impl Wordings<'_> {
    /// "the Committee expert", "a senior chief prosecutor": back to the first of the nouns that follow an
    /// article.
    pub(super) fn past_nouns(&self, noun: usize) -> usize {
        let sentence = self.sentence;
        let ends = Class::VERB | Class::PREPOSITION | Class::AND | Class::NOT | Class::ADVERB;
        let ends = ends | Class::GENERIC;
        let mut at = noun;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1).filter(|_| sentence.joined(at)) else { break };
            if sentence.is(before, Class::ARTICLE) {
                return at;
            }
            let plain = sentence.word(before).bytes().all(|letter| letter.is_ascii_alphabetic());
            if sentence.is(before, ends) || !plain || sentence.possessive(before) {
                break;
            }
            at = before;
        }
        noun
    }

    /// The verb whose subject is a unit, in the number of its wording. `from` is the first word
    /// of the whole phrase, `until` the first after it.
    pub(super) fn agreeing(
        &self,
        unit: &Unit,
        from: usize,
        until: usize,
        many: bool,
    ) -> Option<WordEdit> {
        let sentence = self.sentence;
        let before = from.checked_sub(1).filter(|_| !sentence.begins(from));
        let after_comma =
            sentence.gap(from).has(WordGap::COMMA | WordGap::QUOTE | WordGap::OPEN | WordGap::DASH);
        let subject = before.is_none_or(|at| after_comma || SUBJECTS_AFTER.has(sentence.word(at)));
        let sure = before.is_none_or(|_| after_comma);
        let bracket = sentence.gap(until).has(WordGap::CLOSE | WordGap::OPEN) && unit.end.is_none();
        if !subject || bracket || self.shouting {
            return None;
        }
        let mut verb = sentence.adverbs(until);
        if sentence.gap(until).has(WordGap::COMMA) && unit.end.is_none() {
            let relative = matches!(sentence.word(until), "which" | "who") && !many;
            if !relative {
                return None;
            }
            verb = sentence.adverbs(until + 1);
        }
        let token = sentence.words.tokens.get(verb)?;
        if token.unspaced
            || sentence.gap(verb).has(WordGap::STOP | WordGap::COLON)
            || verb > until && token.case == Case::Upper
        {
            return None;
        }
        let raw = self.raw(verb);
        let found = PAIRS.iter().find_map(|(one, more)| {
            let (old, new) = if many { (one, more) } else { (more, one) };
            let rest = raw.strip_prefix(old)?;
            let negated = rest.is_empty() || rest.starts_with("n't") || rest.starts_with("n’t");
            negated.then(|| format!("{new}{rest}"))
        });
        let changed = found.or_else(|| {
            let class = words::class(&token.word);
            if token.case != Case::Lower || token.possessive {
                None
            } else if many && class.has(Class::THIRD) {
                base(&token.word)
            } else if !many && sure && class.has(Class::BASE) && !class.has(Class::PAST) {
                third(&token.word)
            } else {
                None
            }
        })?;
        Some(WordEdit { range: token.range.clone(), text: changed })
    }
}
