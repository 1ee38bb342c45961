//! How often, for how long, and for which patients.

mod readings;

use readings::{claims, hold, mentions};

#[test]
fn times_a_day() {
    hold(
        &[
            ("5 mg OD", "5 mg; 1× a d"),
            ("5 mg BD", "5 mg; 2× a d"),
            ("5 mg TDS", "5 mg; 3× a d"),
            ("5 mg QDS", "5 mg; 4× a d"),
            ("5 mg qid", "5 mg; 4× a d"),
            ("5 mg nocte", "5 mg; 1× a d"),
            ("5 mg mane", "5 mg; 1× a d"),
            ("5 mg b.d.", "5 mg; 2× a d"),
            ("5 mg t.d.s.", "5 mg; 3× a d"),
            ("5 mg BID", "5 mg; 2× a d"),
            ("5 mg qHS", "5 mg; 1× a d"),
            ("5 mg QD", "5 mg; 1× a d"),
            ("5 mg three times in 24 hours", "5 mg; 3× a d"),
            ("5 mg 3 times/day", "5 mg; 3× a d"),
            ("5 mg 3x daily", "5 mg; 3× a d"),
            ("5 mg thrice daily", "5 mg; 3× a d"),
            ("5 mg once or twice daily", "5 mg; 1–2× a d"),
            ("5 mg three or four times a day", "5 mg; 3–4× a d"),
            ("5 mg up to three times daily", "5 mg; 3× a d"),
            ("5 mg at bedtime", "5 mg; 1× a d"),
            ("5 mg every night", "5 mg; 1× a d"),
            ("5 mg in the morning and at night", "5 mg; 2× a d"),
            ("5 mg with the evening meal", "5 mg; 1× a d"),
            ("5 mg 1-1.5 hours before bedtime", "5 mg; 1× a d"),
            ("5 mg two hours before going to bed", "5 mg; 1× a d"),
        ],
        mentions,
    );
}

#[test]
fn hours_between() {
    hold(
        &[
            ("5 mg q6h", "5 mg; 4× a d; every 6 h"),
            ("5 mg q4-6h", "5 mg; 4–6× a d; every 4–6 h"),
            ("5 mg q4–6 h PRN", "5 mg; 4–6× a d; every 4–6 h"),
            ("5 mg q4h-q6h", "5 mg; 4–6× a d; every 4–6 h"),
            ("5 mg q 8 hours", "5 mg; every 8 h"),
            ("5 mg Q12H", "5 mg; every 12 h"),
            ("5 mg q15min", "5 mg; every 15 min"),
            ("5 mg every 4 to 6 hours", "5 mg; 4–6× a d; every 4–6 h"),
            ("5 mg every eight hours", "5 mg; 3× a d; every 8 h"),
            ("5 mg 6-hourly", "5 mg; 4× a d; every 6 h"),
            ("5 mg 4–6 hourly", "5 mg; 4–6× a d; every 4–6 h"),
            ("5 mg 4-6 hrly", "5 mg; every 4–6 h"),
            ("5 mg six hourly", "5 mg; 4× a d; every 6 h"),
            ("5 mg every 5 minutes", "5 mg; every 5 min"),
            ("5 mg hourly", "5 mg; 24× a d"),
        ],
        mentions,
    );
}

#[test]
fn days_between() {
    hold(
        &[
            ("5 mg twice weekly", "5 mg; 2× a 7 d"),
            ("5 mg once a week", "5 mg; 1× a 7 d"),
            ("5 mg every week", "5 mg; 1× a 7 d; every 7 d"),
            ("5 mg once a fortnight", "5 mg; 1× a 14 d"),
            ("5 mg every fortnight", "5 mg; 1× a 14 d; every 14 d"),
            ("5 mg every other day", "5 mg; 1× a 2 d; every 2 d"),
            ("5 mg on alternate days", "5 mg; 1× a 2 d"),
            ("5 mg every third day", "5 mg; 1× a 3 d; every 3 d"),
            ("5 mg every 2nd day", "5 mg; every 2 d"),
            ("5 mg 5 days a week", "5 mg; 5× a 7 d"),
            ("5 mg 2–3 times weekly", "5 mg; 2–3× a 7 d"),
            ("5 mg every 2 to 3 weeks", "5 mg; every 14–21 d"),
            ("5 mg at 2-week intervals", "5 mg; every 14 d"),
            ("5 mg at 4- to 8-week intervals", "5 mg; every 28–56 d"),
            ("5 mg monthly", "5 mg; 1× a 30 d"),
            ("5 mg every 3 months", "5 mg; 1× a 91 d; every 90 d"),
        ],
        mentions,
    );
}

