//! One person's record -> what it says of her, as far as it can be read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::file_name;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Kind, Node};

/// One person's record where it stands.
#[derive(Clone, Debug)]
pub struct Record {
    /// Her id.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// The file's path from the site's folder.
    pub path: String,
    /// Where it stands in the file.
    pub span: Span,
    /// It is all there is in its file.
    pub is_whole: bool,
    /// Its tree; `None` for a file of one person whose syntax is broken.
    pub(super) node: Option<Node>,
    /// What such a file seems to say all the same.
    guess: Guess,
}

/// What can be made out in a file that is not YAML: enough to know what to search for and to delete.
#[derive(Clone, Default, Debug)]
struct Guess {
    /// It looks like the record of one person.
    is_person: bool,
    name: Option<String>,
    sort_name: Option<String>,
    /// The file that its `photo:` names.
    photo: Option<String>,
}

impl Guess {
    fn of(text: &str) -> Guess {
        let key = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(bare);
        let name = key("name:");
        let mut lines = text.lines().skip_while(|line| !line.starts_with("photo:"));
        let first = lines.next().and_then(|line| line.strip_prefix("photo:")).unwrap_or_default();
        let below = lines.take_while(|line| line.starts_with([' ', '\t', '#']) || line.trim().is_empty());
        let photo = std::iter::once(first).chain(below).find_map(named_file);
        let photo = photo.or_else(|| (!first.trim_start().starts_with('{')).then(|| bare(first)));
        let words = |word: Option<&str>| word.filter(|word| !word.is_empty()).map(str::to_owned);
        // A list of people would go as a whole, with everybody in it.
        let is_list = text.lines().any(|line| line.trim_end() == "-" || line.starts_with("- "));
        Guess {
            is_person: name.is_some() && !is_list,
            name: words(name),
            sort_name: words(key("sort_name:")),
            photo: words(photo),
        }
    }
}

/// The whole word after `file:`: a part of another's name is not hers.
fn named_file(line: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let (at, key) = line.match_indices("file:").find(|(at, _)| !line[..*at].ends_with(is_word))?;
    Some(bare(line[at + key.len()..].split([',', '}']).next().unwrap_or_default()))
}

/// A value without its comment and quotation marks.
fn bare(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

impl Record {
    /// Every record of a file, in order: of one that is not YAML, what it seems to be. Findings are of such a file, and of
    /// whoever has no id in a list.
    pub(super) fn read(sources: &Sources, file: FileId, found: &mut Diagnostics) -> Vec<Record> {
        let source = sources.file(file);
        let stem = || file_name(&source.path).trim_end_matches(".yaml").to_owned();
        let record = |id: String, span: Span, node: Option<Node>, is_whole: bool| Record {
            id,
            file,
            path: source.path.clone(),
            span,
            is_whole,
            node,
            guess: Guess::default(),
        };
        match yaml::parse(sources, file, 0..source.text.len(), found) {
            None => {
                let broken = record(stem(), sources.whole(file), None, true);
                vec![Record { guess: Guess::of(&source.text), ..broken }]
            }
            Some(Node { kind: Kind::List(items), .. }) => items
                .into_iter()
                .filter_map(|node| {
                    yaml::pairs(&node, "a person", found)?;
                    let listed = record(String::new(), node.span, Some(node), false);
                    match listed.get("id") {
                        Some(id) => drop(yaml::id(id, found)),
                        None => found.push(
                            Diagnostic::new(Code::MissingKey, listed.span, "a person in a list needs `id`")
                                .help("add a line `id: …`"),
                        ),
                    }
                    let id = listed.text("id")?.to_owned();
                    Some(Record { id, ..listed })
                })
                .collect(),
            Some(node) => {
                yaml::pairs(&node, "a person", found);
                vec![record(stem(), node.span, Some(node), true)]
            }
        }
    }

    /// Its keys and values, in order.
    pub fn entries(&self) -> &[Entry] {
        match self.node.as_ref().map(|node| &node.kind) {
            Some(Kind::Map(entries)) => entries,
            _ => &[],
        }
    }

    /// The node of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(yaml::scalar).map(str::trim)
    }

    /// Her name.
    pub fn name(&self) -> Option<&str> {
        self.text("name").or(self.guess.name.as_deref())
    }

    /// Her name as lists are sorted by it, where the record says it.
    pub fn sort_name(&self) -> Option<&str> {
        self.text("sort_name").or(self.guess.sort_name.as_deref())
    }

    /// Whether its file is YAML at all.
    pub fn is_readable(&self) -> bool {
        self.node.is_some()
    }

    /// Whether it is somebody's at all: a file of something else, and a list that is not YAML, are nobody's.
    pub fn is_person(&self) -> bool {
        let says = |key: &str| self.get(key).is_some();
        self.guess.is_person || ["name", "status", "consent"].iter().any(|key| says(key))
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether she withdrew.
    pub fn is_withdrawn(&self) -> bool {
        self.text("status") == Some("withdrawn")
    }

    /// Whether it is what withdrawal leaves, and nothing more.
    pub fn is_reduced(&self) -> bool {
        let left = ["id", "status", "on"].iter().filter(|key| self.get(key).is_some()).count();
        self.is_withdrawn() && self.get("on").is_some() && left == self.len()
    }

    /// The path of the photo that it names, where that lies among the photos beside its file.
    pub fn photo(&self) -> Option<String> {
        let file = match (&self.guess.photo, self.get("photo").map(|photo| &photo.kind)) {
            (Some(file), _) => file.as_str(),
            (None, Some(Kind::Map(entries))) => {
                let file = entries.iter().find(|entry| entry.key.value == "file")?;
                yaml::scalar(&file.value)?.trim()
            }
            _ => return None,
        };
        let is_inside = !file.is_empty()
            && !file.starts_with('/')
            && !file.contains('\\')
            && file.split('/').all(|part| !part.is_empty() && part != ".." && part != ".");
        is_inside.then(|| format!("{}/photos/{file}", crate::path::folder(&self.path)))
    }
}
