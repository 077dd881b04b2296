//! A file's bytes, of which many files share pieces: each piece is kept once.

use std::borrow::Cow;
use std::sync::Arc;

/// The bytes of a file.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Bytes {
    own: Box<[u8]>,
    /// Shared pieces, with the byte of `own` that each stands before; in order.
    shared: Box<[(usize, Arc<[u8]>)]>,
}

impl Bytes {
    /// Bytes with shared pieces in them, each before a byte of the file's own, in order.
    pub fn shared(own: Vec<u8>, shared: Vec<(usize, Arc<[u8]>)>) -> Bytes {
        debug_assert!(shared.is_sorted_by_key(|(at, _)| *at), "pieces come in order");
        Bytes { own: own.into(), shared: shared.into() }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.own.len() + self.shared.iter().map(|(_, piece)| piece.len()).sum::<usize>()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pieces in order, each with whether many files share it; empty ones are left out.
    pub fn pieces(&self) -> impl Iterator<Item = (&[u8], bool)> {
        let starts = std::iter::once(0).chain(self.shared.iter().map(|(at, _)| *at));
        let ends = self.shared.iter().map(|(at, _)| *at).chain(std::iter::once(self.own.len()));
        let own = starts.zip(ends).map(|(start, end)| (&self.own[start..end], false));
        let shared = self.shared.iter().map(|(_, piece)| Some((&**piece, true)));
        let pieces = own.zip(shared.chain(std::iter::once(None)));
        pieces
            .flat_map(|(own, shared)| std::iter::once(own).chain(shared))
            .filter(|(piece, _)| !piece.is_empty())
    }

    /// All in one.
    pub fn whole(&self) -> Cow<'_, [u8]> {
        match (&*self.own, &*self.shared) {
            (own, []) => return Cow::Borrowed(own),
            ([], [(_, piece)]) => return Cow::Borrowed(piece),
            _ => {}
        }
        let mut whole = Vec::with_capacity(self.len());
        let mut at = 0;
        for (before, piece) in &self.shared {
            whole.extend_from_slice(&self.own[at..*before]);
            whole.extend_from_slice(piece);
            at = *before;
        }
        whole.extend_from_slice(&self.own[at..]);
        Cow::Owned(whole)
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(piece: Arc<[u8]>) -> Bytes {
        Bytes { own: Box::default(), shared: Box::new([(0, piece)]) }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(own: Vec<u8>) -> Bytes {
        Bytes { own: own.into(), shared: Box::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_where_they_were_put() {
        let piece: Arc<[u8]> = Arc::from(b"<b>".as_slice());
        let bytes = Bytes::shared(b"acd".to_vec(), vec![(0, piece.clone()), (1, piece.clone()), (3, piece)]);
        assert_eq!(bytes.whole(), b"<b>a<b>cd<b>".as_slice());
        assert_eq!(bytes.len(), bytes.whole().len());
        let pieces: Vec<_> = bytes.pieces().map(|(piece, is_shared)| (piece.to_vec(), is_shared)).collect();
        let expected = [("<b>", true), ("a", false), ("<b>", true), ("cd", false), ("<b>", true)];
        assert_eq!(pieces, expected.map(|(text, is_shared)| (text.as_bytes().to_vec(), is_shared)));
        assert_eq!(Bytes::from(Arc::<[u8]>::from(b"ab".as_slice())).whole(), b"ab".as_slice());
        assert_eq!(Bytes::from(b"ab".to_vec()).whole(), b"ab".as_slice());
    }
}
