//! Lines and sentences of one craft each: nursing, theatre, therapy, obstetrics, laboratory.

/// Pools by craft.
pub(super) const POOLS: &str = r#"
+ l.attend
Present; Attendees; In attendance; Attending; Team; Participants
= nursing
pt resting in bed, {vitals}.
pt a&ox3, denies {symptom}, call light in reach.
{pt.last} ambulated to br with {a device}, steady gait.
{device} draining well, {nnn} ml out this shift.
medicated with {drug} {dose} for pain {n}/10, recheck {n}/10.
dr {dr.last} notified of {lab}, orders received.
dr. {dr.last} at bedside, aware of {symptom}.
md {dr2.last} paged x2 re: {symptom}.
{r1.kind} {r1.first} at bedside, updated on poc.
{r1.kind} {r1.first} called, password given, update provided.
report to {rn.first}.
report from {doc.first} rn on {dept}.
iv site {site} wnl, flushes well.
turned q2h, skin intact, heels floated.
refused {drug}, md aware.
Pt tolerated {proc}, back in room at {time}.
Dressing to {site} changed, scant serous drainage.
bs {nnn}, covered with {n} units humalog.
lungs coarse, o2 2l nc, sat 9{n}%.
fall risk: bed alarm on, yellow socks.
pt to {img} via stretcher with {doc.first} from transport.
foley d/c'd at {time}, dtv {time}.
will cont to monitor.
may get oob with assist x1.
{pt.first} up in chair for breakfast, ate {nn}%.
{pt.title} c/o {symptom}, prn {drug} given w/ relief.
Mom {r1.first} rooming in, breastfeeding well.
Hourly rounding done by {doc.first} CNA.
pt's son {p.first} ({phone.new}) wants to be called w any change
pt d/c home w {r1.kind} {r1.first} in stable cond, verbalized understanding of d/c instr.
family brought in home cpap; rt {doc.first} checked it.
pt transferred to {dept} bed {nn}, report to {doc.full} rn.
lab called crit {lab}, readback by {rn.init}.
pca {doc.first} sitting 1:1.
{nursing.neg}
{nursing.neg}
{nursing.neg}
{nursing.neg}
{nursing.neg}
{nursing.neg}
= nursing.neg
pt sleeping, resp even and unlabored.
pt c/o {symptom}, {drug} {dose} {route} given at {time}.
voided {nnn} ml clear yellow urine.
lg brown bm x1, incontinent, peri care done.
{device} intact, no s/s infection.
a/o x{n}, perrl, moves all ext, follows commands.
tele: nsr w/ occ pvcs, hr {nn}.
ngt to lws, {nnn} ml bilious.
tf at {nn} ml/hr, residual {n} ml.
rested well thru the night. no c/o.
bp {nnn}/{nn}, {drug} held per parameters.
wound bed pink, 2x{n} cm, packed with {device}.
braden {nn}, morse {nn}.
md aware. no new orders.
npo after mn for {proc}.
up to bsc w/ 1 assist, tol well.
see mar. see flowsheet.
pt anxious, emotional support provided.
hob ^ 30, scds on, ble elevated.
Pt off floor to {img} at {time}, returned {time}.
Plan of care reviewed, pt verbalizes understanding.
skin w/d/i, cap refill <3 sec.
insulin drip at {n} u/hr, q1h fsbg.
extubated at {time} to {n}l nc.
no falls this shift.
Hoyer lift used for transfer to chair.
Foley care done.
= op
The patient was placed supine on the operating table.
The patient was positioned in [lithotomy|the left lateral decubitus position|Trendelenburg|beach chair position].
A time out was performed and antibiotics ({drug}) were given.
General anesthesia was induced without difficulty.
The {site} was prepped with ChloraPrep and draped.
A midline incision was made from the xiphoid to the umbilicus.
Dissection was carried down with the Bovie to the fascia.
Hemostasis was obtained with electrocautery and Surgicel.
{a device} was placed and secured with 2-0 silk.
{^device} was inserted under direct vision.
The Hasson trocar was placed through the umbilicus.
Kelly and Kocher clamps were used.
Hartmann's pouch was grasped and retracted laterally.
The cystic duct was clipped twice and divided.
A Kocher maneuver was performed.
A Weitlaner retractor was positioned.
The wound was irrigated with {n} liters of saline.
The fascia was closed with running #1 PDS.
Skin was closed with staples; Xeroform and ABD pads applied.
Counts were correct.
The tourniquet was inflated to 250 mmHg for {nn} minutes.
{gene} status had been confirmed before surgery.
A Stryker saw was used for the tibial cut.
The scope was advanced to the cecum; the ileocecal valve was photographed.
Withdrawal time was {n} minutes.
Cold snare polypectomy of a {n} mm polyp in the {site}.
Seldinger technique with ultrasound guidance.
The patient was extubated and taken to the PACU in stable condition.
The {eponymname} retractor was adjusted.
The {eponymname} plane was developed bluntly.
Fluoroscopy time was {n}.{n} minutes.
Findings: {adj} {dx} at the {site}.
The graft was fashioned on the back table.
A 10 French Blake drain exited through a separate stab incision.
McBurney's incision was extended.
Allen's test was normal before cannulation.
= psy
{He} endorses {symptom} for {n} weeks.
Two prior psychiatric hospitalizations, last at {neworg.hospital} in {year}.
Denies suicidal or homicidal ideation, intent or plan.
Outpatient psychiatrist is {doc.dr}; therapist {doc.full}, LCSW.
Trauma history: {clause}.
Sleep {n} hours; appetite fair; energy low.
Past trials: {drug}, {drug} (stopped for {symptom}), {drug}.
{pt.first} describes {his} childhood in {city.new} as chaotic.
Breakup with {p.first} {rel.time} was the trigger.
Collateral from {r1.kind} {r1.full} at {phone.new}: {clause}.
Hears a voice named "{p.first}" telling {him} to leave.
Uses cannabis daily, last drink {rel.time}.
Legal: probation in {county} County, PO {p.full}.
PHQ-9 = {nn}; GAD-7 = {nn}; C-SSRS negative.
Works at {neworg.employer}; on leave since {date}.
QTc {nnn}; consider {drug} {dose} {freq}.
Involuntary hold placed {date} at {time} by {dr.dr}.
Beck inventory {nn}.
Attends AA meetings; sponsor is {p.first}.
Firearms removed from the home by {his} {r1.kind}.
= psy.neg
Denies SI/HI.
= mse
Appearance: [disheveled|well groomed|casually dressed].
Behavior: cooperative, fair eye contact.
Speech: [normal rate and volume|pressured|soft, latency increased].
Mood: "[okay|sad|fine|not great]".
Affect: [congruent|blunted|labile|full range].
Thought process: [linear|tangential|circumstantial].
Thought content: no delusions, no SI/HI.
Perception: denies AH/VH.
Cognition: alert, oriented x{n}; MoCA 2{n}/30.
Insight: [poor|fair|good]. Judgment: [poor|fair|good].
Memory: {n}/3 recall at 5 minutes.
Serial 7s intact to 6{n}.
Abstract thinking: concrete to proverbs.
= soc
{pt.first} lives with {r1.first} in an apartment in {city}.
Income is SSI, ${nnn} monthly; rent ${nnn}.
Referral made to {neworg.snf} and {neworg.snf}.
SW contacted {neworg.employer} HR ({p.full}) about FMLA forms.
APS report filed with {county} County, case {case}.
Transportation arranged through {org.insurer}, confirmation {ref}.
{pt.title} has capacity and designates {r2.full} as surrogate.
{r1.title} voices caregiver strain.
Advance directives given in {lang}.
Bed offers: {neworg.snf} (private room), {neworg.snf}.
Patient is a veteran, connected with {neworg.hospital}.
DCF worker {p.full} will visit on {date.fut}.
Food pantry list provided.
Spiritual care: {relig}; pastor {p.full} of {city.new} visits.
Patient is estranged from {his} {r2.kind}, {r2.first}.
Landlord {p.full} agreed to hold the apartment at {street}.
Guardian ad litem {p.full} appointed.
Medicaid application pending; Medicare A and B active.
Barriers: stairs, no elevator, limited support.
Goals: return home, quit smoking.
= pt.therapy
Gait: {nnn} ft with {device}, min assist x1, verbal cues for sequencing.
Berg Balance {nn}/56; Tinetti {nn}/28.
Sit <-> stand: CGA. Bed mobility: supervision.
MMT: quadriceps 4/5, hamstrings 4-/5.
AROM {site}: 0-{nn} degrees.
Therex: SLR, heel slides, quad sets x10 reps, 3 sets.
Patient educated on hip precautions and HEP.
TUG {nn} seconds.
Borg RPE {nn}; vitals stable throughout.
Barthel {nn}/100, Katz {n}/6.
Recommend 3 visits/week x {n} weeks.
Bobath techniques for tone inhibition.
Thera-Band exercises, green to blue.
Upper body dressing with set up, lower body mod A with reacher and sock aid.
Swallow: mildly thick liquids, chin tuck, small bites; Mendelsohn maneuver trained.
9-hole peg test R {nn} s, L {nn} s.
= ob
Cervix {n}/80/-1, membranes intact.
FHR 14{n} baseline, moderate variability, accels present, no decels.
GBS [negative|positive], Rh positive, rubella immune.
1-hour GTT {nnn}.
Leopold: cephalic, EFW {n} lb.
Denies LOF, VB; good FM.
Bishop score {n}; Cervidil placed.
Montevideo units {nnn}.
Braxton Hicks contractions, reassured.
Anatomy US normal, posterior placenta.
McRoberts and suprapubic pressure relieved the shoulder.
Delivered viable [male|female] infant, Apgars 8/9, weight {n} lb {n} oz.
Placenta delivered intact, Pitocin running.
Second degree laceration repaired with 3-0 Vicryl.
EPDS {n}.
Taking prenatal vitamins and {drug}.
Chadwick sign noted.
Plans Nexplanon / Mirena postpartum.
= ped
Growth: weight {nn}th percentile, height {nn}th, HC {nn}th.
Milestones met: [sits|walks|says {nn} words|draws a circle].
Immunizations today: DTaP, IPV, Hib, PCV13, rotavirus.
TMs clear, oropharynx pink, lungs clear.
Formula: Similac {n} oz q3h; {n} wet diapers.
Moro and Babinski reflexes present.
Barlow and Ortolani negative.
Mongolian spot over sacrum.
Sleeps through the night; Ferber method discussed.
ASQ-3 normal; M-CHAT score {n}.
Anticipatory guidance: car seats, sunscreen, screen time.
Amoxicillin 400 mg/5 mL, {n} mL BID x 10 days.
Circumcision with Gomco clamp healed.
Vanderbilt forms given for school.
Tanner stage {n}.
Bilirubin {n}.{n} at 36 hours, low-intermediate on the Bhutani nomogram.
= dental
#{nn} [MO|DO|MOD|O] composite, shade A{n}, Septocaine 1 carpule.
Periapical radiolucency #{nn}; RCT recommended.
Prophy, fluoride varnish, BWX x4.
SRP UR and LR quads with Cavitron.
Class II occlusion, overjet {n} mm.
Crown prep #{nn}, PVS impression, temp with TempBond.
D{nn}{nn} x{n}, D0120, D1110.
Extraction #{nn}; gelfoam, 3-0 chromic; POIG.
Caries risk moderate. OHI given, Sonicare advised.
Invisalign tray {n} of {nn}.
Med hx: {dx}; takes {drug}.
Perio: generalized 4 mm pockets, BOP {nn}%.
Pt asked to avoid {drug}.
Miller class {n} mobility.
= ems
U/A found {age} yo {man} [sitting upright|on floor|supine in bed] c/o {symptom}.
GCS {nn}, skin PWD, PERRL.
{vitals}.
12 lead: sinus tach, no STEMI.
18g IV L AC, NS TKO.
{drug} {dose} {route} given with relief.
C-collar, long board, CMS intact x4.
Cincinnati Stroke Scale negative, BGL {nnn}.
Narcan 2 mg IN with improved RR.
Hx of {dx}; meds {drug}, {drug}.
Transported Code 3, no change en route.
King airway placed, ETCO2 3{n}.
LUCAS device applied, ROSC at {time}.
Pt refused C-spine precautions.
= pharm
Vancomycin trough {nn}.{n}; change to {dose} q12h.
CrCl by Cockcroft-Gault {nn} mL/min.
Warfarin: INR 2.{n}, continue {dose}.
Interaction: {drug} with {drug} - monitor QTc.
Home list verified against the pharmacy fill history.
{^drug} is nonformulary; therapeutic interchange to {drug}.
Duplicate therapy: {drug} and {drug}.
Last dose of {drug} taken {rel.time}.
{^drug} stopped due to {symptom}.
NDC {ndc}, #{nn}, {n} RF.
Counseling on {device} technique provided.
Renally adjust {drug} for eGFR {nn}.
Naranjo score {n}.
= medline
{drug} {dose} {route} {freq}
{drug} {dose} {freq}
{^drug} {dose} tablet - take one {route} {freq}
{^drug} {dose} {route} {freq} for {dx}
{drug} {freq}
{^drug} [XR|ER|SR|HFA|Respimat|Diskus|Flexpen] {dose} {freq}
{^drug} ({drug}) {dose} tab, Sig: 1 tab {route} {freq}, Disp: {nn}, Rfl: {n}
{drug}/{drug} {dose} {freq}
{^drug} [cream|ointment|drops|patch] apply to {site} {freq}
STOP {drug}
CHANGE {drug} to {dose} {freq}
NEW: {^drug} {dose} {freq}
{drug} {dose} {freq} (last taken {rel.time})
Multivitamin 1 tab daily
= apline
{^dx}: {plan}; {plan}.
{^dx} - {clause}. {^plan}.
{dx}. {^plan}, {plan}.
# {dx}: {plan}
{^symptom}, likely due to {dx}. {^plan}.
{^dx}, {adj}. {neg}
{^dx} ({icd}): {plan}.
FEN/GI: {diet}, {plan}.
Dispo: pending {plan}.
PPX: SCDs, {drug}.
{^symptom}: ddx {dx} vs {dx} vs {dx}.
= famline
Mother: {r1.full}, {adult}, {dx}
Father: {r2.full}, deceased at {adult}, {dx}
Sister: {p.first}, {adult}, healthy
Brother: {p.first}, {adult}, {gene} positive
Maternal grandmother: {p.full}, lived to {age.old}
Paternal aunt {p.first}: {dx} at {adult}
Daughter {p.first}: {dx}
Cousin {p.plain}: {gene} variant carrier
Proband: {pt.initials}
Maternal grandfather: unknown
Ancestry: {ethnic}
Children: {p.first} ({n}), {p.first} ({n}), {p.first} (1{n})
Spouse {p.first}, {job}
= signout
{pt.comma} {nnn} {age}{sex} {dx} - {plan}
{p.comma} | {nnn} | {dx} | {plan}
{p.last} ({nnn}): {clause}. If {symptom}, {plan}.
{p.initials} {nnn}-2 {dx}, to do: {plan}
{nnn}A {p.last} {dr.last} {dx} full code
{p.up} / {adult} {sex} / {dx} / Dr. {doc.last}
Rm {nnn} {p.title} s/p {proc}, {plan}
{p.full} - {lab}; f/u {img}
= attline
{doc.dr}: {clause}.
{doc.last}: {plan}.
{doc.first} to {plan}.
Action: {p.full} by {date.fut}
{rn.first}: {neg}
{neg}
{doc.init} raised {np}.
= labrow
{lab}
{lab}   (ref {nn}-{nnn})
GLUCOSE          {nnn}  H   mg/dL   70-99
POTASSIUM        {n}.{n}      mmol/L  3.5-5.1
Hemoglobin A1c: {n}.{n} % (4.0-5.6)
WBC  {dec}  x10E3/uL  3.4-10.8
RBC  {dec2}  x10E6/uL
Platelets {nnn}
CREATININE {dec2} mg/dL [L|H|]
eGFR (CKD-EPI) {nn} mL/min/1.73
CULTURE, URINE: >100,000 CFU/mL {organism}
Susceptibility: {drug} [S|R|I] <={n}
{loinc} {lab}
Specific Gravity 1.0{nn}
ANA titer 1:{nn}0
Alkaline Phosphatase {nnn} U/L 44-147
TSH {dec2} uIU/mL
Blood Type: O Pos
Comment: {neg}
Free T4 {dec2}
= labrow.p
Sodium | 13{n} | mmol/L | 136-145 | 
Potassium | {n}.{n} | mmol/L | 3.5-5.1 | [H|L|]
Creatinine | {dec2} | mg/dL | 0.6-1.3 | [H|]
Glucose | {nnn} | mg/dL | 70-99 | H
Hemoglobin | 1{n}.{n} | g/dL | 12.0-16.0 |
Hematocrit | 3{n}.{n} | % | 36-46 | L
Platelet Count | {nnn} | K/uL | 150-400 |
ALT (SGPT) | {nn} | U/L | 7-56 |
TSH | {dec2} | mIU/L | 0.4-4.0 |
Lactic Acid | {dec2} | mmol/L | 0.5-2.2 | H
Vitamin D, 25-OH | {nn} | ng/mL | 30-100 | L
INR | {dec2} | | 2.0-3.0 |
Epstein-Barr VCA IgG | Positive | | Negative | A
= edu
Take your {drug} exactly as directed.
Do not drive while taking {drug}.
Drink plenty of fluids and rest.
Call your doctor if you have {symptom} or {symptom}.
{^dx} is a condition that affects the {site}.
Keep the {site} clean and dry.
Weigh yourself every morning before breakfast.
Avoid alcohol while on {drug}.
What is {dx}?
Ask your pharmacist before taking {drug} with {drug}.
Follow a {diet} diet.
Use ice for {nn} minutes every {n} hours.
You may return to school when fever free for 24 hours.
Quit smoking. Call 911 for {symptom}.
Stretch the {site} {n} times a day.
Side effects may include {symptom}, {symptom} and {symptom}.
Your {img} showed {np}.
Remove the bandage after {n} hours.
Children under {n} should not use {^drug}.
In an emergency, dial 911 or go to the nearest Emergency Department.
Heart Failure Zones: Green, Yellow, Red.
Wash hands before touching the {device}.
Store {^drug} at room temperature, away from moisture.
May cause drowsiness.
Will this go away on its own? Most people recover in {n} weeks.
Ask about vaccines such as Shingrix, Prevnar and Tdap.
= lit
In the {study}, {drug} was compared with {drug} in {nnn} patients with {dx}.
{^dx} was first described in {year} and remains incompletely understood.
The {eponymname} classification divides {dx} into {n} types.
{gene} mutations are found in {nn}% of cases.
{^drug} inhibits the binding of its ligand to the {gene} receptor.
Median age was {adult} years (IQR {nn}-{nn}); {nn}% were women.
The primary endpoint occurred in {nn}% vs {nn}% (HR 0.{nn}, P=0.0{nn}).
Adverse events included {symptom} and {symptom}.
{organism} is the most common cause of {dx}.
Guidelines from the ESC and the ACC differ on {drug}.
Patients with a {scale} above {n} were excluded.
The {eponymname} test has a sensitivity of {nn}% and a specificity of {nn}%.
Treatment of {dx} includes {drug}, {drug}, and {proc}.
{^symptom} after {proc} should prompt {img}.
Black patients and Asian patients were underrepresented.
Further research is needed.
Levels were measured by the {eponymname} method.
Murine models of {dx} show loss of {gene}.
A {eponymname} plot is shown in Figure {n}.
We used Kaplan-Meier curves and a Cox model.
Bland-Altman analysis and a Mann-Whitney test were performed.
Student's t test and Fisher's exact test were used; Bonferroni correction was applied.
= policy
All staff must complete the {dept} orientation before {month}.
The {role} is responsible for reporting to the {dept}.
Section {n}.{n}: Hand hygiene must be performed before contact.
Version {n}.{n} replaces the policy of {year}.
Charge Nurse assigns beds; House Supervisor approves overflow.
See Appendix {n} for the {scale}.
Code Blue, Code Stroke and Rapid Response are called by dialing {nn}.
Downtime forms are in the Red Binder.
Monday through Friday, {time} to {time}.
Visiting hours end at {time}.
Return {device} to Sterile Processing.
Training covers the {device} and the {device}.
Escalate to the {role}, then the {role}.
The {dept} Committee meets on the first {weekday} of each month.
The pump's firmware is {n}.{n}.{nn}.
Order sets for {dx} were updated in {month}.
"#;
