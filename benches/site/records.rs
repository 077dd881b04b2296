//! A seed -> sample people and pages, the same on every machine, to be written down for each program in its own way.

use crate::words;
use std::fmt::Write as _;

/// One mentor.
pub(crate) struct Person {
    /// The last part of her address.
    pub(crate) id: String,
    pub(crate) name: String,
    /// The name that lists are sorted by.
    pub(crate) sort_name: String,
    pub(crate) initials: String,
    pub(crate) pronouns: Option<&'static str>,
    pub(crate) post: String,
    pub(crate) institution: &'static str,
    pub(crate) pathway: Option<&'static str>,
    pub(crate) disciplines: Vec<&'static str>,
    pub(crate) interests: Vec<&'static str>,
    pub(crate) offers: Vec<&'static str>,
    pub(crate) seeks: Option<&'static str>,
    /// Codes of languages besides English.
    pub(crate) languages: Vec<&'static str>,
    pub(crate) capacity: u32,
    pub(crate) taken: u32,
    /// Address of a profile elsewhere.
    pub(crate) link: Option<String>,
    /// Two to four paragraphs of Markdown, some with lists.
    pub(crate) bio: String,
    /// Her place in a list of everybody: those with places first, then by name.
    pub(crate) rank: usize,
}

impl Person {
    /// How many more mentees she can take.
    pub(crate) fn places(&self) -> u32 {
        self.capacity - self.taken
    }
}

/// One page of text.
pub(crate) struct Page {
    /// The last part of its address.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) summary: String,
    /// Markdown with headings, a list and a table.
    pub(crate) body: String,
}

/// Everything that the two sites say.
pub(crate) struct Records {
    pub(crate) people: Vec<Person>,
    pub(crate) pages: Vec<Page>,
}

/// The address of a term: its words with hyphens.
pub(crate) fn slug(label: &str) -> String {
    label.to_lowercase().replace(' ', "-")
}

/// A text in double quotes, which mean the same in YAML and TOML.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Marsaglia's xorshift64* (<https://doi.org/10.18637/jss.v008.i14>, Vigna's multiplier): enough for choosing words.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        // The state must not be 0, and neighbouring seeds must not begin alike.
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below another.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// True so many times in a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Between `least` and `most` different ones, in the order drawn.
    fn some<T: Copy + PartialEq>(&mut self, of: &[T], least: usize, most: usize) -> Vec<T> {
        let count = least + self.below(most - least + 1);
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count {
            let one = self.one(of);
            if !chosen.contains(&one) {
                chosen.push(one);
            }
        }
        chosen
    }
}

/// What is needed to link to a person before she is made.
struct Name {
    id: String,
    name: String,
    sort_name: String,
    initials: String,
}

impl Name {
    fn draw(number: usize) -> Name {
        let mut dice = Dice::new(number as u64 + 1);
        let title = dice.one(&words::TITLES);
        let surname =
            format!("{}{}{}", dice.one(&words::STARTS), dice.one(&words::MIDDLES), dice.one(&words::ENDS));
        let plain: String = surname.to_lowercase().chars().filter(char::is_ascii_lowercase).collect();
        Name {
            id: format!("sample-{plain}-{number:05}"),
            name: format!("{title} Sample {surname}").trim_start().to_owned(),
            sort_name: format!("{surname}, Sample"),
            initials: format!("S{}", &surname[..1]),
        }
    }
}

/// Draws everything.
pub(crate) fn records(profiles: usize) -> Records {
    let mut people: Vec<Person> = (0..profiles).map(|number| person(number, profiles)).collect();
    let mut order: Vec<usize> = (0..profiles).collect();
    order.sort_by_key(|at| {
        let person = &people[*at];
        (person.places() == 0, person.sort_name.clone(), person.id.clone())
    });
    for (rank, at) in order.into_iter().enumerate() {
        people[at].rank = rank + 1;
    }
    let pages =
        words::PAGES.iter().enumerate().map(|(at, (id, title))| page(at, id, title, profiles)).collect();
    Records { people, pages }
}

