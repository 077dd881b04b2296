//! Everybody's answers, what the form said before and the records there are -> [`Plan`]: what an import does.

use super::answers::{Consent, Reader, Sender, Trouble};
use super::field::Field;
use super::merge::{self, Decision, Three};
use super::person;
use super::roll::Known;
use super::value::Value;
use crate::committee::private::{Fields, Private, normalised};
use crate::directory::{self, Purpose};
use crate::forms::{Export, Row, plain};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is known before an answer is looked at.
pub(super) struct Before<'a> {
    pub(super) private: &'a Private,
    pub(super) roll: &'a BTreeMap<String, Known>,
    /// The folder of people's files, with a closing slash.
    pub(super) folder: String,
    pub(super) today: Date,
    /// Conflicts that are decided: id and field, and whether the form wins.
    pub(super) decided: &'a BTreeMap<(String, Field), bool>,
    /// What the directory would not accept: id and field, left as it is.
    pub(super) barred: &'a BTreeSet<(String, Field)>,
}

/// Somebody who was not in the directory.
pub(super) struct New {
    pub(super) id: String,
    pub(super) row: usize,
    pub(super) address: String,
    pub(super) path: String,
    pub(super) values: BTreeMap<Field, Option<Value>>,
    /// Her record.
    pub(super) text: String,
}

/// A field that changes, or would.
pub(super) struct Change {
    pub(super) field: Field,
    pub(super) from: Option<Value>,
    pub(super) to: Option<Value>,
}

/// Somebody whose record changes, or about whom form and record disagree.
pub(super) struct Changed {
    pub(super) id: String,
    pub(super) row: usize,
    pub(super) changes: Vec<Change>,
    /// Both changed: `from` is what the record says, `to` what the form says; and what the form said before.
    pub(super) conflicts: Vec<(Change, Option<Value>)>,
}

/// Everything that an import does, and why it does not do the rest.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) new: Vec<New>,
    pub(super) changed: Vec<Changed>,
    pub(super) troubles: Vec<Trouble>,
    /// What the form is taken to have said, by id: the next import compares with it.
    pub(super) said: BTreeMap<String, Fields>,
    /// People whose newest answer changes nothing.
    pub(super) unchanged: usize,
    /// Answers of people who have sent a newer one.
    pub(super) older: usize,
    /// People who only want a mentor.
    pub(super) mentees: usize,
    /// People who did not agree to a profile and have none.
    pub(super) without_consent: usize,
    /// People who withdrew, by day.
    pub(super) withdrawn: BTreeMap<Option<Date>, usize>,
    /// Decisions that decided something.
    pub(super) used: BTreeSet<(String, Field)>,
}

impl Plan {
    /// Takes people out: nothing is written of them, and nothing remembered.
    pub(super) fn leave_out(&mut self, ids: &BTreeSet<String>) {
        self.new.retain(|new| !ids.contains(&new.id));
        self.changed.retain(|changed| !ids.contains(&changed.id));
        self.said.retain(|id, _| !ids.contains(id));
    }
}

/// Makes the plan.
pub(super) fn plan(export: &Export, reader: &Reader, before: &Before) -> Plan {
    let mut planner = Planner {
        reader,
        before,
        ids: before.private.addresses().map(|(id, address)| (address, id)).collect(),
        unaddressed: unaddressed(before),
        taken: taken(before),
        plan: Plan::default(),
    };
    for senders in planner.people(&export.rows) {
        if let Err(mut troubles) = planner.person(&senders) {
            planner.plan.troubles.append(&mut troubles);
        }
    }
    planner.plan.troubles.sort();
    planner.plan
}

/// Ids that a new person cannot have.
fn taken(before: &Before) -> BTreeSet<String> {
    let of_private = before.private.addresses().map(|(id, _)| id.to_owned());
    let reserved = directory::RESERVED.into_iter().map(str::to_owned);
    before.roll.keys().cloned().chain(of_private).chain(reserved).collect()
}

fn unaddressed<'a>(before: &Before<'a>) -> BTreeMap<String, &'a str> {
    let people = before
        .roll
        .iter()
        .filter(|(id, known)| known.withdrawn().is_none() && before.private.address_of(id).is_none());
    people.map(|(id, known)| (plain(known.name()), id.as_str())).collect()
}

