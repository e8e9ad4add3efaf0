//! More sentences without an identifier: orders, boilerplate, instructions, ordinary prose.

/// What every chart is full of.
pub(super) const POOLS: &str = r#"
= neg
{^drug} {dose} {route} {freq}.
{^drug} {dose} {route} {freq} - [continue|hold|stop|new|changed].
{drug} {dose}, {drug} {dose}, {drug} {dose}
{^drug} vs {drug} discussed; {drug} [preferred|avoided].
Switch {drug} to {drug}, taper over {n} weeks.
{^drug} level {nn}; redraw before the [fourth|next|morning] dose.
Ran out of {drug}, restarted {drug}.
{^drug}-induced {symptom}, resolved off {drug}.
Wean {drug} by {dose} every {n} days.
Allergies: {drug} ([rash|hives|nausea|angioedema|unknown]), {drug} (GI upset).
Failed {drug}, {drug}, and {drug}.
Tolerating {drug} and {drug} with {symptom}.
Premed: {drug}, {drug}, {drug}.
Gtts: {drug} {nn} mcg/min, {drug} {n} units/hr.
Home {drug} resumed.
No {drug}. No {drug} either.
{^dx}, [stable|worse|better|new|resolved|in remission].
{^dx} vs {dx} vs {dx}
r/o {dx}
h/o {dx}, {dx}, {dx}
{^dx}: {care}.
{^dx}: {care}, {drug} {freq}.
# {^dx} - {plan}
Diff dx: {dx}; {dx}; {dx}.
{^dx} is unlikely given {finding}.
PMH: {dx}, {dx}, {dx}, {dx}
Family hx of {dx} and {dx}.
{^dx} and {dx} run in the family.
{He} [denies|endorses|reports|had|has] {symptom} and {symptom}.
+{symptom}, -{symptom}, -{symptom}
No {symptom}, {symptom}, {symptom} or {symptom}.
{^symptom} x {n} [days|wks|hrs|months], [gradual|sudden] onset.
{^symptom} relieved by {drug}, worse with [standing|meals|cold|stairs].
Exam notable for {finding} and {finding}.
There is {finding}. There is no {finding2}.
On the [left|right], {finding}; otherwise {finding}.
{^proc} discussed, [deferred|scheduled|declined].
s/p {proc}, s/p {proc}
Prior surgeries: {proc}; {proc}; {proc}.
{^img}: {finding}.
{^img} and {img} ordered, {care} after.
{^scale} {n}, {scale} {nn}.
{^care}, {care}, {care}.
Needs {care} and {eq}.
{^eq} ordered, {eq} delivered.
{^eq} [working|broken|charged|too big|fits well].
Consulted {dept}; {dept} and {dept} following.
{^dept} to {dept} in stable condition.
{^staffrole}, {staffrole} and {staffrole} present for huddle.
The {staffrole} will [call|follow up|notify|teach] about {care}.
Diet {diet}; activity as tolerated; {care}.
{lab}, {lab}, {lab}, {lab}
{lab} -> {lab} -> {lab}
{num.lab} {dec} {unit}, {num.lab} {nn} {unit}
{num.lab}: {nn} ({n}-{nn}) {unit}
{num.lab} H {nnn}, {num.lab} L {n}.{n}
{vitals}
BP {nnn}/{nn} (L arm, sitting), P {nn} reg, R {nn}, T 36.{n} oral, SpO2 9{n}% RA
Wt {nnn} lb ({nn}.{n} kg), Ht 5'{n}", BMI {nn}.{n}
I/O {nnn}/{nnn}, net -{nnn}
Pain {n}/10 at rest, {n}/10 w/ movement
Vent: AC {nn}/{nnn}/{n}/{nn}%
ABG 7.3{n}/{nn}/{nn}/2{n} on {nn}%
GTT 9{n}/1{nn}/1{nn}
G{n}P{n}00{n}, {nn} {n}/7 wks
FHT 1{nn}, moderate variability, no decels, ctx q{n}
{nn}/{n}/-{n}, AROM clear
Lochia scant. Fundus firm U/{n}.
EBL {nnn}, UOP {nnn}, IVF {nnn}
ROM 0-{nnn}, strength {n}/5, sensation intact L{n}-S1
TUG {nn} sec, 6MWT {nnn} ft, gait speed 0.{nn} m/s
OD 20/{nn} OS 20/{nn} IOP {nn}/{nn} @ {time}
-{n}.{nn} -0.75 x {nnn}, add +2.50
#3 MOD, #14 DO, #19 PFM crown, #30 RCT
Probing 323 212 423; BOP 18%; recession 1 mm
Audiogram PTA {nn} dB, WRS {nn}%, type A tymps
Tidal {nnn} mL, PEEP {n}, FiO2 0.{n}
LVEF {nn}%, E/e' {nn}, TAPSE 1.{n}, RVSP {nn}
Ao root 3.{n} cm, LA 4.{n} cm, IVS 1.{n}
LAD {nn}%, LCx {nn}%, RCA {nn}% mid
Nodule 0.{n} x 0.{n} cm, previously 0.{n}
{n} x {n} x {n} mm, series {n} image {nn}
CTDIvol {nn}.{n} mGy, DLP {nnn} mGy-cm
Contrast: {nn} mL Omnipaque 350, eGFR {nn}
Fluoro {n}.{n} min, {nn} mGy
Ki-67 {nn}%, ER {nn}%, PR {nn}%, HER2 1+
pT{n}N0, 0/{nn} nodes, margins 0.{n} cm
Cycle {n} day {n}, AUC 5, {nnn} mg/m2
{nnnn} cGy in {nn} fractions
\[x] Yes \[ ] No \[ ] N/A
\[ ] Mild \[x] Moderate \[ ] Severe
( ) Yes (x) No ( ) Unknown
☑ Reviewed ☐ Declined ☐ Unable
__ Walker __ Cane _x_ None
Circle one: Never / Sometimes / Always
Yes / No / Unsure
Not at all (0)  Several days (1)  More than half the days (2)  Nearly every day (3)
{sys}: {sysok}. {sys}: {sysok}. {sys}: {sysok}.
{sys} - {sysok}; {sys} - {sysok}; {sys} - {sysok}
ROS: {sys} {sysok}, {sys} {sysok}, {sys} {sysok}, rest neg.
{sys}: {finding}.
ALL OTHER SYSTEMS REVIEWED AND NEGATIVE
NO ACUTE CARDIOPULMONARY PROCESS
NOTHING BY MOUTH AFTER MIDNIGHT
FALL PRECAUTIONS IN PLACE
DO NOT RESUSCITATE / DO NOT INTUBATE
CRITICAL VALUE CALLED AND READ BACK
FINAL REPORT
PRELIMINARY - NOT FOR RELEASE
SEE ATTACHED FLOWSHEET
END OF REPORT
This note was dictated with voice recognition; errors may exist.
This document may contain privileged information.
Portions of this record were copied forward and reviewed.
Time out performed; correct patient, site and side verified.
Total time {nn} minutes, more than half in counseling.
I have reviewed the resident's note and agree except as stated.
I personally saw and evaluated the patient.
Medical decision making was of [low|moderate|high] complexity.
Risks including bleeding, infection, nerve injury and death were explained.
All questions were answered; the patient wishes to proceed.
The patient was placed supine, prepped and draped in the usual fashion.
Counts were correct x2. There were no complications.
Hemostasis was achieved. The wound was irrigated and closed in layers.
The scope was advanced to the cecum; prep was [good|fair|poor], Boston score {n}.
Specimens were sent to pathology in formalin.
The patient tolerated the procedure well and went to recovery.
Informed consent on chart. H&P updated. Site marked.
Seen and examined. Chart reviewed. Labs noted.
Per protocol. Per policy. Per parent. Per report. Per EMS. Per chart.
Per pharmacy, {drug} is on backorder.
Per nursing, slept well. Per family, at baseline.
Continue to monitor. Continue current plan. Continue.
Call light in reach, bed low, wheels locked, alarm on.
Bed alarm. Chair alarm. Hourly rounding.
Turn q2h. Heels up. Barrier cream. Air mattress.
Oral care done, pt suctioned x2, thick white secretions.
Ambulated hall x2 w/ standby assist.
Up ad lib. OOB to chair TID. BRP.
Voiding. Flatus. BM today, formed.
Tolerating clears; advance diet.
Ate 50% of lunch, 25% of dinner.
Restless overnight, reoriented easily.
Calm, cooperative, no SI/HI, sleeping at checks.
Attended group, shared once, redirectable.
Mood "fine," affect constricted, thought process linear.
Insight limited, judgment fair, impulse control poor.
Speech: normal rate, rhythm, tone. Memory: 3/3, 2/3 delayed.
Safety plan reviewed; means restriction discussed.
Denies access to firearms.
Drinks a pint daily, last drink last night, CIWA 12.
Smokes half a pack; vapes; quit line information given.
Eat small meals. Avoid caffeine, mint, chocolate, tomato.
Take with food. Do not crush. Shake well. Refrigerate.
Do not drive while taking this medicine.
Call 911 for chest pain, trouble breathing, or weakness on one side.
Call your doctor if your temperature is over 101.
Keep the splint dry. Elevate. Ice 20 minutes on, 20 off.
Return for fever, spreading redness, pus, numbness or worse pain.
Change the bandage once a day. Wash with soap and water.
Bring all your pill bottles to each visit.
You may see blood in your urine for a few days. This is normal.
Rinse and spit. Floss daily. Soft foods only.
Place on back to sleep. Rear-facing car seat. Tummy time.
Vitamin D drops 400 IU. No honey before 1 year.
Push fluids; Pedialyte; popsicles; BRAT if loose stools.
Rolls, sits, pincer grasp, babbles, waves. Says mama.
Walks upstairs, kicks ball, stacks six, two-word phrases.
Growth: weight {nn}%, length {nn}%, head {nn}%.
Code blue called, CPR x {n} min, epi x {n}, ROSC.
Shock x2 200 J, amio 300, bicarb 1 amp.
Scene safe, c-collar, LBB, 18 ga L AC, NS KVO, 4-lead SR.
C-spine cleared. FAST neg. Log roll, no step-offs.
Trauma alert level II, GCS 15, airway patent, bilateral breath sounds.
Restrained driver, airbag deployed, no LOC.
Tet UTD. Wound irrigated, 5 sutures, 4-0.
Pt left without being seen. Eloped. AMA form signed.
Deceased donor; cold time {nn} hours; DGF.
Access: AVF, thrill and bruit. Qb 400, Qd 600, K 2, Ca 2.5, UF 3 L.
Kt/V 1.{n}, URR {nn}%, dry weight {nn}.{n}.
Visit conducted by video; patient consented to telehealth.
Limited by patient's condition. Unable to obtain. Unreliable historian.
Hx per chart. Poor historian. Hard of hearing.
Randomized 1:1, double-blind, placebo, n = {nnn}, HR 0.{nn} (95% CI 0.{nn}-0.{nn}).
N Engl J Med {year};3{nn}:{nnn}-{nnn}. JAMA. Lancet. BMJ.
See Table {n} and Figure {n}. ClinicalTrials protocol v{n}.0.
Adverse event grade {n}, unrelated. SAE no. Con meds none.
Inclusion: age 18 to 75, ECOG 0-1, life expectancy > 3 months.
Insurance, transport, food: no needs identified.
Advance directive on file; health care proxy form reviewed.
Medicare, Medicaid, self-pay, workers' comp, auto.
Denied: not medically necessary. Appeal within 180 days. Copay $40.
Coinsurance 20%. Deductible met. Out of network.
Units {n}, charge ${nnn}.00, allowed ${nn}.{nn}, adj ${nn}.00.
Room and board, pharmacy, supplies, lab, OR services.
Temperature log: fridge 3.{n} C, freezer -20.
QC in range. Reagent changed. Recollect: hemolyzed.
Specimen source: nares. Method: PCR. Ref range: not detected.
Type and screen good 72 h. Two units PRBC, one FFP, one plt.
Sensitivities: {drug} S, {drug} R, {drug} I, {drug} S.
MIC <=0.{n}. ESBL positive. MRSA nares neg. VRE rectal neg.
Contact isolation. Droplet. Airborne. N95 fit tested.
Rooms cleaned with bleach.
= finding2
pneumothorax
fracture
bleeding
mass
abscess
edema
hernia
= nnnn
{%9}{nnn}
"#;
