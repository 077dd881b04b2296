//! Two texts -> the lines in which they differ.

/// Middles with more pairs of lines than this are not searched for what they share: all old lines go, all new come.
const MOST_PAIRS: usize = 4_000_000;

/// A line of the old text, the new one, or both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line<'t> {
    /// In both; with its number in the old text, from 0.
    Kept(usize, &'t str),
    /// In the old text alone; with its number there, from 0.
    Removed(usize, &'t str),
    /// In the new text alone.
    Added(&'t str),
}

/// The lines of both texts in order, each without its line end. A text that ends with a line end has an empty last line.
pub fn compare<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let after =
        old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - after, new.len() - after);
    let kept = |range: std::ops::Range<usize>| range.map(|at| Line::Kept(at, old[at])).collect::<Vec<_>>();
    let mut lines = kept(0..before);
    lines.extend(middle(&old[before..old_end], &new[before..new_end], before));
    lines.extend(kept(old_end..old.len()));
    lines
}

/// The longest common run of lines decides what is kept; `offset` is the number of the first old line.
fn middle<'t>(old: &[&'t str], new: &[&'t str], offset: usize) -> Vec<Line<'t>> {
    let width = new.len() + 1;
    let mut lines = Vec::with_capacity(old.len() + new.len());
    let mut length = vec![0u32; if old.len() * new.len() > MOST_PAIRS { 0 } else { (old.len() + 1) * width }];
    if !length.is_empty() {
        for a in (0..old.len()).rev() {
            for b in (0..new.len()).rev() {
                length[a * width + b] = if old[a] == new[b] {
                    length[(a + 1) * width + b + 1] + 1
                } else {
                    length[(a + 1) * width + b].max(length[a * width + b + 1])
                };
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() && !length.is_empty() {
        if old[a] == new[b] {
            lines.push(Line::Kept(offset + a, old[a]));
            (a, b) = (a + 1, b + 1);
        } else if length[(a + 1) * width + b] >= length[a * width + b + 1] {
            lines.push(Line::Removed(offset + a, old[a]));
            a += 1;
        } else {
            lines.push(Line::Added(new[b]));
            b += 1;
        }
    }
    lines.extend((a..old.len()).map(|a| Line::Removed(offset + a, old[a])));
    lines.extend(new[b..].iter().map(|line| Line::Added(line)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let lines = compare("a\nb\nc\nd\n", "a\nB\nc\nx\nd\n");
        assert_eq!(
            lines,
            [
                Line::Kept(0, "a"),
                Line::Removed(1, "b"),
                Line::Added("B"),
                Line::Kept(2, "c"),
                Line::Added("x"),
                Line::Kept(3, "d"),
                Line::Kept(4, ""),
            ]
        );
        assert_eq!(compare("", ""), [Line::Kept(0, "")]);
        assert_eq!(compare("a", ""), [Line::Removed(0, "a"), Line::Added("")]);
    }

    #[test]
    fn texts_without_anything_in_common_end_too() {
        let (old, new) = ("x\n".repeat(3000), "y\n".repeat(3000));
        let lines = compare(&old, &new);
        assert_eq!(lines.iter().filter(|line| matches!(line, Line::Removed(..))).count(), 3000);
        assert_eq!(lines.iter().filter(|line| matches!(line, Line::Added(_))).count(), 3000);
    }
}
