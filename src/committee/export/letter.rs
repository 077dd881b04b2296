//! What is held about somebody -> the letter that says so, in Markdown and in plain words.

use super::Held;
use crate::committee::mentions::Place;
use crate::committee::record::Record;
use crate::committee::scheme::Scheme;
use crate::directory::Standing;
use crate::path::{Address, file_name};

/// What no program that runs beside the files can look into.
const NOT_LOOKED_THROUGH: &str = "
## What was not looked through

The program cannot look into these. We look there ourselves, and what we find of you comes with this letter:

- mailboxes, minutes, notes and whatever is on paper;
- the registration form, and what was exported from it;
- the answers to our surveys;
- the website as it stands on the web, its host's copies and records of visits, and search engines;
- backups, copies on other computers, and members' own devices;
- earlier versions of our files, here and elsewhere, where git keeps them.
";

/// The letter. Its reader is the person herself.
pub(super) fn write(scheme: &Scheme, record: &Record, held: &Held) -> String {
    let first = &scheme.site.languages[0];
    let title = &scheme.site.title.get(first, first).value;
    let organisation = &scheme.site.organisation.get(first, first).value;
    let email = &scheme.site.contact.email;
    let mut text = format!(
        "# What {title} holds about you

For {name}, as of {date}.

You asked what we hold about you. A program has looked through the files that our website is made of,
{site}the committee's lists of addresses and of answers to the registration form.
What it found of you is below. Where it cannot look stands under \"What was not looked through\".
This letter comes from {organisation}. Write to {email} with any question.

## What we hold

",
        name = held.name,
        date = scheme.date,
        site = if held.public.is_some() { "the website as it was last built, and " } else { "and " },
    );
    text.push_str("- `record.yaml`: your record, word for word. Your profile is made of it.\n");
    match (&held.photo, record.photo()) {
        (Some((name, _)), _) => text.push_str(&format!("- `{name}`: your photo as we received it.\n")),
        (None, Some(path)) => text.push_str(&format!(
            "- Your photo is missing: your record names a photo, `{}`, but there is no such file.\n",
            file_name(&path)
        )),
        (None, None) => text.push_str("- No photo of you.\n"),
    }
    match &held.address {
        Some(address) => text.push_str(&format!(
            "- Your e-mail address, {address}. It is in a file for the committee alone, and never on the website.\n"
        )),
        None => text.push_str("- No e-mail address of yours in the files that this program keeps.\n"),
    }
    match &held.form {
        Some(_) => text.push_str("- `registration.yaml`: what you answered in the registration form.\n"),
        None => text
            .push_str("- No answers of yours to a registration form in the files that this program keeps.\n"),
    }
    text.push_str("\n## What you agreed to\n\n");
    if held.consents.is_empty() {
        text.push_str("We have no note of any consent of yours.\n");
    }
    for line in &held.consents {
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(&format!(
        "
## Why we hold it

To list you for people who look for a mentor, or as somebody who runs the scheme, and to write to you about it. We rely
on your consent for what is shown. {status}
",
        status = status(scheme, record)
    ));
    text.push_str(&public(held));
    text.push_str(&mentions(held));
    text.push_str(NOT_LOOKED_THROUGH);
    text.push_str(&rights(scheme, record, email));
    text
}

fn status(scheme: &Scheme, record: &Record) -> String {
    let Some(held) = scheme.directory.held(&record.id) else {
        return "Your record cannot be read as it stands, so your profile is not shown.".to_owned();
    };
    let shown = match held.standing {
        Standing::Withdrawn => return "You have withdrawn from the scheme.".to_owned(),
        Standing::Registered => "You are registered, and your profile is not shown.".to_owned(),
        Standing::Paused => match held.until {
            Some(until) => format!("Your profile is paused until {until} and not shown."),
            None => "Your profile is paused and not shown.".to_owned(),
        },
        Standing::Overdue => "Your profile is not shown, because it is long due for review.".to_owned(),
        Standing::NoConsent => {
            "Your profile is not shown, because there is no consent that holds.".to_owned()
        }
        standing if standing.is_public() => "Your profile is shown.".to_owned(),
        _ => "You have no profile that is shown.".to_owned(),
    };
    match held.review_by {
        Some(day) => {
            format!("{shown} It is due for review on {day}: we ask you then whether it is still right.")
        }
        None => shown,
    }
}

fn public(held: &Held) -> String {
    let mut text = "\n## Who can see it\n\nThe committee sees all of it.\n".to_owned();
    match held.public.as_deref() {
        None => {
            text.push_str(
                "The website as it was last built was not at hand, so its pages were not searched.\n",
            );
        }
        Some([]) => {
            text.push_str("No page of the website as it was last built shows your name or your profile.\n");
        }
        Some(pages) => {
            text.push_str("Everybody who opens these addresses of the website as it was last built sees your name or a link to you:\n\n");
            pages.iter().for_each(|address| text.push_str(&format!("- <{address}>\n")));
        }
    }
    text
}

fn mentions(held: &Held) -> String {
    let mut text = "\n## Where else you are named in our files\n\n".to_owned();
    let line = |place: &Place| match &place.text {
        Some(words) => format!("- `{}`, line {}:\n\n  > {words}\n", place.path, place.line),
        None if place.is_comment => {
            format!("- `{}`, line {}: in a comment in the files of people\n", place.path, place.line)
        }
        None => format!("- `{}`, line {}: in another person's record\n", place.path, place.line),
    };
    let mut all: Vec<&Place> = held.mentions.named.iter().chain(&held.mentions.linked).collect();
    all.sort_by_key(|place| (&place.path, place.line));
    all.dedup_by_key(|place| (&place.path, place.line));
    all.iter().for_each(|place| text.push_str(&line(place)));
    for path in &held.mentions.documents {
        text.push_str(&format!("- `{path}`: a document with your name in it\n"));
    }
    if all.is_empty() && held.mentions.documents.is_empty() {
        text.push_str("Nowhere that this program can read.\n");
    }
    if !held.mentions.unread.is_empty() {
        text.push_str(
            "\nThese files cannot be searched by the program; we have to look at them ourselves:\n\n",
        );
        held.mentions.unread.iter().for_each(|path| text.push_str(&format!("- `{path}`\n")));
    }
    text
}

fn rights(scheme: &Scheme, record: &Record, email: &str) -> String {
    let notice = scheme.sources.iter().find_map(|(_, file)| {
        let front = file.text.strip_prefix("---\n")?.split("\n---").next()?;
        let is_notice = front.lines().any(|line| line.trim_end() == "kind: privacy-notice");
        let path = file.path.strip_prefix("content/")?.strip_suffix(".md")?;
        is_notice.then(|| scheme.site.base.absolute(&Address::page(path.split('/'))))
    });
    let notice = notice.map_or_else(
        || "Our privacy notice on the website says more.".to_owned(),
        |address| format!("Our privacy notice says more: <{address}>."),
    );
    format!(
        "
## Your rights

- **To have it corrected.** Tell us what is wrong or missing.
- **To take your consent back**, to all of it or to a part such as the photo, at any time and without giving a reason.
- **To have it deleted.** We take your profile, your photo and your address out at once. Of your address a keyed hash
  stays, from which nobody can read it, so that an old registration does not bring you back.
- **To have it paused**, for as long as you like.
- **To take it with you.** `record.yaml` is a plain text file that other programs can read.
- **To complain**, to us, and to the Information Commissioner's Office: <https://ico.org.uk/make-a-complaint/>.

For any of these write to {email} and name `{id}`, under which you are filed. {notice}
",
        id = record.id
    )
}
