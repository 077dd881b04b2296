//! Reports, and lists of their editions -> what templates see.

use super::{Citation, Day, Entry, OwnedLabel, Page};
use serde::Serialize;

#[derive(Serialize)]
pub(in crate::render) struct ReportPage<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub contents: Vec<Entry<'a>>,
    pub report: Report<'a>,
    pub citation: Citation,
}

#[derive(Serialize)]
pub(in crate::render) struct Report<'a> {
    pub survey: &'a str,
    pub survey_href: String,
    pub edition: &'a str,
    pub authors: Vec<String>,
    pub institution: Option<&'a str>,
    pub number: Option<&'a str>,
    pub ethics: Option<&'a str>,
    pub funding: Option<&'a str>,
    pub interests: Option<&'a str>,
    pub licence: Option<&'a str>,
    pub doi: Option<&'a str>,
    pub collected: String,
    pub related: &'a [String],
    pub corrections: Vec<Correction<'a>>,
    pub method: Method<'a>,
    pub downloads: Vec<Download>,
}

#[derive(Serialize)]
pub(in crate::render) struct Download {
    pub format: &'static str,
    pub label: String,
    pub purpose: String,
    pub href: String,
    pub media_type: &'static str,
}

#[derive(Serialize)]
pub(in crate::render) struct Method<'a> {
    pub policy: &'static str,
    pub sentence: String,
    /// Of a release that passed the audit.
    pub promise: Option<String>,
    pub rules: Vec<String>,
    pub source: Option<Source<'a>>,
    pub reason: Option<&'a str>,
    pub approved_by: Option<&'a str>,
    pub exceptions: Vec<String>,
    pub notes: Vec<String>,
    pub limits: Vec<String>,
    pub checks: Vec<String>,
    pub provenance: Vec<Provenance>,
}

#[derive(Serialize)]
pub(in crate::render) struct Provenance {
    pub name: &'static str,
    pub label: String,
    pub text: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Source<'a> {
    pub text: &'a str,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render) struct Correction<'a> {
    pub date: Day,
    pub sentence: String,
    pub reason: &'a str,
    pub changed: Vec<Changed>,
}

#[derive(Serialize)]
pub(in crate::render) struct Changed {
    pub name: String,
    pub table: Option<OwnedLabel>,
}

#[derive(Serialize)]
pub(in crate::render) struct Reports<'a> {
    pub page: Page<'a>,
    pub editions: Vec<Edition<'a>>,
    pub asked: Option<String>,
    pub tables: Vec<String>,
    pub apart: Vec<Apart<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Apart<'a> {
    pub title: &'a str,
    pub notes: &'a [String],
}

#[derive(Serialize)]
pub(in crate::render) struct Edition<'a> {
    pub title: &'a str,
    pub href: String,
    pub edition: &'a str,
    pub collected: String,
    pub date: Option<Day>,
    pub summary: Option<&'a str>,
    pub includes: Option<String>,
    pub corrections: Vec<Correction<'a>>,
}
