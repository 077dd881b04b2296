//! Personal data in a profile's free text: it is not published, because contact goes through the scheme.
//!
//! A filter, not a proof. It looks at values, as readers would take them, and tells their places in the file.

mod e_mail;
mod fold;
mod messenger;
mod postcode;
mod register;
mod signs;
mod telephone;

pub use e_mail::addresses;

use super::record::WAIVER;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown;
use crate::source::{Sources, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use fold::Folded;
use signs::Signs;
use std::ops::Range;

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rule {
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// UK postcodes.
    Postcode,
    /// Numbers in registers of professions and patients, named as such.
    Register,
    /// Accounts of messaging services.
    Messenger,
}

impl Rule {
    /// Every rule, with its word in `waive:`.
    pub(super) const ALL: [(&'static str, Rule); 5] = [
        ("e-mail", Rule::Email),
        ("phone", Rule::Phone),
        ("postcode", Rule::Postcode),
        ("register", Rule::Register),
        ("messenger", Rule::Messenger),
    ];

    fn word(self) -> &'static str {
        Rule::ALL[self as usize].0
    }

    /// What was found, in words.
    fn what(self) -> &'static str {
        match self {
            Rule::Email => "an e-mail address",
            Rule::Phone => "a telephone number",
            Rule::Postcode => "a postcode",
            Rule::Register => "a personal registration number",
            Rule::Messenger => "an account of a messaging service",
        }
    }

    fn code(self) -> Code {
        match self {
            Rule::Email => Code::EmailInProfile,
            _ => Code::PersonalDataInProfile,
        }
    }

    /// Where such things stand in a text as it is read.
    fn find(self, text: &str) -> Vec<Range<usize>> {
        match self {
            Rule::Email => e_mail::in_folded(text),
            Rule::Phone => telephone::numbers(text),
            Rule::Postcode => postcode::postcodes(text),
            Rule::Register => register::numbers(text),
            Rule::Messenger => messenger::accounts(text),
        }
    }

    /// Web addresses have digits and capitals of their own; only what is an address itself is looked for in them.
    fn is_for(self, field: &str) -> bool {
        field != "links" || matches!(self, Rule::Email | Rule::Messenger)
    }
}

/// Fields with free text, by their keys.
pub(super) const FIELDS: [(&str, &str); 9] = [
    ("name", "name"),
    ("sort_name", "sort_name"),
    ("pronouns", "pronouns"),
    ("post", "post"),
    ("interests", "interests"),
    ("seeks", "seeks"),
    ("bio", "bio"),
    ("photo", "photo"),
    ("links", "links"),
];

/// A rule that is not to hold for a field, with a reason.
struct Waiver {
    field: &'static str,
    rule: Rule,
    span: Span,
    is_used: bool,
}

fn waivers(fields: &Fields, found: &mut Diagnostics) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    let Some(node) = fields.get("waive") else { return waivers };
    for item in yaml::items(node, found) {
        let Some(waiver) = yaml::keyed(item, "a waiver", &WAIVER, found) else { continue };
        waiver.need("field", found);
        let field = waiver.word("field", "a field with free text", &FIELDS, found);
        waiver.need("rule", found);
        let rule = waiver.word("rule", "a rule", &Rule::ALL, found);
        let reason = waiver.need("reason", found).and_then(|node| yaml::text(node, found));
        if let (Some(field), Some(rule), Some(_)) = (field, rule, reason) {
            waivers.push(Waiver { field, rule, span: item.span, is_used: false });
        }
    }
    waivers
}

/// Looks for personal data in all free text, and for waivers that nothing needs.
pub(super) fn look_at_all(sources: &Sources, fields: &Fields, found: &mut Diagnostics) {
    let mut waivers = waivers(fields, found);
    for (key, _) in FIELDS {
        if let Some(node) = fields.get(key) {
            look(sources, node, key, &mut waivers, found);
        }
    }
    for waiver in waivers.iter().filter(|waiver| !waiver.is_used) {
        let message = format!("this waives nothing: `{}` has {}", waiver.field, none(waiver.rule));
        found.push(
            Diagnostic::new(Code::WaiverWithoutUse, waiver.span, message)
                .help("take it out, so that it does not let through what somebody writes later"),
        );
    }
}

