//! What a mention may be of.

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A state: `Viet Nam`, `ไทย`.
    State,
    /// A people, or what belongs to one: `Thais`, `Indonesian`.
    Demonym,
    /// The seat of a government, used for the government: `Canberra`.
    Capital,
    /// A body of one delegation, as the meeting lists it.
    Agency,
    /// A participant.
    Person,
    /// An ISO 3166 code that marks a speaker: `[MYS]`.
    Code,
    /// A part of a state that takes part: `Sabah`.
    Region,
    /// Some of the states: `the Pacific members`, `CLMV`.
    Bloc,
    /// An organisation of many states: `INTERPOL`.
    Organisation,
    /// A delegation without its name: `in our country`.
    Description,
    /// A person without the name: `the Deputy Secretary-General`.
    Office,
    /// Words that somebody said may reveal who spoke.
    Flagged,
    /// A name that no list knows: `Kestrel Marine`.
    Unknown,
}

impl What {
    /// Whether it names somebody, and does not only describe them.
    pub fn is_name(self) -> bool {
        !matches!(self, Self::Description | Self::Office | Self::Flagged)
    }

    /// Whether it is or may be a person's name, which no consent of a session covers.
    pub fn may_be_a_person(self) -> bool {
        matches!(self, Self::Person | Self::Office | Self::Flagged | Self::Unknown)
    }
}
