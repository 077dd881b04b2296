//! A document's look -> its styles, numbering and the other parts that hold no text of the report.

use crate::html::escape;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

pub(super) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

/// Title, authors and the report's own day; nothing of the machine.
pub(super) fn core(title: &str, authors: &str, language: &str, (year, month, day): (i16, i8, i8)) -> String {
    let (title, authors) = (escape(title), escape(authors));
    let day = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{authors}</dc:creator><dc:language>{language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>"#
    )
}

/// The relations of the text: its parts, then the places it links to.
pub(super) fn document_relations(links: &[String]) -> String {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut xml = format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    let parts = ["styles", "numbering", "settings", "footer"];
    for (part, file) in parts.iter().zip(["styles", "numbering", "settings", "footer1"]) {
        xml += &format!("<Relationship Id=\"{part}\" Type=\"{TYPES}/{part}\" Target=\"{file}.xml\"/>");
    }
    for (at, link) in links.iter().enumerate() {
        let link = escape(link);
        xml += &format!(
            "<Relationship Id=\"link{at}\" Type=\"{TYPES}/hyperlink\" Target=\"{link}\" TargetMode=\"External\"/>"
        );
    }
    xml + "</Relationships>"
}

pub(super) fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings {W}><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// The page's number.
pub(super) fn footer() -> String {
    format!(
        "{DECLARATION}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"
    )
}

/// Bullets are list 1; each numbered list is one of its own, from 2 on, so that it begins where it should.
pub(super) fn numbering(starts: &[u32]) -> String {
    let level = |at: usize, format: &str, text: &str| {
        let left = 425 * (at + 1);
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"425\"/></w:pPr></w:lvl>"
        )
    };
    let mut xml = format!("{DECLARATION}<w:numbering {W}>");
    let bullets: String = (0..9).map(|at| level(at, "bullet", if at % 2 == 0 { "•" } else { "–" })).collect();
    let numbers: String = (0..9).map(|at| level(at, "decimal", &format!("%{}.", at + 1))).collect();
    for (id, levels) in [bullets, numbers].iter().enumerate() {
        xml += &format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
        );
    }
    xml += "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    for (at, start) in starts.iter().enumerate() {
        let overrides: String = (0..9)
            .map(|level| {
                format!(
                    "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
                )
            })
            .collect();
        xml += &format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>{overrides}</w:num>", at + 2);
    }
    xml + "</w:numbering>"
}

/// A paragraph's style: its id, its name as Word knows it, what it is like but for the rest, and what follows it.
struct Style {
    id: &'static str,
    name: &'static str,
    next: &'static str,
    paragraph: &'static str,
    run: &'static str,
}

const STYLES: [Style; 18] = [
    Style {
        id: "Title",
        name: "Title",
        next: "Subtitle",
        paragraph: "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"120\"/>",
        run: "<w:b/><w:bCs/><w:color w:val=\"1F2A44\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
    },
    Style {
        id: "Subtitle",
        name: "Subtitle",
        next: "Normal",
        paragraph: "<w:spacing w:after=\"80\"/>",
        run: "<w:color w:val=\"4A4A4A\"/>",
    },
    Style {
        id: "Summary",
        name: "Summary",
        next: "Normal",
        paragraph: "<w:spacing w:before=\"160\" w:after=\"240\"/>",
        run: "<w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        next: "Normal",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        run: "<w:b/><w:bCs/><w:color w:val=\"1F2A44\"/><w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/>",
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        next: "Normal",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
        run: "<w:b/><w:bCs/><w:color w:val=\"1F2A44\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        next: "Normal",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"2\"/>",
        run: "<w:b/><w:bCs/><w:color w:val=\"1F2A44\"/>",
    },
    Style {
        id: "Heading4",
        name: "heading 4",
        next: "Normal",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"3\"/>",
        run: "<w:b/><w:bCs/><w:i/><w:iCs/><w:color w:val=\"1F2A44\"/>",
    },
    Style {
        id: "Caption",
        name: "caption",
        next: "Normal",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/>",
        run: "<w:b/><w:bCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    Style {
        id: "ListParagraph",
        name: "List Paragraph",
        next: "ListParagraph",
        paragraph: "<w:spacing w:after=\"80\"/>",
        run: "",
    },
    Style {
        id: "Quote",
        name: "Quote",
        next: "Normal",
        paragraph: "<w:ind w:left=\"567\" w:right=\"567\"/>",
        run: "<w:i/><w:iCs/>",
    },
    Style {
        id: "Credit",
        name: "Credit",
        next: "Normal",
        paragraph: "<w:ind w:left=\"567\" w:right=\"567\"/>",
        run: "<w:color w:val=\"4A4A4A\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    Style {
        id: "Box",
        name: "Box",
        next: "Box",
        paragraph: "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"10\" w:color=\"7A869A\"/></w:pBdr><w:spacing w:before=\"160\" w:after=\"160\"/><w:ind w:left=\"284\"/>",
        run: "",
    },
    Style {
        id: "Code",
        name: "Code",
        next: "Normal",
        paragraph: "",
        run: "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    Style {
        id: "Definition",
        name: "Definition",
        next: "Normal",
        paragraph: "<w:ind w:left=\"425\"/>",
        run: "",
    },
    Style {
        id: "Description",
        name: "Description",
        next: "Normal",
        paragraph: "<w:ind w:left=\"284\"/>",
        run: "<w:color w:val=\"4A4A4A\"/>",
    },
    Style {
        id: "Notes",
        name: "Notes",
        next: "Normal",
        paragraph: "<w:spacing w:before=\"80\" w:after=\"200\"/>",
        run: "<w:color w:val=\"4A4A4A\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    },
    Style {
        id: "TableText",
        name: "Table Text",
        next: "TableText",
        paragraph: "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>",
        run: "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    Style {
        id: "Footer",
        name: "footer",
        next: "Footer",
        paragraph: "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>",
        run: "<w:color w:val=\"4A4A4A\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    },
];

pub(super) fn styles(language: &str, right_to_left: bool) -> String {
    let direction = if right_to_left { "<w:bidi/>" } else { "" };
    let language = match language {
        "en" => "en-GB",
        other => other,
    };
    let mut xml = format!(
        "{DECLARATION}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{language}\" w:bidi=\"{language}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>{direction}</w:pPr></w:style>"
    );
    for Style { id, name, next, paragraph, run } in &STYLES {
        xml += &format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"{next}\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    }
    let line = |side: &str, size: u8, colour: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"{colour}\"/>")
    };
    let borders = line("top", 8, "1F2A44") + &line("bottom", 8, "1F2A44") + &line("insideH", 4, "C8CDD5");
    let below = line("bottom", 8, "1F2A44");
    xml += "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B5394\"/><w:u w:val=\"single\"/></w:rPr></w:style>";
    xml += &format!(
        "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report Table\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>{below}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    );
    xml + "</w:styles>"
}
