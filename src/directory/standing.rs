//! The closed list of states that a person of the scheme can be in, with what the documentation says of each.

/// Where a person stands on a day. Exactly one of them holds, except that whoever is listed may be full and due for
/// review as well.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Known to the scheme and not listed yet.
    Registered,
    /// Public.
    Listed,
    /// Listed, without a free place.
    Full,
    /// Listed, past the review date and within the grace after it.
    Due,
    /// Out of sight for a while.
    Paused,
    /// Too long past the review date.
    Overdue,
    /// Without consent that holds today.
    NoConsent,
    /// Gone for good.
    Withdrawn,
    /// Neither a mentor nor of the committee.
    NotShown,
    /// Taken out of one build because of findings.
    LeftOut,
}

/// What there is to say of a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// The state.
    pub standing: Standing,
    /// Its word in messages and lists.
    pub word: &'static str,
    /// Who is in it.
    pub who: &'static str,
    /// Whether she is public.
    pub is_public: bool,
    /// What leads out of it.
    pub way_out: &'static str,
}

/// Every state, in the order of a life. `docs/formats.md` has the same table, and a test holds the two together.
pub const STANDINGS: [Meaning; 10] = [
    Meaning {
        standing: Standing::Registered,
        word: "registered",
        who: "no `status`, or `status: registered`",
        is_public: false,
        way_out: "`status: listed`",
    },
    Meaning {
        standing: Standing::Listed,
        word: "listed",
        who: "`status: listed` with consent to the profile, or a pause that is over",
        is_public: true,
        way_out: "`status: paused` or `withdrawn`, the end of consent, the review date",
    },
    Meaning {
        standing: Standing::Full,
        word: "full",
        who: "a listed mentor whose `taken` is her `capacity`",
        is_public: true,
        way_out: "a smaller `taken`, a larger `capacity`",
    },
    Meaning {
        standing: Standing::Due,
        word: "due for review",
        who: "listed, `review_by` is today or past",
        is_public: true,
        way_out: "a new `review_by`; else overdue after `grace_days`",
    },
    Meaning {
        standing: Standing::Paused,
        word: "paused",
        who: "`status: paused`, without `until` or with `until` ahead",
        is_public: false,
        way_out: "the day of `until`, or `status: listed`",
    },
    Meaning {
        standing: Standing::Overdue,
        word: "overdue",
        who: "would be listed, and `review_by` is more than `grace_days` past",
        is_public: false,
        way_out: "a new `review_by`",
    },
    Meaning {
        standing: Standing::NoConsent,
        word: "without consent",
        who: "would be listed, and consent to the profile is missing, still to come, or withdrawn",
        is_public: false,
        way_out: "a new consent to the profile, or its day",
    },
    Meaning {
        standing: Standing::Withdrawn,
        word: "withdrawn",
        who: "`status: withdrawn`",
        is_public: false,
        way_out: "nothing but a new registration",
    },
    Meaning {
        standing: Standing::NotShown,
        word: "not shown",
        who: "a mentee who is neither a mentor nor of the committee",
        is_public: false,
        way_out: "another role",
    },
    Meaning {
        standing: Standing::LeftOut,
        word: "left out",
        who: "her record has errors, and the site was built with `--takedown`",
        is_public: false,
        way_out: "a record without errors",
    },
];

impl Standing {
    /// What there is to say of it.
    pub fn meaning(self) -> &'static Meaning {
        // The table is in the order of the states; a test holds it to that.
        &STANDINGS[self as usize]
    }

    /// Its word in messages and lists.
    pub fn word(self) -> &'static str {
        self.meaning().word
    }

    /// Whether she is public.
    pub fn is_public(self) -> bool {
        self.meaning().is_public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_states() {
        for (at, meaning) in STANDINGS.iter().enumerate() {
            assert_eq!(meaning.standing as usize, at);
            assert_eq!(meaning.standing.word(), meaning.word);
        }
    }
}