/// "no telephone number".
fn none(rule: Rule) -> String {
    let what = rule.what();
    format!("no {}", what.strip_prefix("an ").or_else(|| what.strip_prefix("a ")).unwrap_or(what))
}

/// Looks at every text in the value of a key.
fn look(sources: &Sources, node: &Node, key: &str, waivers: &mut [Waiver], found: &mut Diagnostics) {
    match &node.kind {
        Kind::Null => {}
        Kind::List(items) => items.iter().for_each(|item| look(sources, item, key, waivers, found)),
        Kind::Map(entries) => {
            for entry in entries.iter().filter(|entry| entry.key.value != "file") {
                look(sources, &entry.value, key, waivers, found);
            }
        }
        Kind::Scalar { text, .. } => {
            for (span, rule) in hits(sources, text, node.span, key) {
                let waiver = waivers.iter_mut().find(|waiver| waiver.field == key && waiver.rule == rule);
                match waiver {
                    Some(waiver) => waiver.is_used = true,
                    None => found.push(finding(span, key, rule)),
                }
            }
        }
    }
}

/// What the rules find in a text, with places in the file.
fn hits(sources: &Sources, text: &str, whole: Span, key: &str) -> Vec<(Span, Rule)> {
    let places = find_all(text, key);
    if places.is_empty() {
        return Vec::new();
    }
    let value = Spanned::new(text.to_owned(), whole);
    let text = markdown::Text::of_value(sources, &value);
    places.into_iter().map(|(range, rule)| (text.span(range), rule)).collect()
}

/// What the rules find, each place once.
fn find_all(text: &str, key: &str) -> Vec<(Range<usize>, Rule)> {
    let signs = Signs::of(text);
    let rules: Vec<Rule> = rules_for(key).filter(|rule| signs.may(*rule)).collect();
    if rules.is_empty() { Vec::new() } else { find_by(&rules, text) }
}

fn rules_for(key: &str) -> impl Iterator<Item = Rule> {
    Rule::ALL.into_iter().map(|(_, rule)| rule).filter(move |rule| rule.is_for(key))
}

fn find_by(rules: &[Rule], text: &str) -> Vec<(Range<usize>, Rule)> {
    let folded = Folded::of(text);
    let mut places: Vec<(Range<usize>, Rule)> = rules
        .iter()
        .flat_map(|rule| rule.find(folded.text()).into_iter().map(move |range| (range, *rule)))
        .collect();
    places.sort_by_key(|(range, rule)| (range.start, *rule as usize));
    let mut end = 0;
    places.retain(|(range, _)| {
        let is_new = range.start >= end;
        end = end.max(range.end);
        is_new
    });
    places.into_iter().map(|(range, rule)| (folded.original(&range), rule)).collect()
}

fn finding(span: Span, key: &str, rule: Rule) -> Diagnostic {
    Diagnostic::new(rule.code(), span, format!("{} in `{key}`", rule.what()))
        .note("personal addresses and numbers are not published: contact goes through the scheme")
        .help(format!(
            "take it out; if it must stand, add `waive: [{{field: {key}, rule: {}, reason: …}}]`",
            rule.word()
        ))
}

#[cfg(test)]
mod tests {
    use super::{Rule, find_all, find_by, rules_for};
    use proptest::prelude::*;

    fn rules(text: &str) -> Vec<(String, &'static str)> {
        find_all(text, "bio").into_iter().map(|(range, rule)| (text[range].to_owned(), rule.word())).collect()
    }

