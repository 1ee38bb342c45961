//! Doses of one drug under the heading of another.

use super::{Slip, Whole};
use crate::claim::{Name, Phase, Subject, Value};
use crate::finding::Confidence;
use crate::mention::{Reading, What};
use crate::text::{BlockId, BlockKind};
use crate::topic::{Relation, Topic};
use std::collections::BTreeSet;

/// Words beside a drug's name that leave a heading a heading on that drug.
/// Whatever else a heading says may be why another drug stands under it.
const NEUTRAL: [&str; 34] = [
    "a",
    "administration",
    "adult",
    "adults",
    "and",
    "dosage",
    "dosages",
    "dose",
    "doses",
    "dosing",
    "for",
    "how",
    "in",
    "initial",
    "maintenance",
    "maximum",
    "of",
    "oral",
    "prescribing",
    "recommended",
    "regimen",
    "schedule",
    "standard",
    "start",
    "starting",
    "tablets",
    "take",
    "target",
    "the",
    "titration",
    "to",
    "treatment",
    "use",
    "usual",
];

/// Beginnings of words that tell why another drug stands under a heading: it
/// is the antidote, the alternative, what is switched to.
const REASONS: [&str; 19] = [
    "allerg",
    "alternativ",
    "antidote",
    "avoid",
    "conver",
    "equivalen",
    "extravasat",
    "hypersensitiv",
    "instead",
    "interact",
    "intoleran",
    "neutrali",
    "overdos",
    "poison",
    "replac",
    "revers",
    "substitut",
    "switch",
    "toxic",
];

/// Fewer mentions of the other drug may be a remark.
const MENTIONS: usize = 2;

/// Finds the headings under which nothing is about their own drug and all is
/// about one of another class.
pub(super) fn find(whole: &Whole<'_>) -> Vec<Slip> {
    let headings: Vec<(BlockId, Name)> = whole
        .article
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(id, block)| {
            let is_heading = matches!(block.kind, BlockKind::Heading(_));
            Some((id, is_heading.then(|| drug_of_heading(&whole.readings[id]))??))
        })
        .collect();
    // One drug alone has no section of another's to stray from.
    let drugs: BTreeSet<&Name> = headings.iter().map(|(_, drug)| drug).collect();
    if drugs.len() < 2 {
        return Vec::new();
    }
    headings.iter().filter_map(|(id, drug)| strayed(whole, *id, drug)).collect()
}

/// The drug that a heading is about, and nothing else.
fn drug_of_heading(reading: &Reading) -> Option<Name> {
    let mut drug = None;
    let mut named = BTreeSet::new();
    for mention in &reading.mentions {
        match &mention.what {
            What::Drugs(names) => match names.as_slice() {
                [name] if drug.is_none() => {
                    drug = Some(name.clone());
                    named.extend(mention.tokens.clone());
                }
                _ => return None,
            },
            What::Condition(_) => named.extend(mention.tokens.clone()),
            _ => {}
        }
    }
    let is_neutral = |token: usize| {
        let word = reading.words.get(token);
        named.contains(&token) || NEUTRAL.contains(&word) || !word.contains(|letter: char| letter.is_alphabetic())
    };
    let signs = ["/", "+", "&", "→", ">"];
    let has_sign = (0..reading.tokens.len()).any(|token| signs.contains(&reading.words.get(token)));
    drug.filter(|_| !has_sign && (0..reading.tokens.len()).all(is_neutral))
}

/// The slip of a heading whose whole section doses another drug.
fn strayed(whole: &Whole<'_>, heading: BlockId, own: &Name) -> Option<Slip> {
    let blocks = &whole.article.blocks;
    let section: Vec<BlockId> =
        (heading + 1..blocks.len()).take_while(|id| blocks[*id].place.headings.contains(&heading)).collect();
    let mut other: Option<&Name> = None;
    let mut count = 0;
    for mention in section.iter().flat_map(|id| &whole.readings[*id].mentions) {
        match &mention.what {
            What::Drugs(names) => match names.as_slice() {
                [name] if name != own && other.is_none_or(|known| known == name) => {
                    other = Some(name);
                    count += 1;
                }
                _ => return None,
            },
            // "The tricyclic" may be the heading's own drug.
            What::Class(..) => return None,
            _ => {}
        }
    }
    let title = blocks.iter().position(|block| block.kind == BlockKind::Title);
    let around = section.iter().chain(&blocks[heading].place.headings).chain(&title);
    if around.into_iter().any(|id| gives_reason(&whole.readings[*id])) {
        return None;
    }
    let other = other.filter(|other| count >= MENTIONS && is_of_another_class(whole, own, other))?;
    let (first, last) = (blocks.get(*section.first()?)?, blocks.get(*section.last()?)?);
    let range = first.span(0..first.text.len()).start..last.span(0..last.text.len()).end;
    let is_advice =
        |value: &Value| matches!(value, Value::Dose(dose) if !matches!(dose.phase, Phase::Reported | Phase::Strength));
    let dosed = whole.claims.iter().find(|claim| {
        range.contains(&claim.span.start)
            && is_advice(&claim.value)
            && claim.subject == Subject::Stated
            && matches!(claim.drugs.as_slice(), [drug] if drug == other)
    })?;
    let head = &blocks[heading];
    Some(Slip {
        topic: Topic::StructureSection,
        relation: Relation::Alone,
        passages: vec![
            whole.passage(head.span(0..head.text.len()), format!("heading: {own}")),
            whole.passage(dosed.span, format!("dose: {other}")),
        ],
        derivation: format!("the section on {own} names only {other}"),
        confidence: Confidence::Medium,
        fix: Vec::new(),
    })
}

