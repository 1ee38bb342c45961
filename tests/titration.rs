//! By how much, and after how long, a dose is stepped.

mod readings;

use readings::{hold, titrations};

#[test]
fn increment_and_interval() {
    hold(
        &[
            ("Gabapentin: increase by 300 mg every 3 days.", "+300 mg every 3 d"),
            ("Gabapentin is titrated in 300 mg increments at weekly intervals.", "+300 mg every 7 d"),
            ("Titrate lamotrigine upwards by 25 mg no sooner than every 14 days.", "+25 mg every 14 d"),
            (
                "Increase the dose of pregabalin in steps of 75 mg at intervals of at least 1 week.",
                "+75 mg every 7.. d",
            ),
            ("The dose of venlafaxine may be increased by 37.5 mg/day each week.", "+37.5 mg/d every 7 d"),
            ("Levothyroxine: adjust by 25 micrograms every 4 to 6 weeks.", "+25 ug every 28–42 d"),
            ("Insulin glargine: increase by 2 units every 3 days.", "+2 [iU] every 3 d"),
            ("Topiramate is increased in steps of 25–50 mg at intervals of 1–2 weeks.", "+25–50 mg every 7–14 d"),
            ("Ropinirole: increments of 0.75 mg at weekly intervals.", "+0.75 mg every 7 d"),
            ("Nortriptyline: 10 mg at night, increasing by 10 mg every 3–7 days as tolerated.", "+10 mg every 3–7 d"),
            ("Nortriptyline may be increased every week by 10 mg.", "+10 mg every 7 d"),
            ("Weekly increases of 10 mg nortriptyline are usual.", "+10 mg every 7 d"),
            ("Methylphenidate: weekly increments of 5–10 mg.", "+5–10 mg every 7 d"),
            ("Metoprolol can be increased by 50 mg per week.", "+50 mg every 7 d"),
            ("Allopurinol: increase by 100 mg monthly.", "+100 mg every 30 d"),
            ("Clozapine may be increased in 25 mg to 50 mg daily increments.", "+25–50 mg every 1 d"),
            ("Doxazosin: increase the dose by 1–2 mg at 1- to 2-week intervals.", "+1–2 mg every 7–14 d"),
            ("Levodopa may be increased by 100 mg daily.", "+100 mg every 1 d"),
            ("Morphine: increase the dose by 25–50% every 24 hours.", "+25–50 % every 1 d"),
        ],
        titrations,
    );
}

#[test]
fn interval_alone() {
    hold(
        &[
            ("Double the dose of carvedilol every 2 weeks.", "+ every 14 d"),
            ("Step up sertraline weekly.", "+ every 7 d"),
            ("Increase ramipril gradually, doubling the dose every 1 to 2 weeks.", "+ every 7–14 d"),
            ("Bisoprolol should be up-titrated at two-week intervals.", "+ every 14 d"),
            ("Lisinopril: the dose can be doubled at intervals of 2–4 weeks.", "+ every 14–28 d"),
            ("Escalate semaglutide every 4 weeks.", "+ every 28 d"),
            ("Pregabalin may be increased after one week to 300 mg daily.", "+ every 7 d"),
            ("Raise duloxetine to 60 mg after 1 week.", "+ every 7 d"),
            ("Semaglutide: after 4 weeks increase to 0.5 mg once weekly.", "+ every 28 d"),
            ("Bupropion 150 mg daily; increase after 3 days to 150 mg twice daily.", "+ every 3 d"),
            ("Enalapril: the dose may be increased at intervals of 2 weeks or more.", "+ every 14.. d"),
        ],
        titrations,
    );
}

#[test]
fn increment_alone() {
    hold(
        &[
            ("Quetiapine: increase in increments of 50 mg per day.", "+50 mg/d"),
            ("Valproate is titrated in increments of 125 mg or 250 mg.", "+125–250 mg"),
            ("Oxcarbazepine: in 5 mg increments, increase as tolerated.", "+5 mg"),
            ("Warfarin: increase by 0.5 mg.", "+0.5 mg"),
            ("Titrate propofol in 10 mg steps.", "+10 mg"),
            ("Hydralazine may increase in 25 mg increments.", "+25 mg"),
        ],
        titrations,
    );
}

#[test]
fn downwards() {
    hold(
        &[
            ("Reduce prednisolone by 10% every 2 weeks.", "-10 % every 14 d"),
            ("Taper clonazepam by 0.25 mg every week.", "-0.25 mg every 7 d"),
            ("Decrease fluoxetine by 10 mg at a time, every 1–2 weeks.", "-10 mg every 7–14 d"),
            ("Prednisolone: reduce by 5 mg every 3 days.", "-5 mg every 3 d"),
            ("Diazepam is tapered by 2 mg every 2 weeks.", "-2 mg every 14 d"),
            ("Methadone: reduce the dose by 5 mg weekly.", "-5 mg every 7 d"),
            ("Venlafaxine is withdrawn by tapering in 37.5 mg steps every 2–4 weeks.", "-37.5 mg every 14–28 d"),
        ],
        titrations,
    );
}

#[test]
fn no_steps() {
    hold(
        &[
            ("Propranolol is uptitrated over 4 weeks.", ""),
            ("Increase amitriptyline dose gradually.", ""),
            ("Blood pressure was reduced by 10 mmHg every week on amlodipine.", ""),
            ("Take paracetamol 500 mg every 6 hours; do not increase.", ""),
            ("Atorvastatin reduced the risk by 10%.", ""),
            ("Amoxicillin 25 mg/kg, increased to 25 mg/kg every 6 hours.", ""),
            ("Nimodipine: in cirrhosis reduce to 30 mg every 4 hours.", ""),
            ("Flow increased from 11 mL/s to 12.5 after 24 months of finasteride.", ""),
            ("Tramadol: titrate to 100–250 mg every 12 hours.", ""),
            ("Sirolimus is rounded to the nearest 1 mg increment.", ""),
            ("Ciclosporin: reduce flecainide dose by 50%.", ""),
        ],
        titrations,
    );
}