    /// Pieces of which addresses, numbers and ordinary sentences are made.
    const PIECES: [&str; 62] = [
        " ", " ", " ", "\n", "\u{a0}", "\u{200b}", ".", ". ", ",", ":", "/", "@", "\u{ff20}", "\u{ff0e}",
        "(", ")", "[", "]", "<", ">", "-", "+", "*", "**", "_", "\\", "%40", "%2E", "%31", "&#64;",
        "&commat;", "&period;", "at", "AT", "(at)", "dot", "Dot", "jo", "smith", "uni", "ac", "uk", "org",
        "e.g.", "12", "7", "077", "900123", "\u{ff17}", "\u{661}", "\u{b2}", "GMC", "NHS no", "tel", "ext",
        "LS2", "9JT", "so16", "6yd", "wa.me", "telegram", "é",
    ];

    proptest! {
        #[test]
        fn what_is_passed_over_could_not_be_found(pieces in proptest::collection::vec(0..PIECES.len(), 1..14)) {
            let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
            let all: Vec<Rule> = rules_for("bio").collect();
            prop_assert_eq!(find_all(&text, "bio"), find_by(&all, &text), "{}", text);
        }
    }

    #[test]
    fn what_is_personal_is_found_once_and_by_its_rule() {
        for (text, what, rule) in [
            ("Write to a.b@leeds.ac.uk.", "a.b@leeds.ac.uk", "e-mail"),
            ("Ring me on 07700 900123, any time", "07700 900123", "phone"),
            ("since 2019 07700 900123", "07700 900123", "phone"),
            ("Office: +44 (0)113 496 0999.", "+44 (0)113 496 0999", "phone"),
            ("(0113) 496 0999", "(0113) 496 0999", "phone"),
            ("at work (07700 900123)", "07700 900123", "phone"),
            ("(+44) 7700 900123", "(+44) 7700 900123", "phone"),
            ("020 7946 0999", "020 7946 0999", "phone"),
            ("0044 20 7946 0999", "0044 20 7946 0999", "phone"),
            ("447700900123", "447700900123", "phone"),
            ("+353 1 555 0199 in Dublin", "+353 1 555 0199", "phone"),
            ("(555) 555-0199", "(555) 555-0199", "phone"),
            ("tel. 496099", "496099", "phone"),
            ("The hospital, ext. 1234", "1234", "phone"),
            ("Bleep 4021 on weekdays", "4021", "phone"),
            ("0113 496 0999 ext. 1234", "0113 496 0999 ext. 1234", "phone"),
            ("07700\u{a0}900\u{a0}123", "07700\u{a0}900\u{a0}123", "phone"),
            ("電話０７７００ ９００１２３です", "０７７００ ９００１２３", "phone"),
            ("（０１１３）４９６－０９９９", "（０１１３）４９６－０９９９", "phone"),
            ("＋４４ ７７００ ９００１２３", "＋４４ ７７００ ９００１２３", "phone"),
            ("هاتف ٠٧٧٠٠ ٩٠٠١٢٣", "٠٧٧٠٠ ٩٠٠١٢٣", "phone"),
            ("فون: ۰۷۷۰۰۹۰۰۱۲۳", "۰۷۷۰۰۹۰۰۱۲۳", "phone"),
            ("फ़ोन ०७७०० ९००१२३", "०७७०० ९००१२३", "phone"),
            ("𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑", "𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑", "phone"),
            ("0️⃣7️⃣7️⃣0️⃣0️⃣900123", "0️⃣7️⃣7️⃣0️⃣0️⃣900123", "phone"),
            ("℡ 496099", "496099", "phone"),
            ("07700&nbsp;900123", "07700&nbsp;900123", "phone"),
            ("07700%20900123", "07700%20900123", "phone"),
            ("**07700** 900123² and so on", "07700** 900123", "phone"),
            ("07700\\-900\u{2060}123", "07700\\-900\u{2060}123", "phone"),
            ("I live near LS2 9JT.", "LS2 9JT", "postcode"),
            ("SO166YD", "SO166YD", "postcode"),
            ("so16 6yd", "so16 6yd", "postcode"),
            ("〒ＬＳ２　９ＪＴ", "ＬＳ２　９ＪＴ", "postcode"),
            ("LS٢ ٩JT", "LS٢ ٩JT", "postcode"),
            ("My GMC number is 7012345.", "GMC number is 7012345", "register"),
            ("GMC: 7012345", "GMC: 7012345", "register"),
            ("GMC № ７０１２３４５", "GMC № ７０１２３４５", "register"),
            ("NMC PIN 12A3456E", "NMC PIN 12A3456E", "register"),
            ("NHS number 943 476 5919", "NHS number 943 476 5919", "register"),
            ("https://wa.me/447700900123", "wa.me/447700900123", "messenger"),
            ("https://x.org/?to=wa.me%2F447700900123", "wa.me%2F447700900123", "messenger"),
            ("ｔ．ｍｅ／ｓａｍｐｌｅ", "ｔ．ｍｅ／ｓａｍｐｌｅ", "messenger"),
            ("t.me/sample_amara", "t.me/sample_amara", "messenger"),
            ("Telegram: @sample_amara", "Telegram: @sample_amara", "messenger"),
            ("on WhatsApp as @amara", "WhatsApp as @amara", "messenger"),
            ("Skype: live:amara", "Skype: live", "messenger"),
        ] {
            assert_eq!(rules(text), [(what.to_owned(), rule)], "{text}");
        }
    }

