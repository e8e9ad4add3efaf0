//! Skeletons of payers and billing offices.

/// Blocks with identifiers.
pub(super) const POOLS: &str = r#"
== note
{w.payer}
{w.street}
{w.town}, {st.new} {zip.new}

{w.date}

{pt.full}
{w.street}
{w.town}, {st.new} {zip.new}

Member: {pt.full}   ID: {member}   Group: {group}   Claim: {claim}
Provider: {doc.full}, {w.clinic}   Date of service: {w.date}

Dear {pt.title}:
We reviewed the request for {img} (CPT {cpt}) and [it is approved|we cannot approve it]. {neg} Reference {#A999999999 unique_id}. You or {doc.dr} may appeal by {w.date}. Call {phone.new}.

{bye},
{p.full}
Member Services
== note
EXPLANATION OF BENEFITS - THIS IS NOT A BILL
Patient {pt.full}   Subscriber {r1.full}   ID {member}   Check no. {#0099999999 unique_id}
{w.date}  {cpt}  {w.hospital}  ${nnn}.00  ${nn}.{nn}  CO-45
{w.date}  {hcpcs}  {w.store}  ${nn}.00  $0.00  PR-1
{neg*1-2:n}
== note
STATEMENT   Account {#9999999999 account}   Due {w.date}
Guarantor {r1.full}, {w.street}, {w.town} {st.new} {zip.new}
{w.date}  OFFICE VISIT {doc.up}  {nnn}.00
{w.date}  PAYMENT - THANK YOU  -{nn}.00
{w.date}  LAB {cpt}  {nn}.00
Pay by card: ____ or call {phone.new}
== note
CLAIM NOTE {claim}: pt {pt.upcomma}, DOS {w.date}, DX {icd} {icd}, CPT {cpt}-25, rendering {doc.last} NPI {npi}, billing {w.clinic}, denied CO-{nn} on {w.day}. Called {w.payer}, spoke w/ {p.first}, ref {#999999999 unique_id}. {neg} Resubmit {w.day}. {doc.initials}
== note
CMS-1500
1a. {member}   2. {pt.upcomma}   3. {w.dob} {sex1x}   4. {r1.upcomma}
5. {w.street}, {w.town}, {st.new} {zip.new}  {phone.new}
11. {group}   17. {doc.up} 17b. {npi}
21. A. {icd} B. {icd} C. {icd}
24. {w.date} 11 {cpt} 25 AB {nnn}.00 1 {npi}
26. {#999999 account}   31. {dr.up} {w.date}   33. {w.clinic} {npi}
== note
PRIOR AUTHORIZATION REQUEST - {drug}
Member name: {pt.full}   Member ID: {member}   DOB: {w.dob}
Prescriber: {doc.full}   NPI: {npi}   Phone: {phone.new}   Fax: {fax}
Diagnosis: {dx} ({icd})
Tried: {drug} ({w.day} - {w.day}), {drug} (since {w.day})
Notes: {neg} Contact {doc.first} at ext. {#9999 phone}
== note
PEER TO PEER {w.day} {time}: {doc.dr} with Dr. {doc.last}, medical director {w.payer}, re {pt.full} {member}. {neg} Overturned, auth {#99999999 unique_id}, {w.date}-{w.date}.
== note
Eligibility: {pt.comma} {w.dob} {w.payer} active {w.date} PCP {doc.last} copay $25 ded met. rep {p.first} ref# {#@999999 unique_id}
== note
COORDINATION OF BENEFITS. {pt.full}: primary {w.payer} {member} through {kin} {p.full} at {w.work}; secondary Medicare {mbi}. {neg}
== note
Collections call {w.date}: reached {r1.full}, {phone.new}, says {pt.first} moved to {w.town}. New address {w.street}, {w.town} {st.new} {zip.new}. Will pay by card ending {card4} on {w.day}. {p.first}
== note
CHARITY CARE APPLICATION
Applicant {pt.full}, SSN {ssn}, household: {p.first} ({kin}), {p.first} (child). Employer {w.work}. Bank {neworg.bank} acct ending {#9999 account}. {neg} Worker {doc.full}
== note
Coder query to {dr.dr}: {pt.last}, {mrn}, adm {w.day}. Please clarify {dx} vs {dx}. {neg} {doc.plain}, CCS
== note
Chart audit list: {p.last} {#9999999 mrn} ok; {p.last} {#9999999 mrn} missing signature {doc.last}; {p.last} {#9999999 mrn} {dx} not coded. {neg*1-3}
== note
Durable equipment delivery ticket {#9999999 unique_id}
Deliver to: {pt.full}, {w.street}, {w.town} {zip.new}  {phone.new}
Item: {eq} {hcpcs}, serial {#@@9999999 device}. Ordered by {doc.full} ({npi}). Received by {r1.full} {w.date}. Tech {p.first}.
== note
Appeal. {greet} {p.full}, I write for my {kin} {pt.full}, member {member}, about claim {claim} of {w.date}. {doc.dr} at {w.hospital} says {he} needs {drug}. {neg} {bye}, {r1.full}, {w.street}, {w.town}
"#;
