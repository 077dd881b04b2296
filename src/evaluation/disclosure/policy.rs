//! `disclosure:` of a survey or a release -> [`Policy`].
//!
//! Policies here: `small-survey`, whose bands and floors follow the pooling argument of `docs/disclosure.md`
//! (an exact count tells insiders nothing certain only if enough people stand on both sides of it); `hesa` and `ofs`, rules of
//! the sector to the letter (`sector`); and two that hide nothing and must say on whose decision: `as-published`, figures
//! already in print, and `as-approved`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::evaluation::keys;
use crate::source::Span;
use crate::yaml::{self, Fields, Node};

/// The policies there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolicyName {
    /// Bands, floors and one display a question.
    SmallSurvey,
    /// HESA's rounding, to the letter.
    Hesa,
    /// The Office for Students' transparency rule, to the letter.
    Ofs,
    /// Figures already in print.
    AsPublished,
    /// New figures in full, on a named decision.
    AsApproved,
}

impl PolicyName {
    /// All, with the words in files.
    pub(in crate::evaluation) const ALL: [(&'static str, PolicyName); 5] = [
        ("small-survey", PolicyName::SmallSurvey),
        ("hesa", PolicyName::Hesa),
        ("ofs", PolicyName::Ofs),
        ("as-published", PolicyName::AsPublished),
        ("as-approved", PolicyName::AsApproved),
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        PolicyName::ALL[self as usize].0
    }
}

/// What may be said of somebody who is quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attribute {
    /// Her group.
    Group,
    /// When she was asked.
    Wave,
}

impl Attribute {
    /// All, with the words in files.
    pub(in crate::evaluation) const ALL: [(&'static str, Attribute); 2] =
        [("group", Attribute::Group), ("wave", Attribute::Wave)];

    /// The word in files.
    pub fn name(self) -> &'static str {
        Attribute::ALL[self as usize].0
    }
}

/// Whether everyone may be shown beside groups, with the words in files.
pub(in crate::evaluation) const TOTALS: [(&str, bool); 2] = [("omit", false), ("show", true)];

/// A policy with its numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Which.
    pub name: PolicyName,
    /// Where it is written.
    pub span: Span,
    /// A smaller base is withheld before anyone looks at its answers.
    pub min_group: u32,
    /// Counts below it, and above the base less it, are shown as ranges.
    pub band: u32,
    /// The smallest base of a percentage that stands instead of a count.
    pub percentage_base: u32,
    /// The smallest base of a mean.
    pub mean_base: u32,
    /// The smallest group that may be quoted.
    pub quote_base: u32,
    /// What a quotation is credited with.
    pub attributes: Vec<Attribute>,
    /// How many texts of one person may be marked as quotable.
    pub max_per_person: u32,
    /// Everyone may be shown beside groups, whose sum it is.
    pub has_totals: bool,
    /// How many people who took part may put their answers together.
    pub coalition: u32,
    /// How many values of a count must stay possible for any reader, besides the true one.
    pub min_width: u32,
    /// The same among the others, for people who took part.
    pub min_width_insider: u32,
    /// Places of a mean as it is shown; what a mean that is withheld tells depends on them.
    pub mean_decimals: u32,
    /// To how many places a percentage is rounded that stands in the place of a count.
    pub percentage_decimals: u32,
    /// Where figures are already in print.
    pub source: Option<String>,
    /// Why the policy was chosen.
    pub reason: Option<String>,
    /// Who decided.
    pub approved_by: Option<String>,
    /// The minutes of the decision.
    pub minutes: Option<String>,
    /// What those who answered had been told of it.
    pub informed: Option<String>,
    /// Cells that are exempt by decision, as patterns `wave/question/group`.
    pub exceptions: Vec<Exception>,
}

/// Cells exempt from the policy, on somebody's decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    parts: [String; 3],
    /// Why.
    pub reason: String,
    /// On whose decision.
    pub approved_by: String,
}

impl Exception {
    /// The pattern as written.
    pub fn cells(&self) -> String {
        self.parts.join("/")
    }

    /// The pattern's wave, question and group.
    pub fn parts(&self) -> [&str; 3] {
        [&self.parts[0], &self.parts[1], &self.parts[2]]
    }

    /// Whether the pattern covers a cell; `*` stands for anything.
    pub fn covers(&self, wave: &str, question: &str, group: &str) -> bool {
        [wave, question, group]
            .iter()
            .zip(&self.parts)
            .all(|(name, pattern)| pattern == "*" || pattern == name)
    }
}

