//! What law and guidance ask each kind of policy page to say: sections, known by the ids of their headings, and why.
//!
//! `docs/policies.md` has the same list for authors.

use crate::content::Kind;

/// A page with rules about what it says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Policy {
    /// Known by the `kind` of its front matter.
    Kind(Kind),
    /// Known by `consent` of `site.yaml`, which names its page.
    Wording,
}

impl Policy {
    /// "the privacy notice".
    pub(super) fn name(self) -> &'static str {
        match self {
            Policy::Kind(Kind::PrivacyNotice) => "the privacy notice",
            Policy::Kind(Kind::ParticipantInformation) => "the participant information sheet",
            Policy::Kind(Kind::CodeOfConduct) => "the code of conduct",
            Policy::Kind(Kind::AccessibilityStatement) => "the accessibility statement",
            Policy::Kind(_) => "the page",
            Policy::Wording => "the wording of a consent",
        }
    }
}

/// What a section needs beside a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Needs {
    /// Nothing.
    Words,
    /// A link or an e-mail address: whoever reads it must be able to turn to somebody.
    WayToAsk,
    /// A link to the regulator's own site.
    Regulator,
    /// A number, such as the approval's.
    Number,
    /// A way to ask, and within what time an answer comes.
    AnswerTime,
    /// The names of those who enforce the accessibility regulations.
    Enforcers,
}

/// When a section has to be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Due {
    /// Always; "if applicable" sections say that they are not.
    Always,
    /// Where being listed reveals special category data.
    SpecialCategory,
    /// Unless the statement claims full compliance.
    UnlessFullyCompliant,
    /// Where the site asks for consent to more than one purpose.
    SeveralConsents,
}

/// A section that a kind of page must have.
#[derive(Debug)]
pub(super) struct Section {
    /// The id of its heading.
    pub(super) id: &'static str,
    /// What it says, as the end of "does not say …".
    pub(super) says: &'static str,
    /// What else it needs.
    pub(super) needs: Needs,
    /// When it must be there.
    pub(super) due: Due,
    /// Which law or guidance asks for it.
    pub(super) source: &'static str,
}

/// A section that always has to be there, with a sentence.
const fn section(id: &'static str, says: &'static str, source: &'static str) -> Section {
    Section { id, says, needs: Needs::Words, due: Due::Always, source }
}

/// Every section that is looked for, in the order of a page that has them all.
pub(super) const POLICIES: [(Policy, &[Section]); 5] = [
    (Policy::Kind(Kind::PrivacyNotice), &PRIVACY),
    (Policy::Kind(Kind::ParticipantInformation), &INFORMATION),
    (Policy::Kind(Kind::CodeOfConduct), &CONDUCT),
    (Policy::Kind(Kind::AccessibilityStatement), &ACCESSIBILITY),
    (Policy::Wording, &WORDING),
];

const PRIVACY: [Section; 18] = [
    Section {
        needs: Needs::WayToAsk,
        ..section(
            "controller",
            "who is responsible for the data, and how to reach them",
            "UK GDPR, Art. 13(1)(a) and 14(1)(a)",
        )
    },
    section(
        "representative",
        "who represents a controller outside the UK, or that none is needed",
        "UK GDPR, Art. 13(1)(a) and 27",
    ),
    section(
        "dpo",
        "how to reach the data protection officer, or that there is none",
        "UK GDPR, Art. 13(1)(b)",
    ),
    section("purposes", "what the data are used for", "UK GDPR, Art. 13(1)(c)"),
    section("lawful-basis", "on which lawful basis they are used", "UK GDPR, Art. 13(1)(c) and 6(1)"),
    section(
        "legitimate-interests",
        "which legitimate interests are relied on, or that none are",
        "UK GDPR, Art. 13(1)(d)",
    ),
    Section {
        due: Due::SpecialCategory,
        ..section(
            "article-9-condition",
            "on which condition of Article 9 special category data are processed",
            "UK GDPR, Art. 9(2)",
        )
    },
    section("categories", "what data are held", "UK GDPR, Art. 14(1)(d)"),
    section("recipients", "who sees the data", "UK GDPR, Art. 13(1)(e)"),
    section(
        "transfers",
        "whether data go abroad, and under which safeguards, or that they do not",
        "UK GDPR, Art. 13(1)(f)",
    ),
    section("retention", "how long they are kept", "UK GDPR, Art. 13(2)(a)"),
    section("rights", "which rights people have", "UK GDPR, Art. 13(2)(b)"),
    Section {
        needs: Needs::WayToAsk,
        ..section("withdraw-consent", "how consent is withdrawn", "UK GDPR, Art. 13(2)(c) and 7(3)")
    },
    Section {
        needs: Needs::WayToAsk,
        ..section(
            "complain-to-controller",
            "how to complain to the scheme about its use of data",
            "Data Protection Act 2018, s. 164A (in force since 19 June 2026)",
        )
    },
    Section {
        needs: Needs::Regulator,
        ..section("complain-ico", "how to complain to the regulator", "UK GDPR, Art. 13(2)(d)")
    },
    section("source", "where the data come from", "UK GDPR, Art. 14(2)(f)"),
    section(
        "statutory-duty",
        "whether people have to give the data, and what follows if they do not",
        "UK GDPR, Art. 13(2)(e)",
    ),
    section(
        "automated-decisions",
        "whether decisions are taken by machines alone, or that none are",
        "UK GDPR, Art. 13(2)(f)",
    ),
];

