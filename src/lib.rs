//! Mentorpress: the website of a mentoring scheme, and its evaluation reports, from plain files.
//!
//! # The way data flows
//!
//! ```text
//! folder ─ source ─▶ Sources            every text file, read once
//!                      │  yaml, markdown, config, theme
//!                      ▼
//!          content ─▶ Page
//!        directory ─▶ Profile           consent and dates decide who becomes one
//!       evaluation ─▶ PublishedTable    a release is judged before a number leaves the room
//!                      │  together: site::Project
//!                      ▼
//!             site ─▶ Site              every address, link and number resolved
//!           render ─▶ Output            paths to bytes
//!            check ─▶ findings          a second look at the final bytes
//!           output ─▶ Receipt           the old folder exchanged for the new one, in one step
//!            serve ─▶ answers           the same output to a browser, again after each change
//! ```
//!
//! Each is made once and none is changed afterwards; [`pipeline`] is the only place where the stages meet, and the
//! place to begin reading. [`cli`] turns a command line into a request and an outcome into text.
//!
//! # Two kinds of trouble
//!
//! A [`Diagnostic`](diagnostic::Diagnostic) is the author's: it has a place and a way out, and all of a run are
//! collected and shown at once. A [`Failure`](failure::Failure) is the machine's, and ends the run. A panic is our bug.
//!
//! # The house
//!
//! Imports go down only, and rooms of one floor do not see each other (`tests/architecture.rs`):
//!
//! | floor | rooms |
//! |---|---|
//! | the door | [`cli`] |
//! | what is done to people's files, to exports and to hosts; new sites | [`committee`], [`protect`], [`hosting`], [`starter`] |
//! | where stages meet | [`pipeline`] |
//! | the finished site | [`render`], [`check`] |
//! | the whole | [`site`] |
//! | its parts | [`content`], [`directory`], [`evaluation`] |
//! | decisions | [`config`], above [`theme`] |
//! | the preview's server, which knows the output alone | [`serve`] |
//! | languages of files | [`yaml`], [`markdown`], [`photo`], [`forms`] |
//! | findings | [`diagnostic`] |
//! | bytes | [`output`], above [`source`], [`web`] and [`git`] |
//! | the ground | [`failure`], [`path`], [`language`], [`html`], [`colour`], [`archive`], [`compression`] |
//!
//! The formats are documented in `docs/formats.md`, what is promised in `docs/guarantees.md`.

pub mod archive;
pub mod check;
pub mod cli;
pub mod colour;
pub mod committee;
pub mod compression;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod directory;
pub mod evaluation;
pub mod failure;
pub mod forms;
pub mod git;
pub mod hosting;
pub mod html;
pub mod language;
pub mod markdown;
pub mod output;
pub mod path;
pub mod photo;
pub mod pipeline;
pub mod protect;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod starter;
pub mod theme;
pub mod web;
pub mod yaml;
