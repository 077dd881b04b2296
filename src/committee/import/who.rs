//! An answer and the people who are known -> why it is not sure whose it is: shared addresses, namesakes, lost files.

use super::answers::{Sender, Trouble};
use super::person;
use crate::committee::record::Record;

/// One address, one person: a different name with nothing in common is somebody else's.
pub(super) fn one_name(newest: &Sender, older: &[Sender], record: Option<&Record>) -> Result<(), Trouble> {
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
    match record.map(|record| record.name().unwrap_or_default()) {
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

/// Her address is known, and her record is not there.
pub(super) fn gone(id: &str, sender: &Sender) -> Trouble {
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

/// Her address is not known, and somebody of her name is. `free` is an id that nobody has.
pub(super) fn namesake(id: &str, has_address: bool, free: &str, sender: &Sender) -> Trouble {
    let address = if has_address { "she has another address" } else { "her address is not known" };
    Trouble {
        row: sender.row.number,
        message: format!(
            "row {}: somebody of this name is in the directory as `{id}`, and {address}",
            sender.row.number
        ),
        help: format!(
            "if it is she, her line in private/addresses.yaml is `{id}: {0}`; if it is somebody else, add the line `{free}: {0}`",
            sender.address
        ),
    }
}

/// Nobody of the name is known, and two addresses in the export have it.
pub(super) fn namesakes(other: usize, free: &str, sender: &Sender) -> Trouble {
    Trouble {
        row: sender.row.number,
        message: format!(
            "rows {} and {other}: somebody of this name has answered with two addresses",
            sender.row.number
        ),
        help: format!(
            "if it is one person, take the answer that does not count out of a copy of the export; if they are two, give each a line in private/addresses.yaml, with an id of her own: `{free}: {}`",
            sender.address
        ),
    }
}