    #[test]
    fn ordinary_biographies_pass() {
        for text in [
            "I was funded by the MRC (MR/T012345/1), the NIHR (NIHR300123) and Wellcome 203141/Z/16/Z.",
            "My ORCID iD is 0000-0002-1825-0097, and of my group 0000-0001-5109-370X.",
            "Between 2010-2015 and 2016–2021 I led cohorts of 10 000 000 and 1,234,567 people.",
            "Trials ISRCTN12345678 and NCT01234567; see 10.1371/journal.pone.0318326.",
            "ISBN 0-306-40615-2, ISBN 978-0-306-40615-7, ISSN 1234-5678, PMID 12345678.",
            "From 01-02-2020 to 03-04-2021, and again on 12.11.2022; at 09:30 to 17:00.",
            "p = 0.0123456789; the odds ratio was 1.25 (95% CI 1.10-1.42).",
            "I chaired the GMC 2013 working group, and the NHS 75 celebrations; NHS England 2019.",
            "The NMC code of 2018 and 6000 nurses; I sat on the GMC from 2012 to 2016.",
            "Vitamin B12, T2 mapping, H1N1, IL6, SARS-CoV-2 and COVID-19; class B1 2nd edition.",
            "WhatsApp groups keep our peers together. Signal: to noise. I write about Telegram.",
            "A grant extension in 2021, a mobile clinic of 2019, and the phone survey of 2020.",
            "I lead the M25 cohort; A1 and E2 receptors; the 4 to 8 week check.",
            "Grant 0123456789 from a charity, award 01234567890, and 3 x 10 mg.",
            "Home is an hour from work, and I have taken the 07:15 train since 1998.",
            "See https://example.org/people/07700900123 and https://best.me/page.",
            "Rwy'n gweithio 3.5 diwrnod yr wythnos ers 2014 2015 2016.",
            "２０１９年から２０２１年まで、10⁶ cells, 5 × 10³ and x² + y²; ٢٠١٩–٢٠٢١.",
            "① Grants ② Promotion ③ Leave ④ Leadership ⑤ Writing ⑥ Teaching ⑦ Moves ⑧ Clinics ⑨ Networks",
            "AT&T and R&D; 50% of 2019%2020; a \\* b; 1\\. first, 2\\. second; I work at Leeds dot org.",
            "½ a day of ¾ posts; H₂O, CO₂ and 10⁻⁶; № 12; Ⅳ and ⅷ; 25℃.",
        ] {
            assert_eq!(rules(text), [], "{text}");
        }
    }
}