/// Whether a block tells why another drug is named.
fn gives_reason(reading: &Reading) -> bool {
    let mut words = (0..reading.tokens.len()).map(|token| reading.words.get(token));
    words.any(|word| REASONS.iter().any(|reason| word.starts_with(reason)))
}

/// Whether two drugs have no class in common, so that one cannot stand for the
/// other: an isomer, a salt, the older name.
fn is_of_another_class(whole: &Whole<'_>, one: &Name, other: &Name) -> bool {
    let classes = |name: &Name| {
        let drug = whole.vocabulary.drug(name)?;
        let classes = &whole.vocabulary.drugs[drug.index()].classes;
        (!classes.is_empty()).then_some(classes)
    };
    classes(one).zip(classes(other)).is_some_and(|(here, there)| !here.iter().any(|class| there.contains(class)))
}

#[cfg(test)]
mod tests {
    use crate::source::{Format, Source};
    use crate::topic::Topic;
    use crate::vocabulary::Vocabulary;
    use crate::{claim, mention, slip, text};

    /// The quotes of the passages of the only slip of this kind in an article
    /// that has a section on duloxetine besides; empty where there is none.
    fn strayed(title: &str, section: &str) -> Vec<String> {
        let text = format!("# {title}\n\n{section}\n\n## Duloxetine\n\nDuloxetine is given at 60 mg a day.\n");
        let source = Source::new("article.md", Format::Markdown, text);
        let vocabulary = Vocabulary::builtin();
        let article = text::read(&source);
        let readings = mention::read(&article, vocabulary);
        let (claims, _) = claim::extract(&source, &article, &readings, vocabulary);
        let slips = slip::find(&source, &article, &readings, &claims, vocabulary);
        let mut found = slips.into_iter().filter(|slip| slip.topic == Topic::StructureSection);
        let quotes = found.next().map(|slip| slip.passages.into_iter().map(|passage| passage.quote).collect());
        assert_eq!(found.next(), None);
        quotes.unwrap_or_default()
    }

    #[test]
    fn a_section_that_is_all_about_another_drug_has_strayed() {
        for section in [
            "## Carbamazepine\n\nGive amlodipine 5 mg once daily. Amlodipine may be raised to 10 mg.",
            "## Starting dose of carbamazepine\n\n- Amlodipine 5 mg once daily\n- Amlodipine 10 mg at most",
            "## Carbamazepine (oral)\n\n### Adults\n\nAmlodipine 5 mg once daily.\n\n### Children\n\nAmlodipine is not given.",
            "## 3. Carbamazepine for trigeminal neuralgia\n\nAmlodipine is started at 5 mg a day. Take amlodipine with food.",
        ] {
            let quotes = strayed("Medicines at a glance", section);
            assert_eq!(quotes.len(), 2, "{section}");
            assert!(quotes[0].contains("arbamazepine") && quotes[1].contains("5 mg"), "{quotes:?}");
        }
    }

    #[test]
    fn a_section_that_says_why_or_names_its_own_drug_has_not() {
        let amlodipine = "Give amlodipine 5 mg once daily. Amlodipine may be raised to 10 mg.";
        for section in [
            format!("## Carbamazepine\n\nInstead of it: {amlodipine}"),
            format!("## Carbamazepine\n\nCarbamazepine is not enough. {amlodipine}"),
            format!("## Carbamazepine or amlodipine\n\n{amlodipine}"),
            format!("## After carbamazepine\n\n{amlodipine}"),
            format!("## Amlodipine\n\n{amlodipine}"),
            format!("## Carbamazepine\n\nAnticonvulsants help. {amlodipine}"),
            "## Carbamazepine\n\nGive amlodipine 5 mg once daily.".to_owned(),
            "## Carbamazepine\n\nAmlodipine lowers blood pressure. Amlodipine is well known.".to_owned(),
            "## Omeprazole\n\nGive esomeprazole 20 mg once daily. Esomeprazole may be raised to 40 mg.".to_owned(),
        ] {
            assert_eq!(strayed("Medicines at a glance", &section), Vec::<String>::new(), "{section}");
        }
        let antidote =
            "## Paracetamol\n\nGive acetylcysteine 150 mg/kg over an hour. Acetylcysteine goes on for a day.";
        assert_eq!(strayed("Antidotes", antidote), Vec::<String>::new());
    }
}