#[test]
fn divided() {
    hold(
        &[
            ("30 mg in divided doses", "30 mg; in divided doses"),
            ("30 mg in 2-3 divided doses", "30 mg; in 2–3 doses"),
            ("30 mg in three divided doses", "30 mg; in 3 doses"),
            ("30 mg as 2 divided doses", "30 mg; in 2 doses"),
            ("30 mg in 2 or 3 divided doses", "30 mg; in 2–3 doses"),
            ("30 mg daily in two equally divided doses", "30 mg/d; daily; in 2 doses"),
            ("30 mg divided every 8 hours", "30 mg; 3× a d; every 8 h"),
            ("30 mg split into 2 equal doses", "30 mg; in 2 doses"),
            ("15 mg/kg/day in 4 divided doses", "15 mg/kg/d; daily; in 4 doses"),
            ("1 g daily in 2 separate doses", "1 g/d; daily; in 2 doses"),
        ],
        mentions,
    );
}

#[test]
fn doses_with_their_times() {
    hold(
        &[
            ("Ibuprofen 400 mg every 4 to 6 hours.", "ibuprofen target 400 mg 4–6× a d"),
            ("Methotrexate 7.5 mg once weekly.", "methotrexate target 7.5 mg 1× a 7 d"),
            ("Penicillin V 500 mg QDS.", "phenoxymethylpenicillin target 500 mg 4× a d"),
            ("Alendronate 70 mg once a week.", "alendronic acid target 70 mg 1× a 7 d"),
            ("Prednisolone 40 mg mane.", "prednisolone target 40 mg 1× a d"),
            ("Doxepin 25 mg at bedtime.", "doxepin target 25 mg 1× a d"),
            ("Melatonin 2 mg 1–2 hours before bedtime.", "melatonin target 2 mg 1× a d"),
            ("Benzathine benzylpenicillin 1.2 million units IM stat.", "benzathine benzylpenicillin single 1.2 M[iU]"),
            ("Ceftriaxone 50 mg/kg every 24 hours.", "ceftriaxone target 50 mg/kg 1× a d"),
            ("Gabapentin 300 mg three times a day for 4 weeks.", "gabapentin target 300 mg 3× a d"),
        ],
        claims,
    );
}

#[test]
fn ages() {
    hold(
        &[
            ("Children under 12.", "age ..12"),
            ("Under-12s.", "age ..12"),
            ("The over 65s.", "age 65.."),
            ("Children 6–11 years.", "age 6–11"),
            ("Children aged 6–11.", "age 6–11"),
            ("6 months to 5 years: 5 mg", "age 0.5–5; 5 mg"),
            ("1 month–2 years: 5 mg/kg", "age 0.0833–2; 5 mg/kg"),
            ("Patients ≥65 years.", "age 65.."),
            ("Aged 12 and over.", "age 12.."),
            ("Aged 12 years or older.", "age 12.."),
            ("Adults 65 and older.", "age 65.."),
            ("12 years+", "age 12.."),
            ("Children 2-<6 years.", "age 2–6"),
            ("3 months to <2 years", "age 0.25–2"),
            ("For <6m and 6m-6yrs.", "age ..0.5; age 0.5–6"),
            ("6m-12m: 1 mg", "age 0.5–1; 1 mg"),
            ("Infants 1-12 months.", "age 0.0833–1"),
            ("Neonates 0–28 days.", "age 0–0.0767"),
            ("Babies less than 1 week old.", "age ..0.0192"),
            ("Children over the age of 2 years.", "age 2.."),
            ("From the age of 12 years.", "age 12.."),
            ("Children from 6 years.", "age 6.."),
            ("Children between the ages of 6 and 12 years.", "age 6–12"),
            ("A 12-year-old boy.", "age 12"),
            ("6–12 year olds.", "age 6–12"),
            ("Adults (18–64 years).", "age 18–64"),
            ("Two years of age and older.", "age 2.."),
        ],
        mentions,
    );
}

