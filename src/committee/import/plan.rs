//! Everybody's answers, what the form said before and the records there are -> [`Plan`]: what an import does.

use super::answers::{Consent, Reader, Sender, Trouble};
use super::field::Field;
use super::merge::{self, Decision, Three};
use super::person;
use super::value::Value;
use super::who;
use crate::committee::private::{Fields, Private, normalised};
use crate::committee::record::Record;
use crate::directory::{self, Purpose};
use crate::forms::{Export, Row};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::collections::{BTreeMap, BTreeSet};

/// The name under which `private/imported.yaml` keeps when the answer was sent that was last imported.
const SENT: &str = "sent";

/// What is known before an answer is looked at.
pub(super) struct Before<'a> {
    pub(super) private: &'a Private,
    pub(super) roll: &'a BTreeMap<String, Record>,
    /// The folder of people's files, with a closing slash.
    pub(super) folder: String,
    pub(super) today: Date,
    /// Conflicts that are decided: id and field, and whether the form wins.
    pub(super) decided: &'a BTreeMap<(String, Field), bool>,
    /// What the directory would not accept: id and field, left as it is.
    pub(super) barred: &'a BTreeSet<(String, Field)>,
    /// People of whom only withdrawals are taken.
    pub(super) limited: &'a BTreeSet<String>,
    /// Whether only withdrawals are taken of anybody: some of the people in the directory are not known.
    pub(super) is_limited: bool,
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
        namesakes: namesakes(before),
        strangers: BTreeMap::new(),
        taken: taken(before),
        plan: Plan::default(),
    };
    let people = planner.people(&export.rows);
    planner.strangers = planner.strangers(&people);
    for senders in people {
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

/// Everybody in the directory by name, but for those who withdrew.
fn namesakes<'a>(before: &Before<'a>) -> BTreeMap<Vec<String>, &'a str> {
    let people = before.roll.iter().filter(|(_, known)| known.withdrawn().is_none());
    people.map(|(id, known)| (person::name_words(known.name().unwrap_or_default()), id.as_str())).collect()
}

