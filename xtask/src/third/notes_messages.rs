//! Skeletons of the third set: messages, calls, chats, transport, and odds and ends.

use super::Notes;
use super::pen::Kind::{Adult, Child, Elder, Man, Mother, Woman};

pub(super) const NOTES: Notes = &[
    (
        "telephone encounter",
        Adult,
        r#"TELEPHONE ENCOUNTER   {today} {time}   taken by {c.sig}
Caller: [{p.full}|{r.full} ({r.rel})|{x.first} from {agency}|{pharm}, {g.first}]   Re: {p.lf}, {dob}   Call back {phone}[, after 5 {phone2}|]
Reason: [refill {med}|BP {bp} this am|rash after {med}|wants results of {md}|fever 101.{n:0-9} since {weekday}].
Note: {p.first} [says the pharmacy never got the script sent {md}|took a double dose by mistake at {time}|is leaving for {city2} on {mdsoon}]. No CP/SOB. Last OV {date} w/ {a.dr}; next {soon}. {labs} on {md}. [Chart {mrn}.|Acct {acct}.]
Advice per [Schmitt-Thompson protocol|{d.first}]: [ED now|home care|appt {dowsoon} {appt} w/ {b.last}]. {^p.he} [agrees|declines]. [LM for {r.first} to call.|Repeated back.|{pharm} on {street2}, ph {phone2}.]
Routed to {a.full}. 
>> {a.ini} {time}: [ok refill x3|agree|tell {p.him} to stop it, see me {mdsoon}]
>> {c.first} {time}: [done, pt aware|no answer x2|spoke to {s.first}]"#,
    ),
    (
        "portal message from a patient",
        Adult,
        r#"From: {p.full}
To: {a.full}, {a.cred}
Sent: {today} {time}
Subject: [question about meds|test results???|still hurting|Re: Re: appointment]

hi [dr {a.last}|Dr. {a.last}|{a.first}], its {p.first} [sorry to bug you again|hope your well]. i had the [blood test|mri|scope] on {md} at {hosp} and nobody called me. my {r.rel} {r.first} says i shoud go to urgant care but last time they charged me ${n:80-400}. the {med} makes me dizy and i only sleep like {n:2-5} hrs. [also my sugers were {n:180-390} on {weekday} morning|the swelling is back since {holiday}|i fell tues getting out the tub but no broken bones i think].

[can {c.first} call me at {phone} anytime after {n:2-6}, not the old # {phone2}|pls send the script to {pharm} on {street2} not the one in {city2}|my new insurance is {ins} id {member} starting {mdsoon}|we moved to {street}, {city} {zip}, can you change it]. [i see {b.dr} {dowsoon} so need the report before|my {s.rel} {s.first} will drive me and can talk for me, bday {dobkin}|the nurse {g.first} told me ask for mr number {mrn}].

thx so much
[{p.nickfull}|{p.nick}]
[Sent from my iPhone|]

----
Reply from {c.sig} {today}: Hi {p.first}, {a.dr} reviewed your labs: {labs}. [Please stop the pill and come in {dowsoon} at {appt}.|All good.] Call {phone2} with questions. For billing write to {sitemail}."#,
    ),
    (
        "portal message from a parent",
        Child,
        r#"Message [thread|encounter] {id:%########}
{r.full} on behalf of {p.full} (proxy access)   {today} {time}
Hello, {p.first} (bday {dob}) woke up with [a goopy eye|104 fever|hives all over after eating cashews at {x.first}'s party]. {^p.he} weighs about {n:22-120} lbs. Gave Motrin {n:1-3} tsp @ {time}. [{s.first} had pink eye last wk.|The {school} nurse, {y.mr}, sent {p.him} home.] Can we see {a.dr} today or should i take {p.him} to {hosp}? my cell is {phone}, {s.first}'s is {phone2}
ALSO {p.his} physical form is due {mdsoon}, fax to coach {z.last} at {fax} or email {email}!!! thank u, {r.first}
---
{c.first}: Hi {r.first}, so sorry {p.first} isn't feeling well. {d.full} has {time} open with you in [our {city2} office, {street2}|the main office]. Does that work?
{r.first}: yes!! [is parking still free|i dont have a carseat til {s.first} gets home at 4]
{c.first}: See you then. Bring the {ins} card (we have ID {member} on file[, group {group}|]).
{d.plain}: note: conj. L eye, polytrim; back to school {mdsoon}. MRN {mrn}."#,
    ),
    (
        "scheduling assistant chat",
        Adult,
        r#"⟦{time}⟧ BOT: Hi! I'm the virtual assistant of {clinic}. Who am I chatting with?
⟦{time}⟧ USER: {p.low}
⟦{time}⟧ BOT: Thanks, {p.first}! To find your chart I need your date of birth and ZIP code.
⟦{time}⟧ USER: {dob} [zip is {zip}|{zip}|its {zip} but we lived in {zip2} before]
⟦{time}⟧ BOT: Found you. Is the mobile number [{phone}|ending on file] still right?
⟦{time}⟧ USER: [no new one {phone2}|yes|ya but txt my {r.rel} {r.first} at {phone2}]
⟦{time}⟧ BOT: What is the visit for?
⟦{time}⟧ USER: [knee shot|refill of my {med}|rash|need to see {b.dr} again about the biopsy from {md}|annual]
⟦{time}⟧ BOT: {a.dr} has {dowsoon} at {appt} or {mdsoon} at {appt}.
⟦{time}⟧ USER: [the first 1|{mdsoon} works|anything with {d.first}? i think it was in {city2} last time]
⟦{time}⟧ BOT: Booked. Confirmation {id:@@@%###}. Insurance on file: {ins}, member {member}. A link was sent to {p.email}: {url}
⟦{time}⟧ USER: [thx|ok can u tell {c.first} i need a wheelchair|how much is it, my acct {acct} shows ${n:20-300}]
⟦{time}⟧ AGENT ({x.first}): [Hi {p.first}, I can help with the bill. Is the card {card} still good?|Hi, this is {x.plain}. I noted the wheelchair.|Anything else, {p.mr}?]
⟦{time}⟧ USER: [no thats all|yes exp {expiry}|no]
-- session {uuid} ip {ip}"#,
    ),
    (
        "clinical assistant chat",
        Man,
        r#"user: summarize for handoff: {p.plain}, {p.age}M, mrn {mrn}, rm {n:200-499}, {a.dr} pt. adm {mdadmit} [@pancreatitis|AKI|cellulitis]. [@lipase 912|Cr 3.1|WBC 17.2]. {b.last} consulted {mdstay}, wants MRI. {r.rel} {r.first} ({phone}) upset.
assistant: Here is a short handoff.
- Patient: {p.full} ({p.age} y/o male), MRN {mrn}
- Attending: {a.full}; consult: {b.dr}
- Admitted {admit} with [@pancreatitis|acute kidney injury|cellulitis]
- Data: [@lipase 912|creatinine 3.1|WBC 17.2]
- Family: {r.first} ({r.rel}), {phone}, please update by phone
[- To do: MRI, repeat BMP at {clock}|- Code status to be confirmed]
user: also draft msg to pcp [{h.full}|{h.dr}] at {clinic2}, fax {fax}. dob {dob}
assistant: Dear {h.dr}, your patient {p.full} (DOB {dob}) was admitted to {hosp} on {admit} for [@pancreatitis|acute kidney injury|cellulitis]. {stay}. We expect discharge [on {dowsoon}|this week] and ask that you see {p.him} by {soon}. Please call {phonext} with questions. Sincerely, {a.full}
user: [change date to {mdsoon}, add allergy {allergy}|now in spanish pls|add ssn? its {ssn}]
assistant: [Done.|I left the social security number out; it is not needed.|Listo.] [CHA2DS2-VASc is {n:1-5}, HAS-BLED {n:0-3}.|Note that Lovenox needs renal dosing.|]"#,
    ),
    (
        "staff e-mail",
        Woman,
        r#"From: {e.full} <{e.email}>
To: {a.full} <{a.email}>; {g.plain}
Cc: {sitemail}
Date: [{dow} {time}|{iso}]
Subject: [pt {p.last} - urgent|FW: {p.ini} consent|Enrollment of {subject}]

Hi {a.first},

[Just a heads up that|FYI -] {p.mr} (MRN {mrn}, DOB {dob}) [called me crying|missed the week 4 visit on {md}|wants to withdraw]. Her {r.rel} {r.first} left a message too, {phone2}. [She's at {hosp2} since {mdadmit} with {illness}, I think that is an SAE.|Labs {md}: {labs}.|She moved to {street}, {city}, {st} {zip}, I updated REDCap record {id:%###}.] 

Could you [sign the note in the portal ({url})|call her at {phone} before {dowsoon}|ask {b.full} for the MRI from {date}]? {c.first} and I are off for {holiday}. [Zoom {url}, passcode {id:%#####}.|]

Thanks!
{e.first}

{e.full}, CCRC
Clinical Research Coordinator
{hosp}
{street2}, {city}, {st} {zip}
O: {phonext} ¦ F: {fax}[ ¦ pager {pager}|]"#,
    ),
    (
        "ems run sheet",
        Elder,
        r#"PATIENT CARE REPORT   Run # {id:2#-%####}   Unit Medic {n:1-30}   {today}
Dispatch {clock}:{n:10-59}  Enroute {clock}  Scene {clock}  Hosp {clock}   Mileage {f:1-22}
Location: {street}, {city}, {st} {zip} [(gate code on file)|]  GPS {geo}
Patient: {p.lf}  DOB {dob}  {p.age} {p.mf}  SSN {ssn}  Phone {phone}  Wt {n:45-130} kg
Medicare {mbi} / [{ins} {member}|self]   PCP {b.last}   DL {dl} {st}
C/C: [SOB|fall|unresp|CP]   Crew: {x.full}, NRP {lic}; {y.full}, EMT {lic}
Nar: U/A found {p.age} yo {p.mf} [sitting tripod|supine on kitchen floor|pale, diaphoretic], {r.rel} {r.first} on scene states [onset {time}|LKW {time}|d/c'd from {hosp2} {md}]. Hx {pmh}; meds {meds2}; {allergy}. GCS {n:9-15}, BGL {n:40-420}. {vitals}. 12-lead: [STEMI inf, LP15 s/n {serial}|AF RVR|paced]. Cincinnati [neg|pos R], RACE {n:0-8}. 
Tx: O2 15 NRB, 18g L AC, ASA 324, NTG x{n:1-3}, [Zofran 4|albuterol/ipra|CPAP 10]. Moved via [Stryker|stair chair]. Tx to {hosp}, bed {n:1-40}, report to {c.first} RN. [Neighbor {f.full} has the dog.|FD E{n:2-40} assisted; PD officer {z.last} {badge}.|POLST w/ pt, {old}.]
Sig: /{x.ini}/   Pt unable to sign: {r.full} signed. Hosp sig {c.short}"#,
    ),
    (
        "interpreter note",
        Adult,
        r#"LANGUAGE SERVICES ENCOUNTER
Date: {today}   Start {time}   End {time}   Language: [Spanish|Vietnamese|Arabic|Hmong|ASL|Polish|Yoruba|Navajo]
Interpreter: {x.full}, ID {id:%####}, [in person|video cart {n:1-9}|phone]   Vendor call no. {id:%#######}
Patient: {p.full}   MRN {mrn}   Location: [clinic room {n:1-30}|ED {n:1-40}|Pre-op]   Provider: {a.any}
Content: Consent for [EGD|cesarean|chemotherapy], read in full. {p.mr} asked if {p.his} {r.rel} {r.first} could stay. [Patient's true name order is {p.lf}; wristband corrected by {c.first}.|{^p.he} comes from {cityx}, {country}, and speaks a dialect; second interpreter {y.first} used.|{^s.rel} {s.first} tried to interpret; policy explained.]
{a.dr} explained {illness} and {med}. Teach-back done. Next appt {dowsoon} {appt}; reminder call to {phone} in [Spanish|patient's language].
[Problem: audio dropped at {time}, ticket {ticket}.|Invoice {order}.]
Signed {x.full}, [CHI|CMI|RID {id:%####}], {today}"#,
    ),
    (
        "copied forward",
        Adult,
        r#"{p.lf}   MRN {mrn}   DOB {dob}   Page 1 of 3
{hosp}   Progress Note   {today}
S: {p.mr} [feels better|had a bad night|wants to go home]. ⟦copied from {md}: admitted {mdadmit} from {snf} with {illness}; {pmh}; {meds4}.⟧
Overnight: {c.first} reported [temp {f:99-102}|NSVT {n:4-9} beats|no events].
{p.lf}   MRN {mrn}   DOB {dob}   Page 2 of 3
{hosp}   Progress Note   {today}
O: {vitals}. {exam}
{lab2}. [Cx {acc} from {md}: GPC in clusters.|{^image}.]
[⟦copied from {md}: seen by {b.dr}, TTE EF {n:30-65}%.⟧|{b.last} following.]
{p.lf}   MRN {mrn}   DOB {dob}   Page 3 of 3
{hosp}   Progress Note   {today}
A/P: # {illness}: {med}. # {illness}: stable. # Dispo: [{snf} {mdsoon}|home with {r.first}|pending auth {auth}]. Updated {r.rel} {r.full} {phone2}.
[{d.sig} {time}. Seen with {a.dr}, agree. {a.ini}|{a.sig} {today} {time}]
[Printed {today} {clock} by {g.user}|]"#,
    ),
    (
        "sparse de-identified-looking text",
        Adult,
        r#"The patient is a [middle-aged|older|young] {p.man} with {illness}, {illness} and {illness} who presented with [three days of fever|progressive dyspnea|a first seizure]. [Family history is notable for Huntington disease in a parent.|Travel history was unremarkable.] On arrival {vitals}. {exam} Laboratory data showed {lab2}. {^image}. [Lumbar puncture showed {n:2-400} WBC with {n:10-90}% lymphocytes and protein {n:30-180} mg/dL.|Light's criteria were met.|Duke criteria: one major, three minor.] The working diagnosis was [Bartonella endocarditis|Takayasu arteritis|Wernicke encephalopathy|Legionella pneumonia]. {med} was started on hospital day {n:1-4}. {stay}. [A GeneXpert was negative and the Mantoux measured {n:0-9} mm.|Modified Rankin scale at discharge was {n:0-3}.|The team of the Monday clinic reviewed the films.] {stay}. [In retrospect the first symptom had been noted on {md}.|The outside film, dated {old}, already shows the lesion.|The {r.rel}, reached on {dowdate}, confirmed the history.] {advice} Thirty days later the patient was well[; {p.his} {r.rel} {r.first} sent a note of thanks|]. Take-home points: think of Whipple disease when arthralgia precedes diarrhea; a Charcot triad is seen in only half; Naranjo score {n:3-9}."#,
    ),
    (
        "bridge clinic intake form",
        Adult,
        r#"NEW PATIENT REGISTRATION — {clinic}
Last name: {p.last}        First: {p.first}        Preferred: {p.nick}
DOB: {dob}   Age: {p.age}   Sex: {p.mf}   SSN: {ssn}   [ITIN: {itin}|Passport: {passport}|DL: {dl} State {st}]
Address: {street}     City: {city}   State: {st}   Zip: {zip}   [County: {county}|]
Home: {phone}   Cell: {phone2}   Email: {p.email}   [OK to text: Y|OK to leave message: N]
Employer: {work}   Work phone: {phonext}
Spouse/partner: {r.full}   DOB: {dobkin}   Emergency contact: {s.full}   Relationship: {s.rel}   Ph: {phone2}
Primary ins: {ins}   ID: {member}   Group: {group}   Policy holder: [self|{r.full}]   Copay: ${n:10-60}
Secondary: [Medicaid {medicaid}|Medicare {mbi}|none]
How did you hear of us: [friend {f.full}|{a.dr}|website {url}]
Pharmacy: {pharm}, {street2}, {city2}
Past history: {pmh}. Surgeries: {surgery} {year}. Medicines: {meds2}. Allergies: {allergy}. {smoking}
Family: father [died of MI {n:48-79}|living {age90}], mother [breast CA|Parkinson's].
Last physical {date}; mammogram/PSA {my}; colonoscopy {year}; flu shot {my}.
[Card on file: {card}, exp {expiry}.|Bank draft: routing {aba}, acct {bankacct}.|]
Signature: {p.full}   Date: {today}     Reviewed: {g.ini}"#,
    ),
    (
        "refugee and travel health",
        Woman,
        r#"REFUGEE HEALTH ASSESSMENT   {county}   {today}
Name {p.full}   Alien no. {id:A%########}   DOB {dob}    From {cityx}, {country}; arrived {date} on {air}.   Passport {passport}.   Phone {phone}, abroad {abroad}
Sponsor: [{f.full}, {phone2}|a resettlement agency, caseworker {x.full}]. Lives with {r.full} and children {y.first} ({n:1-16}) and {z.first} ({n:1-16}) at {street}, {city}.
Interpreter {g.first} ([Dari|Swahili|Karen|Arabic|Tigrinya]). Overseas DS form: TST {n:0-20} mm, CXR nl {old}. [NHS number {nhs} on her papers.|]
Hx: {illness}; G{n:1-9}. {vitals}. {exam} Old scar R arm (BCG). RHS-15 {n:2-40}. [Witnessed the death of {p.his} {s.rel} {s.first} in {year}.|Denies torture.]
Labs {acc}: {labs}; O&P Giardia; strongyloides IgG +; HBsAg -; lead {n:1-9}; QuantiFERON [+|-].
Tx: ivermectin {n:9-15} mg, albendazole 400, B12. Vaccines MMR, Td, HepB. Medicaid {medicaid} from {mdsoon}. WIC {dowsoon}. F/u {a.dr} {soon}; I-693 by {h.full}, civil surgeon. [Remits to brother, IBAN {iban}.|]
{c.sig}"#,
    ),
    (
        "pregnancy loss call",
        Mother,
        r#"Late entry for {mdtoday}, {time}: Spoke w/ {p.first} by phone ({phone}), verified [DOB|name, DOB {dob}]. Pt is {p.age}, {n:6-11} wks by LMP {md}, seen at {hosp} ED on {d2} by {d.any} for bleeding; hCG {n:90-9000}, was {n:400-12000} on {d1}. US with [no cardiac activity, CRL {n:6-15} mm|empty sac, MSD 26]. Reviewed options: expectant, Cytotec 800 mcg, MVA. {p.first} wants [to wait until {r.first} is back from {city2} {mdsoon}|Cytotec; sent to {pharm}, {street2}|MVA {dowsoon} w/ {b.dr}]. Rh neg: RhIG due {mdsoon}. {^r.rel} {r.first} joined call, tearful. Perinatal support: {e.first}, {phone2}. Bleeding > 2 pads/h → ER. [Note for {work} through {mdsoon} e-mailed to {p.email}.|She asks that her sister {x.first} not be told.|Named the baby {y.first}.] Chart {mrn}, acct {acct}.
{c.full}, {c.cred} {mdtoday} — cosign {b.ini}"#,
    ),
];