#[test]
fn no_ages() {
    hold(
        &[
            ("For more than 5 years.", "for 1825.. d"),
            ("After 2 years of use.", "for 730 d"),
            ("A 5-year course.", "for 1825 d"),
            ("5-year survival", "for 1825 d"),
            ("Over the past 10 years.", "for 3650 d"),
            ("Symptoms for over 2 years.", "for 730.. d"),
            ("Within 2 years of surgery.", "for 730 d"),
            ("Children should be treated for 6 months.", "for 180 d"),
            ("In patients 6 months after surgery.", "for 180 d"),
            ("Up to 2 years of treatment.", "for 730 d"),
            ("Patients treated for more than 2 years.", "for 730.. d"),
        ],
        mentions,
    );
}

#[test]
fn weights() {
    hold(
        &[
            ("Weight 20–30 kg.", "weight 20–30"),
            ("Children weighing less than 40 kg.", "weight ..40"),
            ("Over 50 kg.", "weight 50.."),
            ("50 kg or more.", "weight 50.."),
            ("Children < 25 kg.", "weight ..25"),
            ("Adults of 70 kg.", "weight 70"),
            ("10 kg or less.", "weight ..10"),
            ("9 to <18 kg.", "weight 9–18"),
            ("A loss of 5 kg.", ""),
            ("She gained 5 kg.", ""),
            ("5 kg weight loss.", ""),
            ("Give 1 g per 25 kg.", "1 g"),
        ],
        mentions,
    );
}

#[test]
fn kidney_functions() {
    hold(
        &[
            ("CrCl 30–60 mL/min.", "kidneys 30–60"),
            ("CrCl: 30–50 mL/min.", "kidneys 30–50"),
            ("CrCl ≤ 50.", "kidneys ..50"),
            ("eGFR <30.", "kidneys ..30"),
            ("eGFR below 45 mL/min/1.73 m².", "kidneys ..45"),
            ("Creatinine clearance below 30.", "kidneys ..30"),
            ("Creatinine clearance (CrCl) of less than 30 ml/min.", "kidneys ..30"),
            ("eGFR >45 to <60 mL/min.", "kidneys 45–60"),
            ("GFR 15-29.", "kidneys 15–29"),
            ("eGFR 30 mL/min or less.", "kidneys ..30"),
            ("If eGFR falls below 30.", "kidneys ..30"),
            ("An eGFR between 30 and 45.", "kidneys 30–45"),
            ("Renal clearance is 350 mL/min.", "350 mL/min"),
            ("Infuse at 10 mL/min.", "10 mL/min"),
            ("Clearance 12 L/h.", "12 L/h"),
        ],
        mentions,
    );
}

#[test]
fn durations() {
    hold(
        &[
            ("For 4 weeks.", "for 28 d"),
            ("For up to 2 weeks.", "for 14 d"),
            ("For a week or two.", "for 7–14 d"),
            ("For several weeks.", "for a time"),
            ("A couple of weeks.", "for 14 d"),
            ("Within minutes.", "for a time"),
            ("In half an hour.", "for 30 min"),
            ("30 minutes to 6 hours.", "for 30–360 min"),
            ("30 minutes to an hour.", "for 30–60 min"),
            ("1 week to 2 months.", "for 7–60 d"),
            ("Over 3–7 weeks.", "for 21–49 d"),
            ("For at least 6 weeks.", "for 42.. d"),
            ("6 weeks or more.", "for 42.. d"),
            ("By week 4.", "for 28 d"),
            ("Until day 7.", "for 7 d"),
        ],
        mentions,
    );
}
