//! When an effect comes, and times that are something else.

mod readings;

use readings::{hold, onsets};

#[test]
fn begins_to_work() {
    hold(
        &[
            ("Ibuprofen starts to work within 30 minutes.", "initial 30 min"),
            ("Sumatriptan begins to work within 30 to 60 minutes.", "initial 30–60 min"),
            ("Naproxen starts to relieve pain within 1 hour.", "initial 1 h"),
            ("Sertraline takes 2–4 weeks to work.", "effect 14–28 d"),
            ("Bupropion can take several weeks to take effect.", "effect sometime"),
            ("Hydroxychloroquine may take 3 to 6 months to work fully.", "full 90–180 d"),
            ("Paracetamol works in about 30 minutes.", "effect 30 min"),
            ("Loratadine usually works within 1 hour.", "effect 1 h"),
            ("Lorazepam acts within 5 minutes when given IV.", "effect 5 min"),
            ("Salbutamol: onset of action is 5 minutes.", "initial 5 min"),
            ("Diazepam has an onset of 15 minutes.", "initial 15 min"),
            ("Onset of analgesia with morphine occurs in 5 to 10 minutes.", "initial 5–10 min"),
            ("Bisacodyl: onset of action is within 30 minutes to 6 hours after a dose.", "initial 30–360 min"),
            ("Time to onset of loperamide is 1 hour.", "initial 1 h"),
            ("Suxamethonium IV: onset within 1 minute.", "initial 1 min"),
            ("You may start to feel better within 2 weeks of starting fluoxetine.", "effect 14 d"),
        ],
        onsets,
    );
}

#[test]
fn effects_appear() {
    hold(
        &[
            ("Relief from ibuprofen may be felt within 30 minutes.", "effect 30 min"),
            ("With fluticasone, improvement is usually noticed in 1–2 weeks.", "effect 7–14 d"),
            ("Relief begins 15 minutes after taking sumatriptan.", "initial 15 min"),
            ("Pain relief usually starts within 20 minutes of paracetamol.", "initial 20 min"),
            ("Improvement with botulinum toxin begins within 3 days.", "initial 3 d"),
            ("The effects of finasteride become apparent after 3–6 months.", "effect 90–180 d"),
            ("Response to lithium is usually seen in 5–7 days.", "effect 5–7 d"),
            ("The antidepressant effect of mirtazapine may be delayed for 2 to 4 weeks.", "effect 14–28 d"),
            ("An adequate response to infliximab may be expected by 14 weeks.", "effect 98 d"),
            ("Clinical benefit of adalimumab is usually achieved within 12 weeks.", "effect 84 d"),
            ("Symptoms improve within 3 days of starting doxycycline.", "effect 3 d"),
            ("Tazarotene: it can take several weeks (up to 12 weeks) to see improvement.", "effect 84 d"),
            ("Formoterol provides bronchodilation within minutes.", "effect sometime"),
        ],
        onsets,
    );
}

#[test]
fn full_effect() {
    hold(
        &[
            ("It may take up to 6 weeks before you feel the full benefit of sertraline.", "full 42 d"),
            ("The full effect of fluoxetine is seen after 4–6 weeks.", "full 28–42 d"),
            ("The maximal effect of allopurinol is reached by week 4.", "full 28 d"),
            ("Methotrexate's full benefit may not be seen for 12 weeks.", "full 84 d"),
            ("It takes 3 months for hydroxychloroquine to reach its full effect.", "full 90 d"),
            ("Peak effect of furosemide is seen at 1–2 hours.", "full 1–2 h"),
            (
                "You may notice some improvement from citalopram within 1 to 2 weeks, but the full benefit can take 6 weeks or longer.",
                "initial 7–14 d; full 42 d",
            ),
            ("Duloxetine: full response may take 8 weeks.", "full 56 d"),
            ("Maximum benefit from isotretinoin may not be reached until 4 months.", "full 120 d"),
            ("The full blood-pressure-lowering effect of losartan is attained within 3 to 6 weeks.", "full 21–42 d"),
        ],
        onsets,
    );
}

#[test]
fn questions() {
    hold(
        &[
            ("**How quickly does cetirizine work?** It works within an hour.", "effect 1 h"),
            ("## How long does orlistat take to work?\n\nImprovement is usually within 2 weeks.", "effect 14 d"),
            ("## How long does the effect of ondansetron last?\n\nIt can last for up to 8 hours.", ""),
            (
                "## How soon will I feel better on azithromycin?\n\nUsually within 2 to 3 days you should feel better.",
                "effect 2–3 d",
            ),
        ],
        onsets,
    );
}

#[test]
fn other_times() {
    hold(
        &[
            ("The half-life of diazepam is 48 hours.", ""),
            ("The effect of morphine lasts 4 hours.", ""),
            ("The duration of action of salbutamol is 4 to 6 hours.", ""),
            ("Peak plasma concentration of ibuprofen is reached in 1–2 hours.", ""),
            ("Take amoxicillin for 7 days.", ""),
            ("Review the effect of sertraline after 4 weeks.", ""),
            ("Stop phenelzine 2 weeks before starting sertraline.", ""),
            ("Ibuprofen gave 2-hour pain relief in 40% of patients.", ""),
            ("A trial of gabapentin of 6 weeks is adequate.", ""),
            ("Continue sertraline for at least 6 months after recovery.", ""),
            ("If there is no improvement with omeprazole after 4 weeks, see a doctor.", ""),
            ("If symptoms do not improve within 3 days of nitrofurantoin, seek advice.", ""),
            ("The effect of fentanyl wears off within 24 hours.", ""),
            ("Pain relief from a fentanyl patch lasts 72 hours.", ""),
            ("Withdrawal symptoms of venlafaxine begin within 24 hours.", ""),
            ("Side effects of metformin usually begin within the first weeks.", ""),
            ("The benefit of atorvastatin over 5 years was small.", ""),
            ("Steady state of lithium is reached in 5 days.", ""),
            ("Reactions to penicillin begin within minutes.", ""),
            ("Start oseltamivir within 48 hours of symptom onset.", ""),
            ("Give alteplase within 4.5 hours of the onset of stroke.", ""),
            ("Take tranexamic acid from the onset of menses for up to 5 days.", ""),
            ("The effect of dexamethasone was greatest when started within 14 days of birth.", ""),
            ("Start sertraline at 50 mg and increase after 1 week according to response.", ""),
        ],
        onsets,
    );
}