fn person(number: usize, profiles: usize) -> Person {
    let name = Name::draw(number);
    // Another stream than the name's, so that names can be drawn alone.
    let mut dice = Dice::new(0x5EED_0000_0000 + number as u64);
    let disciplines = dice.some(&words::DISCIPLINES, 1, 3);
    let offers = dice.some(&words::OFFERS, 1, 4);
    let capacity = 1 + u32::from(dice.chance(60)) + u32::from(dice.chance(30));
    let taken = u32::from(dice.chance(40)) + u32::from(dice.chance(10));
    let seeks = dice.chance(80).then(|| dice.one(&words::SEEKS));
    let pathway = match dice.below(4) {
        0 | 1 => Some("clinical"),
        2 => Some("non-clinical"),
        _ => None,
    };
    let link = dice.chance(30).then(|| format!("https://www.example.org/people/{}", name.id));
    Person {
        post: dice.one(&words::POSTS).replace("{}", disciplines[0]),
        institution: dice.one(&words::INSTITUTIONS),
        pronouns: [Some("she/her"), Some("she/her"), Some("they/them"), None][dice.below(4)],
        pathway,
        interests: dice.some(&words::INTERESTS, 0, 3),
        seeks,
        languages: dice.some(&words::LANGUAGES, 0, 2),
        capacity,
        taken: taken.min(capacity),
        link,
        bio: bio(&mut dice, profiles),
        rank: 0,
        disciplines,
        offers,
        id: name.id,
        name: name.name,
        sort_name: name.sort_name,
        initials: name.initials,
    }
}

fn bio(dice: &mut Dice, profiles: usize) -> String {
    let mut text = String::new();
    let paragraphs = 2 + dice.below(3);
    let sentences = dice.some(&words::SENTENCES, paragraphs * 2, paragraphs * 4);
    let mut rest = sentences.as_slice();
    // A list follows the first paragraph of every other biography.
    let list = dice.chance(50).then(|| (dice.chance(25), dice.some(&words::ITEMS, 2, 4)));
    for at in 0..paragraphs {
        let take = if at + 1 == paragraphs { rest.len() } else { rest.len() / (paragraphs - at) };
        let (these, others) = rest.split_at(take);
        rest = others;
        for (place, sentence) in these.iter().enumerate() {
            if place > 0 {
                text.push(' ');
            }
            fill(sentence, dice, profiles, &mut text);
        }
        text.push_str("\n\n");
        if let Some((numbered, items)) = list.as_ref().filter(|_| at == 0) {
            for (place, item) in items.iter().enumerate() {
                if *numbered {
                    // Writing to a String cannot fail.
                    _ = write!(text, "{}. ", place + 1);
                } else {
                    text.push_str("- ");
                }
                fill(item, dice, profiles, &mut text);
                text.push('\n');
            }
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Writes a sentence with its places filled.
fn fill(sentence: &str, dice: &mut Dice, profiles: usize, out: &mut String) {
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        match place {
            "d" => out.push_str(&dice.one(&words::DISCIPLINES).to_lowercase()),
            "i" => out.push_str(dice.one(&words::INSTITUTIONS)),
            "o" => out.push_str(&dice.one(&words::OFFERS).to_lowercase()),
            "page" => _ = write!(out, "/{}/", dice.one(&words::PAGES).0),
            _ => {
                let other = Name::draw(dice.below(profiles));
                _ = write!(out, "[{}](/mentors/{}/)", other.name, other.id);
            }
        }
        rest = after;
    }
    out.push_str(rest);
}

fn page(number: usize, id: &'static str, title: &'static str, profiles: usize) -> Page {
    let mut dice = Dice::new(0xA11_0000_0000 + number as u64);
    let mut body = String::new();
    for section in 1..=5 {
        _ = write!(body, "## {title}, part {section}\n\n");
        for _ in 0..3 {
            for (place, sentence) in dice.some(&words::SENTENCES, 3, 6).into_iter().enumerate() {
                if place > 0 {
                    body.push(' ');
                }
                fill(sentence, &mut dice, profiles, &mut body);
            }
            body.push_str("\n\n");
        }
        for item in dice.some(&words::ITEMS, 3, 5) {
            body.push_str("- ");
            fill(item, &mut dice, profiles, &mut body);
            body.push('\n');
        }
        body.push('\n');
    }
    if id == "consent" {
        // What the wording of a consent is held to have.
        body.push_str("## What I agree to {#agree}\n\nMy profile is published.\n\n");
        body.push_str(
            "## How I take it back {#withdraw}\n\nI write to [the scheme](mailto:bench@example.org).\n\n",
        );
    }
    body.push_str("| Discipline | Institution |\n|---|---|\n");
    for discipline in dice.some(&words::DISCIPLINES, 6, 6) {
        _ = writeln!(body, "| {discipline} | {} |", dice.one(&words::INSTITUTIONS));
    }
    Page {
        id,
        title,
        summary: format!("{title}: a sample page of five sections, a list in each, and a table."),
        body,
    }
}