struct Planner<'a> {
    reader: &'a Reader<'a>,
    before: &'a Before<'a>,
    ids: BTreeMap<String, &'a str>,
    /// People in the directory, by their names.
    namesakes: BTreeMap<Vec<String>, &'a str>,
    /// The rows of those whose address is not known, by their names.
    strangers: BTreeMap<Vec<String>, Vec<usize>>,
    taken: BTreeSet<String>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// The answers of each person, the newest first; people in the order of their newest answers in the export. Of whom one
    /// answer has no date, nobody knows which is the newest.
    fn people(&mut self, rows: &'a [Row]) -> Vec<Vec<Sender<'a>>> {
        let mut by_address: BTreeMap<String, (Vec<Sender<'a>>, Vec<Trouble>)> = BTreeMap::new();
        for row in rows {
            let address = match self.reader.address(row) {
                Ok(address) => address,
                Err(trouble) => {
                    self.plan.troubles.push(trouble);
                    continue;
                }
            };
            let (senders, troubles) = by_address.entry(normalised(&address)).or_default();
            match self.reader.sender(row, address) {
                Ok(sender) => senders.push(sender),
                Err(trouble) => troubles.push(trouble),
            }
        }
        let mut people = Vec::new();
        for (mut senders, mut troubles) in by_address.into_values() {
            if troubles.is_empty() {
                senders.sort_by_key(|sender| std::cmp::Reverse((sender.sent, sender.row.number)));
                people.push(senders);
            } else if !senders.is_empty() {
                for trouble in &mut troubles {
                    trouble.help.push_str("; no answer of this address counts until then");
                }
            }
            self.plan.troubles.append(&mut troubles);
        }
        people.sort_by_key(|senders| senders[0].row.number);
        people
    }

    fn strangers(&self, people: &[Vec<Sender>]) -> BTreeMap<Vec<String>, Vec<usize>> {
        let mut strangers: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for newest in people.iter().filter_map(|senders| senders.first()) {
            let address = normalised(&newest.address);
            if !self.ids.contains_key(&address) && self.before.private.is_withdrawn(&address).is_none() {
                strangers.entry(person::name_words(&newest.name)).or_default().push(newest.row.number);
            }
        }
        strangers
    }

    /// When the answer was sent that was last imported.
    fn last_sent(&self, id: &str) -> Option<DateTime> {
        self.before.private.imported(id)?.get(SENT)?.parse().ok()
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
        if let Some(on) = record.and_then(Record::withdrawn) {
            *self.plan.withdrawn.entry(on).or_default() += 1;
            return Ok(());
        }
        if known.and_then(|id| self.last_sent(id)).is_some_and(|last| newest.sent < last) {
            self.plan.older += senders.len();
            return Ok(());
        }
        let is_limited = self.before.is_limited || known.is_some_and(|id| self.before.limited.contains(id));
        let mut troubles: Vec<Trouble> = self.reader.name_trouble(newest.row).into_iter().collect();
        troubles.extend(who::one_name(newest, older, record).err());
        let (roles, unknown) = match self.reader.roles(newest.row) {
            Ok(roles) => (roles, None),
            Err(trouble) => (Vec::new(), Some(trouble)),
        };
        let (consent, unread) = self.reader.consent(newest);
        troubles.extend(unknown.into_iter().chain(unread));
        if is_limited || !troubles.is_empty() {
            if let (Some(id), Some(record)) = (known, record) {
                // Where two people share an address, the answer under the name of the record is hers.
                let is_hers =
                    |sender: &&Sender| person::may_be_one(record.name().unwrap_or_default(), &sender.name);
                self.withdrawals(id, record, senders.iter().find(is_hers).unwrap_or(newest));
            }
            return if is_limited { Ok(()) } else { Err(troubles) };
        }
        self.plan.older += older.len();
        match (known, record) {
            (Some(id), Some(record)) => self.known(id, record, newest, &roles, &consent),
            (Some(id), None) if self.before.private.imported(id).is_some() => {
                Err(vec![who::gone(id, newest)])
            }
            (id, _) => self.new_person(id, newest, &roles, &consent),
        }
    }

    /// Whether somebody whose address nobody has written down may be somebody who is known.
    fn namesake(&self, sender: &Sender) -> Option<Trouble> {
        let name = person::name_words(&sender.name);
        let free = || person::id(&sender.name, &self.taken);
        if name.is_empty() {
            return None;
        }
        if let Some(other) = self.namesakes.get(&name) {
            let has_address = self.before.private.address_of(other).is_some();
            return Some(who::namesake(other, has_address, &free(), sender));
        }
        let other = self.strangers.get(&name)?.iter().find(|row| **row != sender.row.number)?;
        Some(who::namesakes(*other, &free(), sender))
    }

    fn new_person(
        &mut self,
        id: Option<&str>,
        sender: &Sender,
        roles: &[&'static str],
        consent: &[(Purpose, Consent)],
    ) -> Result<(), Vec<Trouble>> {
        if id.is_none()
            && let Some(trouble) = self.namesake(sender)
        {
            return Err(vec![trouble]);
        }
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
        let sent = (SENT.to_owned(), sender.sent.to_string());
        self.plan.said.insert(id.clone(), said.chain([sent]).collect());
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
        record: &Record,
        sender: &Sender,
        roles: &[&'static str],
        consent: &[(Purpose, Consent)],
    ) -> Result<(), Vec<Trouble>> {
        let is_mentor = roles.contains(&"mentor");
        let agrees = !consent.contains(&(Purpose::Profile, Consent::Not));
        let mut values = match self.reader.fields(sender.row, true) {
            Ok(values) if is_mentor && agrees => values,
            Err(troubles) if is_mentor && agrees => {
                self.withdrawals(id, record, sender);
                return Err(troubles);
            }
            _ => BTreeMap::new(),
        };
        if agrees && !roles.is_empty() {
            values.insert(Field::Roles, Some(list_of(roles)));
        }
        let is_same = self.settle(id, record, sender, values, consent, true);
        self.plan.unchanged += usize::from(is_same);
        Ok(())
    }

    /// Takes what she does not agree to any more, and nothing else: whatever else is wrong with her answer can wait.
    fn withdrawals(&mut self, id: &str, record: &Record, sender: &Sender) {
        if self.last_sent(id).is_some_and(|last| sender.sent < last) {
            return;
        }
        let (mut consent, _) = self.reader.consent(sender);
        consent.retain(|(_, answer)| *answer == Consent::Not);
        let is_profile = consent.iter().any(|(purpose, _)| *purpose == Purpose::Profile);
        if !consent.is_empty() {
            self.settle(id, record, sender, BTreeMap::new(), &consent, is_profile);
        }
    }

    /// Compares what the form says with the record and with what it said last; `true` where nothing changes. `is_whole` where
    /// all of the answer was dealt with, so that what is older no longer counts.
    fn settle(
        &mut self,
        id: &str,
        record: &Record,
        sender: &Sender,
        values: BTreeMap<Field, Option<Value>>,
        consent: &[(Purpose, Consent)],
        is_whole: bool,
    ) -> bool {
        let is_same_moment = self.last_sent(id) == Some(sender.sent);
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
            let decision = match three.decide() {
                // Of two answers of one moment nobody knows which is the newer.
                Decision::Take(to) if is_same_moment && base.is_some_and(|base| base.is_some()) => {
                    Decision::Conflict(to)
                }
                decision => decision,
            };
            settle(field, decision, form, &mut changed);
        }
        for (purpose, answer) in consent {
            let field = Field::Consent(*purpose);
            let (base, own) = (base(field), record.value(field));
            let base = base.as_ref().map(Option::as_ref);
            let (decision, form) = merge::consent(base, answer, sender.sent.date(), own.as_ref());
            settle(field, decision, form, &mut changed);
        }
        if is_whole {
            said.insert(SENT.to_owned(), sender.sent.to_string());
        }
        self.plan.said.insert(id.to_owned(), said);
        let is_same = changed.changes.is_empty() && changed.conflicts.is_empty();
        if !is_same {
            self.plan.changed.push(changed);
        }
        is_same
    }
}

fn list_of(roles: &[&'static str]) -> Value {
    Value::List(roles.iter().map(|role| (*role).to_owned()).collect())
}
