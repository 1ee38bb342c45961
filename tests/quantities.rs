//! Amounts of drugs, as clinicians write them, and what is no amount of a drug.

mod readings;

use readings::{claims, hold, mentions};

#[test]
fn ranges() {
    hold(
        &[
            ("Take 10–25 mg.", "10–25 mg"),
            ("Take 10-25mg.", "10–25 mg"),
            ("Take 10 ‑ 25 mg.", "10–25 mg"),
            ("Take 10 to 25 mg.", "10–25 mg"),
            ("Take 10 mg to 25 mg.", "10–25 mg"),
            ("Between 10 and 25 mg is given.", "10–25 mg"),
            ("Take 10 mg–25 mg.", "10–25 mg"),
            ("Take 500 mg to 1 g.", "0.5–1 g"),
            ("Take 500 micrograms–1 mg.", "0.5–1 mg"),
            ("Take one to two tablets.", "1–2 {tablet}"),
            ("Take 1/2-1 tablet.", "0.5–1 {tablet}"),
            ("Take 1.5–2 g.", "1.5–2 g"),
            ("Give 4 mg - 8 mg.", "4–8 mg"),
            ("Give 10 mg and 20 mg.", "10 mg; 20 mg"),
            ("Call 1-800-273.", ""),
        ],
        mentions,
    );
}

#[test]
fn shared_units() {
    hold(
        &[
            ("Tablets of 45 and 50 mg.", "45 mg; 50 mg"),
            ("Give 300/600/900 mg.", "300 mg; 600 mg; 900 mg"),
            ("Give 50, 100 or 200 mg.", "50 mg; 100 mg; 200 mg"),
            ("Give 50, 100, and 200 mg.", "50 mg; 100 mg; 200 mg"),
            ("Give 7.5/10/15 mg.", "7.5 mg; 10 mg; 15 mg"),
            ("Co-amoxiclav 250/125 mg.", "250 mg; 125 mg"),
            ("Take 1 or 2 capsules.", "1 {capsule}; 2 {capsule}"),
            ("Either 20 or 40 mg.", "20 mg; 40 mg"),
            ("75 mg/m² on days 1, 8 and 15.", "75 mg/m2"),
            ("Give on days 2–5 or 500 mg once.", "500 mg"),
            ("Give 30–60 or 90 mg.", "30–60 mg; 90 mg"),
        ],
        mentions,
    );
}

#[test]
fn notations_of_numbers() {
    hold(
        &[
            ("Give 1,500 mg.", "1500 mg"),
            ("Give 1 000 mg.", "1000 mg"),
            ("Give 1\u{2009}500 mg.", "1500 mg"),
            ("Give 1\u{a0}500 mg.", "1500 mg"),
            ("Give 1 500 mg.", "1500 mg"),
            ("Give 1 500 mg tablet.", "500 mg"),
            ("Give 12,500,000 units.", "12500000 [iU]"),
            ("Give 1.2 million units.", "1.2 M[iU]"),
            ("Give 2,5 mg.", "2.5 mg"),
            ("Give 7·5 mg.", "7.5 mg"),
            ("Give 0,125 mg.", "0.125 mg"),
            ("Give .5 mg.", "0.5 mg"),
            ("Take ½ tablet.", "0.5 {tablet}"),
            ("Take 1½ tablets.", "1.5 {tablet}"),
            ("Take half a tablet.", "0.5 {tablet}"),
            ("Take a quarter of a tablet.", "0.25 {tablet}"),
            ("Take one and a half tablets.", "1.5 {tablet}"),
            ("Take 1/2 a tablet.", "0.5 {tablet}"),
            ("Give twenty-five mg.", "25 mg"),
        ],
        mentions,
    );
}

#[test]
fn spellings_of_units() {
    hold(
        &[
            ("Give 100 mcg.", "100 ug"),
            ("Give 100 µg.", "100 ug"),
            ("Give 100 μg.", "100 ug"),
            ("Give 100 micrograms.", "100 ug"),
            ("Give 100 microgram.", "100 ug"),
            ("Give 100mcg.", "100 ug"),
            ("Give 4 units.", "4 [iU]"),
            ("Give 4 IU.", "4 [iU]"),
            ("Give 4 international units.", "4 [iU]"),
            ("Give 4 U.", "4 [iU]"),
            ("Give 4 I.U.", "4 [iU]"),
            ("Give 75 milligrams (mg).", "75 mg"),
            ("Give 25-mg doses.", "25 mg"),
            ("Give 20 mmol.", "20 mmol"),
            ("Give 40 mEq.", "40 meq"),
            ("Give 2 puffs.", "2 {puff}"),
            ("Take 2 tablet(s).", "2 {tablet}"),
        ],
        mentions,
    );
}

