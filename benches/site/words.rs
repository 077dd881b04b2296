//! What sample people and pages are made of. Labels are plain letters and spaces, so that the address of a term is
//! its words with hyphens, in Hugo as in the vocabulary written for Mentorpress.

/// Institutions, none of which exists.
pub(crate) const INSTITUTIONS: [&str; 40] = [
    "Aldersby Medical School",
    "Ashwick University",
    "Barrowmere University",
    "Brackenfell Medical School",
    "Calderby University",
    "Carrowdale University",
    "Chalkwater Medical School",
    "Corriemoor University",
    "Dunmarrow University",
    "Eastholm University",
    "Elderwick Medical School",
    "Farrowgate University",
    "Fellmouth University",
    "Glenharrow University",
    "Greywater University",
    "Harrowby Medical School",
    "Hazelmere University",
    "Inverlarch University",
    "Kelderness University",
    "Kirkmarsh Medical School",
    "Larkhaven University",
    "Linmoor University",
    "Llanwern Medical School",
    "Marlowick University",
    "Merefield University",
    "Netherby Medical School",
    "Northmoor University",
    "Oakenshaw University",
    "Pencarrow Medical School",
    "Quarrendale University",
    "Ravenholm University",
    "Sandwick University",
    "Silverdale Medical School",
    "Stonemarch University",
    "Thornbeck University",
    "Underfell University",
    "Wavermouth Medical School",
    "Westmarsh University",
    "Windlestone University",
    "Yarrowdale University",
];

/// Disciplines.
pub(crate) const DISCIPLINES: [&str; 30] = [
    "Anaesthetics",
    "Anatomy",
    "Biochemistry",
    "Cancer",
    "Cardiology",
    "Clinical trials",
    "Dentistry",
    "Dermatology",
    "Emergency medicine",
    "Endocrinology",
    "Epidemiology",
    "Genetics",
    "Geriatrics",
    "Global health",
    "Health economics",
    "Immunology",
    "Infectious disease",
    "Medical education",
    "Medical imaging",
    "Neuroscience",
    "Nursing",
    "Obstetrics",
    "Ophthalmology",
    "Paediatrics",
    "Pharmacy",
    "Primary care",
    "Psychiatry",
    "Public health",
    "Respiratory medicine",
    "Surgery",
];

/// What mentors help with.
pub(crate) const OFFERS: [&str; 12] = [
    "Balancing clinic and university",
    "Building networks",
    "Changing fields",
    "Grant applications",
    "Leadership",
    "Managing people",
    "Promotion",
    "Public engagement",
    "Returning from leave",
    "Teaching careers",
    "Work and home life",
    "Writing and publishing",
];

/// The one stage that everybody is given: Mentorpress demands one, and lists by it.
pub(crate) const STAGE: &str = "Academic";

/// Titles before names; none is the commonest after "Dr".
pub(crate) const TITLES: [&str; 8] = ["Dr", "Dr", "Dr", "Professor", "Professor", "", "", "Mrs"];
/// Syllables of invented surnames.
pub(crate) const STARTS: [&str; 24] = [
    "Al", "Bel", "Cor", "Dar", "El", "Fen", "Gal", "Har", "Im", "Jor", "Kel", "Lor", "Mar", "Nor", "O'Dal",
    "Pel", "Quen", "Ros", "Sal", "Tor", "Ul", "Ven", "Wil", "Yor",
];
pub(crate) const MIDDLES: [&str; 16] =
    ["a", "ami", "ane", "ara", "e", "edi", "eli", "i", "imo", "ina", "o", "ola", "ora", "u", "una", "y"];
pub(crate) const ENDS: [&str; 16] = [
    "bury", "croft", "dale", "den", "field", "ford", "ham", "land", "lin", "mond", "nell", "rick", "son",
    "ton", "way", "worth",
];

/// Posts; the braces are a discipline.
pub(crate) const POSTS: [&str; 8] = [
    "Senior Lecturer in {}",
    "Professor of {}",
    "Reader in {}",
    "Research Fellow in {}",
    "Clinical Lecturer, {}",
    "Consultant and Honorary Lecturer in {}",
    "Associate Professor ({})",
    "Lecturer in {}",
];

/// Interests, in people's own words.
pub(crate) const INTERESTS: [&str; 20] = [
    "Birth cohorts",
    "Bilingual consultations",
    "Care at home",
    "Decision aids",
    "Early diagnosis",
    "Health of carers",
    "Inequalities in child health",
    "Long conditions",
    "Mixed methods",
    "Night work",
    "Open data",
    "Patients' own records",
    "Prescribing",
    "Research with local authorities",
    "Rural practice",
    "Screening",
    "Simulation",
    "Sleep",
    "Teaching with archives",
    "Trials in outpatient clinics",
];

/// Whom they hope to mentor.
pub(crate) const SEEKS: [&str; 8] = [
    "A lecturer who is preparing for promotion, or wondering whether she should.",
    "Somebody back from leave who wants her research back as well.",
    "A clinician with a first grant to write & no time to write it.",
    "Anybody who is the only one of her kind in the department.",
    "A postdoctoral researcher who has been told to \"be patient\".",
    "A teacher who would like her teaching to count.",
    "Someone moving from one field to another.",
    "A new principal investigator; the first three years are the hardest.",
];

