//! What is searched for a delegation or an agency, for the person who writes the agenda.

use std::collections::BTreeMap;

use super::world::{NameEntry, NameForm, World};
use super::{Names, What};

impl Names {
    /// Everything that is searched for a delegation or an agency, most usual first: names in English,
    /// peoples, capitals, codes, what the agenda adds, parts of the state, names in other languages.
    pub fn sought(&self, name: &str) -> Vec<String> {
        let code = World::get().code(name);
        let meant = |entry: &NameEntry| match code {
            Some(code) => entry.code == code || entry.what == What::State && entry.which == name,
            None => entry.which == name.trim(),
        };
        let own = self.own.names_of(meant).map(|(form, entry)| (form, entry, true));
        let world = self.world.lexicon.names_of(meant).map(|(form, entry)| (form, entry, false));
        // The same form written with and without its spaces is counted once.
        let mut forms: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (form, entry, own) in own.chain(world.filter(|_| code.is_some())) {
            if form.split(' ').all(|word| word.chars().count() == 1) {
                continue;
            }
            let ranked = (rank(form, entry, own), written(form, entry));
            let kept = forms.entry(form.replace(' ', "")).or_insert_with(|| ranked.clone());
            // "Viet Nam" rather than "Vietnam", and "Msia" rather than "M sia".
            let best = |form: &str| {
                let whole = form.split(' ').all(|word| word.chars().count() > 1);
                (whole, form.len())
            };
            if best(&ranked.1) > best(&kept.1) {
                *kept = ranked;
            }
        }
        let mut forms: Vec<(usize, String)> = forms.into_values().collect();
        forms.sort();
        forms.into_iter().map(|(_, form)| form).collect()
    }
}

fn rank(form: &str, entry: &NameEntry, own: bool) -> usize {
    match entry.what {
        _ if !form.is_ascii() => 7,
        What::Region => 6,
        _ if own => 0,
        What::State => 1,
        What::Demonym => 2,
        What::Capital => 3,
        What::Code => 4,
        _ => 5,
    }
}

/// A folded name as people write it.
fn written(form: &str, entry: &NameEntry) -> String {
    if matches!(entry.form, NameForm::Code | NameForm::Capitals) {
        return form.to_uppercase();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    form.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::ListedNames;
    use super::*;

    #[test]
    fn the_names_looked_for_are_counted() {
        let names = Names::of(&ListedNames {
            delegations: vec!["Malaysia", "Wetlands Trust"],
            agencies: vec![("Malaysian Border Agency", "MBX")],
            aliases: vec![("Putrajaya", "Malaysia")],
            ..ListedNames::default()
        });
        let sought = names.sought("Malaysia");
        for form in ["Malaysia", "Malaysian", "Kuala Lumpur", "MYS", "Msia", "Sabah", "มาเลเซีย"]
        {
            assert!(sought.iter().any(|it| it == form), "{form}: {sought:?}");
        }
        assert_eq!(sought[0], "Putrajaya");
        assert_eq!(names.sought("Wetlands Trust"), ["Wetlands Trust"]);
        assert_eq!(
            names.sought("Malaysian Border Agency"),
            ["Border Agency", "MBA", "MBX", "Malaysian Border Agency"]
        );
    }
}
