//! `taken=2`, `offers+=grants` as typed -> a key, what is done to it, and a value.

/// What is done to a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    Put,
    Add,
    Take,
}

/// One `key=value`, `key+=value` or `key-=value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    pub(super) key: String,
    pub(super) act: Act,
    pub(super) value: String,
}

impl Assignment {
    /// Reads one as it is typed.
    ///
    /// # Errors
    /// There is no `=`, or no key before it: in words for the command line.
    pub fn read(typed: &str) -> Result<Assignment, String> {
        let (key, value) = typed
            .split_once('=')
            .ok_or_else(|| "write a key, an equals sign and a value: taken=2".to_owned())?;
        let (key, act) = match (key.strip_suffix('+'), key.strip_suffix('-')) {
            (Some(key), _) => (key, Act::Add),
            (_, Some(key)) => (key, Act::Take),
            _ => (key, Act::Put),
        };
        let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
        if key.is_empty() {
            return Err("write a key before the equals sign: taken=2".to_owned());
        }
        Ok(Assignment { key, act, value })
    }

    /// A key with a value.
    pub(super) fn put(key: &str, value: impl Into<String>) -> Assignment {
        Assignment { key: key.to_owned(), act: Act::Put, value: value.into() }
    }
}
