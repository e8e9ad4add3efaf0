//! Skeletons of the third set: emergency, admission, operation, discharge.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother};

pub(super) const NOTES: Notes = &[
    (
        "ed note",
        Adult,
        r#"{hosp} - Emergency Department
Provider Note

Patient: {p.lf}   DOB: {dob}   MRN: {mrn}
[Arrival: {today} {time}|Date of visit: {today}   Arrival time: {time}|Seen on {dow} at {time}]   [Bed {n:1-40}|ED Room {n:2-30}|Hallway {n:1-9}]
[PCP: {b.any}|PCP: none|Primary care: {b.dr} at {clinic}]

HPI: {p.any} is {p.ayo} {p.sex} with a history of {pmh} who [presents with {n:1-6} days of abdominal pain|comes in by EMS from {snf} after a fall|was brought in by {p.his} {r.rel}, {r.first}, for confusion|presents with chest pressure that woke {p.him} at {time}|walks in with left flank pain radiating to the groin]. [{^p.he} was seen at {hosp2} on {md} for the same and sent home.|Symptoms started on {md} while visiting family in {city2}, {st2}.|Onset was around {holiday}.|] [{r.full} ({r.rel}) gives most of the history.|History is limited by dementia; {p.his} {s.rel} {s.first} was reached at {phone2}.|] {ros}

PMH: {pmh}. PSH: {surgery}.
Meds: {meds4}
Allergies: {allergy}
Social: {smoking}. [Lives with {r.first} in {city}.|Works at {work}.|Lives alone at {street}, {city}.|]

Exam: {vitals}. {exam}

ED course: {lab2}. {^image}. [HEART score {n:1-7}.|Wells score {f:0-6}.|qSOFA {n:0-2}.|PECARN low risk.] [Case discussed with {b.dr} (on call for {a.dr}) at {time}, who agrees.|{c.first} in triage repeated the EKG at {time}.|Pain 8/10 → 3/10 after ketorolac 15 mg IV.]

MDM: [Low concern for ACS.|Nephrolithiasis vs pyelonephritis.|Likely viral.|Sepsis bundle started.] [Admit to {b.dr}'s service, telemetry.|Discharged home in good condition; follow up with {b.dr} on {soon}.|Signed out to {d.sig} at change of shift.]

[Electronically signed by {a.sig} on {today} {time}|{a.sig}
{today} {time}|/s/ {a.full}]"#,
    ),
    (
        "triage",
        Adult,
        r#"TRIAGE  {today} {time}
{p.lf}  {p.age} {p.mf}  [MRN {mrn}|MR# {mrn}|acct {acct}]
CC: "[my chest hurts|cant catch my breath|fell off a ladder|the sugar is high|bad headache since {weekday}]"
ESI [2|3|3|4]
[Accompanied by {r.rel} {r.full} cell {phone2}|Arrived alone|Arrived via Medic {n:1-12}, report from crew at bedside|Brought by police officer {x.last}]
{vitals}
Pain {n:0-10}/10. GCS 15. LMP n/a.
Allergies: {allergy}. Meds: {meds2}. [Last tetanus {year}.|Tdap {my}.|]
Pt states [{p.he} saw {b.dr} yesterday|{p.he} was discharged from {hosp2} on {md}|symptoms x {n:1-9} days|{p.he} ran out of meds when the {pharm} on {street2} closed].
[Fall risk: yellow band on.|Suicide screen (C-SSRS) negative.|Travel: returned from {cityx}, {country} on {md}.|Feels safe at home.]
[To rm {n:1-22}|Back to waiting room|Straight to resus {n:1-3}] — {c.sig} [{time}|badge {badge}|]"#,
    ),
    (
        "history and physical",
        Adult,
        r#"HISTORY AND PHYSICAL
{hosp}
NAME: {p.caps}
MRN: {mrn}      ADMIT DATE: {admit}
DOB: {dob}      SEX: {p.mf}
ATTENDING: {a.sig}
[PCP: {b.full}, {clinic}, ph {phone2}|REFERRING: {b.sig}|CODE STATUS: Full]

CHIEF COMPLAINT: [Shortness of breath|Weakness|Fever and cough|Right hip pain after a fall].

HISTORY OF PRESENT ILLNESS: This is {p.ayo} [right-handed |]{p.man} with {pmh}, who was in {p.his} usual state of health until [about {n:2-9} days ago|{dowdate}|the day after {holiday}], when {p.he} noticed [exertional dyspnea|a productive cough|fevers to {f:100-103}|that {p.he} could not bear weight]. [{^p.his} {r.rel}, {r.first}, called {b.dr}'s office, who sent them here.|{p.mr} had been treated with azithromycin by {d.any} at {clinic2} on {date} without relief.|A catheterization at {hosp2} in {my} had shown nonobstructive disease.] {ros}

PAST MEDICAL HISTORY:
1. {^illness}.
2. {^illness}[, followed by {b.dr}|, diagnosed {my}|].
3. {^illness}.
PAST SURGICAL HISTORY: {^surgery} ([{my}|{year}|at {hosp2}, {year}]).
MEDICATIONS: {meds4}.
ALLERGIES: {allergy}.
FAMILY HISTORY: [Father had an MI at 52; mother is alive at {age90}.|Mother with breast cancer at 48.|Noncontributory.|Brother {s.first} with early CAD.]
SOCIAL HISTORY: {smoking}. [Retired from {work}.|Originally from {cityx}, {country}; moved to {city} in {year}.|Married to {r.first} for {n:3-50} years.|Lives in {city} with two cats.]

PHYSICAL EXAMINATION: {vitals}. {exam}

DATA: {lab2}. {^image}.

ASSESSMENT AND PLAN: {p.mr} is {p.ayo} {p.man} with [acute on chronic heart failure|community-acquired pneumonia, CURB-65 {n:1-3}|a femoral neck fracture|sepsis of urinary source]. [Start ceftriaxone 1 g q24h and doxycycline 100 mg q12h.|Lasix 40 mg IV BID, strict I/O.|Ortho ({b.dr}) to take to OR in the morning.|Sliding scale insulin, hold metformin.] DVT prophylaxis with [heparin 5000 units SQ q8h|Lovenox 40 mg]. [Health care proxy is {r.full}, {r.rel}, {phone2}.|Discussed with {p.his} {s.rel} {s.full} by phone.|]

{a.sig}
[D: {today} T: {today} {time}|Dictated {today} {time}|]"#,
    ),
    (
        "soap",
        Adult,
        r#"{clinic}
[{p.full}|{p.lf}] — [{today}|DOS {today}|visit {today}] [DOB {dob}|({p.age} {p.mf})|MRN {mrn}]

S: [{p.first}|{p.mr}|Pt] is here for [f/u of {illness}|a rash x {n:2-20} days|med refills|shoulder pain|BP check]. [Last seen {date} by {b.dr}.|Home BPs average {bp}.|Sugars have run {n:90-250}.|{^p.his} {r.rel} {r.first} says {p.he} snores.|Was in the ER at {hosp2} on {md}.|Moved from {city2} in {my}.] Taking {meds2}. {ros}
O: {vitals}. {exam} {labs}.
A: 1) {^illness} - [stable|not at goal|improved]. «[E11.9|I10|J44.9|M17.11|E78.5|F41.1|K21.9|N18.32]»
2) {^illness} - [stable|worse|new].
P: [Increase|Continue|Start|Hold] {med}. [Labs today.|Refer to {b.dr}, {hosp2}, ph {phone2}.|PT referral.|A1c in 3 mo.|Shingrix #2 today.] [RTC {soon}.|F/u {n:2-12} wks.|Return on {dowsoon} with {d.dr}.] [Time spent {n:15-45} min.|]
[{d.sig}|{a.sig}|{a.short}, {a.cred}]"#,
    ),
    (
        "shorthand",
        Adult,
        r#"{p.lowfirst} [is|=] {p.age}yo {p.mf} w/ {illness}, {illness} here [c/o|for] [sob|cp x {n:1-5}d|f/u|ha|uti sx|back pain s/p fall {md}]. [last seen {md} by {a.dr}|d/c'd from {hosp} {mdadmit}|sent by {b.last}]. no f/c/n/v. taking {med}, {med}. [{r.first} w/ pt today|r/o dvt neg|wbc {f:4-15} hgb {f:8-15}|cxr neg] 
vs {bp} {n:60-110} {f:97-99} {n:92-100}% ra
gen nad, heent wnl, cv rrr, lungs ctab, abd s/nt/nd, ext no c/c/e [, romberg neg|, homans neg|, murphy neg]
a/p: {illness} - [cont|inc|d/c] {med}. [f/u {mdsoon} w/ {b.last}|rtc prn|labs {md} reviewed w/ pt|call {r.first} {seven} w/ results|pt to call {a.first}'s nurse {c.first} if worse]
[{a.ini}|{d.ini} {mdtoday}|{d.last} {time}]"#,
    ),
    (
        "discharge summary",
        Adult,
        r#"DISCHARGE SUMMARY

Patient Name: {p.full}
[Medical Record Number|MRN|Unit No]: {mrn}
[Visit Number: {enc}|Account #: {acct}|CSN: {enc}]
Date of Birth: {dob}
Admission Date: {admit}
Discharge Date: {disch}
Attending: {a.any}
[Service: Hospital Medicine|Service: Cardiology|Consultants: {b.dr} (Nephrology)]

PRINCIPAL DIAGNOSIS: [Acute exacerbation of COPD|Acute on chronic systolic heart failure|Community-acquired pneumonia|Upper GI bleed|Pyelonephritis|Syncope].
SECONDARY: {pmh}.

BRIEF HPI: [{p.mr}|{p.full}] is {p.ayo} {p.man} who [came to {hosp} from home|was transferred from {hosp2} on {mdadmit}|was admitted through the ED] with [dyspnea|fever|melena|syncope|weakness]. [{^p.his} {r.rel} {r.first} found {p.him} on the floor at {time}.|]

HOSPITAL COURSE: {stay}. {^stay}. [On {mdstay} {p.he} was seen by {b.dr}, who recommended an EGD.|On hospital day {n:2-5} {p.he} became hypotensive and went to the ICU under {b.dr}.|{p.mr} had a run of SVT on the evening of {mdstay} that broke with adenosine 6 mg.] {^stay}. [Family meeting on {mdstay} with {r.first} and {s.first}.|]

DISCHARGE MEDICATIONS: {meds4}
CONDITION: [Stable|Good|Fair]. {vitals}.
DISPOSITION: [Home with {agency}.|To {snf}, report called to {g.first} at {phonext}.|Home with {r.rel}.|Home, address on file {street}, {city}, {st} {zip}.]
FOLLOW-UP: {b.dr}, {clinic2}, [{soon} at {appt}|{dowsoon}, {appt}|{mdsoon}]; [phone {phone2}|call {phone2} to confirm|]. [Repeat BMP in 1 week, fax to {fax}.|Pending: blood culture (accession {acc}).|]
{advice} {advice}

[{a.sig}|{d.sig} for {a.dr}]
[cc: {b.full}, {clinic}, fax {fax}|CC: {b.sig}|]"#,
    ),
    (
        "operative report",
        Adult,
        r#"OPERATIVE REPORT

PATIENT: {p.lf}
DATE OF OPERATION: {today}
[MEDICAL RECORD #: {mrn}|MRN {mrn} / FIN {acct}]
SURGEON: {a.sig}
ASSISTANT: [{d.sig}|{b.full}, PGY-{n:1-5}|None]
ANESTHESIA: [General endotracheal, {h.dr}|Spinal, {d.sig}]

PREOPERATIVE DIAGNOSIS: [@Symptomatic cholelithiasis|Right inguinal hernia|End-stage osteoarthritis, left knee].
POSTOPERATIVE DIAGNOSIS: Same.
PROCEDURE: [@Laparoscopic cholecystectomy with cholangiogram|Lichtenstein repair|Left total knee arthroplasty].
EBL: {n:10-300} mL. DRAINS: [None|One 15 Fr Blake|Jackson-Pratt x1]. SPECIMENS: [@Gallbladder|None|None]. COMPLICATIONS: None.
[@IMPLANTS: None.|IMPLANT: ProGrip mesh 15 x 9 cm, UDI {udi}.|IMPLANTS: Triathlon CR femoral component size {n:3-6}, serial {serial}; tibial tray {serial}.]

INDICATIONS: {p.mr} is {p.ayo} {p.man} whom I met in clinic on {date}. [Risks were discussed with {p.him} and {p.his} {r.rel} {r.first}.|{^p.he} had failed conservative care with {b.dr} since {my}.|] Consent was signed on {md}.

DESCRIPTION OF PROCEDURE: The patient was brought to OR {n:1-14} and placed supine. A time-out was held[ with {c.first} circulating|]. [@A Veress needle was placed at Palmer's point and pneumoperitoneum of 15 mmHg established. The critical view of safety was obtained within Calot's triangle. Hem-o-lok clips went on the cystic duct and artery.|A 7 cm incision was made over the canal, Scarpa's and Camper's fascia were divided, and Hesselbach's triangle was inspected. The mesh was sewn to Poupart's ligament with 2-0 Prolene.|A tourniquet was inflated to 250 mmHg. A medial parapatellar approach was used; Whiteside's line was marked. Bone cuts were made with 5 degrees of valgus, and Palacos cement was used.] Counts were correct x2. [The fascia was closed with 0 Vicryl, the skin with 4-0 Monocryl and Dermabond.|Skin was closed with staples.] The patient was taken to PACU in stable condition. [I spoke with {r.full} in the waiting room at {time}.|Findings were called to {r.first} at {phone2}.]

{a.full}, [MD|M.D., F.A.C.S.]
[DD: {today}  DT: {today}  Job #{id:%#####}|Job ID {id:%######}|]"#,
    ),
    (
        "anesthesia record",
        Adult,
        r#"ANESTHESIA RECORD — {hosp}
Pt {p.lf} ¦ {mrn} ¦ DOB {dob} ¦ {p.mf} ¦ Wt {f:50-120} kg ¦ Ht {n:150-190} cm
Date {today}   OR {n:1-12}   Surgeon {a.dr}   Anesthesiologist {b.any}   CRNA {d.first}
ASA [I|II|III|IIIE]   Mallampati [1|2|3|4]   NPO since {time}   Allergies: {allergy}
PMH {pmh}. Prior anesthetics: [uneventful, {hosp2} {my}|PONV|difficult mask per record of {old}|none].
{time} to room. {clock} preox. {clock} induction: propofol {n:100-200} mg, fentanyl {n:50-150} mcg, rocuronium 50 mg. [Grade {n:1-3} view with Mac 3|GlideScope, Cormack-Lehane 1|LMA #4], ETT 7.5 at {n:20-23} cm, +EtCO2.
Maintenance: sevo 2%, O2/air. Lines: 20g L hand, [R radial A-line after Allen test|18g R AC].
{clock} incision. MAP 60-85. Phenylephrine {n:1-6}00 mcg total. LR {n:8-20}00 mL. EBL {n:20-400}. UOP {n:50-300}.
{clock} sugammadex 200 mg, TOF 4/4. Extubated {clock}. PACU: report to {c.sig}, Aldrete {n:8-10}.
[Machine S/N {serial}.|Blood: PRBC x1 unit {unit}.|Temp probe esophageal.] [Block: US-guided adductor canal, ropivacaine 0.2% 20 mL.|]
[Attending present for induction and emergence: {b.ini}|Signed {b.sig} {today} {time}|{d.sig}]"#,
    ),
    (
        "rapid response",
        Elder,
        r#"RAPID RESPONSE / CODE EVENT
Date: {today}  Time called: {time}  Location: [4 West|MICU|Dialysis|Radiology] room {n:100-499} bed [A|B|1|2]
Patient: {p.full} ({mrn}), {p.age} {p.mf}, admitted {admit} to {a.dr} with {illness}.
Called by: {c.sig} for [HR {n:130-180}|SBP {n:60-85}|O2 sat {n:70-86}%|unresponsiveness].
Team: {b.dr} (lead), {d.sig}, RT {e.first}.
[{time} - bag-mask. {time} - epinephrine 1 mg IV. {time} - ROSC.|{time} - 500 mL LR bolus. {time} - BiPAP 12/6, FiO2 60%. {time} - ABG 7.{n:18-45}/{n:30-70}/{n:55-110}.|{time} - adenosine 6 mg then 12 mg; converted.|{time} - narcan 0.4 mg with good response.]
{vitals} after.
[Family: {r.full} ({r.rel}) notified at {phone2} by {c.first}.|Message left for {s.rel} {s.first}.|{r.first} at bedside throughout.] Code status [confirmed full|DNR/DNI per POLST signed {old}|changed to DNR with {r.full}].
Disposition: [ICU bed {n:1-20}|remains on unit|expired {time}]. [Debrief led by {b.first}.|Recorder: {g.short}.|]"#,
    ),
    (
        "trauma activation",
        Man,
        r#"TRAUMA H&P   [Level 1|Level 2] activation {today} {time}
[Trauma alias: {id:TR-%###}. Later identified as {p.full}, DOB {dob}, by driver license {dl}.|Name: {p.lf}. MRN {mrn}.]
Mechanism: [MVC, restrained driver, {n:35-75} mph, on the interstate near {city}|MCC without helmet|fall from roof, {n:10-25} ft, at a job site of {work}|GSW to left thigh]. [Vehicle plate {plate}, passenger {x.full} also transported.|LOC reported. Extrication 20 min.|VIN {vin} per police report {case}.]
EMS: {f:97-99}, {bp}, GCS {n:8-15}. [Flown in by helicopter from {city2}, {st2}.|]
Primary: airway intact, equal breath sounds, pulses 2+, FAST negative [in Morison's pouch|].
Secondary: [seat belt sign|no Battle sign, no raccoon eyes|left femur deformity|Le Fort II fracture].
AMPLE: {allergy} / {meds2} / {pmh} / [unknown|2 h ago] .
Labs: {lab2}; EtOH {n:0-280}. Imaging: {image}; CT C-spine negative, NEXUS not met.
Plan: [SICU under {a.dr}|OR with {b.dr} for external fixation|observe]. Cefazolin 2 g, Tdap. Wound Gustilo-Anderson [I|II|IIIA]. MTP [not |]activated.
Next of kin: {r.full}, {r.rel}, [{phone2}|reached at {phone2} at {time}; lives in {city2}, {st2}].
{a.sig}"#,
    ),
    (
        "stroke transfer",
        Elder,
        r#"TRANSFER CENTER LOG {today}
From: {hosp2} ED, {g.sig}, {phonext}.   To: {hosp}.
Pt: {p.nicked}, {p.age}{p.mf}, DOB {dob}, [SSN {ssn}|last 4 SSN {ssn4}|their MRN {mrn2}].
LKW {time} [on {md}|today]. NIHSS {n:5-24}. [tNK {n:15-25} mg at {time}|No lytic: on Eliquis, last dose {time}]. CTA: [left M1 occlusion|basilar thrombus|no LVO], ASPECTS {n:6-10}. mRS 0.
Accepting: {a.dr} at {time}. Neuro-IR {b.dr} paged {pager}. Bed: [Neuro ICU {n:1-16}|7N-{n:10-30}].
Transport: [ground, {agency} crew|air], ETA {time}.
Family: {r.rel} {r.full} driving from {city2}; cell {phone2}. {^p.his} {s.rel} {s.first} has POA. [Address {street}, {city} {st} {zip}.|]
Insurance: [Medicare {mbi}|{ins} ID {member}, group {group}|Medicaid {medicaid}]. Images pushed via PACS, accession {acc}.
Logged by {c.full} {time}."#,
    ),
    (
        "observation and discharge of a child",
        Child,
        r#"Pediatric Observation Note
{p.full} is {p.ayo} {p.boy} admitted {admit} with [bronchiolitis|asthma exacerbation|dehydration|a first febrile seizure|croup]. [Historian: {r.rel} {r.full}.|{^r.rel} {r.first} and {s.rel} {s.first} at bedside.] MRN {mrn}, DOB {dob}.
PCP {b.any}, {clinic}[, fax {fax}|, {phone2}|].
Birth hx: {n:35-41} wk, [NSVD|C-section], no NICU. Immunizations UTD per {b.dr}'s record[, last {date}|].
Attends {school}; [teacher {x.full} noted wheezing in gym on {md}|two classmates sick|has a 504 plan]. Pets: a [dog|cat].
{kidvitals}. {lungs} {belly} Cap refill 2 sec.
Interventions: albuterol {n:2-8} puffs q{n:2-4}h, [decadron 0.6 mg/kg x1|Zofran 4 mg ODT|D5 1/2NS at maintenance]. PAS {n:1-9}, [PRAM {n:2-9}|Westley 3].
Discharge {disch}: asthma action plan reviewed with [{r.first}|{s.first}] in [English|Spanish with interpreter #{id:%#####}]. Follow-up {b.dr} [{mdsoon}|on {dowsoon}].
{a.sig} / {c.sig}"#,
    ),
    (
        "caps transcription",
        Adult,
        r#"REPORT STATUS: FINAL
{hosp}
NAME: {p.lf}
ROOM: {n:200-699}-[A|B|1|2]
DATE OF CONSULTATION: {today}
CONSULTANT: {b.sig}
REQUESTED BY: {a.dr}

REASON FOR CONSULTATION: [ACUTE KIDNEY INJURY|ATRIAL FIBRILLATION WITH RVR|ANEMIA|ABNORMAL LFTS].

THE PATIENT IS {p.ayo} {p.man} WITH {pmh}. {^p.he} WAS ADMITTED ON {admit} BY {a.dr} FROM [{snf}|HOME|{hosp2}] AFTER {p.his} {r.rel}, {r.caps}, NOTED [DARK STOOLS|POOR INTAKE|SWELLING]. CREATININE WAS {ff:1-4} ON {mdstay} AND IS {ff:1-5} TODAY. [OLD RECORDS FROM {clinic2} DATED {old} SHOW A BASELINE OF 1.1.|I HAVE FOLLOWED {p.capslast} SINCE {my}.] MEDICATIONS INCLUDE {meds4}.
EXAM: {vitals}. {exam}
DATA: {lab2}.
IMPRESSION: [PRERENAL AZOTEMIA VERSUS ATN, FENA {f:0-2}%|NEW ONSET AF, CHA2DS2-VASC {n:1-6}|IRON DEFICIENCY, GUAIAC POSITIVE].
RECOMMENDATIONS: HOLD [LISINOPRIL|METFORMIN|LOVENOX]. [RENAL US.|ECHO.|EGD ON {mdsoon}.] WILL FOLLOW WITH YOU. THANK YOU, {a.dr}.

{b.caps}, [M.D.|D.O.]
[{b.ini}/{e.ini}   D: {today}   T: {today}|JOB {id:%#####}|DICTATED BUT NOT READ]
[CC: {a.caps}|]"#,
    ),
    (
        "dictation",
        Adult,
        r#"this is {a.plain} dictating [a follow up visit|an office note|a consultation] on {p.plain} medical record number {mrn} date of birth {dob} date of service {today} the patient is {p.ayo} {p.man} with {illness} and {illness} who comes in today with {p.his} {r.rel} {r.first} for [follow up of the left shoulder|a second opinion about {p.his} back|medication review] {p.he} tells me that since the visit with {b.dr} on {md} the pain has been [better|worse|about the same] {p.he} went to {hosp2} in {city2} and they did an mri there [which shows a partial thickness tear|which i have asked {c.first} to get|] {p.he} takes {med} and {med} new paragraph exam blood pressure {bp} pulse {n:60-99} [hawkins and neer positive|straight leg raise negative|spurling negative] strength four out of five period assessment and plan number one {illness} i would like {p.him} to see {e.first} in therapy twice a week for six weeks number two {illness} continue {med} [i told {r.first} to call {phone2} if there is any problem|return on {mdsoon} or sooner] [please send a copy to {b.dr} at {clinic} {street2} {city} {st} {zip} and the fax is {fax}|copy to {b.plain}] end of dictation thank you"#,
    ),
    (
        "obstetric delivery",
        Mother,
        r#"LABOR & DELIVERY SUMMARY — {hosp}
Mother: {p.lf}, {p.age} y, G{n:1-5}P{n:0-3}, MRN {mrn}, DOB {dob}. EDD {soon} by [LMP|8-week US]. GA {n:37-41}w{n:0-6}d on admission {admit}.
Prenatal care: {b.any}, {clinic}. GBS [neg|pos, PCN x{n:2-4}]. Blood type [O pos|A neg, RhoGAM at 28 wk|B pos]. Rubella immune. 1-h GTT {n:88-150}.
Support: {r.rel} {r.full}[, doula {x.first}|]. Epidural by {d.any} at {time}, {n:4-6} cm. Bishop score {n:5-10}. [Pitocin to {n:4-16} mU/min.|AROM {time}, clear.|SROM at home {time}.]
Complete {time}; pushed {n:12-150} min. [NSVD|Vacuum-assisted (Kiwi x2 pulls)|Low transverse cesarean for arrest, Pfannenstiel] of a live female infant in [OA|LOA|OP] on {today} at {time}, delivered by {a.sig}. Apgars {n:7-9} and {n:8-9}. Weight {n:2500-4300} g. [Nuchal cord x1 reduced.|McRoberts for a 30-s shoulder dystocia.|] Placenta intact, [Schultze|Duncan]. EBL/QBL {n:150-900} mL. [2nd-degree laceration, 3-0 Vicryl.|Intact perineum.]
Baby: "{x.first}", band number {id:%####}, MRN {mrn2}, pediatrician {b.dr}. [Skin to skin with {p.first}.|Breastfed at {time}, LATCH {n:6-10}.|To NICU for grunting.]
Nurse {c.sig}. [Father of baby {r.first} cut the cord.|] Contraception: [Nexplanon before discharge|declines|LARC at 6 wk].
{a.sig} {today} {time}"#,
    ),
    (
        "gynecology er consult",
        Mother,
        r#"GYN CONSULT (ED), {today}
Re: {p.full}, {mrn}. Asked by {a.dr} to see this {p.yo} for [RLQ pain, r/o torsion|heavy bleeding|positive hCG with no IUP].
LMP {md}. G{n:0-4}P{n:0-3}. [Partner {r.full} present and supportive.|Here with her {s.rel} {s.first}.|] Hx: {pmh}; {surgery}. Contraception: [Mirena placed {my} by {d.any}|condoms|Depo, last {date}].
Exam: {vitals}. {belly} Bimanual: [CMT absent|right adnexal fullness]. Chaperone {c.first}.
hCG {n:5-4800}. Hgb {f:7-13}. US: [5 cm right ovarian cyst with flow|endometrium {n:4-14} mm|free fluid in the pouch of Douglas].
A/P: [Ectopic precautions; repeat hCG {mdsoon} at {lab}.|OR for diagnostic laparoscopy with {b.dr}.|Provera 10 mg x10 d, f/u {clinic} {soon}.] Rh [pos|neg - RhoGAM]. Patient can be called at {phone}; [OK to leave message with {r.first}|do not leave voicemail]. {b.sig}"#,
    ),
];