#[test]
fn per_what() {
    hold(
        &[
            ("Give 10 mg/kg.", "10 mg/kg"),
            ("Give 10 mg per kg per day.", "10 mg/kg/d; daily"),
            ("Give 15 mg/kg of body weight daily.", "15 mg/kg/d; daily"),
            ("Give 0.1 microgram/kg/min.", "0.1 ug/kg/min"),
            ("Give 5 micrograms/kg/minute.", "5 ug/kg/min"),
            ("Give 75 mg/m².", "75 mg/m2"),
            ("Give 2.5 mg/kg/dose.", "2.5 mg/kg"),
            ("Give 40 mg/kg/24 hours.", "40 mg/kg/d"),
            ("Give 4 g in 24 hours.", "4 g/d"),
            ("Give 4 g in any 24-hour period.", "4 g/d"),
            ("Give 1 g a day.", "1 g/d; daily"),
            ("Give 2.5 mg a week.", "2.5 mg/wk; 1× a 7 d"),
            ("Give 25 micrograms/hour.", "25 ug/h"),
            ("Give 0.25 mg kg−1 day−1.", "0.25 mg/kg/d"),
            ("Give 2–4 mg·kg−1·h−1.", "2–4 mg/kg/h"),
            ("Give 5 mg/5 mL.", "5 mg in a volume"),
            ("Give 250 mg per 5 mL.", "250 mg in a volume"),
            ("Give 1 mg/mL.", "1 mg/mL"),
            ("Give 50 mg/tablet.", "50 mg/{unit}"),
        ],
        mentions,
    );
}

#[test]
fn open_ends() {
    hold(
        &[
            ("Give up to 40 mg.", "≤40 mg"),
            ("Give at least 40 mg.", "≥40 mg"),
            ("Give no more than 4 g a day.", "≤4 g/d; daily"),
            ("Give not more than 60 mg.", "≤60 mg"),
            ("Give as much as 4 g.", "≤4 g"),
            ("Give >20 mg.", ">20 mg"),
            ("Give ≥ 20 mg.", "≥20 mg"),
            ("Give <5 mg.", "<5 mg"),
            ("Give ≤ 4 g/day.", "≤4 g/d; daily"),
            ("Give less than 5 mg.", "<5 mg"),
            ("Give over 100 mg.", ">100 mg"),
            ("Give 20 mg or more.", "≥20 mg"),
            ("Give 20 mg or less.", "<20 mg"),
        ],
        mentions,
    );
}

#[test]
fn no_amounts() {
    hold(
        &[
            ("LDL above 100 mg/dL.", ""),
            ("Levels of 5 ng/mL.", ""),
            ("Haemoglobin 12 g/dL.", ""),
            ("Blood pressure 140/90 mmHg.", ""),
            ("Since the 1990s, in 1998 and 2004.", ""),
            ("At 280 nm, 5 mm, 3 cm wide.", ""),
            ("A BMI over 30 kg/m2.", ""),
            ("2000 kcal.", ""),
            ("HbA1c 53 mmol/mol.", ""),
            ("INR of 2.5.", ""),
            ("Heart rate 60 bpm.", ""),
            ("50 x 10^9/L.", ""),
            ("Temperature 38.5 °C.", ""),
            ("For pain 1, 4.", ""),
        ],
        mentions,
    );
}

#[test]
fn no_doses() {
    hold(
        &[
            ("Metformin lowers HbA1c when LDL is above 100 mg/dL.", ""),
            ("Metformin: potassium of 3.5–5 mmol/L.", ""),
            ("Digoxin levels of 1–2 ng/mL.", ""),
            ("Insulin: eat 50 g of carbohydrate.", ""),
            ("Methotrexate: haemoglobin below 100 g/L.", ""),
            ("Metformin in adults of 70 kg.", ""),
            ("Atenolol at a blood pressure of 140/90 mmHg.", ""),
            ("Aspirin 1, 4, 7.", ""),
            ("Aspirin in 2019.", ""),
            ("Furosemide with 2 L of fluid.", ""),
            ("Lithium: creatinine of 1.2 mg/dL.", ""),
            ("Warfarin costs £3.50 for 28 tablets.", ""),
        ],
        claims,
    );
}

#[test]
fn ratios_and_shares() {
    hold(
        &[
            ("Adrenaline 1:1000 0.5 mL.", "0.5 mL"),
            ("Adrenaline 1 in 10 000.", ""),
            ("Adrenaline (1 in 1000).", ""),
            ("1 in 4 patients.", "1 of 4"),
            ("One in 1000 people.", "1 of 1000"),
            ("23/38 patients.", "23 of 38"),
            ("6 out of 10.", "6 of 10"),
            ("5 % and 10%–20%.", "5 %; 10–20 %"),
            ("A rate of 50 percent.", "50 %"),
            ("24/7 care.", ""),
        ],
        mentions,
    );
}
