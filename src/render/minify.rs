//! A template -> the same template in fewer bytes, once for all pages that are made from it.
//!
//! 1. What belongs to Tera is masked: within text by a mark, within a tag by a mark for all its attributes, and a tag
//!    whose name is computed is a mark as a whole;
//! 2. the package makes the rest smaller, which is plain HTML;
//! 3. the marks give way to what they stand for. Where not every tag, mark and word is still in its place, the
//!    template is used as it was written.
//!
//! The package treats `div`, `nav`, `section` and their like as layout and drops white space between inline elements
//! in them; themes are written with that in mind (`docs/themes.md`). What authors write never passes through here.

use crate::html::{Token, decode, tokens};

/// Marks stand between these noncharacters.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// Elements inside one another above which a template is left as it is: the package recurses.
const MAX_DEPTH: usize = 256;

/// Makes a template smaller.
pub(super) fn minify(template: &str) -> String {
    let joined = join_lines(template);
    let Some(masked) = Masked::new(&joined) else { return joined };
    if masked.html.matches('<').count() > MAX_DEPTH * 2 && depth(&masked.html) > MAX_DEPTH {
        return joined;
    }
    // Scripts and styles are files of their own, closing tags and html/head stay: nothing here bends the standard.
    let mut cfg = minify_html::Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    let small = minify_html::minify(masked.html.as_bytes(), &cfg);
    let small = String::from_utf8(small).ok().filter(|small| outline(small) == outline(&masked.html));
    small.and_then(|small| masked.unmask(&small)).unwrap_or(joined)
}

/// Takes out the white space between a tag that ends a line and a tag, a statement or finished HTML (`{{ … | safe }}`)
/// that begins the next.
fn join_lines(template: &str) -> String {
    let mut joined = String::with_capacity(template.len());
    let mut lines = template.split('\n').peekable();
    while let Some(line) = lines.next() {
        let ends_tag = [">", "%}", "| safe }}"].iter().any(|end| line.ends_with(end));
        let next = lines.peek().map(|next| next.trim_start());
        let begins_tag = next.is_some_and(|next| {
            ["<", "{%"].iter().any(|start| next.starts_with(start))
                || (next.starts_with("{{") && next.ends_with("| safe }}"))
        });
        let line = if joined.ends_with('\n') || joined.is_empty() { line } else { line.trim_start() };
        joined.push_str(line);
        if next.is_some() && !(ends_tag && begins_tag) {
            joined.push('\n');
        }
    }
    joined
}

/// A template without what belongs to Tera.
struct Masked<'t> {
    html: String,
    /// What the marks stand for, in order.
    pieces: Vec<&'t str>,
}

impl<'t> Masked<'t> {
    /// `None` where something of Tera's or a tag has no end: the template is broken, and Tera is the one to say so.
    fn new(template: &'t str) -> Option<Masked<'t>> {
        let mut masked = Masked { html: String::with_capacity(template.len()), pieces: Vec::new() };
        let mut rest = template;
        while let Some(at) = rest.find(['{', '<']) {
            masked.html.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes() {
                [b'{', b'{' | b'%' | b'#', ..] => {
                    let length = statement(rest)?;
                    masked.mark(&rest[..length]);
                    length
                }
                [b'<', b'!', b'-', b'-', ..] => {
                    let length = rest.find("-->")? + 3;
                    masked.mark(&rest[..length]);
                    length
                }
                [b'<', b'/' | b'!' | b'{' | b'A'..=b'Z' | b'a'..=b'z', ..] => {
                    let length = tag(rest)?;
                    masked.tag(&rest[..length]);
                    length
                }
                _ => {
                    masked.html.push_str(&rest[..1]);
                    1
                }
            };
            rest = &rest[length..];
        }
        masked.html.push_str(rest);
        Some(masked)
    }

    fn mark(&mut self, piece: &'t str) {
        self.html.push_str(&format!("{OPEN}{}{CLOSE}", self.pieces.len()));
        self.pieces.push(piece);
    }

    fn tag(&mut self, tag: &'t str) {
        if !["{{", "{%", "{#"].iter().any(|start| tag.contains(start)) {
            return self.html.push_str(tag);
        }
        let name =
            1 + tag[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        if name > 1 && tag.as_bytes()[name].is_ascii_whitespace() {
            self.html.push_str(&tag[..name + 1]);
            self.mark(tag[name..tag.len() - 1].trim());
            self.html.push('>');
        } else if name > 1 && tag[name..].starts_with("{%") {
            // `<li{% if … %} class="…"{% endif %}>`: the statement brings its own space.
            self.html.push_str(&tag[..name]);
            self.html.push(' ');
            self.mark(&tag[name..tag.len() - 1]);
            self.html.push('>');
        } else {
            self.mark(tag);
        }
    }

    /// Puts everything back; `None` if a mark is missing or out of order.
    fn unmask(&self, small: &str) -> Option<String> {
        let mut whole = String::with_capacity(small.len() * 2);
        let mut rest = small;
        for (number, piece) in self.pieces.iter().enumerate() {
            let mark = format!("{OPEN}{number}{CLOSE}");
            let (before, after) = rest.split_once(&mark)?;
            let is_attributes = before.rfind('<') > before.rfind('>');
            // A statement at the place of attributes brings its own space.
            let before = match before.strip_suffix(' ') {
                Some(bare) if is_attributes && piece.starts_with("{%") => bare,
                _ => before,
            };
            whole.push_str(before);
            whole.push_str(piece);
            rest = after;
        }
        whole.push_str(rest);
        (!rest.contains(OPEN)).then_some(whole)
    }
}

/// The length of `{{ … }}`, `{% … %}` or `{# … #}` at the start of a text; quotes may hold anything.
fn statement(text: &str) -> Option<usize> {
    let end = match text.as_bytes()[1] {
        b'{' => "}}",
        b'%' => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut quote = None;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text[at..].starts_with(end) => return Some(at + end.len()),
            None => {}
        }
    }
    None
}

/// The length of a tag at the start of a text; quotes and what belongs to Tera may hold a `>`.
fn tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut at = 1;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if ["{{", "{%", "{#"].iter().any(|start| rest.starts_with(start)) {
            at += statement(rest)?;
            continue;
        }
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '>' => return Some(at + 1),
            None => {}
        }
        at += c.len_utf8();
    }
    None
}

