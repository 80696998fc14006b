//! The chosen entry of a list that is rebuilt whenever something comes in.

/// The chosen entry of a list, by its id: wherever it moves in the list, it stays chosen. When it is
/// no longer in the list, what took its place is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chosen<Id> {
    id: Option<Id>,
    at: usize,
}

impl<Id> Default for Chosen<Id> {
    fn default() -> Self {
        Self { id: None, at: 0 }
    }
}

impl<Id: PartialEq> Chosen<Id> {
    /// What is chosen; nothing if the list is empty or was not looked at yet.
    pub fn id(&self) -> Option<&Id> {
        self.id.as_ref()
    }

    /// Its place in the list.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Chooses the entry at a place of the list, or the last one.
    pub(super) fn choose(&mut self, mut ids: impl ExactSizeIterator<Item = Id>, place: usize) {
        self.at = place.min(ids.len().saturating_sub(1));
        self.id = ids.nth(self.at);
    }

    /// Chooses this one, which is at this place of the list.
    pub(super) fn hold(&mut self, id: Id, at: usize) {
        (self.id, self.at) = (Some(id), at);
    }

    /// Chooses nothing; the next look at the list chooses what is at this place.
    pub(super) fn forget(&mut self, at: usize) {
        (self.id, self.at) = (None, at);
    }

    /// Chooses this one; the list says at the next look where it is.
    pub(super) fn set(&mut self, id: Id) {
        self.id = Some(id);
    }

    /// Finds the chosen entry in the list as it is now. Returns whether it is no longer there.
    pub(super) fn refresh<Ids>(&mut self, ids: Ids) -> bool
    where
        Ids: ExactSizeIterator<Item = Id> + Clone,
    {
        if let Some(at) = ids.clone().position(|id| self.id.as_ref() == Some(&id)) {
            self.at = at;
            return false;
        }
        let gone = self.id.is_some();
        self.choose(ids, self.at);
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_one_stays_chosen_and_its_neighbour_follows_it() {
        let mut chosen = Chosen::default();
        let refresh = |chosen: &mut Chosen<char>, list: &str| {
            let list: Vec<char> = list.chars().collect();
            chosen.refresh(list.into_iter())
        };
        assert!(!refresh(&mut chosen, "abc"));
        assert_eq!((chosen.id(), chosen.at()), (Some(&'a'), 0));
        chosen.choose("abc".chars().collect::<Vec<_>>().into_iter(), 1);
        assert!(!refresh(&mut chosen, "xyabc"));
        assert_eq!((chosen.id(), chosen.at()), (Some(&'b'), 3));
        assert!(refresh(&mut chosen, "xyac"));
        assert_eq!((chosen.id(), chosen.at()), (Some(&'c'), 3));
        assert!(refresh(&mut chosen, "x"));
        assert_eq!((chosen.id(), chosen.at()), (Some(&'x'), 0));
        assert!(refresh(&mut chosen, ""));
        assert_eq!((chosen.id(), chosen.at()), (None, 0));
        assert!(!refresh(&mut chosen, "z"));
        assert_eq!((chosen.id(), chosen.at()), (Some(&'z'), 0));
    }
}
