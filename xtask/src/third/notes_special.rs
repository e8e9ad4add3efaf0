//! Skeletons of the third set: the specialties' clinics and programs.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother, Woman};

pub(super) const NOTES: Notes = &[
    (
        "well child",
        Child,
        r#"WELL CHILD CHECK, {p.age} YEARS     {clinic}
{p.full}     DOB {dob}     {today}     MRN {mrn}
Here with [{r.rel} {r.full}|{r.first} (mom) and {s.first}|foster parent {y.full}, caseworker {x.full}]. Concerns: [picky eating|bedwetting|{p.first} is bullied by {z.first} at school|none].
Interval: [ER at {hosp2} {md} for croup|broke arm {my}, Dr {b.last}|none]. Lives with {r.first}, {s.first} and sibs {x.first} ({n:1-15}) and {y.first} ({n:1-15}) in {city}[, well water|, built 1940].
School: {school}, grade {grade}, teacher {z.mr}. [IEP.|Soccer.|Plays tuba.] Dentist {h.dr}, last {my}.
Dev: [ASQ passed|M-CHAT 0|Vanderbilt (teacher) pos for inattention|HEADSS done alone].
Growth: wt {kidkg} kg ({n:3-97}%), ht {kidcm} cm ({n:3-97}%), BMI {n:5-90}%ile. BP {bp}. Snellen 20/[20|25|30|40]. Exam: TMs clear, Still's murmur, Tanner {n:1-4}, Adams test [neg|7 degrees], [Osgood-Schlatter bump L|Koplik spots absent|normal].
Vaccines today: [MMR, Varivax, DTaP, IPV|Tdap, Menveo, Gardasil|flu]. VIS given. Hgb {f:10-14}, lead <3.
A/P: healthy {p.boy}. Forms for [camp|sports|{school}] signed; mail to {street}, {city} {zip}. [Refer to {e.full} for speech.|Call {r.first} with lipid panel {phone}.] Next WCC in a year.
{a.sig} [scribe {g.first}|]"#,
    ),
    (
        "prenatal visit",
        Mother,
        r#"OB VISIT {today}   {p.lf}  {dob}  {mrn}   G{n:1-6}P{n:0-4}   EDC {soon}   {n:8-39}+{n:0-6}
[FOB {r.full}, {phone2}|{r.rel} {r.first} here|here with her mother {x.first}]. FM [+|not yet], VB -, LOF -, ctx -. {vitals}. FH {n:12-39}, FHT {n:120-160}. Urine neg/neg. Wt +{n:1-30}.
Labs {md}: {labs}. O+, RI, HIV nr, RPR nr. [GTT {n:90-190}.|cfDNA XX low risk.|Rubella NI.] 1st tri US at {clinic2} {date}.
Issues: 1. [prior CS ({hosp2}, {my}), wants TOLAC, MFMU {n:40-85}%|AMA, ASA 81|GDM A1, log reviewed by {e.first}|hx PPH, Bakri used]. 2. [Chiari I, {b.dr} says OK to labor|anxiety on Zoloft|hyperemesis, Bonjesta]. 
[Travel to {cityx} {mdsoon}: Zika talk.|Works at {work}, note for light duty from {mdsoon}.|Doula {y.full} {phone2}.|Doctor for baby: {h.any}.] Tdap [{md}|today]. Kick counts, Braxton Hicks discussed. RTO {dowsoon} w/ {d.first}.
{d.ini} / {d.sig}"#,
    ),
    (
        "oncology infusion",
        Woman,
        r#"INFUSION CENTER NOTE — C{n:1-8}D[1|8|15]   {hosp}, Cancer Center
{p.full} ¦ DOB {dob} ¦ {mrn} ¦ chair {n:1-28} ¦ {today} {time}
Oncologist {b.any}. Dx: [stage IIIA left breast IDC, ER+/HER2+|DLBCL, Ann Arbor III, R-IPI 2|colon adenoCA, KRAS G12D, MSI-stable|NSCLC EGFR L858R], dx {my} at {hosp2}. ECOG {n:0-2}. [BRCA2 c.5946delT.|Oncotype {n:8-40}.]
Identified by name and DOB x2 RNs ({c.first}, {g.first}). BSA {ff:1-2}. Ht/Wt {n:150-178}/{f:48-104}.
Labs {md}: ANC {f:1-6}, Plt {n:80-320}, Cr 0.{n:5-9}. OK to treat per {d.last}.
Premeds Aloxi 0.25, Decadron 12, Benadryl 25. [TCHP|R-CHOP|FOLFOX-6 (oxaliplatin {n:100-170} mg, 5-FU pump home)|carbo AUC 5 / Taxol {n:230-340} mg] over {n:1-6} h. [Port (BardPort, {serial}, placed {date} by {h.dr}) + blood return.|PIV 22g.|CADD pump S/N {serial} connected {time}, off {mdsoon}.] 
[{time}: flushing, Taxol stopped, {d.first} at chairside, restarted.|No reaction.] {p.first}'s [{r.rel} {r.first}|friend {f.first}] drove. [Wig bank {phone2}.|Talked about telling {s.first}.] Neulasta OnPro on L arm.
Next {soon} {appt}. Triage line {tollfree}. {c.sig}"#,
    ),
    (
        "tumor board",
        Man,
        r#"MULTIDISCIPLINARY THORACIC TUMOR BOARD — {today}
Present: {a.full} (surg), {b.full} (med onc), {h.full} (rad onc), {d.full}, path {g.last}, coordinator {x.first}
Case 1 of {n:4-9}. {p.ini}, {p.age} M, MRN {mrn} — presented by {b.dr}. Referring {e.full}, NP, {clinic2}.
Hx: {n:20-60} pk-yr, {illness}; {illness}. PET {md}: SUV {f:3-18} RUL 3.1 cm, 4R {f:2-9}. EBUS {md}: 4R neg (path {acc}). Brain MRI {date} neg. FEV1 {n:45-98}%. PD-L1 {n:0-90}%, [ALK-|ROS1+|KRAS G12C]. cT2aN0, [stage IB|IIA], AJCC 8.
Discussion: [{a.last} favors RUL lobectomy (VATS), DLCO adequate.|{h.last}: SBRT 54 Gy/3.|Trial NCT0{n:4000000-5999999}, screen by {x.full}.] {p.mr} lives in {city}, {n:60-200} mi away, [{r.rel} {r.first} can drive|wants treatment at {hosp2}].
Consensus: [surgery {mdsoon}|SBRT start {dowsoon}|neoadjuvant chemo-IO]. {x.first} to call {p.first} at {phone}. {e.last} cc'd.
Case 2. {y.ini}, 71 F, MRN {mrn2} — SCLC, limited. Start cis/etop {mdsoon}, {b.last}."#,
    ),
    (
        "transplant coordinator",
        Adult,
        r#"TRANSPLANT [EVALUATION|CLINIC|SELECTION] NOTE   {hosp}
{p.lf}  {dob}  {mrn}  UNOS/waitlist ID {id:%######}  SSN {ssn4} (last 4)  ABO [O|A1|B]  cPRA {n:0-99}%
[Kidney|Liver, MELD-Na {n:14-36}|Heart, status 4], ESRD/ESLD from [IgA (Berger)|NASH|Alport syndrome|Budd-Chiari]. On HD at {clinic2} TTS since {my}, {a.dr}.
[Donor: {r.rel} {r.full}, DOB {dobkin}, MRN {mrn2}, crossmatch neg {md}.|DDKT {date} from {n:19-60} y donor, DonorNet match {id:%#####}; KDPI {n:12-88}%.|Living donor inquiry from {f.full}, {f.rel}, {phone2}.]
Tac {f:4-12}, MMF 750 BID, pred 5. BK {n:0-9000}; CMV IgG D+/R-. {labs}. Biopsy {acc} {md}: Banff [1A|borderline].
Psychosocial {e.first}: caregiver {s.full}, local lodging at {street2}, {city2}. Fin: {ins} {member}, coordinator {g.full} ext {ext}, auth {auth}. Dental {date}; colonoscopy {old}.
Decision {dowdate}: [list active|defer, BMI|status 7]. {b.dr} called {p.first} {phone} {time}. [Must reach within 1 h; backup {r.first} {phone2}, pager {pager}.|]
{c.full}, RN, CCTC, {c.email}"#,
    ),
    (
        "dialysis run",
        Elder,
        r#"HEMODIALYSIS TREATMENT   {clinic2}   Chair {n:1-24}   [MWF 1st|TTS 2nd] shift   {today}
Pt: {p.lf}  {mrn}  DOB {dob}  Neph: {b.any}  HBsAg neg {date}  Code [full|DNR]
Pre {time}: wt 7{f:6-8}, EDW 7{f:3-4}, BP {bp}. Post: wt 7{f:3-5}, BP {bp}. UF {n:800-4200} mL.
Access: [L BC AVF (Brescia-Cimino), {h.dr} {my}|R IJ Permcath {date}|L Gore-Tex AVG], 15g x2, bruit +. Qb {n:350-450} Qd 600. Optiflux 180NR, 2K/2.5Ca, Machine 2008T #{n:2-40} s/n {serial}. Heparin {n:2-6}000. 
{clock} cramps, NS 200. {clock} [asleep|called {r.rel} {r.first}|BP {bp}]. Kt/V {ff:1-1}, URR {n:62-78}. Mircera 75, Zemplar {n:2-6}, Venofer 50. Hgb {f:8-12} PTH {n:120-900} Phos {f:3-8}.
[Missed {dowdate}, was at {hosp2}.|Tx list - call {g.first} {phone2}.|Leaves for {city2} {mdsoon}; transient tx at {clinic2}, fax {fax}.] Ride {agency} van [plate {plate}|{x.first}]. Foot check {md}. [CMS-2728 signed, SSN {ssn}, MBI {mbi}.|]
PCT {g.short} / {c.sig}"#,
    ),
    (
        "ophthalmology",
        Elder,
        r#"OPHTHALMOLOGY  {clinic2}  {today}
{p.lf}  {p.age}{p.mf}  chart {mrn}  ref OD {e.full}
CC: [blurry OS x {n:1-6} mo|flashes since {dowdate}|post-op wk 1 phaco OD ({md})|glaucoma f/u]. HPI [{r.rel} {r.first} noticed droopy lid|used pt of {h.dr}, records {old}|driving trouble].
VA sc OD 20/{n:20-400} OS 20/{n:20-200} PH NI. IOP (Goldmann) {n:9-32}/{n:9-30} @ {time}. Pupils: [no APD|Marcus Gunn OS|Adie OD]. CVF full. EOM full. Amsler [nl|metamorphopsia OS].
SLE: [Fuchs guttata|Vogt limbal girdle|Krukenberg spindle], NS 2+, [PCIOL Alcon SN60WF {f:14-26} D serial {serial}|PPC]. Shaffer gr {n:1-4}. DFE: c/d 0.{n:3-9}, [drusen AREDS 3|Roth spot|Weiss ring|lattice 6:00]. OCT RNFL {n:50-98}. HVF MD -{f:1-14}.
A/P: 1. [POAG - Xalatan qHS|wet AMD - Eylea #{n:2-20} OS, next {mdsoon}|Horner r/o - MRA by {b.dr}]. 2. [DES, TBUT 5|blepharitis]. Ishihara {n:8-14}/14. [DMV form done (DL {dl}).|Glasses Rx to {p.email}.|{r.first} to instill gtts.] RTC {soon}.
{a.sig}, tech {g.ini}"#,
    ),
    (
        "dermatology",
        Adult,
        r#"DERM VISIT — {p.full} — {dob} — {today} — {a.short} / MA {g.first}
HPI: {p.age} {p.mf}, skin type Fitzpatrick {n:1-6}, [here for FBSE|mole on back noticed by {r.rel} {r.first}|rash since trip to {city2}|acne]. Hx [MM in situ {my} excised by {b.dr}, Breslow 0.{n:2-8} mm Clark II|BCC x{n:1-4}|none]. Fam: {s.rel} {s.first} - melanoma.
Exam: [R scapula 7 mm asymmetric macule, Hutchinson sign n/a|Nikolsky neg, Wickham striae on buccal mucosa|Koebner on elbows, Auspitz +|Gottron papules absent]. Wood's lamp neg. SKs, cherry angiomas.
Proc: shave bx R scapula, 1% lido w/ epi, Drysol, photo #{n:2-9}, path {acc} to {lab}. LN2 x{n:1-12} AKs «17000».
Plan: [Mohs w/ {h.dr} {soon}|Accutane, iPLEDGE {id:%#########}, hCG neg {md}|Skyrizi PA, {ins} {member}|doxy 100 BID x 12 wk]. Path to be texted to {phone}[ or {p.email}|]; [do not tell {r.first}|OK to tell {r.first}]. SPF 50.
RTC {n:3-12} mo. [pharmacy {pharm} {street2}, {phone2}|]"#,
    ),
    (
        "podiatry",
        Elder,
        r#"PODIATRY {today} {snf} bedside, rm {n:100-240}
{p.mr}, {p.age}, DOB {dob}, at request of {a.dr}. DM2 last A1c {f:6-10} ({md}), last saw PCP {date}. Medicare {mbi}. Class findings Q8.
Nails 1-5 b/l dystrophic 3-5 mm. DP/PT {n:0-2}/4. SWMF 5.07 {n:2-9}/10. [Charcot R midfoot (Eichenholtz III)|Morton neuroma L 3rd web, Mulder +|Haglund bump|Lapidus {my} by {b.dr}].
Tx: debrided 10 nails «11721-59», pared IPK sub 2nd «11055», Betadine to [ingrown L hallux, Winograd later|web]. Pt asked for {r.first} throughout; {c.first} assisted. 
Rx: depth shoes, [Darco|Richie brace], urea 40. Consent on file from {r.full} ({r.rel}), {phone2}. Next {soon} [if {s.first} agrees|].
{d.full}, DPM  lic {lic}  NPI {npi}"#,
    ),
    (
        "dental",
        Adult,
        r#"DENTAL PROGRESS NOTE
Pt: {p.full}   Chart# {mrn}   DOB {dob}   {today} {time}   Op {n:1-8}   Prov: {a.short}  RDH: {c.first}  DA: {g.first}
Med hx update: {pmh}; {allergy}; premed [none|amox 2 g per {b.dr}]. BP {bp}. [ASA II.|On Fosamax since {my}.]
CC: "[tooth broke on a popcorn kernel|cleaning|my bridge fell out at {r.first}'s wedding]"
Exam: #{n:2-31} [MOD fx, cold ++, perc +|caries|perio 6 mm B], Ellis II, Miller class {n:1-3} mobility. BWX 4, PA 1. Angle Class II. OCS neg.
Tx: [#19 RCT start, 2% lido 1:100k x{n:1-3} (Akinosi), Ca(OH)2, Cavit|#30 crown prep, shade A{n:1-3} Vita, Ivoclar to lab {lab}, case {order}|SRP UR/LR, Arestin x{n:1-4}|ext #{n:1-32}, Gelfoam, Cryer elevator]. «D3330 / D2740 / D4341».
Rx: [ibu 600|Pen VK 500 qid|Peridex]. Called {pharm}. Ins: {ins} dental ID {member} grp {group}; est pt ${n:30-900}, paid [by card|on plan, acct {acct}].
NV: {dowsoon} {appt} w/ {h.dr} (endo), {street2}, {phone2}. Reminder text {phone}. {a.full}, [DDS|DMD], {lic}"#,
    ),
    (
        "genetic counselling",
        Woman,
        r#"CANCER GENETICS CONSULTATION   {hosp2}
Patient: {p.full}  DOB {dob}  MRN {mrn}  Seen {today} by {e.full}, MS, CGC [with {b.dr}|by video]
Referred by {a.full} ({clinic}) for [breast ca at {n:28-49}|BRCA1 in a relative|polyposis].
Pedigree: proband {p.first}; sister {x.first} (ovary 44, died {diedkin}); mother {y.full}, breast 51, tested at {lab}: BRCA1 c.68_69delAG (report {acc}, {date}); maternal aunt; paternal grandfather lived to {age90}; brother {z.first}, DOB {dobkin}, unaffected; cousin in {cityx}, {country}. Ashkenazi [yes|no].
Risk: Tyrer-Cuzick {n:12-45}%, BRCAPRO {n:2-60}%, PREMM5 {f:1-9}%. Discussed Lynch, Cowden (PTEN), Li-Fraumeni (TP53 p.R175H), Peutz-Jeghers. GINA covered.
Testing: [84-gene panel|MyRisk], saliva kit barcode {id:@@%########}, req {order}, bill {ins} {member} / {group}. Result in 3 wk to {p.email} after call {phone}. [OK to share with {r.rel} {r.full}.|Insurance worry via {work}.]
[Addendum {mdsoon}: VUS MSH6 c.3261dup; {p.first} told by phone. Letter to {x.first}.|]
{e.plain}"#,
    ),
    (
        "cardiology telehealth",
        Elder,
        r#"TELEHEALTH VISIT (audio-[video|only])
Date {today} {time}. Patient location: {street}, {city}, {st}. Provider location: {clinic}. Consent verbal. Platform link {url}; patient IP {ip}.
{p.full} ({dob}), {p.age}. Present with {p.him}: {r.rel} {r.first}, [home aide {x.first}|{s.rel} {s.first} on second line from {city2}].
CC: {illness}, f/u after {hosp} stay, discharged {d2}.
HPI: {p.mr} says [legs are less puffy|the new pill makes {p.him} dizzy|{p.he} sleeps on 3 pillows]. Home scale {n:100-260} lb, Omron BP {bp}, [Apple Watch ECG "AFib"|KardiaMobile NSR, device {serial}|pulse ox {n:88-98}%]. Meds read from bottles by {r.first}: {meds4}; fills at {pharm}.
Obs: speaking full sentences, [ankle indents on {r.first}'s thumb press|no JVD seen]. 
A/P: {illness} — [Entresto 24/26|spironolactone 12.5]; BMP {mdsoon} at {lab}, order {order}. {^illness} — stable. If wt +3 lb call {c.first} {phone2}. [Mail scale to {street}.|Needs hearing captions.|Next visit in person {dowsoon}.]
{n:12-34} min. {b.sig}"#,
    ),
    (
        "med rec and pharmacist",
        Elder,
        r#"COMPREHENSIVE MEDICATION REVIEW (MTM)
Patient {p.full}   DOB {dob}   Plan {ins} Part D   ID {member}   Date {today}
Pharmacist {e.full}, PharmD, BCPS  NPI {npi}   by phone {phone} with [patient|{r.rel} {r.first}]
Prescribers: {a.dr} (PCP), {b.dr} (cards), {h.full} ({clinic2}). Pharmacy: {pharm}, {street2}, {city}, store phone {phone2}.
1. {med} — {a.last}, Rx {rx}, filled {md}, #90 — {illness} — [taking|skips water pill when out]
2. {med} — {b.last}, Rx {rx}, {date} — NDC «{as:00%##-%###-##}» 
3. {med} — OTC? — [stop, Beers list|duplicate of Aleve]
4. {med} — written {date} by {d.full}, DEA {d.dea} 
Cost: Eliquis ${n:40-500}; LIS application, SSN {ssn}. Allergies {allergy}. CrCl (Cockcroft-Gault) {n:22-90}. CHA2DS2-VASc {n:2-6}; Beers; STOPP/START.
Recs faxed to {a.dr} {fax} {mdtoday}: [dc omeprazole|lower metformin eGFR {n:28-44}|Shingrix]. {p.first} will show list to {s.first}; pill packs from {mdsoon}. CMR summary mailed to {street}, {city} {st} {zip}."#,
    ),
    (
        "trial screening",
        Adult,
        r#"CLINICAL TRIAL SCREENING VISIT NOTE  (source)
Study: NCT0{n:3000000-6199999}, phase 2, [Sponsor IND on file|investigator-initiated]     Site 10{n:1-9}
Subject ID {subject}    Initials {p.ini}    Screening {today}    ICF v3.0 signed {mdtoday} {time} by {p.full}[, copy given to {r.first}|]
PI {b.full}; sub-I {d.full}; CRC {e.first}.
Demog: {p.sex}, {p.age}, DOB {dob}, MRN {mrn}; stipend via ClinCard to SSN {ssn}, {street}, {city} {st} {zip}.
Dx [metastatic colorectal cancer|NSCLC|renal cell carcinoma|urothelial carcinoma], since {my}, biopsied at {hosp2} ({acc}). RECIST target 1 {n:11-60} mm. ECOG {n:0-1}. Prior: [FOLFIRI x{n:4-12}|none|Keytruda to {date}]. Con meds {meds4}.
Inclusion 1-{n:6-14} met; exclusion 4 [QTcF {n:420-470} OK|HBV neg {md}]. {vitals}. Labs kit {id:K%######} shipped by courier, {track}. Central ECG S/N {serial}.
{p.first}'s PCP {a.dr} told by letter {mdtoday}. Randomize {mdsoon} via IWRS. AE: [headache gr 1 {md}|none]. [{r.first} asks about gas cards.|Next visit W1D1 {dowsoon}.]
{e.full} {e.email} {phonext}"#,
    ),
    (
        "public health case report",
        Adult,
        r#"COMMUNICABLE DISEASE CASE REPORT — {county}, {state}
Disease: [Salmonellosis|Pertussis|Gonorrhea|Tuberculosis (RVCT)|Hepatitis A|Lyme disease]     Event ID {case}
Patient: {p.lf}    DOB {dob}  Age {p.age}  Sex {p.mf}   Phone {phone}   Address {street}, {city}, {st} {zip}
Race/ethnicity declined   Country of birth {country}   Occupation [cook at a diner|daycare worker|{work}]
Onset {md}   Diagnosed {d2}   Hospitalized [N|Y, {hosp}, MRN {mrn}, {admit} to {disch}]   Died N
Reporter: {c.full}, IP, {hosp}, {phonext}; provider {a.any}; lab {lab}, spec {acc}, collected {d1}, [XbaI PFGE|cgMLST|NAAT+].
Interview by {e.first} {today} {time}: ate at potluck {holiday}; [flight {air} to {city2} {md}|swam in pond|contact of {f.full}, {f.rel}, {phone2}]. Household: {r.full} ({r.rel}, {dobkin}) [asymptomatic|ill {md}], {s.first}. Partner names: [{x.nicked}, {y.first}|refused]. Tx: [azithro 500 x3|ceftriaxone 500 IM|RIPE by DOT with {g.first}]. Exclusion till {mdsoon}. GPS of camp {geo}.
Case closed {soon} / {g.user}"#,
    ),
];
