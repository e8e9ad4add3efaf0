//! Skeletons of the third set: long narratives of some hundred words.

use super::Notes;
use super::pen::Kind::{Adult, Elder, Man, Woman};

pub(super) const NOTES: Notes = &[
    (
        "transfer summary",
        Elder,
        r#"INTERFACILITY TRANSFER SUMMARY
From: {hosp}, {street2}, {city}, {st} {zip}          To: {snf}
Patient: {p.full}     DOB: {dob}     Age: {p.age}     MRN: {mrn}     Encounter: {enc}
Admitted {admit}, transferred {disch} at {time}. Attending {a.full}; accepting {b.full}, {phonext}.
Next of kin: {r.full} ({r.rel}), {phone2}[; second contact {s.full}, {s.rel}, {phone2}|].

HISTORY. {p.mr} is {p.ayo} {p.man} with {pmh}, who lived independently in {city} until [a fall on {mdadmit}|{p.his} {r.rel} {r.first} was hospitalized in {my}|the flooding around {holiday}]. {^p.he} was found by {f.first}, {p.his} {f.rel}, lying between the bed and the wall, awake but confused, and had probably been there since the evening before. EMS recorded a temperature of {f:93-96} F, a glucose of {n:54-210} and a blood pressure of {bp}. In the emergency department {h.dr} noted a pressure injury over the left trochanter, a CK of {n:2800-19000} and a creatinine of {f:2-4}. {^image}. {^p.his} home medicines were {meds4}; {r.first} thinks {p.he} had taken none of them for at least {n:3-9} days. Allergies: {allergy}.

HOSPITAL COURSE BY PROBLEM.
1. Rhabdomyolysis with acute kidney injury. {^p.he} received {n:4-9} liters of lactated Ringer's in the first day under {a.dr}. The CK peaked on {mdstay} and fell by half every day after that. {b.last} of nephrology saw {p.him} on {mdstay} and did not find a reason for dialysis. The creatinine on the morning of transfer was 1.{n:1-9}.
2. Delirium. CAM positive for three days. Quetiapine 12.5 mg at night helped; the sitter was stopped on {mdstay}. {^p.he} knew {r.first} again on {mdstay} and asked for {p.his} [crossword|hearing aids|rosary]. MoCA {n:14-25}/30 by {e.first} in occupational therapy.
3. Pressure injury. Stage 3, {f:3-5} by {f:2-3} cm, debrided at the bedside by {d.full}. Santyl daily, turn every two hours, air mattress. The photographs are in the chart.
4. {^illness}. {stay}. {^stay}.
5. Nutrition. [Dysphagia 3 diet with thin liquids after a modified barium swallow.|Ate {n:25-75}% of meals; Ensure Plus twice a day.] Weight {f:48-92} kg, albumin {f:2-3}.
6. Goals of care. On {mdstay} {a.dr}, {e.full} of social work, {r.first} and {s.first} met for forty minutes. {p.mr} told them that {p.he} would accept antibiotics and hospital care but neither CPR nor a feeding tube. The POLST was signed {disch}; the original travels with {p.him}.

PENDING AT TRANSFER. Urine culture, specimen {acc}; vitamin B12. Call {phone2} and ask for {c.first}.
PERSONAL EFFECTS. Glasses, upper denture, [a brown wallet with license {dl}|hearing aids, serial {serial} and {serial}|a watch that belonged to {x.first}], one bag of clothes; keys were given to {f.full}.
INSURANCE. Medicare {mbi}; [Medicaid {medicaid}|{ins}, ID {member}]. Authorization {auth}, reviewed by {x.full}.
FOLLOW-UP. {b.dr} [{dowsoon}, {appt}|{soon} at {appt}]; wound clinic {mdsoon}. BMP on {mdsoon}, fax to {fax}.

Report called to {g.full} at {time} by {c.full}, {c.cred}.
{a.sig}"#,
    ),
    (
        "independent medical examination",
        Man,
        r#"INDEPENDENT MEDICAL EXAMINATION

{today}

{x.full}
{ins}, Workers' Compensation Unit
{street2}
{city2}, {st2} {zip2}

RE: {p.full}          Claim no.: {claim}          Date of injury: {injury}
Employer: {work}          DOB: {dob}          Our file: {mrn}

Dear {x.mr}:

At your request I examined {p.mrfull} in my office in {city} on {dowdate}. He was identified by a driver's license issued in {state}, number {dl}. He came with his {r.rel}, {r.first}, who stayed in the waiting room, and was told that no treatment relationship would arise from this examination. The following is based on what he told me, on {n:180-940} pages of records, and on my findings.

HISTORY. {p.mr}, {p.ayo} right-handed man, had been with the company for {n:2-15} years as a [loader|welder|line mechanic]. On the day of the injury he and a co-worker, {f.full}, were moving a compressor of some 300 pounds down a ramp when the strap broke. He felt a pop in the right shoulder and, by that evening, pain that went down to the elbow. The supervisor, {z.full}, filled in a report. He was seen at {clinic2} by {d.full}, who prescribed naproxen and light duty. Because he was no better {b.dr} ordered an MRI, done on {injury2}, which shows a full-thickness tear of the supraspinatus with {n:1-3} cm of retraction, Goutallier grade {n:1-2}. {b.last} operated at {hosp2} on {injury3}: arthroscopic double-row repair with subacromial decompression. Therapy with {e.full} followed, {n:18-36} visits, the last on {md}. He has not gone back to work. He drives, shops, and helps his {s.rel} {s.first} with the children, but cannot lift a gallon of milk overhead, and sleeps in a recliner.

PAST HISTORY. {^illness}; {illness}. {surgery}. Medicines: {meds2}. {allergy}. {smoking}. [A claim for the left knee in {my} was settled.|He denies earlier claims; the records of {h.dr} mention neck pain in {my}.]

EXAMINATION. {vitals}. Portals are healed. Forward flexion is {n:110-150} degrees, abduction {n:90-140}, external rotation {n:30-60}, against 170, 170 and 80 on the left. Neer and Hawkins-Kennedy signs are positive, Speed and Yergason negative; the Jobe test is weak, 4 of 5. Spurling is negative. Grip by Jamar dynamometer, second setting, is {n:28-44} kg on the right and {n:36-50} on the left, without bell-curve failure. Waddell signs: {n:0-2} of 5. QuickDASH {n:22-58}.

ANSWERS TO YOUR QUESTIONS.
1. The tear is, more likely than not, the result of the injury of {injury}.
2. Treatment has been reasonable. [Another six visits of therapy would be of use.|I see no need for further surgery.]
3. Maximum medical improvement was reached [on {date}|in {quarter}].
4. By the AMA Guides, sixth edition, the impairment is {n:5-12} percent of the upper extremity.
5. He may work with no lifting over {n:15-30} pounds above the shoulder, from {soon}.

I declare under penalty of perjury that this report is true to the best of my knowledge. Signed in {county}, {state}.

{a.full}, {a.cred}
License {lic}     NPI {npi}     Telephone {phone2}     Fax {fax}
[cc: {y.full}, attorney for the applicant, {street2}, {city2}|Time spent: {n:2-5}.5 hours. Invoice {order}, tax matters to {sitemail}.]"#,
    ),
    (
        "interval oncology history",
        Woman,
        r#"{clinic}, Hematology and Oncology
NEW PATIENT CONSULTATION          {today}
{p.lf}     {dob}     MRN {mrn}     Referred by {b.full}, {clinic2}, fax {fax}
Present: {p.first}, {r.first} ({r.rel}), {s.first} ({s.rel}, on speaker from {city2})

REASON: Second opinion on treatment of breast cancer.

ONCOLOGIC HISTORY
- {old}: screening mammogram at {hosp2}, BI-RADS 2.
- {injury}: {p.first} felt a lump in the left breast while on a trip to {cityx}, {country}. She told {s.first} but waited for some weeks.
- {injury2}: diagnostic mammogram and ultrasound, 2.{n:1-9} cm mass at 2:00, BI-RADS 5. {h.dr} did a core biopsy ({acc}): invasive ductal carcinoma, Nottingham grade {n:2-3}, ER {n:70-99}%, PR {n:5-80}%, HER2 1+, Ki-67 {n:12-50}%.
- {injury3}: lumpectomy and sentinel node biopsy by {b.dr}. pT2 pN1a(1/3), margins free, LVI present. Oncotype recurrence score {n:14-38}.
- {md}: PET negative for distant disease. Genetics: CHEK2 c.1100delC, seen with {g.full}, genetic counselor.
[- {md}: seen by {d.full} at {hosp2}, who proposed TC x4.|- {md}: port placed; site sore since.|]

She has read much and is afraid of chemotherapy; her mother, {x.full}, died on {diedkin} in the second month of treatment for lymphoma, and her sister {y.first} had colitis from an immunotherapy. She works [nights|part time] at {work} and does the books for {r.first}. They have two children, {z.first}, {n:8-17}, and a younger one. {p.mr} did not want the children told before {holiday}.

PAST HISTORY: {pmh}. {surgery}. Menarche 12, G{n:1-4}P{n:1-3}, first birth at {n:21-34}, LMP {md}. Medicines: {meds2}. {allergy}. {smoking}. Family: as above; paternal grandmother alive at {age90}; a great-uncle in {city2} with prostate cancer.

ROS: Hot flashes, poor sleep, otherwise negative. ECOG 0. PHQ-9 {n:2-15}. Distress thermometer {n:3-9}.
EXAM: {vitals}. Scar in the upper outer quadrant healed; a seroma of 2 cm; axillary web cords. {lungs} {heart} No hepatomegaly, no spinal tenderness.
DATA: {lab2}. Echo {md}: EF {n:55-68}%, GLS -{n:18-22}%.

IMPRESSION AND PLAN. {p.full} is {p.ayo} woman with stage IIA (AJCC 8 prognostic IB), ER-positive, HER2-negative cancer of the left breast. I went through RxPONDER, TAILORx and the Oncotype curve with her, {r.first} and {s.first}. By Predict the gain from chemotherapy is {f:2-6}% at 10 years. [She would like TC x4 and will use a cold cap.|She would rather not have chemotherapy; ovarian suppression with an aromatase inhibitor is a fair choice.] Radiation with {h.dr} to begin [{mdsoon}|after chemotherapy]. Abemaciclib: does not meet monarchE. Zoledronic acid every six months after dental clearance. MRI of the right breast in {n:6-12} months in view of CHEK2. {c.first} will call her at {phone} on {dowsoon}; [voicemail may be left|if she is at work call {r.first}, {phone2}]. Fertility: not wished. Trial NCT0{n:3000000-6100000} was mentioned; coordinator {e.email}.

Total time {n:60-95} minutes. {a.sig}
[cc {b.dr}; {h.dr}; patient by portal|Letter to {b.full}, {street2}, {city}, {st} {zip}.]"#,
    ),
    (
        "ethics and complex discharge",
        Adult,
        r#"ETHICS CONSULTATION — CONFIDENTIAL
Requested by {a.full} on {mdstay}; consultants {h.full}, {e.full} and chaplain {g.first}. Patient {p.full}, MRN {mrn}, DOB {dob}, unit 5 East, bed {n:1-30}.

QUESTION. May the team discharge {p.mr}, who has capacity, to the street, when {p.he} refuses the shelter and the skilled nursing bed that {snf} has offered?

FACTS. {p.mr} is {p.ayo} {p.man} with {pmh}, admitted on {admit} with osteomyelitis of the right foot. {^p.he} needs {n:3-5} more weeks of IV cefazolin. {^p.he} has injected drugs until {my} and the PICC was placed on {mdstay}. Before this {p.he} lived in a van (plate {plate}) behind a store on {street2}; the van was towed on {mdstay}, tow slip {ticket}. {^p.his} {r.rel}, {r.full}, lives in {city2} and cannot take {p.him} in; {f.first}, a {f.rel} from the van days, visits daily. {^p.he} has a phone ({phone2}) that is mostly off, and e-mail {p.email} that {p.he} reads at the library. The payer ({ins}, {member}) denied home infusion on {mdstay}; case {case}. Infectious disease ({b.dr}) would accept dalbavancin 1500 mg on days 1 and 8 if oral therapy fails. {c.first}, who has nursed {p.him} on most days, says that {p.he} leaves the unit to smoke but has never missed a dose.

WHAT {p.first} SAYS. "[{snf} is where my {s.rel} {s.first} died, I am not going in there|I was clean there {n:2-6} months and they lost my shoes|Put me near {r.first} and I go]." {^p.he} understands that the foot may be lost. PHQ-9 {n:3-18}. No cognitive deficit, MoCA {n:23-30}.

ANALYSIS. The four-box method was used. Autonomy weighs here. A refusal of one place is no refusal of care; offers should be matched to what {p.he} accepts. The use of a PICC by persons who inject drugs is not by itself a reason to keep them. [Justice: beds are short.|Nobody on the team thinks that the street is safe.]

RECOMMENDATIONS.
1. Ask for medical respite at {agency}; {d.full} is to call {x.first} at {phonext} by {mdsoon}.
2. Dalbavancin as {b.last} proposes; first dose before {p.he} leaves, second on {dowsoon} at {clinic2}.
3. A written plan in plain words, with {d.first}'s number {phone2}, goes into {p.his} jacket. Mail may go to {r.first}, {street2}, {city2}, {st2} {zip2}.
4. Buprenorphine to continue; {d.full} prescribes, DEA {d.dea}.
5. If {p.he} leaves against advice {p.he} gets linezolid tablets and the same appointments.

Discussed at the bedside with {p.first}, {f.first} and {c.full} on {mdtoday} from {time} to {time}. {^p.he} agrees to points 1 to 4. We remain available: pager {pager}.

{h.sig}          {today} {time}
[Addendum {mdsoon}: {p.first} went to respite with {f.first}. {e.first}, {seven}.|]"#,
    ),
];
