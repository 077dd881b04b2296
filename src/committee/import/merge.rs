//! What the form said last, what it says now and what the record says -> what becomes of a field.

use super::answers::Consent;
use super::value::Value;
use jiff::civil::Date;

/// What becomes of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Decision {
    /// The record stays: it says the same, or somebody edited it and the form has not changed since.
    Stay,
    /// The record takes what the form says now.
    Take(Option<Value>),
    /// Both have changed, to different things.
    Conflict(Option<Value>),
}

/// A field of one person, three times.
pub(super) struct Three<'v> {
    /// What the form said at the last import; `None` where there was none.
    pub(super) base: Option<Option<&'v Value>>,
    /// What it says now.
    pub(super) form: Option<Value>,
    /// What the record says.
    pub(super) record: Option<&'v Value>,
}

impl Three<'_> {
    /// Only what changed in the form since the last import changes the record; an edit by hand stays.
    pub(super) fn decide(self) -> Decision {
        let form = self.form.as_ref();
        if form == self.record || self.base == Some(form) {
            return Decision::Stay;
        }
        match self.base {
            Some(base) if base == self.record => Decision::Take(self.form),
            None if self.record.is_none() => Decision::Take(self.form),
            // A form that says nothing takes nothing away from a record that was never compared with it.
            None if form.is_none() => Decision::Stay,
            _ => Decision::Conflict(self.form),
        }
    }
}

/// Consent to one purpose: what becomes of it, and what the form is taken to have said. A withdrawal holds even against an
/// edit by hand and after an earlier one, unless the record has a consent that is newer than it. A consent given before a
/// withdrawal is never taken, and one of the same day is asked about.
pub(super) fn consent(
    base: Option<Option<&Value>>,
    answer: &Consent,
    sent: Date,
    record: Option<&Value>,
) -> (Decision, Option<Value>) {
    let said = base.flatten();
    match answer {
        Consent::Given(day, wording) => {
            let is_old =
                said.is_some_and(|said| said.day("given") == Some(*day) && said.get("withdrawn").is_none());
            let form = if is_old { said.cloned() } else { Some(given(*day, wording)) };
            let withdrawn =
                [said, record].into_iter().flatten().filter_map(|value| value.day("withdrawn")).max();
            if !is_old && withdrawn.is_some_and(|withdrawn| *day < withdrawn) {
                return (Decision::Stay, said.cloned());
            }
            if !is_old && withdrawn == Some(*day) && form.as_ref() != record {
                return (Decision::Conflict(form.clone()), form);
            }
            (Three { base, form: form.clone(), record }.decide(), form)
        }
        Consent::Not => {
            let was_given = said.is_some_and(|said| said.get("withdrawn").is_none());
            let is_live = record.is_some_and(|record| {
                record.get("withdrawn").is_none() && record.day("given").is_some_and(|given| given <= sent)
            });
            if base.is_some() && !was_given && !is_live {
                let form = said.cloned();
                return (Three { base, form: form.clone(), record }.decide(), form);
            }
            let withdrawn = |from: &Value| from.with("withdrawn", sent.to_string());
            match record {
                None => (Decision::Stay, said.map(withdrawn)),
                Some(record) if record.get("withdrawn").is_some() => (Decision::Stay, Some(record.clone())),
                Some(record) => {
                    let form = withdrawn(record);
                    let is_newer = record.day("given").is_none_or(|given| given > sent);
                    let decision = if is_newer {
                        Decision::Conflict(Some(form.clone()))
                    } else {
                        Decision::Take(Some(form.clone()))
                    };
                    (decision, Some(form))
                }
            }
        }
    }
}