/// Tags by name, and words, in order: what must not change.
fn outline(html: &str) -> Vec<String> {
    let mut outline: Vec<String> = Vec::new();
    let mut text = String::new();
    let end_text = |text: &mut String, outline: &mut Vec<String>| {
        if !text.is_empty() {
            outline.push(std::mem::take(text));
        }
    };
    for token in tokens(html) {
        match token {
            Token::Text(more) => text.extend(decode(more).chars().filter(|c| !c.is_whitespace())),
            Token::Open { name, .. } => {
                end_text(&mut text, &mut outline);
                outline.push(format!("<{}", name.to_ascii_lowercase()));
            }
            Token::Close(name) => {
                end_text(&mut text, &mut outline);
                outline.push(format!("</{}", name.to_ascii_lowercase()));
            }
        }
    }
    end_text(&mut text, &mut outline);
    outline
}

/// The deepest nesting of elements.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for token in tokens(html) {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Text(_) => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_gets_smaller_and_tera_stays_as_it_was() {
        let template = "{# What it is. -#}\n{% extends \"base.html\" %}\n{% block main %}\n<div class=\"a b\"  id=\"x\">\n  <p class=\"lead\">{{ page.title }} <b>{{ a | join(sep=\", >\") }}</b></p>\n<ul>\n{% for item in items -%}\n<li{% if loop.last %} aria-current=\"page\"{% endif %}><a class=\"k\" href=\"{{ item.href }}\">{{ item.label }}</a></li>\n{% endfor -%}\n</ul>\n<{{ tag }} class=\"name\">N</{{ tag }}>\n</div>\n{% endblock main %}\n";
        let small = minify(template);
        assert_eq!(
            small,
            "{# What it is. -#} {% extends \"base.html\" %}{% block main %}<div class=\"a b\" id=x><p class=lead>{{ page.title }} <b>{{ a | join(sep=\", >\") }}</b></p><ul>{% for item in items -%}<li{% if loop.last %} aria-current=\"page\"{% endif %}><a class=\"k\" href=\"{{ item.href }}\">{{ item.label }}</a></li>{% endfor -%}</ul><{{ tag }} class=\"name\">N</{{ tag }}></div>{% endblock main %}"
        );
    }

    #[test]
    fn half_a_page_stays_half_a_page() {
        assert_eq!(minify("<div class=\"a\">  <p>begins here"), "<div class=a><p>begins here");
        assert_eq!(
            minify("and ends here.</p>\n</div>\n{{ end | safe }}\n"),
            "and ends here.</p></div>{{ end | safe }}\n"
        );
    }

    #[test]
    fn a_template_that_would_be_repaired_is_left_as_it_is() {
        for template in [
            "{% if a %}<ul class=\"x\">{% else %}<ol>{% endif %}<li>1</li>{% if a %}</ul>{% else %}</ol>{% endif %}",
            "<p class=\"a\"  >{{ never closed",
            "<p class=\"a\"  ",
            "</div>  <div class=\"a\">",
        ] {
            assert_eq!(minify(template), template);
        }
        let deep = format!("{}x{}", "<div class=\"a\">".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(minify(&deep), deep);
    }
}
