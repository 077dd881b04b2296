//! The closed list of findings. `check --list` prints it, `docs/diagnostics.md` explains it and
//! `tests/diagnostics/<code>/` holds the smallest broken site for each.

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The site is built, and the finding reported.
    Warning,
    /// No site is written.
    Error,
}

/// Whose rule was broken; it decides the exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// The author's files (exit code 1).
    Findings,
    /// A disclosure policy (exit code 3).
    Policy,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $class:ident $summary:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name users see: kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Whether a site can be built in spite of it.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whose rule it is.
            pub fn class(self) -> Class {
                match self { $(Code::$variant => Class::$class,)* }
            }

            /// One line for `check --list`.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary,)* }
            }
        }
    };
}

codes! {
    // files
    NotUtf8 "not-utf-8" Error Findings "a text file has bytes that are not UTF-8";
    Utf16 "utf-16" Error Findings "a text file was saved as UTF-16 (\"Unicode\" in some editors)";
    TooLarge "too-large" Error Findings "a text file is larger than 16 MiB";
    SymbolicLink "symbolic-link" Warning Findings "a symbolic link is not followed";
    StrayFile "stray-file" Error Findings "a file's name or place keeps it from being read (`amara.yaml.txt`, `mentor/amara.yaml`)";
    MissingFile "missing-file" Error Findings "a file that every site needs is not there";
    // YAML
    YamlSyntax "yaml-syntax" Error Findings "the file is not YAML at this place";
    TabIndentation "tab-indentation" Error Findings "a tab stands where YAML wants spaces";
    NestingTooDeep "nesting-too-deep" Error Findings "more levels inside one another than any site needs";
    Anchor "anchor" Error Findings "YAML anchors and aliases (`&name`, `*name`) are not used here";
    DuplicateKey "duplicate-key" Error Findings "a key is written twice in one place";
    UnknownKey "unknown-key" Error Findings "a key that the format does not have";
    MissingKey "missing-key" Error Findings "a key that must be there is not";
    WrongType "wrong-type" Error Findings "a text where a number is due, a list where a text is due, and so on";
    CutByHash "cut-by-hash" Error Findings "` #` begins a comment, so the rest of the text would be lost";
    CurlyQuotes "curly-quotes" Error Findings "a text is quoted with the curly quotes of a word processor";
    // values
    UnknownValue "unknown-value" Error Findings "a value that is not among those allowed here";
    BadDate "bad-date" Error Findings "a date that is not a day of the calendar written YYYY-MM-DD, or cannot be right beside another";
    BadId "bad-id" Error Findings "an id with other than lower-case letters, digits, `-` and `_`";
    ReservedId "reserved-id" Error Findings "an id that the program uses itself";
    DuplicateId "duplicate-id" Error Findings "two things with one id";
    BadAddress "bad-address" Error Findings "an address that cannot be used";
    BadColour "bad-colour" Error Findings "a colour that is not `#rrggbb`, or too faint to read";
    Logo "logo" Error Findings "a logo that is no picture, or too large, too small or too long for the head of a page";
    // pages
    FrontMatter "front-matter" Error Findings "a page does not begin with its front matter";
    HtmlInMarkdown "html-in-markdown" Error Findings "HTML in Markdown";
    HeadingLevel "heading-level" Error Findings "a heading of level one in the text: the title is the only one";
    DuplicateHeading "duplicate-heading" Error Findings "two headings of a page with one id";
    DirectiveUnknown "directive-unknown" Error Findings "a directive that does not exist";
    DirectiveSyntax "directive-syntax" Error Findings "a directive that cannot be read";
    DirectiveUnclosed "directive-unclosed" Error Findings "a directive without its end";
    DirectiveNotAlone "directive-not-alone" Error Findings "a block directive that is not a line of its own with blank lines round it";
    DirectiveMisplaced "directive-misplaced" Error Findings "a directive where none can stand";
    AddressTaken "address-taken" Error Findings "two pages at one address";
    BibliographySyntax "bibliography-syntax" Error Findings "`references.bib` cannot be read at this place";
    UnknownCitation "unknown-citation" Error Findings "a citation of a work that `references.bib` does not have";
    // links
    LinkToNowhere "link-to-nowhere" Error Findings "a link to a page or file that does not exist";
    FragmentToNowhere "fragment-to-nowhere" Error Findings "a link to a heading that does not exist";
    MissingImage "missing-image" Error Findings "an image that does not exist";
    ImageWithoutText "image-without-text" Error Findings "an image without words for those who do not see it";
    LinkNotPublic "link-not-public" Warning Findings "a link to something that is not public today: shown as text";
    // people
    TakenAboveCapacity "taken-above-capacity" Error Findings "more mentees than places";
    EmailInProfile "e-mail-in-profile" Error Findings "an e-mail address in a profile";
    PersonalDataInProfile "personal-data-in-profile" Error Findings "a telephone number, a postcode, a registration number or a messaging account in a profile";
    WaiverWithoutUse "waiver-without-use" Warning Findings "a waiver in a profile that nothing needs";
    ConsentMissing "consent-missing" Warning Findings "a person without consent is left out";
    ConsentOlderWording "consent-older-wording" Warning Findings "people agreed to another wording than the one in force";
    ReviewDue "review-due" Warning Findings "a profile is past its review date";
    ReviewOverdue "review-overdue" Warning Findings "a profile is so long past its review date that it is left out";
    PhotoWithoutConsent "photo-without-consent" Warning Findings "a photo without consent is left out";
    PhotoFormat "photo-format" Error Findings "a photo that is no JPEG, PNG or still WebP";
    PhotoDamaged "photo-damaged" Error Findings "a photo that cannot be read to its end";
    PhotoSize "photo-size" Error Findings "a photo that is too small, too large or too long for a portrait";
    PhotoSmall "photo-small" Warning Findings "a photo so small that it will look blurred";
    PhotoEnding "photo-ending" Warning Findings "a photo whose name says another format than its bytes";
    PhotoUnready "photo-unready" Warning Findings "a photo that is not shown today, and could not be if it were to";
    PhotoShared "photo-shared" Warning Findings "one photo for two people";
    PhotoUnnamed "photo-unnamed" Warning Findings "a photo among people's files that nobody's record names";
    UnknownPerson "unknown-person" Error Findings "a person who is not in the directory";
    PersonNotPublic "person-not-public" Warning Findings "a page names a person who is not public today";
    WithheldInOutput "withheld-in-output" Error Findings "the finished pages hold something of a person who is not public";
    NamedElsewhere "named-elsewhere" Warning Findings "the name of a person who is not public stands in a text";
    // policies
    SectionMissing "section-missing" Error Findings "a policy page lacks a section that law or guidance asks for";
    SectionIncomplete "section-incomplete" Error Findings "a section of a policy page does not say what it must";
    Placeholder "placeholder" Error Findings "words that wait to be replaced";
    PlaceholderShown "placeholder-shown" Warning Findings "words that wait to be replaced and are shown all the same: in a draft, a review copy or a takedown";
    ComplianceStatus "compliance-status" Error Findings "an accessibility statement that does not say one thing about how far the site complies";
    ComplianceOverclaimed "compliance-overclaimed" Error Findings "an accessibility statement that claims full compliance over a barrier";
    PolicyPageMissing "policy-page-missing" Warning Findings "the site of a scheme lacks a page that law or guidance asks for";
    NotInFooter "not-in-footer" Warning Findings "a policy page that the foot of every page does not lead to";
    PageReviewDue "page-review-due" Warning Findings "a policy page that nobody has reviewed for a year";
    TranslationStale "translation-stale" Warning Findings "a page has changed since it was translated";
    TranslationDate "translation-date" Warning Findings "a translation whose age nobody can tell";
    Article9Missing "article-9-missing" Error Findings "the privacy notice does not say why special category data may be processed";
    // evaluations
    UnknownSurvey "unknown-survey" Error Findings "a survey that does not exist";
    UnknownQuestion "unknown-question" Error Findings "a question that the survey does not have";
    UnknownOption "unknown-option" Error Findings "an option that the question does not have";
    UnknownGroup "unknown-group" Error Findings "a group that the survey does not have";
    UnknownWave "unknown-wave" Error Findings "a wave that the survey does not have";
    NotPublished "not-published" Error Findings "a number that the release does not hold";
    ReleaseShape "release-shape" Error Findings "an answer that is not in the shape the survey declares";
    CountAboveBase "count-above-base" Error Findings "a count above the number who answered";
    TotalsDoNotFit "totals-do-not-fit" Error Findings "counts that do not add up to the number who answered";
    MissingCell "missing-cell" Error Findings "a forgotten answer: asked, to be shown, and not in the release";
    NotAsked "not-asked" Error Findings "a value where the survey says that nobody was asked";
    EditionDiffers "edition-differs" Error Findings "the release and the survey disagree about an edition";
    ReportWithoutRelease "report-without-release" Error Findings "a report whose release does not exist";
    DuplicateLabel "duplicate-label" Error Findings "two tables, figures or boxes of a page with one id";
    TableByHand "table-by-hand" Error Findings "a `:::table` without one table in it whose columns and rows all have names";
    UnknownReference "unknown-reference" Error Findings "a reference to a table, figure or box that the page does not have";
    Unreferenced "unreferenced" Warning Findings "a table, figure or box that the text of its report never refers to";
    UnknownQuote "unknown-quote" Error Findings "a quotation that quotes.yaml does not have";
    QuoteWithoutConsent "quote-without-consent" Error Findings "a quotation whose speaker did not agree to it";
    QuoteIdentifies "quote-identifies" Error Findings "words in a quotation that may tell who said it";
    UnknownAction "unknown-action" Error Findings "actions that actions.yaml does not have";
    EmailInAction "e-mail-in-action" Error Findings "an e-mail address in actions.yaml";
    EditionNotPublic "edition-not-public" Warning Findings "figures or quotations of an edition whose report is not public today: the page says so in their place";
    NumberNotBound "number-not-bound" Error Findings "a number in a report's prose that is typed by hand, under an audited policy";
    NumberInPrintNotBound "number-in-print-not-bound" Warning Findings "a number in a report's prose that is typed by hand, of figures already in print";
    FigureKind "figure-kind" Error Findings "a kind of figure that does not fit what it is to show";
    PolicyStatement "policy-statement" Error Findings "a policy that must say on whose decision, and does not";
    PolicyQuote "policy-quote" Error Policy "a quotation from a group smaller than the policy allows";
    PolicyLooser "policy-looser" Error Policy "a release under a looser policy than its survey's";
    PolicyGroupSize "policy-group-size" Error Policy "answers of a group smaller than the policy allows";
    PolicyBand "policy-band" Error Policy "an exact count inside the band that the policy hides";
    PolicyPercentage "policy-percentage" Error Policy "a percentage of too few people";
    PolicyMean "policy-mean" Error Policy "a mean of too few people, or with its minimum and maximum";
    PolicySecondDisplay "policy-second-display" Error Policy "a second display of a question that has one answer";
    ReleaseAltered "release-altered" Error Policy "a release is not what was written, or one that it was made after is not";
    PrivateTracked "private-tracked" Error Policy "git tracks files of private/";
    PrivateUnchecked "private-unchecked" Warning Findings "nobody could ask git whether it tracks private/";
    RespondentExport "respondent-export" Error Policy "an export of a form, person by person, lies where it would be published";
    DisclosureDetermined "disclosure-determined" Error Policy "a count near nobody or everybody that published figures together determine";
    DisclosureNarrow "disclosure-narrow" Error Policy "a count for which published figures together leave too few values";
    DisclosureCertain "disclosure-certain" Error Policy "figures that make other people's answers certain for somebody";
    DisclosureMean "disclosure-mean" Error Policy "a mean so near to an end of its scale that it tells somebody what the others answered";
    DisclosureImpossible "disclosure-impossible" Error Policy "figures that no answers could give together";
    DisclosureUndecided "disclosure-undecided" Error Policy "figures of which the audit could not decide what they give away";
    // what everybody can use
    HeadingOrder "heading-order" Error Findings "headings that leave out a level, have no words, or are not one of level one";
    WithoutName "without-name" Error Findings "a link, button, field or drawing that nobody can name";
    TableHeaders "table-headers" Error Findings "a table whose header cells are missing, empty, or do not say what they head";
    PageIds "page-ids" Error Findings "an id that stands twice on a page, or is named and not there";
    TabOrder "tab-order" Error Findings "something that the keyboard reaches out of order, or where nothing is said";
    PageLanguage "page-language" Error Findings "a page that does not say its language, or a language that there is not";
    LanguageOfParts "language-of-parts" Warning Findings "a sentence that looks like another language than its page's";
    PageStructure "page-structure" Error Findings "a page without title or main part, or one that cannot be enlarged or goes away by itself";
    Contrast "contrast" Error Findings "a colour of the theme that is too faint on its ground";
    TargetSize "target-size" Error Findings "a control of the theme that is too small to be pressed";
    // theme and output
    UnknownTheme "unknown-theme" Error Findings "a theme that is not there";
    TemplateError "template-error" Error Findings "a template that cannot be used";
    MissingString "missing-string" Error Findings "an interface string that a language does not have";
    OutputLink "output-link" Error Findings "a link in the finished pages that leads nowhere";
    OutputStorage "output-storage" Error Findings "a script that would set a cookie or remember something in the browser";
    PictureMetadata "picture-metadata" Error Findings "a picture in `files/`, `root/` or the theme that carries more than the picture";
    DocumentNames "document-names" Error Findings "a document in `files/` whose properties name somebody";
    EmailInPage "e-mail-in-page" Error Findings "an e-mail address in a page that is not the scheme's";
    OutputRequest "output-request" Error Findings "a finished page that would ask another host, or run a script of its own";
}

impl Code {
    /// The code of this name.
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
