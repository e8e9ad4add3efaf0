//! Skeletons of the third set: nursing, therapies, home, long-term and end-of-life care.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Newborn, Woman};

pub(super) const NOTES: Notes = &[
    (
        "nursing shift note",
        Adult,
        r#"{mdtoday} {time} [Night|Day|Evening] shift note, rm {n:300-799}[A|B|-1|]
Received report from {c.first}. Pt {p.lf}, {p.age} y/o {p.mf} of {a.dr}, admitted {mdadmit} w/ {illness}. A&O x{n:2-4}. {vitals} @ {time}. {lungs} Tele: [SR with PACs|AF 80s|ST 110s]. Foley patent, {n:200-900} mL clear yellow. Braden {n:12-22}, Morse {n:25-75}. [20g L FA WNL|PICC R arm, dressing changed {md}|Hep gtt at {n:10-20} units/kg/h]. BG {n:80-320} → {n:1-8} units Humalog.
[{time} - c/o pain {n:4-9}/10, oxycodone 5 mg given, 3/10 at {time}.|{time} - found trying to get OOB, bed alarm on, sitter requested from {g.first} (house supervisor).|{time} - {labs}; {d.first} notified, K-rider hung.|{time} - {r.rel} {r.first} phoned from {city2}, password verified, updated.]
[{time} - {b.last} rounding, new orders noted.|{time} - Dr {a.last} paged x2 ({pager}), called back {time}.|{time} - to CT w/ transporter {x.first}, back {time}.|{time} - {p.mr} refused bath, wants {p.his} {s.rel} {s.first} to be here.]
Family: {r.full} ([{r.rel}|HCP]) {phone2}. Plan: d/c [{mdsoon}|to {snf} when bed avail|tomorrow if {a.last} agrees]. Call light in reach. — {c.sig}"#,
    ),
    (
        "icu nursing flowsheet remark",
        Elder,
        r#"ICU {n:1-24}  {p.caps}  {mrn}  HD#{n:2-20}  vent day {n:1-12}
0700 report from {g.short}. [Sedated RASS -{n:1-4}, propofol {n:10-40} mcg/kg/min|CAM-ICU positive|GCS 11T].
Levo {ff:0-0} mcg/kg/min, MAP goal 65. AC/VC {n:14-22}/{n:360-480}/{n:40-70}%/{n:5-12}. ETT 7.5 @ 23. Swan: CI {f:1-3}, PCWP {n:10-24}. CRRT net -{n:50-150}/h, Prismaflex serial {serial}.
0800 {a.dr}, {b.dr} rounds: [wean FiO2|SBT today|trach {mdsoon}|family meeting {dowsoon} {appt}].
{clock} R IJ (placed {md} by {d.last}) site clean. Stage [2|DTI] sacrum {f:1-5}x{f:1-4} cm, WOCN {e.first} aware.
{clock} {r.first} ({r.rel}) in; asks for a chaplain. [Rosary at bedside.|{s.first} on FaceTime from {cityx}.|{f.full}, {f.rel}, visited; not on list, {r.first} says OK.]
{clock} PRBC unit {unit}, started after 2-RN check with {g.first}; T {f:97-99}.
1900 report to {h.first}. [Belongings: wedding ring given to {r.full}.|Wallet with license {dl} to safe.|] {c.sig}"#,
    ),
    (
        "wound care",
        Elder,
        r#"WOUND CARE CLINIC — {hosp}
{p.full} ({p.mf}/{p.age}) MRN {mrn}   Visit {n:2-18} — {today}   Ref {a.any}
Hx: {pmh}. Wound since {my} after [a Croc rubbed {p.his} heel|{p.he} bumped the car door|surgery on {date}]. [HHN {c.first} from {agency} changes dressings M/W/F.|{^r.rel} {r.first} does dressings.]
Wound #1: [left medial malleolus|right plantar 1st MTH|sacrum], [Wagner {n:1-3}|stage {n:2-4}|venous], {f:2-3} x {f:1-2} x 0.{n:1-9} cm (was {f:4-5} x {f:3-4} on {md}). [Undermining 1.5 cm at 3 o'clock.|Probe to bone negative.] Drainage moderate serosanguineous; {n:10-80}% slough.
ABI 0.{n:40-99} R, 0.{n:40-99} L; TcPO2 {n:18-60}. A1c {f:6-11}%, prealbumin {n:9-28}. Cx {md}: MRSA, sens to Bactrim.
Tx: curette debridement to subcutaneous, «11042», Santyl, Mepilex, [Unna boot|total contact cast|offloading DH boot]. [Apligraf applied, unit {serial}.|HBO dive {n:4-38}/40 at 2.0 ATA.|NPWT -125 mmHg, NPWT pump SN {serial}.]
[Photo in chart.|Photo texted by {r.first} on {md} reviewed.] RTC {mdsoon} w/ {e.first}. Questions: {phonext}.
{d.sig} [for {b.dr}|]"#,
    ),
    (
        "home health oasis visit",
        Elder,
        r#"{agency}
OASIS-E [SOC|Recert|ROC|Discharge] visit   {today}   Time in {time}  out {time}
(M0040) Patient name: {p.lf}      (M0020) ID: {mrn}   (M0063) Medicare no: {mbi}
(M0066) Birth date: {dob}   (M0069) {p.sex}   (M0064) SSN: [{ssn}|UK]   (M0065) Medicaid: [{medicaid}|NA]
(M0050) {st} (M0060) {zip}   Address {street}, {city}; [key under frog|gate code at office|side door]   Tel {phone}
(M0018) Physician: {a.full}, NPI {npi}   Cert period {admit} - {soon}   SOC {date}
Inpatient d/c from {hosp} {mdadmit}.   Dx «[I50.32|L97.421|Z47.1|J44.1]» {illness}; {pmh}.
CG: {r.full}, {r.rel}, [in home|lives in {city2}], {phone2}. [Alt: {s.full}, {s.rel}|Alt {f.rel} {f.first}].
Homebound: taxing effort, [walker|O2 2L|needs 1 assist]. M1800s: grooming {n:0-3}, bathing {n:1-5}, ambulation {n:1-4}. BIMS {n:8-15}, PHQ-2 {n:0-5}, MAHC-10 {n:3-9}. TUG {n:12-40}s.
{vitals}. {lungs} Wt 1{n:61-66} (on {md} was 1{n:61-69}). Meds reconciled ({n:7-19}), [{r.first} fills Mediset|old {med} in drawer, told to discard|{pharm} delivers].
Teaching: zone tool, sodium, [Trelegy technique|heel protection]. {p.mr} [verbalized understanding|needs reinforcement]. Call to {d.first} at {a.last}'s office {time}: [OK for PRN Lasix|order for PT eval|VM left].
Next visit {mdsoon}. Mileage {n:4-40}. RN {c.full} [{lic}|badge {badge}]. Pt signature: /s/ {p.short}"#,
    ),
    (
        "hospice",
        Elder,
        r#"HOSPICE [ADMISSION|IDG|VISIT] NOTE   {agency}
Patient: {p.nicked}, {p.age} ({dob}), elected {admit}, benefit period {n:1-5}. Attending {a.dr}; hospice physician {b.dr}.
Terminal dx: [Alzheimer's disease, FAST 7c|pancreatic adenocarcinoma|COPD, FEV1 {n:18-30}%|ALS (Lou Gehrig's)]. PPS {n:20-50}%, ECOG 4. arm circumference {n:18-27} cm, wt down {n:8-26} lb since {my}.
Residence: [{snf} rm {n:100-220}|{r.rel} {r.first}'s house at {street}, {city}|own home in {city}, {county}].
Sx: pain {n:1-7}/10 on [morphine conc 20 mg/mL 0.25 mL q2h|fentanyl 25 mcg/h], [Cheyne-Stokes at night|Kennedy ulcer on coccyx|terminal secretions, atropine drops SL]. Last BM {weekday}.
Psychosocial: {e.first}, MSW, met with {r.full} and {s.first}; funeral home chosen. [{p.mr} served in the Army.|{^p.his} birthday is {birthday}, and {p.he} wants cake.|The family hopes {p.he} makes it to {holiday}.] Chaplain {g.full} visits {weekday}s.
DNR on fridge, POLST {old}. Comfort kit, bed, O2 from [DME|{agency}], ticket {ticket}.
After hours {tollfree}; RN {c.first} {seven}.
{c.sig}"#,
    ),
    (
        "death note",
        Elder,
        r#"DEATH NOTE / PRONOUNCEMENT
Called by {c.first} to see {p.mrfull} (MRN {mrn}), {p.age}, for unresponsiveness[ in room {n:200-699}|]. On exam no response to sternal rub, pupils fixed, no heart or breath sounds for 2 minutes, no corneal reflex. Time of death {time} on {died}. [Monitor asystole.|Code status was DNR/DNI, comfort care since {mdadmit}.|After 34 min of ACLS efforts were stopped by {b.dr}.]
Immediate cause: [respiratory failure|septic shock|cardiac arrest]; due to {illness}.
{r.full} ({r.rel}) was [at bedside|notified at {phone2} at {time}|called in {city2}, coming in the morning]. {^s.rel} {s.first} [arrived {time}|asks for an autopsy|declines autopsy]. Attending {a.dr} and PCP {h.dr} informed. [ME case {case}, released by investigator {x.full}.|ME not notified, expected death.] Organ procurement called, ref {ticket}, [not a candidate|corneas only]. Chaplain {g.first} paged.
Death certificate: [to be signed by {a.last}|EDRS id {id:%#######}]. Born {dob}, [{cityx}|{city2}, {st2}]; SSN [{ssn}|on file]. Funeral home to be chosen; {r.first} will call {phone2}.
Personal effects to {r.first}. 
{a.sig} {died} {time}"#,
    ),
    (
        "autopsy summary",
        Adult,
        r#"OFFICE OF THE MEDICAL EXAMINER, {county}
[PROVISIONAL |FINAL ]AUTOPSY REPORT      CASE NO. {case}
Decedent: {p.full}          Age: {p.age}   Sex: {p.sex}   DOB {dob}
Date of death: {died}, {time}     Autopsy: {today}, {time}
Identified by: [{r.rel} {r.full}|fingerprints|dental records from {b.any}|a tattoo, "{s.first}"]
Pronounced at: {hosp} by {d.full}     Residence: {street}, {city}, {st}
Investigator: {x.full}, badge {badge}     Police report {case}, Det. {y.last}

CIRCUMSTANCES: [@Collapsed while shoveling; {f.rel} {f.full} called 911.|Found by {f.rel} {f.full} in bed; last seen alive {d1}.|Driver of a sedan ({plate}) that left the road.] History of {pmh} per {a.dr}'s records.
EXTERNAL: {n:160-190} cm, {n:55-120} kg, rigor full, livor posterior fixed. [Tardieu spots absent.|Petechiae absent.]
INTERNAL: heart {n:290-620} g, LAD {n:50-95}% stenosis; lungs {n:420-900}/{n:400-800} g; liver {n:1200-2400} g; brain {n:1150-1450} g, Circle of Willis intact[, Alzheimer type changes, Braak {n:1-4}|, no Duret hemorrhage].
TOX ({lab}, {acc}): ethanol 0.{n:10-28} g/dL[@, no other drugs|, fentanyl {f:8-28} ng/mL, naloxone positive|, THC positive].
CAUSE: [@Atherosclerotic cardiovascular disease|Fentanyl toxicity|Blunt force trauma]. MANNER: [@Natural|Accident|Accident].
{h.full}, MD, Forensic Pathologist. [Released to the funeral home {mdtoday}.|Copy to {r.full}, {street2}, {city2}, {st2} {zip2}.]"#,
    ),
    (
        "physical therapy",
        Adult,
        r#"OUTPATIENT PT — [EVALUATION|DAILY NOTE|PROGRESS NOTE]   {clinic2}
{p.full}   DOB {dob}   Visit {n:1-18}/{n:18-24}   {today}   Auth {auth} exp {soon}
MD: {a.any}. Dx «[M75.101|M54.50|Z96.651|S83.241A]». Onset {date}. [Surgery {md} by {b.dr}.|DOI {date}, WC claim {claim}.]
S: [Pain {n:1-8}/10, "like a hot poker".|{p.first} walked to church.|{^r.rel} {r.first} drives {p.him}.|Went bowling with {f.first} on {weekday}.] 
O: ROM flex {n:80-160}, ER {n:20-80}. MMT 4-/5. [Neer +, Hawkins-Kennedy +, Jobe +|Lachman -, Thessaly +, Ober -|SLR + at 40, FABER -|Thomas test +, Trendelenburg gait]. LEFS {n:20-70}/80, QuickDASH {n:12-70}, Berg {n:30-54}/56, 6MWT {n:200-500} m.
Tx: «97110» x{n:1-3}, «97140» x1 (Maitland gr III), «97112»; [Kinesio tape|BOSU|Theraband green|NMES Russian current]; HEP sent to {p.email}.
A: [Progressing.|Plateau.] P: 2x/wk, next {dowsoon} {appt} w/ [{g.first}|{e.first}]. [Recert to {a.last} by fax {fax}.|Will call {b.dr} about WB status.]
{e.full}, PT, DPT, lic {lic}"#,
    ),
    (
        "occupational therapy",
        Elder,
        r#"OT inpatient eval {mdtoday}, {time}-{clock}. Pt: {p.lf}. Rm {n:100-599}. Precautions: fall, [sternal|WBAT|aspiration].
PLOF: I w/ ADLs, lived [alone in a 2-story in {city}|w/ {r.rel} {r.first} in ranch home, 3 STE|at {snf}]. Drove [until {my}|short distances]. [Retired from {work}.|Plays bridge with {f.first}.] DME: tub bench, Reacher.
Cog: MoCA {n:12-29}/30, Allen ACLS {f:3-5}. Vision: [OK with glasses|L neglect, Bells test {n:20-34}/35]. UE: Fugl-Meyer {n:22-64}/66, grip (Jamar) R {n:10-40} kg L {n:8-38} kg, 9-hole peg {n:20-70} s. Barthel {n:30-95}.
ADL: UB dressing [SBA|min A], LB [mod A|max A], toileting [min A|CGA]. Tolerated {n:15-45} min, HR {n:70-110}, Borg {n:9-15}.
Family training w/ {r.first} [done {md}|set for {mdsoon}]. Rec: [IRF|home with 24-h|SNF], {e.first} agrees. Goals by {soon}: mod I toileting.
{e.full}, OTR/L [pager {pager}|ext {ext}]; cosign {g.full}."#,
    ),
    (
        "speech therapy",
        Child,
        r#"SPEECH-LANGUAGE PATHOLOGY — {today}
Name: {p.full}  ("{p.nick}")   DOB {dob}   CA {p.age};{n:0-11}   [MRN {mrn}|File {id:SL-%###}]
Referred by {a.any} for [articulation|language delay|fluency|feeding].
Informant: {r.rel} {r.full}; {s.rel} {s.first} joined by video. Home languages: English and [Hmong|Spanish|Igbo|Arabic]. Attends {school}; IEP of {date}, case manager {x.mr}.
Testing: PLS-5 AC {n:62-110}, EC {n:58-108}; GFTA-3 SS {n:55-105}; [SSI-4 moderate|MLU {f:1-4}|Bayley-4 language composite {n:60-100}|MBSImP, no aspiration].
Oral mech WNL; [tongue-tie (Coryllos II)|Passavant's ridge not seen|Moebius ruled out by {b.dr} {my}]. Hearing screen passed {date}.
Goals: /s/ blends 80% in phrases; 3-word utterances; [stuttering modification after Van Riper|Hanen strategies with {r.first}].
{p.first} [loved the farm animals|said "more" {n:3-12} times|cried when {r.first} left]. Plan: weekly {weekday}s at {time}, until {soon}. Bill {ins} {member} «92507».
Student clinician {g.full}, supervised by {e.full}, CCC-SLP, NPI {npi}"#,
    ),
    (
        "dietitian",
        Adult,
        r#"NUTRITION ASSESSMENT  {today}  {p.lf}, {p.age} {p.mf}, MRN {mrn}, consult from {a.dr} for [TF|wt loss|DM ed|TPN].
Ht {n:150-188} cm, wt {f:42-120} kg, UBW {f:45-125} kg in {my}, IBW (Hamwi) {n:45-80} kg. {labs}; prealb {n:6-28}.
Needs (Mifflin-St Jeor x 1.{n:2-5}): {n:14-26}00 kcal, {n:60-120} g pro. GLIM: [severe|moderate] malnutrition.
Diet hx per [pt|{r.rel} {r.first}]: B - oatmeal, L - [skips|soup], D - [frozen Stouffer's dinner|pho|collards]; Ensure {n:0-3}/d. Dislikes fish. [Ramadan fasting planned.|SNAP and home-delivered meals ({x.first}, {phone2}).|Eats with {f.first} at the senior center {weekday}s.]
Rx: [Jevity 1.5 at {n:35-65} mL/h via PEG (20 Fr, placed {md} by {b.last})|Glucerna BID|carb-consistent 60 g/meal|K <2 g]. Refeeding risk: check Phos, Mg daily. BMI checked.
Ed: label reading, [BG log emailed to {e.email}|handout in Spanish|sick day rules]. F/u {mdsoon}; [outpt class {dowsoon}|call {phonext}].
{g.full}, RD, LDN, CNSC"#,
    ),
    (
        "nursing home mds",
        Elder,
        r#"{snf}
MDS 3.0 [QUARTERLY|ANNUAL|SIGNIFICANT CHANGE] — CARE PLAN CONFERENCE {today}
Resident: {p.lf}     Room {n:100-340}[A|B|-1|]     A0700 Medicaid {medicaid}     A0600 SSN {ssn} / MBI {mbi}
A0900 Birth {dob} ({p.age})     A1600 Entry {old}     ARD {md}
Attending: {a.any}     Responsible party: {r.full} ({r.rel}), {street2}, {city2}, {st2} {zip2}, {phone2}
C0500 BIMS {n:3-15}   D0300 PHQ-9 {n:0-18}   J1800 falls: [1 on {md}|0]   K0200 wt {n:88-220} lb   M0300 [stage 2 x1|none]
GG: toileting {n:1-6}, transfers {n:1-6}. Dx: «[G30.9|I69.351|F03.90]» {illness}, {illness}. Rx: {meds4}; GDR of [Seroquel|Ativan] tried {date}.
Present: {p.first}, {r.first} (by phone), {c.first} (MDS RN), {e.first} (SW), {g.first} (dietary), activities {x.first}.
Discussion: {p.mr} [likes bingo, wants a window bed by {f.first}|argues with roommate {f.mr}|asks to go home to {city}]. Family [worried about bruise seen {dowdate}|happy|asks for {b.dr} podiatry]. Ombudsman {y.full} {tollfree}.
Advance directive: [DNR {old}|full code|POA {s.full}]. Next review {soon}. [Trust fund acct {acct} balance ${n:40-1900}.|]
{c.sig}  {today}"#,
    ),
    (
        "nicu progress",
        Newborn,
        r#"NICU PROGRESS NOTE — {today}, DOL {n:1-8}
BB/BG {p.last} ("{p.first}"), MRN {mrn}, born {dob} at {n:26-36}w{n:0-6}d, BW {n:720-2600} g, now {n:760-2650} g. Mother {r.full} (MRN {mrn2}), G{n:1-5}, room {n:300-330}; {s.rel} {s.full}.
Resp: [bubble CPAP {n:5-7} FiO2 {n:21-40}%|HFNC 4 L|SIMV], caffeine {n:5-10} mg/kg. Curosurf x{n:1-2}. Spells {n:0-9}/24 h.
CV: PDA [small|closed on echo {md} by {b.dr}]. FEN: [UVC|PICC {md}], TPN, DHM {n:2-30} mL q3h, TF {n:100-160}. Glucose {n:52-120}.
ID: amp/gent 36 h, CRP 0.{n:1-9}, Kaiser EOS {ff:0-2}. Heme: bili {f:4-14}, Coombs neg, bili blanket. Hct {n:32-58}. Neuro: HUS {md} no IVH (Papile). Fenton {n:8-80}%ile. Ballard {n:24-38}.
Social: {r.first} pumping; {s.first} back to work at {work} {dowsoon}. [Grandmother {x.first} flying from {cityx}.|CPS case {case}, worker {y.full} {phone2}.|Live in {city2}, {n:40-180} miles; {e.first} arranged family lodging.]
[Consent for transfusion from {r.first} {time}.|Hep B given {today}; synagis n/a.|NBS sent {md}, form {id:%########}.] PCP will be {h.any}, {clinic}.
{a.sig} / {d.sig} / RN {c.first}"#,
    ),
    (
        "fall incident report",
        Elder,
        r#"INCIDENT REPORT — CONFIDENTIAL QUALITY DOCUMENT    No. {case}
Facility: {hosp}     Unit: [6 South|Rehab|Oncology]   Room {n:100-799}     Date/time of event: {today} {time}
Person involved: {p.full}    MRN {mrn}    Age {p.age}    Dx {illness}
Reported by: {c.full}, [RN|CNA], employee {badge}, ext {ext}     Reported to: {g.full}, {time}
Witness: [{f.full} (roommate)|visitor {x.full}, {phone2}|none]
Description: Heard thump. {p.mr} on floor by commode, gown wet, [left hip pain|skin tear 3 cm R elbow|denies head strike]. [Bed alarm (serial {serial}) did not sound.|"I was looking for {r.first}," {p.he} said.] Morse {n:45-90} at {clock}. {vitals}. Neuro checks started.
Provider notified: {d.any} {time}; exam: {limbs} Imaging: [hip XR neg|CT head neg, accession {acc}]. Family: {r.rel} {r.full} called {time} {phone2} — [upset, asks for manager {g.first}|thanked us].
Severity: [no harm|minor|moderate]. Contributing: [zolpidem at {clock}|short staffed|floor wet]. 
Follow-up by {e.full}: huddle {mdtoday}; camera footage saved; [biomed ticket {ticket}|care plan updated {md}|patient safety committee {dowsoon}]. Printed by user {c.user} from {ip} {iso}."#,
    ),
    (
        "women's home visit",
        Woman,
        r#"PUBLIC HEALTH NURSE HOME VISIT   {county}, Health Department
Client {p.full}, DOB {dob}, {street}, {city} {zip}, {phone}. WIC ID {id:%#######}. Medicaid {medicaid}.
Visit {today} {time}. Present: client, baby {x.first} (born {md}), {r.rel} {r.first}, [sister {y.first}|dog].
Referred by {a.any} for [EPDS {n:10-21}|preterm infant|lead level {n:5-18} mcg/dL in sibling {y.first}].
Baby wt {n:2600-5200} g; breastfeeding q{n:2-4}h, [latch pain|good latch]. Safe sleep reviewed. Ages & Stages not due.
{p.first}: BP {bp}, fundus firm, incision [healed|2 cm open, red]. Mood "[ok I guess|tired]", denies SI. [Reports {r.first} grabbed her wrist on {weekday}; safety plan, shelter {tollfree}.|{r.first} works nights at {work}.]
Referrals: [IBCLC {e.first} {phone2}|{b.dr} {mdsoon}|legal aid, {z.full}]. [Crib delivered {md}.|] Lead: paint chips to {lab} {order}.
Plan: revisit {dowsoon}; text {phone} OK. {c.sig}, car plate {plate}, {n:3-50} mi"#,
    ),
];