impl Policy {
    /// The numbers of `small-survey` (`docs/disclosure.md`), of which the sector's rules have some; where nothing is hidden, none
    /// binds.
    fn usual(name: PolicyName, span: Span) -> Policy {
        Policy {
            name,
            span,
            min_group: 6,
            band: 3,
            percentage_base: 23,
            mean_base: 8,
            quote_base: 8,
            attributes: vec![Attribute::Group],
            max_per_person: 1,
            has_totals: false,
            coalition: 1,
            min_width: 2,
            min_width_insider: 1,
            mean_decimals: 1,
            percentage_decimals: 0,
            source: None,
            reason: None,
            approved_by: None,
            minutes: None,
            informed: None,
            exceptions: Vec::new(),
        }
    }

    /// Whether counts are judged at all.
    pub fn is_judged(&self) -> bool {
        !matches!(self.name, PolicyName::AsPublished | PolicyName::AsApproved)
    }

    /// Whether the audit refuses what gives somebody away. Under the other policies it reports what they leave open.
    pub fn is_audited(&self) -> bool {
        self.name == PolicyName::SmallSurvey
    }

    /// Whether this policy lets more through than another, or hides by another rule.
    pub fn is_looser_than(&self, other: &Policy) -> bool {
        match (self.name, other.name) {
            (PolicyName::SmallSurvey, PolicyName::SmallSurvey) => {
                self.min_group < other.min_group
                    || self.band < other.band
                    || self.percentage_base < other.percentage_base
                    || self.mean_base < other.mean_base
                    || self.coalition < other.coalition
                    || self.min_width < other.min_width
                    || self.min_width_insider < other.min_width_insider
                    || self.exceptions.iter().any(|exception| !other.exceptions.contains(exception))
                    || self.says_more_than(other)
            }
            (PolicyName::SmallSurvey, _) => false,
            (own, of_other) if own == of_other => self.says_more_than(other),
            (_, other) => other != PolicyName::AsPublished && other != PolicyName::AsApproved,
        }
    }

    /// Whether it lets more be said of who is quoted, or beside the answers of groups.
    fn says_more_than(&self, other: &Policy) -> bool {
        self.quote_base < other.quote_base
            || self.attributes.iter().any(|attribute| !other.attributes.contains(attribute))
            || self.max_per_person > other.max_per_person
            || (self.has_totals && !other.has_totals)
    }

    /// Whether it says why, and on whose decision, it departs from the usual.
    pub fn is_accounted_for(&self) -> bool {
        (self.source.is_some() || self.minutes.is_some())
            && self.reason.is_some()
            && self.approved_by.is_some()
    }
}

/// Reads the map.
pub(in crate::evaluation) fn read(node: &Node, found: &mut Diagnostics) -> Option<Policy> {
    let fields = keys::DISCLOSURE.read(node, found)?;
    let name = name(fields.need("policy", found)?, found)?;
    let mut policy = Policy::usual(name, node.span);
    let text = |key: &str, found: &mut Diagnostics| {
        fields
            .get(key)
            .and_then(|node| yaml::text(node, found))
            .map(|text| text.value)
            .filter(|text| !text.is_empty())
    };
    policy.source = text("source", found);
    policy.reason = text("reason", found);
    policy.approved_by = text("approved_by", found);
    policy.minutes = text("minutes", found);
    policy.informed = text("informed", found);
    numbers(&fields, &mut policy, found);
    if let Some(node) = fields.get("exceptions") {
        policy.exceptions =
            yaml::items(node, found).iter().filter_map(|item| exception(item, found)).collect();
    }
    statements(&policy, found);
    Some(policy)
}

/// What a policy that hides nothing has to say.
fn statements(policy: &Policy, found: &mut Diagnostics) {
    let Policy { source, reason, approved_by, minutes, informed, .. } = policy;
    let (needed, why) = match policy.name {
        PolicyName::AsPublished => (
            vec![("source", source), ("reason", reason), ("approved_by", approved_by)],
            "it publishes figures as they are in print, so the page says where they are, why, and on whose decision",
        ),
        PolicyName::AsApproved => (
            vec![("approved_by", approved_by), ("minutes", minutes), ("informed", informed)],
            "it publishes new figures in full, so it says on whose decision, where that is written down, and what those who answered had been told",
        ),
        _ => return,
    };
    for (key, value) in needed {
        if value.is_none() {
            let message = format!("`{}` needs `{key}`", policy.name.name());
            found.push(
                Diagnostic::new(Code::PolicyStatement, policy.span, message)
                    .note(why)
                    .help(format!("add `{key}: …`")),
            );
        }
    }
}

fn name(node: &Node, found: &mut Diagnostics) -> Option<PolicyName> {
    yaml::word(node, "a policy", &PolicyName::ALL, found)
}