/// Languages besides English.
pub(crate) const LANGUAGES: [&str; 10] = ["ar", "bn", "cy", "fr", "hi", "ig", "pl", "so", "ur", "yo"];

/// Sentences of biographies in Markdown. `{d}` is a discipline, `{i}` an institution, `{o}` something offered,
/// `{p}` a link to another mentor and `{page}` one to a page.
pub(crate) const SENTENCES: [&str; 40] = [
    "I came to {d} by way of a degree in statistics and two years in a council office, where I learnt that a good table changes more minds than a good speech.",
    "I still like a good table.",
    "Most of my week goes to {d}, and the rest of it to finding out why the rest of the week is never enough.",
    "I trained at {i} and have worked in *three* departments since, each of which thought its own way the only one.",
    "My first application failed -- I can show you the letter, and what I did with it.",
    "I have sat on promotion panels for a decade, so I can tell you what they read **first** and what they never reach.",
    "Nobody in my department had done it before me, and that is a longer story than fits here.",
    "What helped was {o}: an hour a month with somebody who had *no* stake in the answer.",
    "{p} and I share a student, and disagree about most things to everybody's profit.",
    "Before you write to me, read [how matching works]({page}); it says in a page what took me a year to learn.",
    "I don't believe in five-year plans.",
    "If you have a draft, bring it; if you haven't, bring the reason why not, and we'll begin there.",
    "People tell me I am \"blunt but kind\", which I take as a compliment on both counts.",
    "I took two long leaves and came back each time to a different job under the same title.",
    "The grant I am proudest of is the small one that paid for a coordinator, a kettle and eighteen months of quiet.",
    "In {d} we say that the *second* reviewer is always right about the wrong thing.",
    "I was a mentee here myself -- twice -- and can say what it looks like from the other chair.",
    "My mother's advice was to learn to type and then never to admit it.",
    "I teach the first-year course in {d}, four hundred students at a time, and know perhaps thirty of their names.",
    "We can talk in the evening if that suits you better: my children are old enough to cook.",
    "There is more about what the scheme can and cannot do in [the pages for mentees]({page}).",
    "I work part time and have done so for **eleven years**, grants and all.",
    "I moved from {i} for a post that was abolished within the year ... and it turned out well.",
    "Ask me about {o}, about contracts, or about saying no.",
    "I edit a journal, so I know how long things lie, and where.",
    "What I cannot help with is laboratory politics; ask {p} instead.",
    "My group is small: a nurse, a statistician, two students and a very patient administrator.",
    "I've made most of the mistakes that can be made with a budget.",
    "It took me four attempts to be made a reader, and the fourth was the *weakest* of them.",
    "I read everything I am sent, although not always on the day.",
    "The best meeting I had as a mentee lasted ten minutes and was about a single `no`.",
    "For the first meeting we need nothing but a quiet room and a list of what you don't want.",
    "I keep what I'm told to myself, as [the rules]({page}) say I must; I would do it anyway.",
    "Clinics are on Tuesdays and Thursdays, so I answer on the other days.",
    "At {i} I helped to set up the returners' group, which now runs without me (and better).",
    "I have supervised eighteen doctorates; sixteen were finished, and I learnt more from the other two.",
    "Somebody once told me that {d} was \"no place for a mother of three\" -- it is.",
    "I like to begin with your calendar rather than your CV.",
    "Half of what I know about {o} I learnt from {p}.",
    "I am not a patient person, but I am a persistent one.",
];

/// Items of lists in biographies.
pub(crate) const ITEMS: [&str; 12] = [
    "reading a draft before anybody else does",
    "what panels in {d} look for",
    "practising the *talk*, twice",
    "saying **no** to the third committee",
    "costing a grant, and defending the costing",
    "[what to expect]({page}) of the first three meetings",
    "finding a co-applicant at another school",
    "{o}, without the jargon",
    "a letter that says what you want",
    "a plan for the month after leave",
    "when to involve {p}",
    "asking for protected time before you need it",
];

/// Headings and names of the twenty pages: file name and title.
pub(crate) const PAGES: [(&str, &str); 20] = [
    ("about", "About the scheme"),
    ("accessibility", "Accessibility"),
    ("applying", "How to apply"),
    ("code-of-conduct", "Code of conduct"),
    ("committee", "The committee"),
    ("consent", "Consent to a public profile"),
    ("contact", "Contact"),
    ("ending-early", "Ending early"),
    ("evaluation", "How the scheme is evaluated"),
    ("first-meeting", "The first meeting"),
    ("for-mentees", "For mentees"),
    ("for-mentors", "For mentors"),
    ("funding", "Funding"),
    ("glossary", "Words we use"),
    ("history", "History of the scheme"),
    ("matching", "How matching works"),
    ("privacy", "Privacy notice"),
    ("resources", "Things to read"),
    ("training", "Training for mentors"),
    ("universities", "For universities"),
];
