//! A template -> the same template in fewer bytes, once for all pages that are made from it.
//!
//! Only white space is taken out: a run of it is one character, and none between a line that ends with a tag and one that
//! begins with a tag (`docs/themes.md`). What belongs to Tera, what stands in quotes and what is shown as it was typed
//! (`pre`) stays. What authors write never passes through here.

/// Elements whose text is kept to the letter.
const AS_TYPED: [&str; 4] = ["pre", "textarea", "script", "style"];

/// What a template is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Piece<'t> {
    /// White space between two other pieces.
    Space(&'t str),
    Words(&'t str),
    /// `<…>`, with anything of Tera's in it.
    Tag(&'t str),
    /// `{% … %}`, `{{ … }}` or `{# … #}`.
    Statement(&'t str),
    /// An element whose text is kept, from its tag on.
    AsTyped(&'t str),
}

/// Makes a template smaller. One in which a tag or a statement has no end stays as it is: Tera is the one to say so.
pub(super) fn minify(template: &str) -> String {
    let Some(pieces) = pieces(template) else { return template.to_owned() };
    let mut small = String::with_capacity(template.len());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Space(space) if !space.contains('\n') => small.push(' '),
            Piece::Space(_) => {
                let before = at.checked_sub(1).and_then(|before| pieces.get(before));
                let is_between = before.is_some_and(Piece::is_like_a_tag)
                    && pieces.get(at + 1).is_some_and(Piece::is_like_a_tag);
                if !is_between {
                    small.push('\n');
                }
            }
            Piece::Tag(tag) => push_tag(&mut small, tag),
            Piece::Words(text) | Piece::Statement(text) | Piece::AsTyped(text) => small.push_str(text),
        }
    }
    small
}

impl Piece<'_> {
    /// A tag, or what gives tags or nothing: an order to Tera, a note, finished HTML.
    fn is_like_a_tag(&self) -> bool {
        match self {
            Piece::Tag(_) | Piece::AsTyped(_) => true,
            Piece::Statement(text) => !text.starts_with("{{") || text.ends_with("| safe }}"),
            Piece::Space(_) | Piece::Words(_) => false,
        }
    }
}

/// A tag with one space wherever it has several.
fn push_tag(small: &mut String, tag: &str) {
    let mut rest = tag;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_whitespace() {
            small.push(' ');
            rest.len() - rest.trim_ascii_start().len()
        } else {
            let length = unit(rest).unwrap_or(rest.len());
            small.push_str(&rest[..length]);
            length
        };
        rest = &rest[length..];
    }
}

/// The pieces of a template; `None` where something of Tera's or a tag has no end.
fn pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let (piece, length) = piece(rest)?;
        pieces.push(piece);
        rest = &rest[length..];
    }
    Some(pieces)
}

fn piece<'t>(text: &'t str) -> Option<(Piece<'t>, usize)> {
    let space = text.len() - text.trim_ascii_start().len();
    let (kind, length): (fn(&'t str) -> Piece<'t>, usize) = match text.as_bytes() {
        _ if space > 0 => (Piece::Space, space),
        [b'{', b'{' | b'%' | b'#', ..] => (Piece::Statement, statement(text)?),
        [b'<', b'!', b'-', b'-', ..] => (Piece::Tag, text.find("-->")? + 3),
        [b'<', b'/' | b'!' | b'{' | b'A'..=b'Z' | b'a'..=b'z', ..] => match as_typed(text) {
            Some(length) => (Piece::AsTyped, length),
            None => (Piece::Tag, tag(text)?),
        },
        [first, ..] => {
            let skipped = usize::from(matches!(first, b'{' | b'<'));
            let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '{' | '<');
            let end = text[skipped..].find(is_end).map_or(text.len(), |at| at + skipped);
            (Piece::Words, end)
        }
        [] => return None,
    };
    Some((kind(&text[..length]), length))
}