struct Planner<'a> {
    reader: &'a Reader<'a>,
    before: &'a Before<'a>,
    ids: BTreeMap<String, &'a str>,
    /// People in the directory whose address is not known, by their names.
    unaddressed: BTreeMap<String, &'a str>,
    taken: BTreeSet<String>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// The answers of each person, the newest first; people in the order of their newest answers in the export.
    fn people(&mut self, rows: &'a [Row]) -> Vec<Vec<Sender<'a>>> {
        let mut by_address: BTreeMap<String, Vec<Sender<'a>>> = BTreeMap::new();
        for row in rows {
            match self.reader.sender(row) {
                Ok(sender) => by_address.entry(normalised(&sender.address)).or_default().push(sender),
                Err(trouble) => self.plan.troubles.push(trouble),
            }
        }
        let mut people: Vec<Vec<Sender>> = by_address.into_values().collect();
        for senders in &mut people {
            senders.sort_by_key(|sender| std::cmp::Reverse((sender.sent, sender.row.number)));
        }
        people.sort_by_key(|senders| senders[0].row.number);
        people
    }

    fn person(&mut self, senders: &[Sender]) -> Result<(), Vec<Trouble>> {
        let [newest, older @ ..] = senders else { return Ok(()) };
        let address = normalised(&newest.address);
        if let Some(on) = self.before.private.is_withdrawn(&address) {
            *self.plan.withdrawn.entry(Some(on)).or_default() += 1;
            return Ok(());
        }
        let known = self.ids.get(&address).copied();
        let record = known.and_then(|id| self.before.roll.get(id));
        if let Some(on) = record.and_then(Known::withdrawn) {
            *self.plan.withdrawn.entry(on).or_default() += 1;
            return Ok(());
        }
        one_name(newest, older, record).map_err(|trouble| vec![trouble])?;
        self.plan.older += older.len();
        let roles = self.reader.roles(newest.row).map_err(|trouble| vec![trouble])?;
        let consent = self.reader.consent(newest).map_err(|trouble| vec![trouble])?;
        match (known, record) {
            (Some(id), Some(record)) => self.known(id, record, newest, &roles, &consent),
            (Some(id), None) if self.before.private.imported(id).is_some() => Err(vec![gone(id, newest)]),
            (id, _) => self.new_person(id, newest, &roles, &consent),
        }
    }

    fn new_person(
        &mut self,
        id: Option<&str>,
        sender: &Sender,
        roles: &[&'static str],
        consent: &[(Purpose, Consent)],
    ) -> Result<(), Vec<Trouble>> {
        if !roles.contains(&"mentor") {
            self.plan.mentees += 1;
            return Ok(());
        }
        let agrees =
            |wanted| consent.iter().any(|(purpose, answer)| *purpose == wanted && *answer != Consent::Not);
        if !agrees(Purpose::Profile) {
            self.plan.without_consent += 1;
            return Ok(());
        }
        let mut values = self.reader.fields(sender.row, true)?;
        if let Some(other) = self.unaddressed.get(&plain(&sender.name)) {
            return Err(vec![namesake(other, sender)]);
        }
        let id = id.map_or_else(|| person::id(&sender.name, &self.taken), str::to_owned);
        self.taken.insert(id.clone());
        values.insert(Field::Roles, Some(list_of(roles)));
        for (purpose, answer) in consent {
            if let Consent::Given(day, wording) = answer {
                values.insert(Field::Consent(*purpose), Some(merge::given(*day, wording)));
            }
        }
        values.retain(|field, _| !self.before.barred.contains(&(id.clone(), *field)));
        let said = values.iter().filter_map(|(field, value)| Some((field.name(), value.as_ref()?.kept())));
        self.plan.said.insert(id.clone(), said.collect());
        let review_by = self.before.today.checked_add(1.year()).unwrap_or(Date::MAX);
        self.plan.new.push(New {
            row: sender.row.number,
            address: sender.address.clone(),
            path: format!("{}{id}.yaml", self.before.folder),
            text: person::record(&values, review_by),
            values,
            id,
        });
        Ok(())
    }

    /// Somebody with a record. Of one who no longer agrees to her profile, or wants to be no mentor, nothing else is taken.
    fn known(
        &mut self,
        id: &str,
        record: &Known,
        sender: &Sender,
        roles: &[&'static str],
        consent: &[(Purpose, Consent)],
    ) -> Result<(), Vec<Trouble>> {
        let is_mentor = roles.contains(&"mentor");
        let agrees = !consent.contains(&(Purpose::Profile, Consent::Not));
        let mut values =
            if is_mentor && agrees { self.reader.fields(sender.row, true)? } else { BTreeMap::new() };
        if agrees && !roles.is_empty() {
            values.insert(Field::Roles, Some(list_of(roles)));
        }
        let kept = self.before.private.imported(id);
        let base = |field: Field| -> Option<Option<Value>> {
            Some(kept?.get(&field.name()).and_then(|kept| Value::again(field, kept)))
        };
        let mut said = kept.cloned().unwrap_or_default();
        let mut changed =
            Changed { id: id.to_owned(), row: sender.row.number, changes: Vec::new(), conflicts: Vec::new() };
        let mut settle = |field: Field, decision: Decision, form: Option<Value>, changed: &mut Changed| {
            let own = record.value(field);
            let key = (id.to_owned(), field);
            let is_barred = self.before.barred.contains(&key);
            let decided = self.before.decided.get(&key).copied();
            match (decision, decided) {
                (Decision::Take(_), _) if is_barred => return,
                (Decision::Take(to), _) => changed.changes.push(Change { field, from: own, to }),
                (Decision::Conflict(_), _) if is_barred && decided != Some(false) => return,
                (Decision::Conflict(to), Some(true)) => {
                    self.plan.used.insert(key);
                    changed.changes.push(Change { field, from: own, to });
                }
                (Decision::Conflict(to), None) => {
                    let before = base(field).flatten();
                    changed.conflicts.push((Change { field, from: own, to }, before));
                    return;
                }
                (Decision::Conflict(_), Some(false)) => drop(self.plan.used.insert(key)),
                (Decision::Stay, _) => {}
            }
            match form {
                Some(value) => drop(said.insert(field.name(), value.kept())),
                None => drop(said.remove(&field.name())),
            }
        };
        for (field, form) in values {
            let (base, own) = (base(field), record.value(field));
            let three =
                Three { base: base.as_ref().map(Option::as_ref), form: form.clone(), record: own.as_ref() };
            settle(field, three.decide(), form, &mut changed);
        }
        for (purpose, answer) in consent {
            let field = Field::Consent(*purpose);
            let (base, own) = (base(field), record.value(field));
            let base = base.as_ref().map(Option::as_ref);
            let (decision, form) = merge::consent(base, answer, sender.sent.date(), own.as_ref());
            settle(field, decision, form, &mut changed);
        }
        self.plan.said.insert(id.to_owned(), said);
        if changed.changes.is_empty() && changed.conflicts.is_empty() {
            self.plan.unchanged += 1;
        } else {
            self.plan.changed.push(changed);
        }
        Ok(())
    }
}

fn list_of(roles: &[&'static str]) -> Value {
    Value::List(roles.iter().map(|role| (*role).to_owned()).collect())
}

/// One address, one person: a different name with nothing in common is somebody else's.
fn one_name(newest: &Sender, older: &[Sender], record: Option<&Known>) -> Result<(), Trouble> {
    if let Some(other) = older.iter().find(|other| !person::may_be_one(&other.name, &newest.name)) {
        return Err(Trouble {
            row: newest.row.number,
            message: format!(
                "rows {} and {}: two people have the address {}",
                other.row.number, newest.row.number, newest.address
            ),
            help: "ask them for an address of each, and correct it in a copy of the export; nobody of them is imported until then".to_owned(),
        });
    }
    match record.map(Known::name) {
        Some(name) if !person::may_be_one(name, &newest.name) => Err(Trouble {
            row: newest.row.number,
            message: format!(
                "row {}: the address {} is known as that of {name}, and the answer is of somebody with another name",
                newest.row.number, newest.address
            ),
            help: "if it is the same person, write her new name into her file; else ask for an address of her own, and correct it in a copy of the export".to_owned(),
        }),
        _ => Ok(()),
    }
}

fn gone(id: &str, sender: &Sender) -> Trouble {
    Trouble {
        row: sender.row.number,
        message: format!(
            "row {}: `{id}` was imported before, and there is no such person in the directory now",
            sender.row.number
        ),
        help: format!(
            "if she asked to be removed, run `mentorpress mentors withdraw {id}`; if her file was lost, put it back; if she is to be imported anew, take `{id}` out of private/imported.yaml"
        ),
    }
}

fn namesake(id: &str, sender: &Sender) -> Trouble {
    Trouble {
        row: sender.row.number,
        message: format!(
            "row {}: somebody of this name is in the directory as `{id}`, and her address is not known",
            sender.row.number
        ),
        help: format!(
            "if it is she, add a line to private/addresses.yaml: `{id}: {}`; if not, write the address that `{id}` has",
            sender.address
        ),
    }
}
