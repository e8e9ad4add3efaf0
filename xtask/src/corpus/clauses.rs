//! Sentences without an identifier, and the grammar of clauses they are made of.

/// A small recursive grammar, then sentences by theme.
pub(super) const POOLS: &str = r#"
= np
{symptom}
{adj} {symptom}
{adj} {symptom} in the {site}
{dx}
{adj} {dx}
{symptom} and {symptom}
{symptom} related to {dx}
the {device}
the {site}
elevated {lab}
{drug} {dose}
the most recent {img}
side effects of {drug}
a history of {dx}
{a scale} of {n}
{n}-day course of {drug}
no further {symptom}
a trial of {drug}
{his} {dx}
a new diagnosis of {dx}
cultures growing {organism}
= vp
denies {symptom}
denies any {symptom} or {symptom}
reports {np}
complains of {np}
c/o {np}
has {np}
had {np} {rel.time}
was started on {drug} {dose} {freq}
was given {drug} {dose} {route}
takes {drug} for {dx}
stopped taking {drug} because of {symptom}
underwent {proc} {rel.time}
tolerated {proc} well
is awaiting {img}
was seen in the {dept} {rel.time}
was transferred to the {dept}
is scheduled for {img}
ambulated {nn} feet with {a device}
continues to have {np}
would like to discuss {drug}
declined {proc}
scored {n} on the {scale}
is a candidate for {proc}
appears {adj} and comfortable
lives in a single-story home
endorses {np} but denies {symptom}
states that the pain is {n}/10
rates the pain as {n}/10
was found to have {np}
will be started on {drug}
has been compliant with {drug}
was counseled on {diet} diet
speaks {lang}; an interpreter was used
was advised to avoid {drug}
noticed {np} while gardening
is requesting a refill of {drug}
remains on {drug} and {drug}
slept poorly due to {symptom}
received {n} units of PRBCs
was intubated in the {dept}
voided {nnn} mL
= subj
The patient
Patient
Pt
{He}
{Who}
{Who}
{Who}
The {role}
This {age} year old {man}
Mother
The family
= clause
{subj} {vp}
{subj} {vp} and {vp}
{subj} {vp}, although {he} {vp}
{^rel.time}, {he} {vp}
{^np} {course}
{subj} {vp} after {np} {course}
There was no {symptom} on {img}
{^img} showed {np}
{^img} was negative for {dx}
{^img} revealed {np} and {np}
{^drug} {course}
If {np} recurs, {drug} [may|should|will] be [resumed|increased|stopped]
{^dx} {course}
{^lab}, {lab}, {lab}
When {he} {vp}, {he} also {vp}
Plan: {plan} and {plan}
Plan is {plan}
The {role} was notified about {np}
Per {dept}, {plan}
= sent
{clause}.
{clause}.
{clause}; {_clause}.
{clause}, but {_clause}.
{clause}, and {_clause}.
{clause} because {_clause}.
{clause} ({_clause}).
{clause} - {_clause}.
{clause}.
Per the {study}, {drug} is reasonable here.
{neg}
{neg}
{neg}
{neg}
{neg}
{neg}
= neg
No acute distress.
Denies {symptom}, {symptom}, and {symptom}.
Risks, benefits and alternatives were discussed at length.
Mark the site with a surgical pen before the block.
Will continue to follow closely.
May shower tomorrow; may bear weight as tolerated.
May be a component of {dx}.
Will need repeat {img} in [3|6] months.
Grant access to the chart for the covering team.
Bill for level {n} service.
Hope to wean by {weekday}.
Rose-colored urine was noted after {drug}.
Young's modulus is not relevant here, but the graft is stiff.
Long discussion with family about goals of care.
Brown sputum x {n} days.
White count {dec}, down from {dec}.
Green discharge from the {site}, no odor.
Black stools since starting iron.
Day {n} of {drug}.
Christmas-tree pattern rash on the trunk consistent with pityriasis rosea.
The summer camp physical form was completed.
{^drug} {dose} {route} {freq}.
{^drug} was held this morning for SBP in the {nn}s.
{^drug}, {drug} and {drug} were reconciled.
{^organism} grew from {n} of 4 bottles.
Cultures: {organism}, sensitive to {drug}, resistant to {drug}.
{gene} testing was sent; {gene} was wild type.
{^device} was placed without difficulty.
{^device} removed intact; tip sent for culture.
{scale} {n}, {rel.time} it was {n}.
{scale}: {n}/{nn}.
{^dept} was consulted and recommended {plan}.
Patient was seen by {dept} and {dept}.
Case discussed with the {role} and {role}.
{role} at bedside.
{role} present throughout.
Foley removed at {time}, due to void by {time}.
Swan-Ganz numbers reviewed: CI 2.{n}, PCWP {nn}, SVR {nnn}.
Ranson criteria {n} on admission.
Babinski up-going on the right.
Parkinson's medications given on time.
Cheyne-Stokes respirations noted overnight.
Kussmaul breathing resolved with insulin drip.
Wells score {dec}; D-dimer sent.
Apgar scores were 8 and 9 at 1 and 5 minutes.
Gram stain with {organism}.
Coombs negative, Rh positive.
Trendelenburg position for line placement.
Doppler signals present in both feet.
Fahrenheit and Celsius are charted in different columns.
Ringer's lactate at {nnn} mL/h.
Head of bed at 30 degrees, SCDs on, call light within reach.
Side rails up x2, bed in low position, bed alarm on.
Room 4{nn}B is ready; bed 2 by the window.
Report given at {time}.
Total time spent: {nn} minutes, more than half in counseling.
{vitals}.
{vitals}.
Labs: {lab}, {lab}, {lab}, {lab}.
{^lab} ({lab} on admission).
I/O: {nnn}/{nnn}, net -{nnn}.
ROS otherwise negative x 12 systems.
PMH: {dx}, {dx}, {dx}.
PSH: {proc}, {proc}.
Meds: {drug} {dose} {freq}, {drug} {dose} {freq}.
Allergies: {allergy}.
FH: {fam}.
SH: {hx}.
Social: {hx}; {hx}.
Diet: {diet}.
Code status: [Full Code|DNR|DNR/DNI|Comfort measures only].
{exam}.
{exam}. {exam}.
Plan: {plan}; {plan}.
{^plan}.
{^plan}.
{^plan}; {plan}.
{rad}
{rad} {rad}
{path}
{code}
{code}; {code}
Dx codes: {icd}, {icd}, {icd}.
Section {n}.{n}.{n} of the protocol applies.
Software version {n}.{n}.{nn} of the pump library was installed.
Version {n}.{n} of the form supersedes earlier ones.
See Table {n} and Figure {n}.
Step {n} of {nn}: rinse with saline.
The ratio was {n}:1.
Range {nn}-{nnn}.
Ward rounds start at {time} on {weekday}.
Clinic is closed on weekends.
The study (N={nnn}) showed a hazard ratio of 0.{nn} (95% CI 0.{nn}-1.{nn}).
{study} enrolled patients aged {adult} and older.
In {study}, {drug} reduced the risk of {dx} by {nn}%.
Read the Medication Guide before you start using {^drug}.
Take {drug} with food.
Do not take {drug} if you have {dx}.
Call the clinic if you develop {symptom} or {symptom}.
Return to the ED for {symptom}, {symptom}, or any other concern.
Please note that results may take up to {n} business days.
Interpreter services were offered in {lang}.
Patient is {a ethnic} {man}.
Patient identifies as {relig} and declines blood products.
Occupation: {job}.
Age {adult}, gravida {n}, para {n}.
G{n}P{n} at {nn} weeks by LMP.
Fundal height {nn} cm, FHT 14{n}.
EFM category I; contractions q{n} min.
Weight {dec} kg (50th percentile).
Immunizations up to date: DTaP, IPV, MMR, Varicella, Hep B.
Tdap and Prevnar 13 given in the left deltoid.
Tooth #{nn}: MOD composite, shade A2, 1 carpule lidocaine 2% with epi 1:100,000.
Probing depths 3-{n} mm; BOP at #{nn}.
Bite wing radiographs show caries on #{nn} and #{nn}.
GCS 15 on scene, c-collar applied, {nn}g IV left AC.
12-lead shows sinus tach without ST changes.
Mobility: sit to stand with min assist x1, gait belt used.
ROM: flexion 0-1{n}0, extension lacking {n} degrees.
LTG: patient will ambulate {nnn} ft with {device} in {n} weeks.
Mood "fine", affect constricted, thought process linear.
Denies SI/HI/AVH.
Insight fair, judgment limited.
Safety plan reviewed.
AIMS score 0.
Lithium level 0.{n}.
Prior authorization for {^drug} is required.
Step therapy with {drug} and {drug} has failed.
Quantity limit {nn} per 30 days.
Dispense #{nn}, {n} refills, generic substitution permitted.
Time out was performed per Universal Protocol.
Sponge and needle counts were correct x2.
EBL {nnn} mL.
The {site} was prepped and draped in the usual sterile fashion.
A Bovie was used for hemostasis.
The fascia was closed with 0 Vicryl and the skin with 4-0 Monocryl.
A {nn} blade was used to make a Pfannenstiel incision.
A Veress needle was used for insufflation to 15 mmHg.
Calot's triangle was dissected to obtain the critical view.
The ampulla of Vater was cannulated.
The ligament of Treitz was identified.
Scarpa's fascia was incised.
Gerota's fascia was opened.
Hasselbalch and Henderson would be pleased with this ABG.
Hounsfield units {nn}.
A {nn} Fr {device} was left in place.
The estimated {eponymname} angle was {nn} degrees.
{eponymname} staging was not performed.
{eponymname}'s criteria were met.
Positive {eponymname} sign at the {site}.
No {eponymname} bodies were seen.
She was placed in the {eponymname} position.
Treated per the {eponymname} protocol.
ABO/Rh: O positive.
Pending at discharge: {lab}, blood cultures.
{month} is RSV season in this clinic.
Flu shots are available from September through May.
{^month} labs reviewed.
In May we stopped {drug}.
On {weekday} the dressing was changed.
Last BM {weekday}.
Monday, Wednesday and Friday dialysis schedule.
Sunday through Thursday evenings are best for calls.
Patient seen and examined.
Agree with above.
No changes.
Stable for discharge.
Tolerating PO.
Ambulating independently.
WNL.
Unremarkable.
Good.
None.
Thank you for this interesting consult.
Thank you for allowing us to participate in the care of this patient.
Dictated but not read.
This note was generated with voice recognition software; errors may be present.
Chart reviewed.
Consent obtained and placed in the chart.
NIH Stroke Scale on arrival {n}; tPA not given.
Los Angeles grade B esophagitis.
Montreal classification A2L3B1.
Paris classification 0-Is polyp, {n} mm, in the {site}.
Milwaukee shoulder was considered.
Boston bowel prep score {n}.
Ottawa ankle rules negative.
West Nile IgM negative.
Lyme serology pending.
Norwalk virus was suspected on the ward.
Rocky Mountain spotted fever titers sent.
St. Louis encephalitis was excluded.
Epic downtime procedures were followed.
Cerner interface was restored at {time}.
Medicare and Medicaid rules apply.
The FDA label for {^drug} was reviewed.
CDC guidelines recommend {drug}.
The American Heart Association recommends less than 2 g sodium daily.
The Joint Commission visited the unit.
ACC/AHA stage C, NYHA class III.
= neg
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.hard}
{neg.more}
{neg.more}
{neg.more}
{neg.more}
{neg.more}
{neg.more}
{neg.more}
{neg.more}
= neg.hard
{^eponym.thing} was [noted|absent|present|considered|documented] at the {site}.
{^eponym.thing} and {eponym.thing} were both [negative|equivocal|positive].
Assess for {eponym.thing}.
{^eponym.thing} [improved|worsened|persisted] on {drug}.
History of {eponym.thing} {rel.time}.
Patient carries a diagnosis of {eponym.thing}.
No {eponym.thing}, no {eponym.thing}.
Differential includes {eponym.thing}, {dx} and {eponym.thing}.
{maker} {word} [pump|catheter|stent|lead|monitor|valve|mesh|system] was [used|exchanged|interrogated|recalled].
The {maker} representative was in the room.
The {maker} and {maker} systems are compatible.
{^dept} / {dept} / {dept}
{^role}, {role}, and {role} attended the huddle.
ATTENDING PHYSICIAN: see signature page.
Primary Care Provider: None on file.
Referring Provider: Self.
Emergency Contact: Declined.
Next of Kin: None listed.
Patient Name: on label.
Insurance: Medicare.
Pharmacy: mail order.
Occupation: {job}. Religion: {relig}. Language: {lang}.
{^ethnic} {man}, {lang} speaking, {relig}.
{^lang} interpreter on the line.
{^word} {word} {dx}.
{^word} {symptom} since {rel.time}.
{^word} of the {site}, {word} in character.
{^word} {word}: {lab}.
{^word} {^word} Program
{^word} {^word} Protocol was started.
{^word} {^word}: {n}
The {^word} {^word} Checklist was completed.
{^word}, {word}, {word}, {word}.
Recall of five words: {word}, {word}, {word}, {word}, {word}.
"{^word} {word} {word}," {he} said.
{He} likes {word}, {word} and {word}.
{^word} is {word}.
{^word} and {word} {word} the {site}.
{^drug} - {word} {word}.
{^drug} ({drug}, {drug}) {dose}
{^drug}: {drug} or {drug}; {drug} if {symptom}
{^drug} and {drug} were stopped, {drug} was continued.
{^drug} for {dx}, {drug} for {dx}.
ALLERGIES: {allergy}, {allergy}.
CC: {symptom}
VS: {vitals}
{gene}, {gene} and {gene} negative.
{gene} p.{word}{nnn} variant of uncertain significance.
{^organism} and {organism} in {n}/{n} bottles.
{^scale} {n}; {scale} {nn}.
{scale} was administered by the {role} on {weekday}.
{study} and {study} were cited.
Randomized in the {^word} trial.
Summer heat, Spring pollen and Fall leaves aggravate the asthma.
Mark, stain and incise.
Will Rogers phenomenon affects staging.
May-Thurner anatomy was seen.
April's labs are pending; May's are normal.
August admissions rose by {n}%.
Sunday's dressing change was skipped.
Rose Bengal stain was positive.
Bell's phenomenon intact.
Baker cyst in the {site}.
Hunter syndrome was excluded by enzyme assay.
Young adults with {dx} do well.
Brown-Sequard pattern on exam.
Wood's lamp exam negative.
Still's murmur, innocent.
Hill-Sachs lesion unchanged.
White matter changes; gray matter preserved.
Long QT excluded. Short PR noted.
Price of {drug} discussed; GoodRx card given.
Grace period for {drug} refills is {n} days.
Hope and optimism were expressed.
Faith is important to {him}.
Joy and interest are reduced.
Drew blood from the {site}; sent to lab.
Jack-knife position was used.
Frank blood per rectum.
Frank hematuria, no clots.
Pat the skin dry.
Art therapy and Music therapy were offered.
Chase the bolus with {drug}.
Dawn phenomenon explains the morning sugars.
Violet discoloration of the {site}.
Iris prolapse; Ruby laser was used.
Crystal analysis negative for gout.
Penny-sized lesion on the {site}.
Heather and birch pollen allergies.
Olive-shaped mass palpated in the epigastrium.
Cherry angiomas on the {site}.
Sandy sensation in the eyes.
Amber urine; Rusty sputum.
Cliff-like drop in {lab}.
Ray amputation of the {site}.
Dale ties held the tube.
Miles walked per day: {n}.
Guy wire and Stone basket were opened.
Jordan frame stretcher.
Austin Moore prosthesis; Charnley hip.
London Atlas, Paris classification, Vienna test and Sydney system were mentioned.
Virginia creeper dermatitis.
Florence flask, Petri dish, Erlenmeyer flask.
Cook catheter, Barnes forceps, Allis clamps, Babcock clamps on the field.
Simpson and Kielland forceps were not needed.
Hegar dilators to {n}.
Miller {n} blade, Mac {n} blade, Mallampati {n}, Cormack-Lehane grade {n}.
French {nn} catheter; {nn} French sheath.
Zip code medicine was discussed in general terms.
State of health: fair. City water. Country life.
Account for {lab} with repeat testing.
Call if worse. Fax not needed. Email not checked daily.
Address the pain first.
License the pump before use.
MRN band on wrist. ID band checked. DOB verified.
Date of birth and name verified with two identifiers.
Name, DOB and MRN confirmed with patient.
SSN not collected.
Phone call not returned.
Signature on file.
= neg.more
Started {drug} {dose} and {drug} {dose}; stopped {drug}.
Ratio {n}:{n}, score {n}/{nn}, grade {n} of {n}.
BP trending {nnn}/{nn} -> {nnn}/{nn} -> {nnn}/{nn}.
{lab} -> {lab} -> {lab}
{adult} y/o {man} with {dx}, {n} days of {symptom}.
{age} yo {ethnic} {man} c {dx} p/w {symptom}.
{age} year old {man}, {job}, with {dx}.
{age}F G{n}P{n} with {symptom}.
{age} year-old with {dx} s/p {proc} x{n} {rel.time}.
Age {adult} at diagnosis; mother was {adult}.
Strength {n}/5, reflexes {n}+, pulses {n}+.
Murmur {n}/6, edema {n}+.
Chapter {n}, page {nnn}, item {nn}.
Flow {n} L/min, FiO2 {nn}%, PEEP {n}, TV {nnn}.
Insulin {n}-{n}-{n} with meals, {nn} units Lantus qHS.
Sutures: {n}-0 Vicryl, {n}-0 nylon.
{nn}-gauge needle, {n} mL of 1% lidocaine.
{time}: {vitals}
At {time} {vitals}; at {time} {drug} {dose} given.
{n} cm x {n} cm x {dec} cm.
Weight {nnn} lb -> {nnn} lb; BMI {nn}.{n}.
Lot-controlled stock of {drug} was checked.
Room {nnn}, bed {n}, {dept}.
ICU bed {n}; OR {n}; Bay {n}.
Pack years {nn}; drinks/week {n}.
EF {nn}-{nn}%, LVIDd {n}.{n} cm, E/e' {nn}.
TNM: T{n}N{n}M0, stage II.
Visual acuity 20/{nn} OD, 20/{nn} OS; IOP {nn}/{nn}.
O2 {n}L; sats {nn}%; RR {nn}.
{^drug} {dose}/{dose} {freq}, #{nn}, RF {n}.
{dx} ({icd}); {dx} ({icd}).
{cpt} - {proc}
NDC {ndc} {drug} {dose}
SNOMED {snomed}; RxNorm {rxnorm}; LOINC {loinc}
Since {year}; worse in {year}.
Treated in {year} with {drug}, in {year} with {drug}.
{month} through {month}: {word} {word}.
Week {n}: {plan}. Week {n}: {plan}.
Day {n} post {proc}.
He will be {adult} next year.
Follow {drug} levels {freq}.
{clause}. {clause}. {clause}.
{^vitals}. {exam}. {lab}, {lab}.
+ maker
Medtronic; Boston Scientific; Abbott; St. Jude Medical; Stryker; Zimmer Biomet; DePuy Synthes; Smith & Nephew; Edwards Lifesciences; Philips; GE Healthcare; Siemens; Baxter; Becton Dickinson; Cook Medical; Terumo; Teleflex; Olympus; Karl Storz; Intuitive Surgical; Johnson & Johnson; Biotronik; Dexcom; Tandem; Insulet; ResMed; Fisher & Paykel; Draeger; Mindray; Hill-Rom; Welch Allyn; Masimo; Nellcor; Bard; Coloplast; Hollister; ConvaTec; Arthrex; NuVasive; Globus; Exactech; Alcon; Cochlear; Roche; Pfizer; Merck; Novartis; Sanofi; Bayer; Eli Lilly; {eponymname} Medical; {eponymname} Surgical; {^word}{word} Scientific
+ eponym.thing
{eponymname} sign; {eponymname}'s sign; {eponymname} disease; {eponymname}'s disease; {eponymname} syndrome; {eponymname}'s syndrome; {eponymname} fracture; {eponymname} test; {eponymname} reflex; {eponymname} criteria; {eponymname} cyst; {eponymname} nodes; {eponymname}'s nodules; {eponymname} phenomenon; {eponymname} contracture; {eponymname} palsy; {eponymname}'s triad; {eponymname} hernia; {eponymname} ulcer; {eponymname} tumor; {eponymname} lymphoma; {eponymname} esophagus; {eponymname}-{eponymname} syndrome; {eponymname}-{eponymname} disease; {eponymname}-{eponymname} reaction; {eponymname} bodies; {eponymname} cells; {eponymname} maneuver; {eponymname} thyroiditis; {eponymname} anemia; {eponymname} deformity; {eponymname} lesion; {eponymname} gait; {eponymname} chorea; {eponymname} dystrophy; {eponymname} rash; {eponymname} lines; {eponymname} point tenderness; {eponymname}'s angle; {eponymname} ring
"#;