fn numbers(fields: &Fields, policy: &mut Policy, found: &mut Diagnostics) {
    let number = |fields: &Fields, key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| yaml::number(node, found))
    };
    for (key, value) in [
        ("coalition", &mut policy.coalition),
        ("min_width", &mut policy.min_width),
        ("min_width_insider", &mut policy.min_width_insider),
    ] {
        *value = number(fields, key, found).unwrap_or(*value);
    }
    if let Some(value) = number(fields, "min_group", found) {
        policy.min_group = value;
    }
    if let Some(value) = number(fields, "band", found) {
        policy.band = value;
    }
    if let Some(inner) = fields.get("percentages").and_then(|node| keys::PERCENTAGES.read(node, found)) {
        policy.percentage_base = number(&inner, "min_base", found).unwrap_or(policy.percentage_base);
        policy.percentage_decimals =
            number(&inner, "decimals", found).unwrap_or(policy.percentage_decimals).min(4);
    }
    if let Some(inner) = fields.get("means").and_then(|node| keys::MEANS.read(node, found)) {
        policy.mean_base = number(&inner, "min_n", found).unwrap_or(policy.mean_base);
        policy.mean_decimals = number(&inner, "decimals", found).unwrap_or(policy.mean_decimals).min(4);
    }
    if let Some(node) = fields.get("totals") {
        policy.has_totals = yaml::word(node, "a way with totals", &TOTALS, found).unwrap_or(false);
    }
    if let Some(inner) = fields.get("quotes").and_then(|node| keys::QUOTES.read(node, found)) {
        quotes(&inner, policy, found);
    }
    if policy.name == PolicyName::SmallSurvey {
        contradictions(policy, found);
    }
}

/// `quotes: {min_group, attributes, max_per_person}`.
fn quotes(fields: &Fields, policy: &mut Policy, found: &mut Diagnostics) {
    if let Some(node) = fields.get("min_group") {
        policy.quote_base = yaml::number(node, found).unwrap_or(policy.quote_base);
        if !policy.is_judged() {
            let message = format!("`{}` hides nothing, and knows no `min_group`", policy.name.name());
            found.push(
                Diagnostic::new(Code::UnknownKey, fields.key_span("min_group").unwrap_or(node.span), message)
                    .note("under it somebody of any group may be quoted who agreed to that")
                    .help("take the key out, or choose a policy that has a floor: small-survey, hesa or ofs"),
            );
        }
    }
    if let Some(node) = fields.get("attributes") {
        policy.attributes.clear();
        for item in yaml::items(node, found) {
            let known =
                yaml::word(item, "something that a quotation says of its speaker", &Attribute::ALL, found);
            policy.attributes.extend(known.filter(|known| !policy.attributes.contains(known)));
        }
    }
    if let Some(node) = fields.get("max_per_person") {
        policy.max_per_person = yaml::number(node, found).unwrap_or(policy.max_per_person);
        if policy.max_per_person == 0 {
            found.push(
                Diagnostic::new(Code::UnknownValue, node.span, "nobody could be quoted at all").help(
                    "write 1, or more; to quote nobody leave the column `quotable` of coding.xlsx empty",
                ),
            );
        }
    }
}

/// A policy whose bands cannot keep what its widths promise is refused.
fn contradictions(policy: &Policy, found: &mut Diagnostics) {
    let insider = policy.min_width_insider.saturating_add(1);
    let needed = policy.min_width.saturating_add(1).max(insider.saturating_add(policy.coalition));
    if policy.band < needed {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                policy.span,
                format!("a band of {} cannot keep what the policy promises", policy.band),
            )
            .note("band must be at least min_width + 1, and at least min_width_insider + 1 + coalition")
            .help(format!("write `band: {needed}` or more")),
        );
    }
    let group = policy.band.saturating_mul(2).saturating_sub(1);
    if policy.min_group < group {
        found.push(
            Diagnostic::new(Code::UnknownValue, policy.span, format!("min_group {} is smaller than the band allows", policy.min_group))
                .note("min_group must be at least twice the band less one: below it no count could be shown exactly")
                .help(format!("write `min_group: {group}` or more")),
        );
    }
}

fn exception(node: &Node, found: &mut Diagnostics) -> Option<Exception> {
    let fields = keys::EXCEPTION.read(node, found)?;
    let cells = fields.need("cells", found).and_then(|node| yaml::text(node, found));
    let reason = fields.need("reason", found).and_then(|node| yaml::text(node, found));
    let approved_by = fields.need("approved_by", found).and_then(|node| yaml::text(node, found));
    let (cells, reason, approved_by) = (cells?, reason?, approved_by?);
    let parts: Vec<&str> = cells.value.split('/').collect();
    let [wave, question, group] = parts[..] else {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                cells.span,
                format!("`{}` is not a pattern of cells", cells.value),
            )
            .help("write wave/question/group with * for any: six_months/*/mentor"),
        );
        return None;
    };
    Some(Exception {
        parts: [wave.to_owned(), question.to_owned(), group.to_owned()],
        reason: reason.value,
        approved_by: approved_by.value,
    })
}
