//! Skeletons of notes in which nobody is named.

/// Blocks without identifiers.
pub(super) const POOLS: &str = r#"
= bare
{^big}\n{neg*4-9}
{h story}The patient {act}. {neg*2-5}\n{h look}{neg*2-4}\n{h think}{neg*2-4:#}
{h intro}{^symptom}\n{h story}{neg*2-4}\n{h past}{dx}, {dx}\n{h drugs}{drug} {dose} {freq}; {drug} {dose}\n{h next}{neg*2-4:-}
{neg*3-6:n}
{neg*3-6:-}
{neg*3-6:*}
{neg*3-6:#}
{tblp}\n{neg*1-3}
{tblp}
{ordp}
{rosp}
{neg*2-3}\n\n{tblp}\n\n{neg*2-3}
{time} {neg}\n{time} {neg}\n{time} {neg}\n{time} {neg}
{time} pt {act}. {neg} {time} {neg} {time} {neg}
S: {neg*1-3}\nO: {neg*2-4}\nA: {dx}; {dx}\nP: {neg*1-3}
1. {^dx}\n   - {neg}\n   - {neg}\n2. {^dx}\n   - {neg}\n3. {^dx}\n   - {plan}
#1 {^dx}: {neg} #2 {^dx}: {neg} #3 {^dx}: {neg}
{img}\nTECHNIQUE: {neg}\nFINDINGS: {neg*2-5} {rad}\nIMPRESSION: {rad}
{age}{sex1p} w {dx}, {dx} p/w {symptom} x {n}d. {neg*1-3}
{age} yo {man}, {neg*2-5}
pt {act}. {neg} pt {act}. {neg}
the {staffrole} {dractp} the {staffrole} {dractp} {neg*1-3}
[Age|AGE]: {age}  [Sex|SEX]: {sex}  [Wt|WEIGHT]: {nn} kg\n{neg*1-4:n}
POST-OP INSTRUCTIONS\n{neg*4-8:-}
PREPROCEDURE CHECKLIST\n\[x] {^care}\n\[x] {^care}\n\[ ] {^care}\n\[x] {^drug} held
ICD10\tDescription\n{icd}\t{^dx}\n{icd}\t{^dx}\n{icd}\t{^dx}
Code | Description | Qty\n{cpt} | {^proc} | 1\n{hcpcs} | {^eq} | {n}\n{cpt}-59 | {^proc} | {n}
NDC,Drug,Strength,Qty\n{ndc},{drug},{dose},{nn}\n{ndc},{drug},{dose},{nn}\n{ndc},{drug},{dose},{nn}
LOINC|Test|Result|Units\n{loinc}|{num.lab}|{nn}|{unit}\n{loinc}|{num.lab}|{dec}|{unit}
SNOMED CT: {snomed} {dx}; {snomed} {dx}; {snomed} {dx}
GENERAL: {neg}\nHEENT: {neg}\nCARDIAC: {neg}\nLUNGS: {neg}\nABDOMEN: {neg}\nNEURO: {neg}
Current Outpatient Medications:\n- {drug} {dose} {route} {freq}\n- {drug} {dose} {route} {freq}\n- {drug} {dose} {route} {freq}\nNo current facility-administered medications.
MEDS: {drug} {dose} {freq}, {drug} {dose} {freq}, {drug} {dose} {freq}, {drug}, {drug}\nALL: {drug}
{h past}\n{dx}\n{dx}\n{dx}\n{dx}
Past Surgical History: {proc} ({year}), {proc}, {proc} in {year}.
FHx: [Mom|Dad|Mother|Father|Sister|Brother] {dx}; [MGM|PGF|aunt|uncle] {dx}. SHx: {job}, {neg}
Assessment tool: {scale} {nn}. {scale} {n}. {scale} {nn}/{nn}. {neg}
Study summary: {neg*1-2} Patients received {drug} or {drug}. Median follow-up {nn} months. {neg}
Literature: the {study} showed benefit of {drug} in {dx}. The {study} did not.
PHARMACY: {neg} Interaction {drug}/{drug}. Renal dose {drug}. {neg}
PROTOCOL\nStep 1: {plan}\nStep 2: {plan}\nStep 3: {plan}\nNotify the {staffrole} for {symptom}.
Nursing diagnosis: {care}. Goal: {finding}. Intervention: {care}. Evaluation: met.
{neg}
{neg} {neg}
{neg*5-12}
= sex1p
M
F
 M
yF
yo M
= dractp
was paged.
recommends {care}.
wants {img}.
reviewed the plan.
will follow.
= tblp
{num.lab}\t{nn}\t{unit}\n{num.lab}\t{dec}\t{unit}\tH\n{num.lab}\t{nnn}\t{unit}\tL
{num.lab}   {nn}  {n}-{nn}\n{num.lab}   {dec} H\n{num.lab}   {nnn}\n{num.lab}   {n}.{n} L
| {num.lab} | {num.lab} | {num.lab} |\n|---|---|---|\n| {nn} | {dec} | {nnn} |\n| {nn} | {dec} | {nnn} |
{num.lab}: {nn}, {num.lab}: {dec}, {num.lab}: {nnn}, {num.lab}: {nn}
Time  BP      HR  SpO2\n{time} {nnn}/{nn} {nn} 9{n}\n{time} {nnn}/{nn} {nn} 9{n}\n{time} {nnn}/{nn} {nn} 9{n}
Drug, dose, route, time\n{drug}, {dose}, {route}, {time}\n{drug}, {dose}, {route}, {time}
Level   Right   Left\nL{n}    {n}/5     5/5\nS1    {n}/5     {n}/5
Gauge {nn}\tLength {nn} mm\tLot size {n}\tQty {n}
= ordp
Admit to {dept}. Dx {dx}. Condition stable. Vitals q4h. Activity {care}. Diet {diet}. IVF D5 half NS @ {nn}. Meds: {drug} {dose} {freq}; {drug} {dose} {freq}. Labs: {num.lab}, {num.lab}. Call HO for T > 101, HR > 120.
\[x] {num.lab} q AM\n\[x] {img}\n\[ ] {img}\n\[x] {drug} {dose} {route} {freq}\n\[ ] Consult {dept}
STAT: {img}, {num.lab}, {num.lab}. NOW: {drug} {dose}. ROUTINE: {care}, {care}.
{drug} {dose} {route} {freq} #{nn} R{n}\n{drug} {dose} {route} {freq} #{nn} R{n}
= rosp
{sys}: {sysok}\n{sys}: {sysok}\n{sys}: {sysok}\n{sys}: {sysok}\n{sys}: {sysok}
{sys} [+|-] {symptom}; {sys} [+|-] {symptom}; {sys} [+|-] {symptom}
\[x] {^symptom} \[ ] {^symptom} \[ ] {^symptom} \[x] {^symptom}
Constitutional: no {symptom}. Eyes: no {symptom}. CV: +{symptom}. Resp: no {symptom}. GI: no {symptom}.
"#;
