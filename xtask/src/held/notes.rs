//! Clinical notes: what kinds there are, and how one is put together.

use fastrand::Rng;

use super::pen::{Kind, Pen};
use super::{Chart, restyle};
use crate::draft::Draft;

use Kind::{Adult, Child, Elder, Mother, Newborn};

/// The kinds of notes: whom they are about, and their templates.
pub(super) const NOTES: &[(Kind, &str)] = &[
    // Discharge summaries.
    (
        Elder,
        "DISCHARGE SUMMARY\n\n{header}\n\nDISCHARGE DIAGNOSES:\n1. {^dx}\n2. {^dx}\n\nHISTORY OF PRESENT ILLNESS: {hpi}\n\nPAST MEDICAL HISTORY: {pmh}\n\nHOSPITAL COURSE: {course} {hn} {course} {neg} {hn}\n\nDISCHARGE MEDICATIONS:\n- {med}\n- {med}\n- {med}\n\nDISPOSITION: <Home with home health|To {snf}>. {fu}\n\n{signed}",
    ),
    (
        Adult,
        "{header}\n\nAllergies: {drug}\nChief Complaint: {cc}\nMajor Procedure: {proc} on {date}\n\nHPI:\n{hpi}\n\nBrief Hospital Course:\n{course} {neg}\n# {^dx}: {hn} {course}\n# {^dx}: {hn}\n\nPertinent Results:\n{labs}\n{study}: {finding}\n\nFollow-up Instructions:\n{fu}\n{fu}\n<{contact}|{neg}>\n\n{signed}",
    ),
    (
        Elder,
        "Discharge Instructions for {p.full}\n{hosp}, Unit {n:2-8} West\nYou were in the hospital from {admit} to {disch} because of {dx}.\nYour doctors were {a.dr} and {b.dr}. Your nurse today is {c.first}.\n\nMEDICINES\n* {med}\n* {med} (new)\nSTOP: {drug}\n\nAPPOINTMENTS\n{fu}\n{fu}\n\nCall {phone} for {cc}, or 911 in an emergency. After hours ask for the doctor on call.\nA copy was given to {r.full} ({r.rel}).\n<{rare}|{neg}>\n{signed}",
    ),
    // Progress notes.
    (
        Adult,
        "PROGRESS NOTE {today}\n{header}\n\nS: {hpi}\nO: {vitals} {exam} {exam} {exam}\nLabs: {labs}\nA/P:\n{plan}\n\n{course}\n\n{signed}",
    ),
    (
        Elder,
        "Hospital Day #{n:2-14}\n{p.lf} / {mrn} / {room}\nSUBJECTIVE: {p.first} slept poorly. {course} Denies {cc}.\nOBJECTIVE: {vitals}\n{exam} {exam} {sign}\nASSESSMENT AND PLAN\n{p.mr} is {p.aged} {p.m} admitted {admit} for {dx}.\n{plan}\nDispo: {fu}\n<{contact}|{neg}>\n{signed}",
    ),
    (
        Adult,
        "Office Visit - {clinic}\n{header}\n\nReason for visit: {cc}\n\n{hpi}\n\nMeds: {med}; {med}; {med}\nSocial: {soc}\nFamily: {famhx}\nExam: {vitals} {exam} {exam}\n\nImpression/Plan\n{plan}\n\n<{rare}|{neg}>\n\n{signed}",
    ),
    (
        Elder,
        "ANNUAL WELLNESS VISIT {today}\n{header}\n{p.first} is {p.aged} {p.m} here with {p.his} {r.rel}, {r.first}. {soc}\nScreens: {score}, {score}. Fall risk reviewed.\nImmunizations: influenza {date}, PCV20 {date}, Tdap {year}.\n{famhx}\nHealth care agent on file: {s.full}, {phone}. {hn}\n{plan}\n<{rare}|{neg}>\n{signed}",
    ),
    // Emergency.
    (
        Adult,
        "ED PROVIDER NOTE\n{header}\nArrival: {today} {time} via <EMS|walk-in|police>\nCC: {cc}\nHPI: {hpi}\nROS: denies {cc}, {cc}.\nPMH: {pmh}\nSocial: {soc}\nPE: {vitals} {exam} {exam}\nED course: {course} {hn}\nMDM: {neg} {hn}\n{study} read by {b.dr}: {finding}\nDispo: admit to {a.dr}, {room}.\n<{rare}|{neg}>\n<{contact}|{neg}>\n{signed}",
    ),
    (
        Adult,
        "triage {time}\n{p.full} {p.age} {p.m} mrn {mrn} cc {cc} onset {ago}. {vitals}. meds {drug}, {drug}. allergies nkda. here w/ {r.rel} {r.first}, cell {phone}. pcp {d.last}. esi {n:1-5}. {score}. placed in {room}, report to {c.first}. <{rare}|{neg}> {hn} tetanus {year}. lives at {street}, {city}. {hn} {c.last} {c.cred} {today}",
    ),
    (
        Adult,
        "TRAUMA ACTIVATION LEVEL {n:1-3}\nName: {p.lf}\nDOB {dob}   Trauma band {order}\nMechanism: MVC vs tree at {time} on {date}, restrained driver, vehicle plate {plate}, {county} County.\nPrimary survey: airway intact, {score}, {vitals}.\nFAST: negative. {^study}: {finding}\nTeam: {a.dr} (attending), {e.any}, {c.first} (primary RN).\n{^r.rel} {r.full} notified by {c.first} at {phone}; second contact {s.full} ({s.rel}).\nDisposition: OR {n:1-12} with {b.dr} for {proc}.\n{course}\n<{rare}|{neg}>\n{signed}",
    ),
    // Nursing.
    (
        Elder,
        "NURSING SHIFT NOTE\n{md} {time}  Pt {p.last} in {room}, A&Ox{n:1-4}, {vitals}. Foley patent, {n:100-900} mL clear yellow. {drug} given for pain {n:2-9}/10. {^r.rel} {r.first} at bedside.\n{md} {time}  {a.dr} at bedside, new orders {med}. Skin: sacral stage {n:1-3}, {n:1-5} x {n:1-4} cm, Mepilex applied. {score}.\n{md} {time}  Report to {c.full}. Call light in reach. <{contact}|{neg}>\n{hn}\n<{rare}|{neg}>\n{c.sig} {today}",
    ),
    (
        Adult,
        "SBAR HANDOFF\nS: {p.lf}, {room}, MRN {mrn}, admitted {mdadmit} w/ {dx}, attending {a.last}\nB: hx {dx}, {eponym}, s/p {proc}. allergic {drug}. full code. {r.rel} = {r.first} {phone}\nA: {vitals} {lab}, {lab}. IV 20g L AC, {model}. neuro {score}\nR: {med} due {time}, {lab} at {time}, call {e.dr} if SBP {lt}90. dtr wants call from md, number {phone}\noff going {c.first} on coming {e.first} {today}\n{hn}\n<{rare}|{neg}>",
    ),
    (
        Adult,
        "wound care note {today} pt {p.full} dob {dob} seen in {room} with rn {c.first} wound {bodypart} {n:2-9}x{n:1-6}x{n:0-2} cm, 80% granulation, moderate serous drainage, no odor. cleansed w/ Dakin's, packed w/ Aquacel, ABD, Kerlix. pt tol well pain {n:1-6}/10 premed {drug} {mg}. teaching to {r.rel} {r.first}, return demo good. supplies from {org} order {order} delivery to {street} {city} {st} {zip} phone {phone}. next visit {mdsoon}. {score} {hn} {signed}",
    ),
    // Radiology, pathology, laboratory, cardiology.
    (
        Adult,
        "{hosp}\nRADIOLOGY REPORT\n{header}\nAccession: {acc}\nExam: {study}\nDate of exam: {date}\nOrdering provider: {d.full}, {d.cred}\n\nCLINICAL INDICATION: {p.age}-year-old {p.sex} with {cc}.\nCOMPARISON: {study} dated {date}.\nTECHNIQUE: Helical acquisition at {n:1-5} mm on a {model}. DLP {n:200-1400} mGy-cm.\nFINDINGS: {finding} {finding} {finding}\nIMPRESSION:\n1. {finding}\n2. {finding}\nFindings were called to {d.dr} at {time} on {today}.\n\n{signed}",
    ),
    (
        Adult,
        "SURGICAL PATHOLOGY\nCase: {acc}   Patient: {p.lf}   MRN: {mrn}   DOB: {dob} ({p.age})   Sex: {p.m}\nCollected: {date}  Received: {date}  Reported: {today}\nSubmitting: {b.dr}   Copy to: {d.full}, {d.cred}\n\nFINAL DIAGNOSIS\nA. {^bodypart}, core biopsy: {dx}, {score}. Ki-67 {n:4-80}%.\nB. Sentinel node: negative (0/{n:1-4}).\nGROSS: Received in formalin labelled \"{p.lf}\" and \"{acc}\" is a {f:0-3} x {f:0-3} cm tan core.\nMOLECULAR: {gene} {variant}; {gene} wild type. Performed at {labco}, {city2}, {st2}.\nStains: Ziehl-Neelsen negative, Congo red negative, Gomori negative.\n{hn}\n{signed}",
    ),
    (
        Adult,
        "{labco}\nLAB DIRECTOR: {a.full}, {a.cred}\nPATIENT\t{p.lf}\tDOB\t{dob}\nSPECIMEN\t{acc}\tCOLLECTED\t{date} {time}\nCLIENT\t{clinic}\tPHONE\t{phone}\n\nTEST\tRESULT\tFLAG\tREF\nSODIUM\t{n:126-148}\t\t135-145 mmol/L\nPOTASSIUM\t{f:3-5}\t\t3.5-5.1 mmol/L\nCREATININE\t{ff:0-4}\tH\t0.60-1.20 mg/dL\nA1C\t{f:5-11}\tH\t4.0-5.6 %\nTSH\t{ff:0-8}\t\t0.45-4.50 uIU/mL\n\nComment: critical value called to {c.first} at {clinic} by {e.init} on {today} {time}.\nMember ID {member}; account {acct}\n{hn}\n{signed}",
    ),
    (
        Elder,
        "ECHOCARDIOGRAM\n{p.full}\nID {mrn}   {dob}   {p.m}   BSA {ff:1-2} m2\nStudy date {date}   Sonographer {e.full}, RDCS\nReferring {d.dr}, {clinic}\nLVEF {n:20-68}% (biplane Simpson). E/A {f:0-1}, e' {n:4-12} cm/s, TAPSE {n:10-26} mm. Aortic valve: {model}, mean gradient {n:4-40} mmHg. Carpentier type II mitral regurgitation, Libman-Sacks lesion not seen. Chiari network.\nCompared with {date}: unchanged.\nDevice: {model}, serial {serial}, implanted {my} at {hosp2} by {b.dr}.\n{hn} <{rare}|{neg}>\nRead by {a.sig} {today} {time}",
    ),
    // Operations and procedures.
    (
        Adult,
        "OPERATIVE REPORT\n{header}\nDATE OF OPERATION: {date}\nSURGEON: {a.full}, {a.cred}\nASSISTANT: {e.full}\nANESTHESIA: General, {b.dr}\nPREOPERATIVE DIAGNOSIS: {^dx}\nPOSTOPERATIVE DIAGNOSIS: Same\nPROCEDURE: {^proc}\nIMPLANTS: {model}, serial no. {serial}\nINDICATIONS: {p.mr} is {p.aged} {p.man} who failed conservative care. Risks were explained to {p.him} and {p.his} {r.rel}, {r.full}, on {date}.\nDESCRIPTION: The patient was brought to OR {n:1-14} and placed in the <Lloyd-Davies|Trendelenburg|beach chair|Fowler> position. A <Kocher|Pfannenstiel|Gibson> incision was made. <Bookwalter|Balfour|Weitlaner> retractor, <Kelly|Allis|Babcock> clamps. 2-0 Vicryl, 4-0 Monocryl. EBL {n:10-900} mL. Counts correct x2.\nThe patient left for PACU in stable condition. {c.first} called {r.first} in the waiting room at {time}.\n{signed}",
    ),
    (
        Elder,
        "CARDIAC CATHETERIZATION {today}\nPt {p.lf}, MRN {mrn}, DOB {dob}; operator {a.dr}, fellow {e.full}; referring {d.full}, {d.cred}, fax {fax}\nAccess: right radial, Seldinger, Allen's normal. Judkins JL3.5 and Amplatz AL1. LAD {n:50-99}% mid, treated with {model}. TIMI 3 flow.\nHemodynamics: Ao {bp}, PCWP {n:8-28}, Fick CO {f:3-6}.\nContrast {n:60-220} mL Omnipaque. Air kerma {n:300-2400} mGy.\n{r.full} ({r.rel}) was spoken to after the case.\nPlan: {med}; {med}. {fu}\n<{rare}|{neg}> {hn}\n{signed}",
    ),
    (
        Adult,
        "Anesthesia Pre-op Evaluation\n{header}\nProcedure {proc} on {mdsoon} w/ {b.dr}\nASA {n:1-4}, Mallampati {n:1-4}, TMD {n:2-4} FB. NPO since {time}. Last {drug} {md}.\n{pmh}\nPrior anesthetic {old} at {hosp2}: Cormack-Lehane grade 3, Macintosh failed, Glidescope ok. {^r.rel} {r.first} had malignant hyperthermia work-up at {hosp2}.\n{vitals} {labs}\nRide home: {s.full}, {phone}. <{contact}|{neg}>\n{signed}",
    ),
    // Consults and letters.
    (
        Adult,
        "CONSULTATION - <NEPHROLOGY|INFECTIOUS DISEASE|NEUROLOGY|ENDOCRINOLOGY>\n{header}\nRequested by {b.any} for {dx}\n\nThank you for asking us to see {p.mr}. {hpi} {course}\n\nPMH: {pmh}\nFH: {famhx}\nSH: {soc}\nExam: {vitals} {exam} {exam}\nData: {labs}; {study}: {finding}\n\nRecommendations:\n1. {^med}\n2. Stop {drug}.\n3. {^lab} tomorrow.\nWill follow with you. Page {pager} with questions.\n{signed}",
    ),
    (
        Adult,
        "{clinic}\n{street2}\n{city2}, {st2} {zip2}\nTel {phone}  Fax {fax}\n\n{today}\n\n{d.full}, {d.cred}\n{clinic2}\n{street2}\n{city2}, {state2} {zip2}\n\nRE: {p.full}\nDOB: {dob}\n\nDear {d.dr}:\n\nI had the pleasure of seeing your patient, {p.full}, on {date}. {hpi}\n\n{hn} {course}\n\nMy impression is {dx}. I have asked {p.him} to take {med} and to come back on {soon}. {^p.his} {r.rel}, {r.first}, was present.\n\nThank you for allowing me to take part in {p.mr}'s care.\n\nSincerely,\n\n{a.full}, {a.cred}\n{a.email}",
    ),
    (
        Adult,
        "REFERRAL\nFrom: {d.full}, {d.cred}, {clinic}, NPI {npi}, phone {phone}, fax {fax}\nTo: {b.full}, {b.cred}, {clinic2}\nPatient: {p.full}, {p.m}, DOB {dob}, SSN {ssn}\nAddress {street}, {city}, {st} {zip}; phone {phone}\nInsurance {ins} ID {member}; auth {order}\nDx {icd} {dx}\nReason: {cc}, not better with {med}. {hn}\n{hpi}\nPlease send the report to {d.email} or to the fax above by {soon}.\nSigned {d.init} {today}",
    ),
    (
        Elder,
        "To whom it may concern,\n\n{p.mr} ({dob}) has been under my care at {clinic} since {my}. {^p.he} has {dx} and {eponym} and cannot serve on a jury on {soon}. {^p.he} lives at {street}, {city}, {state} {zip}, with {p.his} {r.rel} {r.full}, who also provides transportation.\n\nMedications are {med} and {med}. {neg} {hn}\n\nPlease call {phone} with any question. Juror number {order}.\n\n{signed}",
    ),
    // Telephone and messages.
    (
        Adult,
        "TELEPHONE ENCOUNTER\nDate: {today} {time}\nCaller: {r.full} ({r.rel} of {p.full}, DOB {dob})\nCallback: {phone}\nMessage taken by: {c.plain}, {c.cred}\n\n{r.first} states that {p.first} has had {cc} since {md}. Took {med}. Temp {temp}. Wants to know whether {d.dr} can call something in to {pharm} on {street2} in {city2} ({phone}).\n\nRouted to {d.any}.\n---\n{d.plain}: ok for {med}, #{n:10-90}, {n:0-3} refills. If no better, see me {mdsoon}.\n---\n{time}: Rx {rx} called in, spoke with {e.first} at pharmacy. {r.first} verbalized understanding. {hn}\n<{rare}|{neg}>\n{c.init}",
    ),
    (
        Adult,
        "From: {p.full} {lt}{p.email}{gt}\nTo: {d.full}, {d.cred}\nSent: {today} {time}\nSubject: question about {drug}\n\nHi {d.dr}, this is {p.plain}, dob {dob}. I've been having {cc} since I started {drug} on {md}. My {r.rel} {r.first} thinks I should stop it. Also I moved, the new address is {street}, {city} {st} {zip} and my cell is {phone}. My insurance is now {ins}, id {member}. Can you send {med} to {pharm}?\nthanks, {p.first}\n\n----- Reply {today} {time} -----\n{p.first}, please cut the dose to {mg} {freq}. {c.first} will call you {weekday}. BP log was {bp}, {bp} and {bp}. Results are at {url}\n{d.dr}\n\n----- Reply {time} -----\nok thank you. {r.first} will bring me {mdsoon}. {p.first}\n{hn}",
    ),
    // Psychiatry and social work.
    (
        Adult,
        "PSYCHIATRY INTAKE\n{header}\nSources: patient, {r.full} ({r.rel}), chart from {hosp2}.\nID/CC: {p.first} is {p.aged} {job} with {dx} referred by {e.sig} for {cc} and low mood.\nHPI: Mood down since {holiday}, when {p.his} {s.rel} {s.first} moved to {city2}. {score}, {score}. Denies SI/HI. Sleep {n:2-6} h. Past trials: {drug}, {drug} ({n:3-8}0 mg). Hospitalized {my} at {hosp2} under {b.dr}.\nSubstance: {n:1-6} drinks/week, no opioids. Legal: court date {soon}, case no. {ticket}.\nSocial: {soc}\nMSE: cooperative, speech normal, \"I'm fed up\", no delusions, Folstein {n:20-30}/30.\nC-SSRS low. Safety plan with {r.first}, {phone}; crisis line 988.\nPlan: {med}; therapy with {e.dr} weekly; RTC {soon}.\n{signed}",
    ),
    (
        Elder,
        "SOCIAL WORK ASSESSMENT\nPt: {p.lf} | {dob} | {mrn}\nReferral from {a.dr} for discharge planning. Met with pt and {r.rel} {r.full}; {s.rel} {s.first} joined by phone ({phone}).\nLiving: {street}, {city}, {county} County, {st} {zip}; two-story home, {n:3-14} steps. Income: pension from {org} and savings. Insurance: Medicare {mbi}, {ins} {member}.\nPt served in the army, {faith}. ADLs: min assist, Katz {n:2-6}, Lawton {n:1-8}.\nBarriers: {p.first} drives a truck (plate {plate}) and does not wish to stop. Landlord {x.full}, {phone}.\nReferrals sent to {snf} and {snf} (fax {fax}); {f.first} from next door will feed the dog.\nPASRR {order} submitted {date}. {hn}\n<{rare}|{neg}>\n{e.sig} {today}",
    ),
    // Obstetrics and newborns.
    (
        Mother,
        "OB ADMISSION H&P\n{header}\n{p.first} is {p.aged} G{n:2-5}P{n:0-3} at {n:36-41}w{n:0-6}d by LMP, EDD {soon}, here with {r.rel} {r.first} for <contractions|SROM at {time}|induction>. PNC with {d.dr} at {clinic}. GBS neg, Rh pos, rubella immune, GCT {n:90-160}. Leopold: vertex, EFW {n:2500-4200} g. Cervix {n:1-6}/{n:40-90}/-{n:0-3}, {score}. FHT 1{n:20-50}s, moderate variability, Braxton Hicks. Prior {proc} {my} at {hosp2}.\nMedications: prenatal vitamin, {med}.\nBirth plan: epidural, delayed cord clamping, {s.first} ({s.rel}) as doula, phone {phone}.\nPeds: {b.dr}. {hn}\n<{rare}|{neg}>\n<{contact}|{neg}>\n{signed}",
    ),
    (
        Mother,
        "DELIVERY NOTE\nMother {p.full}, MRN {mrn}, DOB {dob}. Father of baby {r.full}.\n{^p.aged} G{n:1-4}P{n:0-2} delivered a viable <male|female> infant on {date} at {time}, OA, McRoberts and Rubin maneuvers, nuchal cord x1. Apgars {n:6-8} and 9. Weight {n:2400-4300} g. Pitocin {n:10-30} units in LR. Placenta intact, Schultze. EBL {n:150-700} mL. Second degree laceration repaired with 3-0 Vicryl.\nPresent: {a.dr}, {c.full} (RN), {e.first} (RT). Infant band {order}. Named {x.plain}.\n{hn} {course}\nMethergine held for BP {bp}. Lactation: {e.first}, phone {phone}. <{rare}|{neg}>\n{signed}",
    ),
    (
        Newborn,
        "NEWBORN NURSERY DISCHARGE\nBaby {p.lf}   MRN {mrn}   DOB {dob} {time}\nMother: {r.full}, MRN {mrn2}, age {n:18-41}   Father: {s.full}\n{n:37-41} {n:0-6}/7 weeks, Dubowitz and Ballard c/w dates, BW {n:2400-4200} g, d/c wt {n:2300-4100} g. Moro, suck and grasp intact; Ortolani/Barlow neg; Mongolian spot on sacrum; Epstein pearls. Coombs neg, T bili {f:3-14} at {n:24-72} h (Bhutani low risk). CCHD pass. Hep B #1 {today}. Metabolic screen no. {acc} {today}.\nHome: {street}, {city}, {st} {zip}, {phone}.\nPCP {d.full}, {clinic}, appt {soon} {time}. {hn}\n<{rare}|{neg}>\n{signed}",
    ),
    // Paediatrics.
    (
        Child,
        "WELL CHILD CHECK\n{header}\n{p.first} is {p.aged} {p.boy} here with {p.his} {r.rel}, {r.full}, and {s.rel} {s.first}. <Attends|Starts at> {school}; teacher {x.mr} reports good attention. Lives with parents and brother {y.first} ({n:2-9}). Diet varied, sleeps {n:8-11} h. Tanner {n:1-3}.\nGrowth: wt {n:11-60} kg ({n:5-95}%), ht {n:85-165} cm, BMI {f:14-22}.\nVaccines today: MMR #2, DTaP, IPV (CVX {cvx}, {cvx}). Next visit {soon}.\nASQ passed. Lead {f:0-3} mcg/dL. {^exam} {^exam}\nSchool form faxed to {fax}, student ID {stu}. <{contact}|{neg}>\n{signed}",
    ),
    (
        Child,
        "peds sick visit {today}. {p.plain} {p.age}yo {p.m} dob {dob} w/ mom {r.first}. fever since {md} tmax {n:100-104}.{n:0-9}, barky cough, brother {x.first} sick too, daycare called. no rash no v/d. steeple sign on film per {b.dr}. westley score {n:1-5}. decadron {f:2-9} mg x1. koplik spots absent, pastia lines absent. dc home, mom to call {phone}. {f.first} ({f.rel}) lives w/ them at {street} {city}. ins {ins} {member}. f/u {d.last} {mdsoon}. {neg} {hn} <{rare}|{neg}> {signed}",
    ),
    (
        Child,
        "CHILD PROTECTION TEAM CONSULT\n{header}\nRequested by {a.dr} ({pager}). Informants: {r.full} ({r.rel}), {s.full} ({s.rel}), caseworker {e.full}, phone {phone}.\n{p.first}, {p.aged} {p.boy}, was with {p.his} {f.rel} {f.full} at {street2}, {city2}, on {date} when {p.he} fell from a <couch|slide>. {^study}: {finding} Skeletal survey (acc {acc}) negative. Eye exam by {b.dr}: no hemorrhage. Sibling {x.first}, DOB {dob2}, seen {date}.\nSchool: {school}, nurse {c.mr}. Report number {ticket} filed with the {county} County hotline {date} {time}.\n{hn}\n{signed}",
    ),
    // Intensive care.
    (
        Elder,
        "MICU DAILY\n{p.lf} {mrn} {room} HD{n:2-20} vent day {n:1-12}\n24h: {course} {hn}\nN: {score}, {drug} gtt {n:1-9}0 mcg/kg/min, CAM-ICU neg\nCV: {bp} MAP {n:58-88} on {drug} {ff:0-0} mcg/kg/min, Swan PCWP {n:8-26}\nR: AC {n:14-24}/{n:340-480}/{n:5-14}/{n:30-90}%, ABG 7.{n:18-48}/{n:30-70}/{n:54-140}, P/F {n:90-280} (Berlin moderate)\nGI/N: Dobhoff, TF {n:20-60} mL/h\nRenal: Cr {ff:1-5}, UOP {n:10-90} mL/h, CRRT\nID: {bug} from BAL {md}; {drug} D{n:2-9}\nH: {lab}, {lab}\nLines: R IJ {md}, L radial {md}\nFamily: {r.rel} {r.full} {phone} updated by {a.dr} {time}; {s.first} flying in from {city2} {mdsoon}\nCode: full, HCP {r.first}\n<{rare}|{neg}>\n{signed}",
    ),
    (
        Elder,
        "DEATH NOTE\n{header}\nCalled to {room} by {c.first} at {time}. {p.mr}, {p.aged} {p.man} with {dx}, found without pulse or respirations. No Cheyne-Stokes breathing since {md}. Pupils fixed. Pronounced dead on {death} at {time} by {a.sig}.\n{^r.rel} {r.full} notified in person; {s.rel} {s.full} by phone at {phone}. Autopsy declined. Medical examiner ({county} County, case {ticket}) released the body. Funeral home: {org}, {city2}. Organ bank reference {order}.\nCause: {dx} due to {dx}. {hn}\nAttending of record {b.full}; PCP {d.dr} told on {today}.\n{course}\n{signed}",
    ),
    // Home health, hospice, rehabilitation.
    (
        Elder,
        "HOME HEALTH VISIT\nAgency: {clinic}   Visit date: {today}  In {time} Out {time}\nPt: {p.full}  Medicare no. {mbi}  SOC {date}\nAddress: {street}, {city}, {st} {zip}  GPS {geo}\nCaregiver {r.first} ({r.rel}) present; lockbox at side door. {vitals} Wt {n:50-110} kg. Lungs with crackles, 2+ edema, Unna boot changed. Hoyer lift safe, Trendelenburg gait. {score}.\nMeds reconciled: {med}, {med}, {med}.\nTelemonitor serial {serial} online. Called {d.dr} ({phone}): increase {drug} to {mg}.\nNext visit {soon}. {hn}\nMileage {n:4-40}. {c.sig}",
    ),
    (
        Elder,
        "HOSPICE IDT NOTE {today}\nPatient {p.lf}, DOB {dob}, admitted {date} with {eponym}/{dx}; PPS {n:2-5}0%, FAST 7c. Certifying physicians {a.dr} and {b.dr}. {p.first} is {p.age}; {p.his} {r.rel} {r.first} turned {age90} in {month}. Wishes to be at home in {city} for {holiday}. Chaplain {e.last} visited {md}; {faith}. Volunteer {y.full} Tuesdays. Comfort kit: morphine 20 mg/mL, lorazepam, atropine drops.\nBereavement risk: {s.first} ({s.rel}, {phone}).\nBenefit period 2: {date} - {soon}. DNR form on fridge at {street}.\n<{rare}|{neg}> {hn}\n{signed}",
    ),
    (
        Adult,
        "PHYSICAL THERAPY EVALUATION\n{header}\nReferral: {b.any}; dx {icd} {dx}; s/p {proc} {date}\nS: {p.mr} reports {cc}, {n:3-9}/10. Works for {org} as {job}. Goal: walk {p.his} {s.kin} {s.first} down the aisle on {soon}.\nO: ROM flex {n:60-120}, ext -{n:2-15}. MMT {n:3-5}/5. Berg {n:20-56}, Tinetti {n:10-28}, TUG {f:8-28} s. Thomas and Ober tests positive. Lachman neg.\nA: good rehab potential. Kinesio tape, Nustep x{n:5-15} min, Theraband.\nP: {n:2-3}x/wk x {n:4-8} wks, next {mdsoon}. Workers' comp claim {claim}, adjuster {x.full}, {phone}, {ins}.\n{neg} {hn}\n{e.sig}  License {lic}  {today}",
    ),
    // Dictation.
    (
        Adult,
        "this is dr {a.last} dictating on patient {p.plain} that's {p.last} medical record number {mrn} date of birth {dob} comma date of service {today} period new paragraph {p.mr} is {p.aged} {p.man} seen at the request of doctor {d.last} for {cc} period {p.he} has {dx} and takes {med} and {med} period last {study} was on {date} at {hosp2} period on exam {vitals} period {sign} period impression {dx} period plan {med} return on {soon} copy to {d.full} and to {b.full} at {clinic2} fax {fax} period {hn} thank you end of dictation {time}",
    ),
    (
        Elder,
        "{header}\n\nThe patient, {p.mr}, was accompanied by {p.his} {r.rel} {r.first}, who gave most of the history because {p.first} is hard of hearing. {hpi} {course} {neg}\n\n{^p.he} used to see {b.dr} in {city2} until {my}. {soc}\n\n{p.last}'s {s.rel} {s.first} keeps the medication list: {med}, {med}, {med}. {neg} {hn}\n\nI told {r.mr} that {eponym} is a possibility. {^study} is set for {soon}.\n\n<{rare}|{neg}>\n\n{signed}",
    ),
    // Oncology, dentistry, eye, dialysis, sleep, pharmacy, case management.
    (
        Adult,
        "ONCOLOGY FOLLOW-UP\n{header}\nDx: {dx}, stage <IIB|IIIA|IV>, {gene} {variant}, PD-L1 TPS {n:0-90}%. Dx'd {my} by {b.dr} at {hosp2}. Karnofsky {n:5-9}0.\nTx: FOLFOX C{n:1-9}D1 {date}; Neulasta {md}. Power port {model}.\nInterval: {p.first} and {p.his} {r.rel} {r.first} spent {holiday} in {city2}. {cc} grade {n:1-3}. {labs}\n{study} {date}: {finding} RECIST stable.\nTrial: subject {stu}, coordinator {e.full}, {e.email}.\nPlan: {plan}\n{famhx}\n{signed}",
    ),
    (
        Elder,
        "DIALYSIS RUN SHEET\n{clinic}, chair {n:1-24}\n{p.lf}\t{dob}\t{mrn}\t{mbi}\nNephrologist\t{a.dr}\nDate\t{today}\tOn\t{time}\tOff\t{time}\nDialyzer Optiflux F180NR, K 2.0, Ca 2.5, BFR {n:300-450}, UF {n:1000-4000} mL, Kt/V {ff:1-1}\nPre BP {bp}  Post BP {bp}  Wt {f:60-99} -> {f:58-97}\nEpogen {n:2000-9000} units, Zemplar 4 mcg, heparin {n:1000-5000}\nTransport: {org}, driver {x.first}, {phone}. {^r.rel} {r.first} rides along.\nNote: {course} {hn}\nMissed {md} and {holiday}. Machine serial {serial}.\n{c.sig}",
    ),
    (
        Adult,
        "MEDICATION RECONCILIATION / PHARMACY NOTE\nPatient {p.full} ({mrn}), {p.aged} {p.m}, CrCl {n:18-120} (Cockcroft-Gault)\nSource: {r.plain}, {pharm} ({phone}), bottles\n1. {med} - Rx {rx}, last filled {date}, prescriber {d.full}\n2. {med} - Rx {rx}, {date}\n3. {med} - OTC\nControlled: {drug}, DEA {dea}, PDMP checked {today} by {e.init}\nNaranjo {n:1-9}. Beers: avoid {drug}. {lab}, {lab}.\nNDC verified. Discussed with {a.any}. <{contact}|{neg}>\n<{rare}|{neg}>\n{e.sig}",
    ),
    (
        Adult,
        "CASE MANAGEMENT / UTILIZATION REVIEW\nMember: {p.full}   ID: {member}   DOB: {dob}   Plan: {ins}\nFacility: {hosp}   Admit: {admit}   Ref #: {order}   Claim: {claim}\nReviewer: {e.full}, phone {phone}, fax {fax}, {e.email}\nClinical: {p.age} {p.m} w/ {dx}, {vitals} {labs} {drug} IV. InterQual met. DRG {drg}. Codes {icd}, {icd}, {cpt}.\nPeer-to-peer: {a.dr} with {b.dr} on {soon} {time}.\nDischarge plan: {snf}, DME from {org} ({phone}). {^r.rel} {r.full} agrees.\nSubscriber: {r.full}, SSN {ssn}, employer {org}.\nStatus: approved through {soon}. {hn}",
    ),
    (
        Adult,
        "Sleep Study Report\n{p.lf}    {dob}    {p.m}    BMI {f:24-44}\nRecorded {date} at {clinic}, tech {e.full}, RPSGT\nEpworth {n:4-22}, Berlin high, AHI {f:3-80}, nadir SpO2 {n:68-90}%. Cheyne-Stokes 0%. CPAP {n:6-14} cmH2O.\nDevice {model}, SN {serial}, modem IMEI {imei}, DME {org} {phone}.\nCompliance data at {url}, login {p.user}.\nInterpretation: {dx}. {hn} {^p.his} {r.rel} {r.first} reports snoring since {my}. <{rare}|{neg}>\nAdvised not to drive; {st} license {dl} noted on the form.\n{signed}",
    ),
    (
        Adult,
        "EMPLOYEE HEALTH / OCCUPATIONAL INJURY\nWorker: {p.full}   Emp ID: {badge}   Employer: {org}\nSSN: {ssn}   DOB: {dob}   Phone: {phone}   Email: {p.email}\nDate of injury: {date} {time}   Supervisor: {x.full}   Witness: {y.full}\nMechanism: needle stick from a {n:18-25}g Huber needle in {room}. Source pt MRN {mrn2}. HIV Ag/Ab, HCV sent (acc {acc}).\nRx: {med}. Tdap {date}. {hn}\nClaim {claim}, carrier {ins}. Restrictions until {soon}: no lifting over {n:5-25} lb.\n<{rare}|{neg}>\n{signed}",
    ),
    (
        Adult,
        "EMS RUN REPORT\nIncident {ticket}  Unit Medic {n:1-30}  {today}\nLocation: {street2}, {city2}, {county} County  {geo}\nPt {p.full} {p.age} {p.m} DOB {dob} DL {dl} {st}\nDispatched for {cc}. On arrival pt {score}, {vitals}, skin diaphoretic. Cincinnati stroke scale neg. Levine sign. 12-lead: Wellens pattern. {drug} {mg} {route}. IV 18g. Bystander {x.full} started CPR; {r.rel} {r.first} on scene, {phone}.\nTx to {hosp}, report to {c.first}, arrival {time}. Lifepak 15 S/N {serial}.\nCrew: {e.full} (P), {b.full} (EMT-B). {hn} Next of kin told by officer {y.last}, badge {badge}.",
    ),
    (
        Elder,
        "NURSING HOME MONTHLY\nFacility {snf}, {^room}\nRESIDENT: {p.lf}  DOB: {dob}  Medicaid: {member}  MBI: {mbi}\nResponsible party: {r.full} ({r.rel}), {street2}, {city2}, {st2} {zip2}, {phone}\n{p.first} is {p.aged} with {eponym} and {dx}. Weight {n:45-95} kg, down {f:0-4}. Fell {md}, no injury. {score}. {vitals}\nOrders reviewed: {med}; {med}; {med}. GDR of {drug} failed {my}.\nRoommate complaint by {x.mr}. {^s.rel} {s.first} took {p.him} out for {holiday}.\n{hn} {course}\n{signed}",
    ),
    (
        Adult,
        "Transplant Coordination\nRecipient {p.full}, {dob}, MRN {mrn}, UNOS ID {stu}, ABO O. Donor: {r.full} ({r.rel}), DOB {dob2}, MRN {mrn2}.\nMELD {n:15-40}; Banff 1A; Milan criteria met; tacrolimus {f:5-12} ng/mL.\nCall made {today} {time} by {e.full} to {phone}; {p.first} left {city} at {time}, plane tail and car plate {plate} given to gate. Backup caregiver {s.full}, {s.email}.\nSurgeons {a.dr}, {b.dr}. Crossmatch at {labco}, specimen {acc}.\nCard for lodging {card}, exp {expiry}; hotel booking {pnr}.\n{hn} {labs}\n<{rare}|{neg}>\n{signed}",
    ),
];