/// Where the guidance for research participants is one.
const HRA: &str = "Health Research Authority, participant information guidance";

const INFORMATION: [Section; 13] = [
    section("purpose", "what the study is for", HRA),
    section("why-me", "why somebody is asked to take part", HRA),
    section("voluntary", "that taking part is voluntary", HRA),
    section("what-happens", "what taking part involves", HRA),
    section("risks", "which risks and burdens there may be", HRA),
    section("benefits", "which benefits there may be", HRA),
    section("confidentiality", "how answers are kept confidential", HRA),
    section("data-storage", "where and how long the data are kept", "UK GDPR, Art. 13(2)(a); HRA"),
    section("withdrawal", "how to withdraw, and from when on an anonymous answer cannot be withdrawn", HRA),
    section("results", "what becomes of the results", HRA),
    Section {
        needs: Needs::Number,
        ..section("ethics-approval", "who approved the study, and under which number", HRA)
    },
    Section {
        needs: Needs::WayToAsk,
        ..section("complaints-independent", "whom outside the study to complain to", HRA)
    },
    Section { needs: Needs::WayToAsk, ..section("contact", "whom to ask", HRA) },
];

/// Where a promise between mentor and mentee comes from.
const EMCC: &str = "Global Code of Ethics for coaches, mentors and supervisors";

const CONDUCT: [Section; 6] = [
    section("expected", "what is expected of everybody", EMCC),
    section("unacceptable", "what is not accepted", "Equality Act 2010, s. 26"),
    section("confidentiality", "what stays between mentor and mentee, and what does not", EMCC),
    section("boundaries", "where mentoring ends", EMCC),
    Section {
        needs: Needs::WayToAsk,
        ..section("reporting", "whom outside the pair to tell of a concern", EMCC)
    },
    section("consequences", "what follows from a breach", EMCC),
];

/// Where public bodies are told what to write.
const MODEL: &str = "SI 2018/952, reg. 8, and the model statement";

const ACCESSIBILITY: [Section; 5] = [
    section("compliance-status", "how far the website complies", MODEL),
    Section {
        due: Due::UnlessFullyCompliant,
        ..section("non-accessible-content", "what is not accessible, and why", MODEL)
    },
    section("preparation", "how the statement was prepared", MODEL),
    Section {
        needs: Needs::AnswerTime,
        ..section("contact", "whom to tell of a barrier, and when an answer comes", MODEL)
    },
    Section {
        needs: Needs::Enforcers,
        ..section("enforcement", "who enforces the regulations", "SI 2018/952, reg. 8 and 12")
    },
];

const WORDING: [Section; 3] = [
    section("agree", "what is agreed to", "UK GDPR, Art. 4(11) and 7(2)"),
    Section {
        due: Due::SeveralConsents,
        ..section("separate", "what is asked for separately", "UK GDPR, recital 43")
    },
    Section {
        needs: Needs::WayToAsk,
        ..section("withdraw", "how the consent is taken back", "UK GDPR, Art. 7(3)")
    },
];