/// A consent as the record holds it.
pub(super) fn given(day: Date, wording: &str) -> Value {
    Value::Map(vec![("given".to_owned(), day.to_string()), ("wording".to_owned(), wording.to_owned())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(base: Option<Option<&str>>, form: Option<&str>, record: Option<&str>) -> Decision {
        let text = |text: &str| Value::Text(text.to_owned());
        let (base, record) = (base.map(|base| base.map(text)), record.map(text));
        let base = base.as_ref().map(Option::as_ref);
        Three { base, form: form.map(text), record: record.as_ref() }.decide()
    }

    #[test]
    fn a_change_in_the_form_changes_the_record_and_an_edit_by_hand_stays() {
        let take = |text: &str| Decision::Take(Some(Value::Text(text.to_owned())));
        let conflict = |text: &str| Decision::Conflict(Some(Value::Text(text.to_owned())));
        assert_eq!(decide(Some(Some("a")), Some("a"), Some("a")), Decision::Stay);
        assert_eq!(decide(Some(Some("a")), Some("b"), Some("a")), take("b"));
        assert_eq!(decide(Some(Some("a")), Some("a"), Some("c")), Decision::Stay);
        assert_eq!(decide(Some(Some("a")), Some("b"), Some("b")), Decision::Stay);
        assert_eq!(decide(Some(Some("a")), Some("b"), Some("c")), conflict("b"));
        assert_eq!(decide(Some(Some("a")), None, Some("a")), Decision::Take(None));
        assert_eq!(decide(Some(Some("a")), None, Some("c")), Decision::Conflict(None));
        assert_eq!(decide(Some(Some("a")), Some("b"), None), conflict("b"));
        assert_eq!(decide(Some(None), Some("b"), None), take("b"));
        assert_eq!(decide(None, Some("b"), None), take("b"));
        assert_eq!(decide(None, None, Some("c")), Decision::Stay);
        assert_eq!(decide(None, Some("b"), Some("c")), conflict("b"));
    }

    #[test]
    fn a_withdrawal_in_the_form_holds_against_an_edit_by_hand_but_not_against_a_newer_consent() {
        let day = |text: &str| -> Date { text.parse().expect("a day") };
        let (old, new) = (given(day("2026-01-10"), "v3"), given(day("2026-03-01"), "v4"));
        let sent = day("2026-02-01");
        let gone = old.with("withdrawn", "2026-02-01".to_owned());
        let answer = Consent::Not;
        assert_eq!(
            consent(Some(Some(&old)), &answer, sent, Some(&old)).0,
            Decision::Take(Some(gone.clone()))
        );
        let edited = old.with("wording", "v4".to_owned());
        let expected = edited.with("withdrawn", "2026-02-01".to_owned());
        assert_eq!(consent(Some(Some(&old)), &answer, sent, Some(&edited)).0, Decision::Take(Some(expected)));
        assert!(matches!(consent(Some(Some(&old)), &answer, sent, Some(&new)).0, Decision::Conflict(_)));
        assert_eq!(consent(Some(Some(&gone)), &answer, sent, Some(&gone)).0, Decision::Stay);
        assert_eq!(consent(Some(None), &answer, sent, Some(&new)).0, Decision::Stay);
        assert_eq!(consent(None, &answer, sent, Some(&old)).0, Decision::Take(Some(gone.clone())));
        // A second No, after a consent that was written by hand.
        let again = given(day("2026-01-20"), "v3");
        let expected = again.with("withdrawn", "2026-02-01".to_owned());
        for base in [None, Some(&gone)] {
            let decision = consent(Some(base), &answer, sent, Some(&again)).0;
            assert_eq!(decision, Decision::Take(Some(expected.clone())));
        }
    }

    #[test]
    fn a_consent_from_before_a_withdrawal_is_never_taken() {
        let day = |text: &str| -> Date { text.parse().expect("a day") };
        let old = given(day("2026-01-10"), "v3");
        let gone = old.with("withdrawn", "2026-02-01".to_owned());
        let answer = |text: &str| Consent::Given(day(text), "v3".to_owned());
        let decide = |base: Option<&Value>, text: &str, record: &Value| {
            consent(Some(base), &answer(text), day(text), Some(record)).0
        };
        for base in [Some(&gone), Some(&old), None] {
            assert_eq!(decide(base, "2026-01-31", &gone), Decision::Stay);
            assert!(matches!(decide(base, "2026-02-01", &gone), Decision::Conflict(_)));
        }
        // The record's `withdrawn` may be gone, and what the form said is known.
        assert_eq!(decide(Some(&gone), "2026-01-10", &old), Decision::Stay);
        let later = given(day("2026-02-02"), "v3");
        assert_eq!(decide(Some(&gone), "2026-02-02", &gone), Decision::Take(Some(later)));
    }

    #[test]
    fn an_old_consent_keeps_its_wording_when_the_form_has_a_new_one() {
        let day: Date = "2026-01-10".parse().expect("a day");
        let old = given(day, "v3");
        let (decision, said) =
            consent(Some(Some(&old)), &Consent::Given(day, "v4".to_owned()), day, Some(&old));
        assert_eq!((decision, said), (Decision::Stay, Some(old.clone())));
        let later: Date = "2026-05-10".parse().expect("a day");
        let (decision, _) =
            consent(Some(Some(&old)), &Consent::Given(later, "v4".to_owned()), later, Some(&old));
        assert_eq!(decision, Decision::Take(Some(given(later, "v4"))));
    }
}
