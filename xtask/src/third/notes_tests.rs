//! Skeletons of the third set: imaging, pathology, procedures, print-outs of laboratories and messages.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother, Newborn, Woman};

pub(super) const NOTES: Notes = &[
    (
        "radiology",
        Adult,
        r#"{hosp} Department of Radiology
[Exam|Procedure]: [CT ABDOMEN AND PELVIS W CONTRAST|MRI BRAIN WO/W|XR CHEST 2 VIEWS|US RENAL BILATERAL|CT CHEST W/O]     Accession: {acc}
Patient: {p.lf}      MRN: {mrn}      DOB: {dob}
Ordering: {a.any}    Exam date: {today} {time}

CLINICAL HISTORY: {p.age} {p.mf} with {illness}, [evaluate for stones|cough|headache|weight loss].
COMPARISON: [CT {date}|Radiograph of {old} from {hosp2}|None available|MRI {md}].
TECHNIQUE: [5 mm axial images after {n:80-120} mL Omnipaque 350|Multiplanar multisequence imaging with 8 mL Gadavist|PA and lateral]. DLP {n:200-900} mGy-cm.
FINDINGS: [The liver is unremarkable. Bosniak {n:1-2} cyst in the left kidney measuring {f:0-3} cm. No hydronephrosis. Appendix normal.|No acute infarct. Scattered T2/FLAIR foci, Fazekas {n:1-2}. Circle of Willis is patent. No Chiari malformation.|Heart size normal. Kerley B lines at the bases. Hiatal hernia unchanged.|Emphysema with a {n:4-9} mm nodule in the lingula, series 4 image {n:20-190}.] [Schmorl nodes at L2. Baker cyst on the left.|Degenerative change, Modic type {n:1-2} at L4-5.|]
IMPRESSION:
1. [No acute abnormality.|Bosniak II cyst.|Lung-RADS {n:2-4}.|Mild interstitial edema.]
2. [Unchanged since {date}.|Fleischner follow-up in 12 months.|LI-RADS 2 observation.]
[Critical result called to {d.any} by {b.dr} on {today} at {time}, read back.|Findings discussed with {c.first} in the ED at {time}.|]
Interpreted by: {b.sig}  [Resident: {d.full}|]
Finalized {today} {time}   [Transcribed by {g.ini}|Workstation {ip}|]"#,
    ),
    (
        "mammogram letter",
        Woman,
        r#"{clinic} Breast Imaging
{street2}, {city}, {st} {zip}
Tel {phone2}

{today}

{p.full}
{street}
{city}, {st} {zip}

Dear {p.mr}:

[We are pleased to inform you that the results of your mammogram of {md} are normal (BI-RADS {n:1-2}).|Your recent mammogram on {date} showed an area that needs additional pictures. Most findings like this are benign.|Your screening exam performed {today} shows scattered fibroglandular density (category B).]

[A report was sent to {a.dr}.|Your report was sent to your provider, {a.full}, at {clinic2}.] [Your films from {hosp2}, dated {old}, were used for comparison.|We have no earlier films. If you had a mammogram elsewhere please call {phone2} and ask for {g.first}.] Your images stay on file as part of your record number {mrn}.

[Please call {tollfree} between 8:00 and 4:30 to schedule.|Your next exam is due after {soon}.] The Tyrer-Cuzick lifetime risk was {f:6-24}%.

Sincerely,
{b.sig}
[Se habla español: {tollfree}|]"#,
    ),
    (
        "surgical pathology",
        Adult,
        r#"SURGICAL PATHOLOGY REPORT
Accession No.: {acc}        {hosp} Laboratory, CLIA on file
Patient: {p.lf}             Sex/Age: {p.mf}/{p.age}
Med Rec No: {mrn}           DOB: {dob}
Collected: {d1}    Received: {d2}    Reported: {today}
Submitting physician: {a.any}  [cc: {b.full}|Location: OR {n:1-9}|Client: {clinic2}]

SPECIMEN: [@A. Sigmoid polyp, hot snare. B. Random colon.|Skin, left forearm, shave.|Right breast, core needle biopsy, 2:00.|Thyroid, left lobe.]
CLINICAL: [@Screening|Rule out BCC|BI-RADS 5 mass, outside films ({hosp2}, {my})|Nodule, FNA Bethesda IV].
GROSS: Received in formalin labeled "{p.last}, [{p.first}|{p.ini}] [A|#1]" is a {f:0-3} x {f:0-2} x {f:0-1} cm [@tan polyp|ellipse of skin|tan-yellow core|lobe with a nodule]. Submitted in cassettes A1-A{n:2-6}. [{g.ini}|Grossed by {d.short}].
MICROSCOPIC: [@Sections show tubular adenoma without high-grade dysplasia.|Nests of basaloid cells with peripheral palisading. Breslow n/a.|Invasive ductal carcinoma, Nottingham grade {n:1-3} (tubules 3, nuclei 2, mitoses 1). ER {n:60-100}%, PR {n:0-90}%, HER2 1+, Ki-67 {n:5-40}%.|Hürthle cells with nuclear grooves; no psammoma bodies.] [Levels examined.|Congo red negative.|PAS negative.]
DIAGNOSIS: [@TUBULAR ADENOMA|BASAL CELL CARCINOMA, NODULAR, MARGINS FREE|INVASIVE DUCTAL CARCINOMA, pT1c|FOLLICULAR NEOPLASM, HÜRTHLE CELL TYPE]. «[@D12.5|C44.612|C50.411|D34]»
[Second opinion by {b.dr} concurs.|Intradepartmental review with {b.short}.|Results phoned to {d.first} at {clinic2} {md}.]
{h.sig}, pathologist, signed {today}"#,
    ),
    (
        "cytology and pap",
        Woman,
        r#"GYN CYTOLOGY  {lab}  Case {acc}
{p.lf} / {dob} / {p.mf}
Requesting: {d.sig}, {clinic}, NPI {npi}
Collected {d1}; received {d2}; LMP {md}
Source: cervical/endocervical, ThinPrep. [Previous pap {my}: ASC-US.|Previous normal {year}.|Hx LEEP {my} at {hosp2}.]
Adequacy: satisfactory, transformation zone present.
Interpretation: [NILM|ASC-US|LSIL|NILM with Candida]. HPV 16/18 [not detected|detected, type 16]. 
Recommend: [routine, per ASCCP|colposcopy within 3 months|co-test in 12 months].
Screened by {g.full}, CT(ASCP). [Reviewed by {h.sig}.|] Reported {today}.
Patient called {md} at {phone} by {c.first}: [left message to call back|result given, voiced understanding|number disconnected, letter sent to {street}, {city} {zip}]. [Alternate contact {r.full} ({r.rel}) {phone2} - not used.|]"#,
    ),
    (
        "echocardiogram",
        Elder,
        r#"TRANSTHORACIC ECHOCARDIOGRAM
{hosp} Echo Lab [(IAC accredited)|]
Name {p.lf}   MRN {mrn}   DOB {dob} ({p.age} y, {p.mf})
Study date {today} {time}   Accession {acc}   Sonographer {e.short}, RDCS   Referring {a.any}
Ht {n:150-190} cm, Wt {n:50-120} kg, BSA {ff:1-2} m2, BP {bp}.  Indication: [murmur|dyspnea|AF|chemo baseline], «[R01.1|I48.91|I50.22]».
LV: EF {n:20-70}% by Simpson's biplane, GLS -{f:10-20}%. LVIDd {f:3-6} cm. [Grade {n:1-3} diastolic dysfunction, E/e' {n:8-20}.|Takotsubo pattern, resolved since {date}.]
Valves: [AV peak velocity {f:1-4} m/s, mean gradient {n:5-45} mmHg, AVA 1.{n:0-4} cm2.|Mitral regurgitation, Carpentier IIIb, ERO 0.{n:10-40} cm2.|Trileaflet AV, mild Lambl excrescences.] RVSP {n:22-60} mmHg. TAPSE {f:1-2} cm. [Prior Edwards SAPIEN 3 {n:23-29} mm valve, implanted {my}, well seated.|Eustachian valve seen, Chiari network.|]
Compared with {old}[ at {hosp2}|]: [no change|EF was {n:40-60}%|new wall motion abnormality].
Impression: [Normal LV function|Moderate AS|Ischemic cardiomyopathy].
Read by {b.sig}, [FACC, |]{today}. [Preliminary given to {c.first} on {n:3-8} West.|]"#,
    ),
    (
        "stress and cath",
        Man,
        r#"CARDIAC CATHETERIZATION
{p.full} — {mrn} — [{dob}|DOB {dob}] — {today}
Operator {b.any}; fellow {h.full}; RN {c.first}; tech {g.first}.
Indication: {p.ayo} with CCS class {n:2-3} angina, [Bruce protocol stress {md} with 2 mm ST depression at {n:4-9} METs, Duke score -{n:2-11}|Lexiscan at {clinic2} on {date} with inferior ischemia].
Access: right radial after [Barbeau B|Allen] test, 6 Fr Glidesheath. [JR4, JL3.5|Tiger] catheters. Contrast {n:60-180} mL Visipaque. Fluoro {f:3-18} min, air kerma {n:300-1800} mGy.
Findings: LM normal. LAD {n:40-95}% mid. LCx {n:0-60}%. RCA [dominant, {n:30-99}%|CTO, Rentrop 2]. LVEDP {n:8-28}. iFR 0.{n:70-95}. SYNTAX {n:5-30}.
PCI: [Xience Skypoint 3.0 x {n:15-38} mm to LAD, serial {serial}, UDI {udi}|Onyx Frontier 2.5 x 22, S/N {serial}|none; refer to {h.dr} for CABG]. TIMI 3 flow.
Plan: Brilinta 90 BID, aspirin 81. Cardiac rehab. [Discussed with {r.rel} {r.first} in the consult room.|{a.dr} informed by text {time}.]
Stent card given to patient. F/U {b.last} [{soon}|{mdsoon}, {clinic}].
{b.sig}"#,
    ),
    (
        "device check",
        Elder,
        r#"DEVICE CLINIC — [IN-OFFICE|REMOTE (Merlin.net)|REMOTE CareLink] INTERROGATION
{p.mr} / {p.lf} / {dob} / {mrn}
Date: {today}. Following: {b.any}. Implanting: {h.full}, {hosp2}, {date}.
Generator: [Medtronic Azure XT DR W1DR01|Abbott Gallant DR CDDRA500Q|Boston Scientific Resonate HF G547|Biotronik Edora 8 DR-T], serial {serial}, implanted {my}.
Leads: RA [5076-52|Tendril STS 2088TC], S/N {serial}; RV [6935M|Durata 7122Q], S/N {serial}.
Battery {f:2-9} years, {ff:2-3} V. Mode DDDR 60-130. AP {n:2-90}%, VP {n:0-99}%.
RA: P {f:1-4} mV, {n:380-650} ohms, thr {ff:0-1} V @ 0.4 ms. RV: R {f:5-14} mV, {n:380-700} ohms.
Events: [AT/AF burden {f:0-12}%, longest {n:1-20} h on {md}|one NSVT, {n:5-18} beats, {dowdate} at {time}|no therapies since {date}|shock x1 on {md} while {p.he} was mowing].
[On Eliquis.|INR managed by {clinic}.|] [Home monitor (MAC {mac}) last transmitted {md}.|Monitor serial {serial}, cellular IMEI {imei}.|Remote setup mailed to {street}, {city}, {st} {zip}.]
[Patient wants calls on {phone}; if no answer {r.rel} {r.first} {phone2}.|]
Next remote {soon}; clinic 6 mo. {e.full}, CCDS / {b.ini}"#,
    ),
    (
        "sleep study",
        Adult,
        r#"POLYSOMNOGRAPHY REPORT        {clinic2}
Patient: {p.full}      DOB: {dob}      Study: [{today}|night of {md}]     ID: {mrn}
Referred by: {a.any}   [Interpreting: {b.sig}|Interpreter: {b.full}, DABSM]
Epworth {n:6-22}/24, STOP-BANG {n:3-8}, BMI {f:24-48}, neck {n:14-19} in, Mallampati [II|III|IV]. Hx: {pmh}.
[Bed partner {r.first} reports gasping and kicking.|{^p.his} {r.rel} recorded pauses on {p.his} phone on {md}.]
Lights out {clock}, lights on {clock}. TST {n:210-430} min, efficiency {n:55-94}%, SOL {n:4-60} min, REM {n:5-25}%.
AHI {f:3-88}/h ([supine|REM] {f:10-90}), RDI {f:5-90}, nadir SpO2 {n:68-91}%, T90 {n:0-30}%. PLMI {f:0-40}. Cheyne-Stokes [absent|present].
CPAP titrated to {n:6-16} cm H2O with [ResMed AirFit P10|F&P Simplus] medium. [Unit AirSense 11 SN {serial}, modem on.|]
Dx: «[G47.33|G47.31|G47.61]» [severe|moderate|mild] OSA.
Plan: APAP 6-16 through [DME {agency}|the DME company, fax {fax}]. [Driving counseled; {p.he} drives a truck for {work}.|Download due {soon}.] Tech: {e.first} [{badge}|].
{b.sig} {today}"#,
    ),
    (
        "colonoscopy",
        Adult,
        r#"ENDOSCOPY REPORT
Patient Name: {p.lf}                Procedure Date: {today} {time}
MRN: {mrn}   Account: {acct}        Date of Birth: {dob}   Age: {p.age}
Endoscopist: {b.sig}                Referring: {a.any}
Nurse: {c.first}   Tech: {g.first}  Scope: Olympus CF-HQ190L, serial {serial}

Indication: [average-risk screening|FIT positive {md}|surveillance, adenoma in {my}|family history, {s.rel} {s.first} had colon cancer at 46|Lynch syndrome (MLH1)].
Consent: signed by [the patient|{r.rel} {r.full}, POA]. Sedation: [MAC, propofol by {d.full}|fentanyl 100 mcg, versed 4 mg]. ASA {n:1-3}.
Prep: Boston Bowel Prep Scale {n:6-9} ([SUPREP|GoLYTELY]). Cecum reached at {clock}; withdrawal {n:6-16} min.
Findings: [{n:3-15} mm sessile polyp (Paris Is) in the ascending colon, cold snare, retrieved.|Houston valves normal; Forrest III ulcer not applicable.|Mayo 1 colitis to the splenic flexure.|Dieulafoy lesion clipped x2 with Resolution clips.] Retroflexion: internal hemorrhoids.
EBL minimal. Recommend: [repeat {n:3-10} y|await path {acc}|MRE].
[Ride home: {r.full}, {phone2}.|{r.first} was told the results in recovery.|Ride: {f.first}, {f.rel}.] Results will be posted at {url} or call {phone2}.
[Photo documentation saved.|Letter to {a.dr}, {clinic}, {street2}, {city}.]
{b.full} {today}"#,
    ),
    (
        "lab print-out",
        Adult,
        r#"{lab}                                   FINAL REPORT
{p.lf}
DOB: {dob}   AGE: {p.age}Y   SEX: {p.mf}    FASTING: [Y|N]
PATIENT ID: {mrn}            SPECIMEN: {acc}
PHONE: {phone}               REQUISITION: {order}
ORDERING PHYSICIAN: {a.full}   NPI: {npi}
CLIENT: {clinic}, {street2}, {city2}, {st2} {zip2}
COLLECTED: {d1} {clock}    RECEIVED: {d2} {clock}    REPORTED: {today} {clock}

TEST                    RESULT      FLAG   REFERENCE        UNITS
GLUCOSE                 {n:68-240}         [H|]     65-99            mg/dL
CREATININE              {ff:0-2}        [H|]     0.50-1.10        mg/dL
EGFR                    {n:28-110}          >60              mL/min/1.73
POTASSIUM               {f:3-5}                3.5-5.3          mmol/L
ALT                     {n:8-120}          [H|]     6-29             U/L
HEMOGLOBIN A1C          {f:5-11}         [H|]     <5.7             %
TSH                     {ff:0-9}               0.40-4.50        mIU/L
[VITAMIN D, 25-OH        {n:9-60}                30-100           ng/mL|PSA, TOTAL              {ff:0-9}               <4.00            ng/mL|FERRITIN                {n:4-300}               16-232           ng/mL]
[COMMENT: HEMOLYZED, POTASSIUM MAY BE RAISED.|COMMENT: CALLED TO {c.first} AT {clock} {md} BY {g.ini}.|COMMENT: REPEATED AND VERIFIED.]
PERFORMING SITE: {lab} {city2}, DIRECTOR {h.caps}, MD
Page 1 of [1|2]"#,
    ),
    (
        "obx lines",
        Adult,
        r#"MSH¦^~\&¦LAB¦MAIN¦EHR¦CLIN¦{packedtime}¦¦ORU^R01¦{id:MSG%######}¦P¦2.5.1
PID¦1¦¦{mrn}^^^[MR|HOSP|EPI]^MRN¦¦{p.msg}¦¦{dobpacked}¦{p.mf}¦¦¦{street}^^{city}^{st}^{zip}¦¦{phone}[¦{phone2}|]
PV1¦1¦[I|O|E]¦{n:3-9}W^{n:300-399}^[A|B]¦¦¦¦{npi}^{a.msg}^^^MD
ORC¦RE¦{order}¦{acc}
OBR¦1¦{order}¦{acc}¦«24323-8»^CMP^LN¦¦¦{packedtime}
OBX¦1¦NM¦«2345-7»^Glucose^LN¦¦{n:60-300}¦mg/dL¦70-99¦[H|N|L]¦¦¦F
OBX¦2¦NM¦«2160-0»^Creatinine^LN¦¦{ff:0-3}¦mg/dL¦0.6-1.2¦[H|N]¦¦¦F
OBX¦3¦NM¦«2823-3»^Potassium^LN¦¦{f:3-5}¦mmol/L¦3.5-5.1¦N¦¦¦F
[OBX¦4¦NM¦«718-7»^Hemoglobin^LN¦¦{f:7-16}¦g/dL¦12.0-16.0¦L¦¦¦F|OBX¦4¦ST¦«5778-6»^Color Ur^LN¦¦AMBER¦¦YELLOW¦A¦¦¦F]
NTE¦1¦¦[Called to {c.first} at {clock} by tech {g.ini}|Hemolyzed specimen, repeat if clinically indicated|Previous result {n:60-200} on {md}|Copy to {b.dr} requested]
NTE¦2¦¦[Patient's {r.rel} {r.first} collected the specimen at home|Drawn by {c.short} from left AC|QNS for ESR; redraw {mdsoon}]"#,
    ),
    (
        "adt dump",
        Elder,
        r#"=== ADT^A0[1|3|4|8] as text ===
Message time        {iso}
Message id          {uuid}
Sending facility    {hosp}
Patient id          {mrn}
[Alternate id        {mrn2}|SSN                 {ssn}|Medicare number     {mbi}]
Name                {p.lf}
[Alias               {p.nickfull}|Maiden/alias        none]
Birth date          {dob}
Sex                 {p.mf}
Address             {street}, {city}, {st} {zip}
County              {county}
Home phone          {phone}
[Work phone          {phonext}|Mobile              {phone2}|E-mail              {p.email}]
Language            [English|Spanish|Vietnamese|Hmong|Tagalog]
Marital status      [W|M|D|S]
Account             {acct}
Visit               {enc}
Location            [4N|ICU|ED|7 South] ¦ {n:100-799} ¦ [1|2|A]
Admit               {admit} {clock}    [Discharge {disch} {clock}|]
Attending           {a.lf} ({npi})
Primary care        {b.lf}
Next of kin         {r.lf}, [SPO|{r.rel}], {phone2}
Guarantor           [{s.lf}|same as patient]
Insurance 1         [Medicare A/B|{ins}]  policy [{mbi}|{member}]  group [{group}|none]
Diagnosis           «[I50.9|J18.9|S72.001A|A41.9|N39.0|R55]» [CHF|PNEUMONIA|HIP FX|SEPSIS|UTI|SYNCOPE]
Allergies           {allergy}"#,
    ),
    (
        "ccd print",
        Adult,
        r#"Continuity of Care Document
Created on {today}

Patient            {p.full}
Date of birth      {dob}
Sex                {p.sex}
Contact info       Primary Home: {street}, {city}, {st} {zip}
                   Tel: {phone}
                   Mail: {p.email}
Patient IDs        {mrn} «2.16.840.1.113883.19.5»
Document Id        {uuid}
Author             {a.full}, {clinic}
[Legal authenticator {b.full} signed at {today}|Custodian           {hosp}]

ALLERGIES
Substance          Reaction        Status
[Penicillin         Hives           Active|Latex              Rash            Active|Aspirin            Wheezing        Active]

PROBLEMS
- {^illness} [(SNOMED CT «44054006»)|(«38341003»)|], onset {my}, active
- {^illness}, onset {year}, active
- {^illness}, resolved {date}

MEDICATIONS
- {med}, start {date}
- {med}, start {my}, prescribed by {a.full}
- {med} (RxNorm «{n:197361-860975}»)

PROCEDURES
- {^surgery}, {my}, [{b.full}|{hosp2}]

IMMUNIZATIONS
- Influenza, {date}, completed; Pneumococcal PCV20, {my}; [Td|Tdap], {old}

RESULTS
{lab2} ({date})

SOCIAL HISTORY
{smoking}. [Occupation: machinist at {work}.|Birthplace: {cityx}, {country}.|Lives with {r.rel}.]

ENCOUNTERS
- Office visit, {today}, {a.full}; [Emergency, {date}, {hosp2}|Telephone, {md}, {c.full}]
FAMILY / CAREGIVER: {r.full} ({r.rel}), tel {phone2}"#,
    ),
    (
        "newborn screening",
        Newborn,
        r#"STATE NEWBORN SCREENING — REPORT OF [ABNORMAL|BORDERLINE|NORMAL] RESULT
Lab number {acc}    Kit/form number {id:%#########}
Infant: [Baby Boy|Baby Girl|BG|BB] {p.last}    [Also known as {p.full}|First name: {p.first}]
Born {dob} {time}, {hosp}, GA {n:34-41} wk, {n:1900-4200} g. MRN {mrn}.
Mother: {r.full}, DOB {dobkin}, phone {phone}, {street}, {city}, {st} {zip}[, {county}|].
Collected {today} at {n:24-60} h of age. Feeding: [breast|formula|TPN].
Submitter: {hosp}; physician of record {a.any}, fax {fax}.
Analyte: [17-OHP {f:20-90} ng/mL (cutoff 30)|TSH {f:20-80} uIU/mL|C5DC 0.{n:40-90}|IRT {n:60-140} ng/mL, CFTR F508del/normal|TREC {n:5-40} copies/uL|Hb FAS].
Called by {e.full}, newborn screening nurse, to {d.first} at {clinic} on {today} at {time}. [Mother reached {time}; will bring {p.first} in on {mdsoon}.|Voicemail full at {phone}; {s.rel} {s.first} reached at {phone2}.]
Recommend: [repeat filter paper|sweat chloride at {hosp2}|serum TSH, free T4 today; endocrine on call {h.dr}, pager {pager}|none].
Follow-up coordinator {g.full}, {phonext}, {sitemail}."#,
    ),
    (
        "fetal ultrasound",
        Mother,
        r#"OBSTETRIC ULTRASOUND, [SECOND|THIRD] TRIMESTER
{clinic2}   Maternal-Fetal Medicine
{p.lf}, {p.age} y, G{n:1-6} P{n:0-4}. DOB {dob}. {mrn}. Exam {today}. Ref: {d.any}, fax {fax}.
EDD {soon} (by {n:7-9}-wk scan of {date}). GA {n:19-36}w{n:0-6}d.
BPD {n:45-92} mm, HC {n:170-330}, AC {n:150-330}, FL {n:31-70}. EFW {n:300-2900} g, {n:5-92}th %ile (Hadlock). AFI {f:6-22} cm. UA S/D {f:2-4}.
Anatomy: [cavum, cisterna magna, four-chamber heart seen; no choroid plexus cyst|echogenic intracardiac focus, isolated|mild left pelviectasis, {f:4-7} mm]. Placenta anterior, no previa. Cervix {n:25-45} mm.
[NIPT (Panorama) low risk {md}; ff {f:4-14}%.|Quad screen declined.|Carrier for SMN1, partner {r.full} tested {date}: negative.]
Impression: Size = dates. [Recheck growth {mdsoon}.|Fetal echo with {h.dr} at {hosp2} on {soon}.]
[{p.first} and {r.first} do not want to know the sex.|Photos given to {p.mr}.]
Sonographer {e.first}; read by {b.sig} {today} {time}. [Images: accession {acc}.|]"#,
    ),
    (
        "pulmonary function",
        Child,
        r#"PULMONARY FUNCTION LABORATORY  {hosp}
{p.lf}  {dob}  {p.age} y {p.mf}  Ht {kidcm} cm  ID {mrn}
Test date {today} {time}   Tech {e.first}   Physician {a.any}
                 Pred    Pre     %Pred   Post    %Chg
FVC (L)          {ff:1-4}    {ff:1-4}    {n:70-115}      {ff:1-4}    {n:0-9}
FEV1 (L)         {ff:1-3}    {ff:1-3}    {n:55-110}      {ff:1-3}    {n:2-24}
FEV1/FVC         .8{n:1-9}     .{n:62-90}     -       -       -
FeNO {n:8-90} ppb. Effort good, ATS met. [Wore nose clip with help of {r.rel} {r.first}.|Post 4 puffs albuterol by spacer.]
Interpretation: [Mild obstruction with significant reversal after bronchodilator.|Normal spirometry.|Flow-volume loop with inspiratory flattening, exercise test with {h.dr} {mdsoon}.] Compared with {date}: [FEV1 up {n:3-14}%|no change].
[School form for {school} completed.|Copy to school nurse, fax {fax}.|Plan reviewed with {r.first} and {s.first}.]
{a.sig}"#,
    ),
];