/// A note of 600 to 4,000 bytes.
pub(super) fn note(seed: u64) -> Draft {
    let mut dice = Rng::with_seed(seed ^ 0x6e6f_7465);
    let (kind, template) = NOTES[dice.usize(..NOTES.len())];
    let pen = Pen::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), kind);
    write(pen, template, &mut dice)
}

/// Note `n` of a patient, who stays the same from note to note; which of `NOTES` it is, and the patient.
pub(super) fn of_patient(patient: u64, n: u64) -> (Draft, usize, Chart) {
    let mixed = patient.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let kind = NOTES[Rng::with_seed(mixed ^ 0x0077_686f).usize(..NOTES.len())].0;
    let mut dice = Rng::with_seed(mixed ^ (n + 1).wrapping_mul(0xd1b5_4a32_d192_ed03));
    let mut pen = Pen::new(mixed, kind);
    pen.turn_page(dice.u64(..), if kind == Newborn { 1 } else { 300 });
    let of_kind: Vec<_> = (0..NOTES.len()).filter(|&at| NOTES[at].0 == kind).collect();
    let at = of_kind[dice.usize(..of_kind.len())];
    let chart = pen.chart();
    (write(pen, NOTES[at].1, &mut dice), at, chart)
}

fn write(mut pen: Pen, template: &str, dice: &mut Rng) -> Draft {
    // Not every note has every line of its kind.
    let gaps = dice.u8(..45);
    let lines: Vec<_> = template
        .split('\n')
        .enumerate()
        .filter(|(at, line)| *at < 2 || line.len() > 160 || dice.u8(..100) >= gaps)
        .collect();
    for (at, line) in lines {
        pen.out.say(if at > 0 { "\n" } else { "" });
        pen.write(line);
    }
    let least = 800 + dice.usize(..2_400).min(dice.usize(..2_400));
    while pen.out.text.len() < least {
        pen.write(if dice.bool() { "\n{more}" } else { "\n\n{more}" });
    }
    let draft = restyle::shorten(pen.out, 3_700);
    let draft = restyle::misspell(draft, dice);
    match dice.u8(..20) {
        0 | 1 => restyle::upper(draft),
        2 | 3 => restyle::lower(draft),
        4 => restyle::bare(draft),
        5 => restyle::bare(restyle::lower(draft)),
        6..=8 => restyle::wrap(draft, dice.usize(58..84)),
        9 => restyle::joined(draft),
        10 => restyle::swap(draft, "\n", "\r\n"),
        _ => draft,
    }
}
