//! Which drug a typed name means.

use crate::claim::{Name, list_names};
use crate::nearest::nearest;
use crate::text::token::tokens;
use crate::text::words::Words;
use crate::vocabulary::{Term, Vocabulary};

/// A typed name that no drug has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The name of a drug that is most like it, if one is near.
    pub near: Option<String>,
}

/// What a name, synonym or brand stands for: the names of a drug or a class, or
/// the components of a combination, sorted. Several where the name has several
/// meanings. `known` are drugs that the vocabulary need not know.
///
/// # Errors
///
/// The nearest name there is.
pub fn resolve<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a [Name]>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Vec<Name>>, Unknown> {
    let meanings = meanings(typed, vocabulary);
    if !meanings.is_empty() {
        return Ok(meanings);
    }
    let typed = typed.trim().to_lowercase();
    let known: Vec<(String, &[Name])> = known.into_iter().map(|names| (list_names(names, "+"), names)).collect();
    if let Some((_, names)) = known.iter().find(|(name, _)| name.to_lowercase() == typed) {
        return Ok(vec![names.to_vec()]);
    }
    let drugs = vocabulary.drugs.iter().map(|drug| &*drug.name);
    let classes = vocabulary.classes.iter().map(|class| &*class.name);
    let names = known.iter().map(|(name, _)| name.as_str()).chain(drugs).chain(classes);
    Err(Unknown { near: nearest(&typed, names.map(|name| (name, name))).map(str::to_owned) })
}

/// What the vocabulary takes the whole of a name for.
fn meanings(typed: &str, vocabulary: &Vocabulary) -> Vec<Vec<Name>> {
    let tokens = tokens(typed);
    let found = vocabulary.find(typed, &tokens, &Words::new(typed, &tokens));
    let whole = found.iter().filter(|found| found.tokens == (0..tokens.len()));
    let drugs = |term: &Term| match term {
        Term::Drug(drug) => Some(vec![vocabulary.drugs[drug.index()].name.clone()]),
        Term::Class(class) => Some(vec![vocabulary.classes[class.index()].name.clone()]),
        Term::Combination(combination) => {
            let components = &vocabulary.combinations[combination.index()].components;
            let mut names: Vec<Name> =
                components.iter().map(|drug| vocabulary.drugs[drug.index()].name.clone()).collect();
            names.sort();
            Some(names)
        }
        _ => None,
    };
    whole.flat_map(|found| &found.terms).filter_map(drugs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(typed: &str) -> Result<Vec<String>, Unknown> {
        let known: [Name; 1] = ["fictipril".into()];
        let meant = resolve(typed, [&known[..]], Vocabulary::builtin())?;
        Ok(meant.iter().map(|names| list_names(names, "+")).collect())
    }

    #[test]
    fn names_synonyms_and_brands_are_drugs() {
        for typed in ["amitriptyline", "Amitriptyline", "amitriptyline hydrochloride", "Elavil"] {
            assert_eq!(resolved(typed), Ok(vec!["amitriptyline".to_owned()]), "{typed}");
        }
        assert_eq!(resolved("acetaminophen"), Ok(vec!["paracetamol".to_owned()]));
        assert_eq!(resolved("tricyclics"), Ok(vec!["tricyclic antidepressant".to_owned()]));
    }

    #[test]
    fn a_combination_is_its_components() {
        let meant = resolved("co-amoxiclav").unwrap();
        assert!(meant[0].contains("amoxicillin") && meant[0].contains("clavulan"), "{meant:?}");
        assert_eq!(resolved("amoxicillin/clavulanate").unwrap(), meant);
    }

    #[test]
    fn a_drug_of_the_articles_need_not_be_in_the_vocabulary() {
        assert_eq!(resolved("Fictipril"), Ok(vec!["fictipril".to_owned()]));
    }

    #[test]
    fn a_slip_of_the_finger_is_answered_with_the_nearest_name() {
        assert_eq!(resolved("amitriptilin"), Err(Unknown { near: Some("amitriptyline".to_owned()) }));
        assert_eq!(resolved("12"), Err(Unknown { near: None }));
    }
}