/// The length of an element at the start of a text whose text is kept; up to the end of the template where it ends in
/// another one.
fn as_typed(text: &str) -> Option<usize> {
    let name: String = text[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = AS_TYPED.into_iter().find(|kept| name.eq_ignore_ascii_case(kept))?;
    let end = text.to_ascii_lowercase().find(&format!("</{name}"));
    Some(end.unwrap_or(text.len()))
}

/// The length of `{{ … }}`, `{% … %}` or `{# … #}` at the start of a text; quotes may hold anything.
fn statement(text: &str) -> Option<usize> {
    let end = match text.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut at = 2;
    while !text[at..].starts_with(end) {
        at += unit(&text[at..])?;
    }
    Some(at + end.len())
}

/// The length of a tag at the start of a text; quotes and what belongs to Tera may hold a `>`.
fn tag(text: &str) -> Option<usize> {
    let mut at = 1;
    while !text[at..].starts_with('>') {
        at += unit(&text[at..])?;
    }
    Some(at + 1)
}

/// The length of what is read as one within a tag or a statement: something in quotes, something of Tera's, a character.
fn unit(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    match first {
        '"' | '\'' | '`' => {
            let mut at = 1;
            while !text[at..].starts_with(first) {
                let rest = &text[at..];
                at += match rest.as_bytes() {
                    [b'{', b'{' | b'%' | b'#', ..] => statement(rest)?,
                    _ => rest.chars().next()?.len_utf8(),
                };
            }
            Some(at + 1)
        }
        '{' if text.starts_with("{{") || text.starts_with("{%") || text.starts_with("{#") => statement(text),
        _ => Some(first.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_and_tera_stays_as_it_was() {
        let template = "{# What it is. -#}\n{% extends \"base.html\" %}\n{% block main %}\n<div class=\"a  b\"  id=\"x\"\n  hidden>\n  <p class=\"lead\">{{ page.title }}   <b>{{ a | join(sep=\", >  \") }}</b>\n  and\n  on</p>\n<ul>\n{% for item in items -%}\n<li{% if loop.last %} aria-current=\"page\"{% endif %}><a class=\"k\" href=\"{{ item.href | get(key=\"a\") }}\">{{ item.label }}</a></li>\n{% endfor -%}\n</ul>\n<{{ tag }} class=\"name\">N</{{ tag }}>\n</div>\n{% endblock main %}\n";
        assert_eq!(
            minify(template),
            "{# What it is. -#}{% extends \"base.html\" %}{% block main %}<div class=\"a  b\" id=\"x\" hidden><p class=\"lead\">{{ page.title }} <b>{{ a | join(sep=\", >  \") }}</b>\nand\non</p><ul>{% for item in items -%}<li{% if loop.last %} aria-current=\"page\"{% endif %}><a class=\"k\" href=\"{{ item.href | get(key=\"a\") }}\">{{ item.label }}</a></li>{% endfor -%}</ul><{{ tag }} class=\"name\">N</{{ tag }}></div>{% endblock main %}\n"
        );
    }

    #[test]
    fn neighbours_in_one_line_stay_apart() {
        assert_eq!(
            minify("<div>\n <b>Cardiology</b>  <b>GP</b>\n</div>"),
            "<div><b>Cardiology</b> <b>GP</b></div>"
        );
        assert_eq!(minify("<p>\n{{ name }}\n{{ post }}\n</p>"), "<p>\n{{ name }}\n{{ post }}\n</p>");
        assert_eq!(
            minify("<p>\n{{ a | safe }}\n{{ b | safe }}\n</p>"),
            "<p>{{ a | safe }}{{ b | safe }}</p>"
        );
    }

    #[test]
    fn what_is_typed_stays_as_typed() {
        let template = "<pre class=\"a\">\n  one\n\n  {{ two }}\n</pre><textarea>\n\n x</textarea>";
        assert_eq!(minify(template), template);
        assert_eq!(minify("<PRE>a  b</PRE>  c"), "<PRE>a  b</PRE> c");
        assert_eq!(minify("<pre>ends elsewhere  \n\n {{ x }}"), "<pre>ends elsewhere  \n\n {{ x }}");
        assert_eq!(minify("<preface>a  b"), "<preface>a b");
    }

    #[test]
    fn half_a_page_stays_half_a_page() {
        assert_eq!(minify("<div class=\"a\">  <p>begins here"), "<div class=\"a\"> <p>begins here");
        assert_eq!(
            minify("and ends here.</p>\n</div>\n{{ end | safe }}\n"),
            "and ends here.</p></div>{{ end | safe }}\n"
        );
        assert_eq!(minify("1 < 2 { 3 <é  {é"), "1 < 2 { 3 <é {é");
    }

    #[test]
    fn what_has_no_end_is_left_to_tera() {
        for template in
            ["<p class=\"a\"  >{{ never  closed", "<p class=\"a\"  ", "{# a  b", "<a title=\"{{ x  \">"]
        {
            assert_eq!(minify(template), template);
        }
        let deep = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(minify(&deep), deep);
    }
}
