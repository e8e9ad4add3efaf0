//! Skeletons of the third set: mental health, substance use, social work, custody, service.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man};

pub(super) const NOTES: Notes = &[
    (
        "psychiatric intake",
        Adult,
        r#"PSYCHIATRIC DIAGNOSTIC EVALUATION   {clinic2}
Client: {p.full}   [goes by {p.nick}|pronouns {p.he}/{p.him}|]   DOB {dob}   Date {today}   {n:45-75} min   CPT «90792»
Referral: [{a.dr}, {hosp}|self|{r.rel} {r.first}|EAP of {work}]. Insurance {ins} {member}.

CC: "[I can't shut my brain off|My {r.rel} made me come|I'm just done]"
HPI: {p.first} is {p.ayo} {p.man} who reports [{n:2-8} months of low mood|panic attacks since {my}|insomnia after the death of {p.his} {s.rel}, {s.first}, on {diedkin}|racing thoughts]. PHQ-9 {n:5-26}, GAD-7 {n:4-21}, MDQ [neg|pos], ASRS {n:1-6}/6. [Hospitalized at {hosp2} {my} after an overdose of Tylenol PM.|No prior hospitalizations.] Past meds: Zoloft, [Lamictal (rash)|lithium 900|Prozac, Wellbutrin]. Past therapist {g.full}, {city2}. Denies AVH, HI. [Passive SI; no plan; {r.first} has locked up the firearm.|C-SSRS negative.]
Developmental/social: Born in [{city2}, {st2}|{cityx}, {country}], [third of five|adopted], raised by grandmother {x.first}. [Graduated {school} in {year}.|Works at {work} since {my}.] [Divorced from {y.full}.|Lives with {r.first} and two kids, {x.first} and {z.first}.] {smoking}.
Medical: {pmh}; {med}. {allergy}.
MSE: neat, [guarded|cooperative], speech normal, mood "[meh|anxious]", affect constricted, linear, insight fair. Cognition intact.
Dx: «[F33.1|F41.0|F31.81|F43.10]». Columbia risk: [low|moderate].
Plan: start [escitalopram 10 mg|Seroquel XR 50 mg qHS|prazosin 1 mg]; therapy with {e.full}, [LCSW|LPC|PsyD]; labs TSH, B12. Safety plan: calls {f.first} ({f.rel}) {phone2} or 988. RTC {soon}.
{b.sig} [{today} {time}|]"#,
    ),
    (
        "therapy note",
        Adult,
        r#"[PSYCHOTHERAPY PROGRESS NOTE|INDIVIDUAL SESSION NOTE] — session {n:2-40}
Client [{p.ini}|{p.full}|{p.short}]   {dow}   {clock}-{clock}   [in person|by video|phone, client at {street}, {city}]
Dx «F43.23» / «F41.1».   PCL-5 {n:10-62}.
D: {p.first} came in [late|tearful|upbeat]. Spoke about [{p.his} {r.rel} {r.first}'s drinking|the argument with {s.first} over the will|being passed over at {work}|the anniversary of the accident on {holiday}]. [Brought up ex-partner {x.first} again.|Had coffee with {f.first} as homework.|Dreamt of {y.first}, who died on {diedkin}.] Used [CBT thought record|Socratic questioning|EMDR, SUDS {n:7-9}→{n:1-4}|Gottman repair attempts|DBT DEAR MAN]. 
A: [Improving|Same]; no SI/HI. Beck {n:8-40}.
P: practice [Jacobson relaxation|box breathing]; workbook chapter {n:2-9}. Invite {r.first} on {dowsoon}. [Release signed for {a.dr}, fax {fax}.|Next {mdsoon} {appt}.|{p.first} can text {phonext}.] Copay {n:20-50} paid[, card ending on file|].
{e.full}, LCSW [(supervised by {g.full})|]"#,
    ),
    (
        "group therapy",
        Adult,
        r#"GROUP NOTE: [Relapse Prevention|Anger Management|Coping Skills|Seeking Safety]   {today} {time}-{clock}   {agency}
Facilitators: {e.full}, [LCSW|LPC|PsyD] and {g.first}.   Attendance: {p.plain}, {x.short}, {y.first}, {z.first}, {f.full}. Absent: {s.first} ([excused|no call]).
Topic: [triggers around {holiday}|urge surfing|Johari window|Maslow]. {x.first} shared about [a slip on {weekday}|court on {mdsoon}]; {y.first} gave feedback. 
Individual note for {p.full} (ID {mrn}, DOB {dob}): {p.first} [participated|was quiet|monopolized]. Said "[I used to hide it from {r.first}|one day at a time|{f.first} gets it]". Affect [brighter|flat]. {^p.he} is on day {n:4-90}. UDS {md} [neg|pos THC]. [Sponsor {z.first} {phone2}.|PO {x.mr} wants a letter by {mdsoon}.|Moves to {city2} sober house {mdsoon}.] SI/HI denied. Goal {n:1-4} [met|ongoing].
Next group {dowsoon}. {e.full} / cosign {b.dr}"#,
    ),
    (
        "substance use program",
        Adult,
        r#"OTP / MAT VISIT    {clinic2}    42 CFR Part 2 applies
Pt {p.lf}   clinic # {id:%###}   DOB {dob}   {today}   [Case mgr {e.first}|counselor {g.full}]
Dose: methadone {n:30-140} mg[, split|]; [Suboxone 8/2 BID|Sublocade 300 mg, last {md}|Vivitrol 380 mg IM R glute]. COWS {n:2-22}, CIWA {n:0-14}. PDMP checked {mdtoday}: [OK|Norco by {b.dr} {md} from {pharm}].
Use hx: IN heroin from 2011, last use [{md}|{weekday}]; EtOH {n:0-12}/d. Narcan kit given {md}. HCV RNA [neg|1.2 million], HIV neg {date}.
UDS {acc}: [bup/norbup +|fent +|THC]. Discussed. {p.first} [lives in tent near the river|stays with {r.first} on {street2}|is at {x.first}'s couch]. [Kids with {p.his} {s.rel} {s.first}; DHS worker {y.full} {phone2}.|Court {county} {mdsoon}, docket {case}.|Take-homes x6 for trip to {city2} {mdsoon} - {soon}.] AA home group [weekly|none]; SMART, Matrix Model wk {n:2-14}.
ASAM dim 1-6: 0/1/1/2/2/2. Plan: [raise to {n:60-120} mg|EKG, QTc {n:400-490}|refer {h.dr} hepatology {phone2}]. Photo ID {dl} copied. RTC {mdsoon}.
{d.sig}, X-waiver not required, DEA {d.dea}"#,
    ),
    (
        "social work",
        Elder,
        r#"MEDICAL SOCIAL WORK ASSESSMENT
{today} {time}   {p.full}, {p.age}, rm {n:200-699}, MRN {mrn}, attending {a.dr}
SW met with pt, {r.rel} {r.full} and, by phone, {s.rel} {s.full} ({phone2}, {city2}, {st2}). Pt [was born in {cityx}, {country}, and came to {city} in {year}|worked at {work} {n:20-40} years|lost {p.his} spouse {x.first} on {diedkin}]. Lives at {street}, {city} in [public housing|own home|{s.first}'s basement]; {f.rel} {f.first} checks daily. Income SSI, [food stamps|pension]. Medicare {mbi}; Medicaid {medicaid}[ pending, caseworker {y.mr}, {phonext}|].
Concerns: [driving after dark (license {dl}, plate {plate})|unpaid electric bill, account {acct}|APS report {case} on {md} for self-neglect|{r.first}'s own health]. SLUMS {n:12-28}, Zarit {n:8-60}, PHQ-2 {n:0-6}. Advance directive: HCPOA is {r.first}; [scanned {date}|copy asked from attorney {z.full}].
Plan: [choice list given, 1) {snf} 2) {snf}|home with {agency}, {phone2}|PACE|LTSS application {order}]. Transport by [van, {mdsoon}|{s.first}]. {p.mr} agrees: "[I'm not going to any home|whatever {r.first} says]". Will follow.
{e.full}, LCSW, [pager {pager}|ext {ext}|{e.email}]"#,
    ),
    (
        "case management",
        Adult,
        r#"CM note {mdtoday} {time}. {p.lf} {mrn}, {ins} (ID {member}, auth {auth}, reviewer {x.first} {tollfree} ext {ext}). Adm {mdadmit}, GMLOS {f:2-6}, status [INPT|OBS, MOON given {md}].
InterQual met for [IV abx|O2]. Clinical faxed {fax} {time}. P2P offered to {a.dr} by {dowsoon}. 
D/c needs: [IV ertapenem to {mdsoon}, PICC {md}; {agency} accepts; infusion RN {c.first}|wheelchair, order {order}|SNF: {snf} yes, {snf} no bed]. [Choice signed by {r.full}.|{^r.rel} {r.first} appeals, QIO case {case}.|Per {s.first}, home is {street}, {city}, stairs x{n:3-14}.]
PCP appt {b.dr} {dowsoon} {appt}, {clinic2}, {phone2}. Meds to beds via {pharm}. Ride: [{f.first}|cab|medical transport trip {id:%#######}]. IMM 2nd copy {today}. [Employer {work}, FMLA to HR.|LACE {n:4-15}, HOSPITAL score {n:2-9}.]
{e.full}, [RN, CCM|MSW] spectralink {ext}"#,
    ),
    (
        "correctional health",
        Man,
        r#"[DEPARTMENT OF CORRECTIONS|COUNTY JAIL] HEALTH SERVICES — [SICK CALL|INTAKE SCREENING|CHRONIC CARE]
Inmate: {p.lf}   #{inmate}   DOB {dob}   Housing: [B|C|SHU]-{n:1-4}-{n:10-60}[L|U|]   Date {today} {time}
[AKA "{p.nick}"|Booking no. {case}|SSN {ssn}|FBI no. not on file]
c/o: [tooth pain|wants insulin changed|seeing spots|detox from fentanyl, last use {md}|spider bite x {n:2-6}d]. [States was on {med} from {b.dr} in {city2}; {pharm} {phone2} confirms fill {md}.|Says {p.his} celly {f.last} is sick too.]
PMH {pmh}. TST {md} {n:0-14} mm; [QuantiFERON|HCV Ab|RPR] {date}. PREA screen done. {allergy}.
O: {vitals}. {exam} [Old GSW L thigh.|Tattoos neck "{r.first}".]
A/P: {illness}: {med}, KOP. [Keep bottom bunk memo to {soon}.|Send out to {hosp} ED, officers {x.last} and {y.last}, van plate {plate}.|Mental health referral {e.first}.] Released [{mdsoon} to {street2}, {city2}, will see {clinic}|n/a]. Emergency contact {r.full} ({r.rel}) {phone2}.
{d.sig} / {c.last}, RN"#,
    ),
    (
        "veteran clinic note",
        Man,
        r#"LOCAL TITLE: [PRIMARY CARE PACT NOTE|MENTAL HEALTH OUTPT NOTE|C&P EXAM]
STANDARD TITLE: NOTE
DATE OF NOTE: {today}@{clock}     ENTRY DATE: {today}@{clock}:{n:10-59}
AUTHOR: {a.lf}     EXP COSIGNER:     URGENCY:     STATUS: COMPLETED

{p.lf}  {vassn}  {p.age} y.o. [WHITE|BLACK|HISPANIC|NATIVE AMERICAN] MALE  [SC {n:10-90}%|NSC|]
VA claim: [file no. {id:C%#######}|{claim}|none]. Period: [Army, two tours|USMC, four years|Navy, submarines|Peacetime]. 
[Was with {f.full} when the IED went off on {old}.|Agent Orange exposure (presumptive for Parkinson's).|PACT Act letter {md}.|Burn pit registry done.]
Veteran comes with [{r.rel} {r.first}|service dog|no one]. PCL-5 {n:18-70}, AUDIT-C {n:0-9}, PC-PTSD {n:0-5}. CHOICE/community care: {b.dr}, {clinic2}, auth {auth} to {soon}.
Active meds: {meds4}. ADR: {allergy}. {vitals}. {exam}
A1C {f:5-10}. {labs}
A/P: 1. {^illness}. 2. Hearing aids [(Oticon, serials {serial} / {serial})|]. 3. CPAP. [Prosthetics: C-Leg, {serial}.|Travel pay from {city}, {n:20-190} miles.|Caregiver program: {r.full}, DOB {dobkin}, {phone2}.] RTC {soon}.

/es/ {a.caps}, {a.cred}
STAFF PHYSICIAN
Signed: {today} {clock}
[Receipt Acknowledged By:
{today} {clock}   /es/ {c.caps}, RN|]"#,
    ),
    (
        "child protection and forensic",
        Child,
        r#"CHILD ADVOCACY MEDICAL EVALUATION   CONFIDENTIAL
Child: {p.full}   Age {p.age}   DOB {dob}   Date {today}   CPS case {case}, intake worker {x.full}, {phone2}
Law enforcement: Det. {y.last}, badge {badge}. Non-offending caregiver: {r.rel} {r.full}, {street}, {city}, {st}, {phone}.
Forensic interview by {e.full} on {md} (recorded). {p.first} said "[he hurt me|I fell|{z.first} did it]". Alleged: [{z.full}, {r.first}'s boyfriend|{z.full}, babysitter|unknown]. Last contact {dowdate}.
School: {school}; teacher {x.mr} saw bruises {md}. Sibling {f.first}, {n:2-12} y, also here. PCP {b.dr}.
Exam with {c.first} as chaperone: {kidvitals}. [Patterned ecchymosis left buttock, 4 cm, TEN-4 positive.|No acute findings; Tanner {n:1-3}.|Torn frenulum.] Skeletal survey {acc} [neg|metaphyseal corner fx]. {labs}. Photos {n:4-40}, camera S/N {serial}. Kit no. {id:%######}.
Impression: [concerning for|indeterminate for|not consistent with] inflicted injury. Discharge to [{r.first}|{s.rel} {s.full}, kinship, {street2}, {city2}] per safety plan {md}. Next {mdsoon}; TF-CBT with {g.first}. Court {county} {soon}.
{h.full}, MD"#,
    ),
    (
        "neuropsychology",
        Elder,
        r#"NEUROPSYCHOLOGICAL EVALUATION
NAME: {p.full}        DOB: {dob}        AGE: {p.age}      EDUCATION: {n:8-20} y      HANDEDNESS: R
DATES OF TESTING: {md} and {today}     EXAMINER: {g.full}     SUPERVISOR: {e.full}, PhD, ABPP
REFERRED BY: {a.any}

{p.mr} was referred because {p.his} {r.rel}, {r.first}, noticed [missed bills|getting lost on the way to {city2}|word-finding trouble] since {my}. {^p.his} mother {x.first} had Alzheimer's and died on {diedkin}. MRI of {date} showed [Fazekas 2|hippocampal atrophy, Scheltens {n:1-3}|an old lacune]. Retired from {work}. {smoking}. Takes {meds2}.
Tests: WAIS-IV, WMS-IV, CVLT-3, Rey-Osterrieth, Trails A {n:25-90}" / B {n:70-300}", Boston Naming {n:34-59}/60, Stroop, Wisconsin (Berg), Hopkins, GDS {n:0-12}, TOMM 50/50.
Scores: FSIQ {n:78-125}, PSI {n:70-112}, delayed recall {n:1-60}th percentile.
Impression: [Mild neurocognitive disorder, Alzheimer's type likely|Lewy body features|no decline]. {p.mr} should [stop driving|return in 12 months|name {r.first} as agent]. Feedback with {r.first} and {s.first} on {dowsoon}, {appt}. Report to {b.full}, {street2}, {city2}; copy by portal {url}.
[License {lic}.|NPI {npi}.|]"#,
    ),
];
