//! Skeletons of header blocks, tables, messages and laboratory reports.

/// Blocks; `form` with identifiers, `form.bare` without.
pub(super) const POOLS: &str = r#"
== form
{field*4-14:f}
== form
{field*2-5:n}
== form
{field}
== form
{field}
{neg}
== form
[PATIENT INFORMATION|Patient Demographics|REGISTRATION FORM|Face Sheet|DEMOGRAPHICS]
{l name}{pt.hdr}
{l dob}{dob}
{l ssn}{ssn}
{l addr}{street}
{l city}{city}  {l state}{st}  {l zip}{zip}
{l phone}{phone}
{l email}{pt.email}
{l employer}{org.employer}
{l contact}{r1.full}, {r1.kind}, {phone.new}
[INSURANCE|Coverage]
{l ins}{org.insurer}
{l member}{member}
{l group}{group}
{field.neg*1-3:n}
== form
Name: {pt.full} | DOB: {dob} | MRN: {mrn} | Sex: {sex} | Phone: {phone}
== form
name={pt.plain} dob={dob} mrn={mrn} city={city} state={st} zip={zip}
== form
patient_name="{pt.plain}", birth_date="{dob}", phone="{phone}", email="{pt.email}", note="{neg}"
== form
| Name | DOB | MRN | Phone |
|------|-----|-----|-------|
| {p.full} | {dob.other} | {mrn.new} | {phone.new} |
| {p.comma} | {dob.other} | {mrn.new} | {phone.new} |
| {p.plain} | {dob.other} | {mrn.new} | {phone.new} |
== form
last_name,first_name,dob,zip,dx
{p.last},{p.first},{dob.other},{zip.new},{icd}
{p.last},{p.first},{dob.other},{zip.new},{icd}
{p.last},{p.first},{dob.other},{zip.new},{icd}
== form
Time	Patient	Provider	Reason
{time}	{p.comma}	{doc.last}	{dx}
{time}	{p.comma}	{doc.last}	{symptom}
{time}	{p.full}	{doc.last}	{img}
{time}	OPEN
{time}	{p.comma}	{doc.last}	{proc}
== form
OR SCHEDULE {weekday} {date.full}
Room {n}: {time} {p.upcomma} {adult}{sex} {proc} - Dr. {doc.last}
Room {n}: {time} {p.upcomma} {adult}{sex} {proc} - Dr. {doc.last}
Room {n}: {time} {p.comma} {adult}{sex} {proc} - {doc.last}/{doc.last}
== form
PID|1||{mrn}||{pt.caret}||{dob.8}|F|||{street}^^{city}^{st}^{zip}||{phone}
OBX|1|TX|{loinc}||{neg}
OBX|2|NM|{loinc}^Hemoglobin^LN||{dec}|g/dL|12-16|N|||F
NTE|1||{mix}
== form
NTE|1||{mix}
NTE|2||{neg}
NTE|3||{sent}
== form
OBX|{n}|FT|{loinc}^{img}||{rad}~{rad}~{mix}
== form
NTE|1|L|[Called to|Notified|Critical called to] {rn.full} by {doc.init} {date.full} {time}, read back.
== form
ORC|RE|{order}|{acc}||||||{date.8}|||{npi}^{dr2.last}^{dr2.first}
OBR|1|{order}|{acc}|{loinc}^{lab}^LN|||{date.8}
NTE|1||{mix}
== form
OBX|1|TX|{loinc}^Note||Patient {pt.plain} {vp}. {neg}
== form
<text>{mix} {neg}</text>
== form
<name><given>{pt.first}</given><family>{pt.last}</family></name><birthTime value="{dob.8}"/><streetAddressLine>{street}</streetAddressLine><city>{city}</city><state>{st}</state><postalCode>{zip}</postalCode><telecom value="tel:{phone}"/>
== form
<paragraph>{m.who} {neg}</paragraph><paragraph>{mix}</paragraph>
== form
Author: {dr.full}, {dept}   Authored: {date.full}
Custodian: {org.hospital}
Patient: {pt.full}   Born: {dob}   Patient ids: {mrn}
[Problems|Encounters|Results]
- {dx} ({snomed})
- {dx} ({icd})
[Guardian|Informant]: {r1.full}
== form
\{"text": "{m.who} {neg}", "author": "{dr.plain}", "date": "{date.iso}"}
== form
LABORATORY REPORT
{org.lab}
{l name}{pt.upcomma}{fs}{l dob}{dob}{fs}{l acc}{acc}{fs}{l date}{date.full}{fs}{l dr}{dr.full}
{labrow*3-9:n}
Reported to: {doc.full}  {date.full} {time}
Performed at {neworg.lab}, {addr}. [Director: {doc.cred}|CLIA certified laboratory]
== form
{pt.comma}  {mrn}  {date.full}
{labrow*2-5:n}
{mix}
== form
MICROBIOLOGY {l acc}{acc}
Source: {site}. Collected {date.full} by {rn.init}.
{organism}: {drug} S, {drug} R.
{neg}
== form
[Implant Log|IMPLANT RECORD|Device tracking form]
{l name}{pt.full}{fs}{l mrn}{mrn}
{device}, serial {serial}, [left|right] {site}
{device}, SN {serial}
Surgeon: {dr2.cred}; Rep: {p.full}
== form
BLOOD BANK: {pt.upcomma} {mrn} O POS unit {acc} crossmatched {date.full} {time} tech {doc.init}
== form
VISIT [SUMMARY|RECORD]
{field*3-6:n}
{h any}{mix}
{h any}{neg}
{sig}
== form
[ACCIDENT REPORT|INCIDENT REPORT|Workers' compensation first report]
{l name}{pt.full}
{l employer}{org.employer}
{l date}{date.full}
Location: {addr}
Vehicle: [Ford F-150|Honda Civic|Toyota Camry], plate {plate}, VIN {vin}
Driver license: {dl}   Insurer: {org.insurer}   Claim: {claim}
Description: {m.place} {sent}
Witnesses: {p.full}, {phone.new}; {p.full}
== form
[Birth Certificate Worksheet|NEWBORN RECORD]
Child: {pt.full}   Born: {dob} {time}   Sex: {sex}   Weight: 3{nnn} g
Mother: {r1.full} (maiden name {p.last}), born {city.new}, {country}
Father: {r2.full}
Attendant: {doc.cred}   Facility: {org.hospital}, {county} County
== form
DEATH CERTIFICATE
Decedent: {pt.full}   Age: {age}   Date of death: {dod}
Birthplace: {city.new}, {state.new}   SSN: {ssn}
Informant: {r1.full} ({r1.kind}), {addr}
Cause: {dx} due to {dx}
Certifier: {dr.cred}, License {license}
== form
CLAIM {claim}
Subscriber: {pt.comma}  ID {member}  DOB {dob}
Rendering: {dr.full}  NPI {npi}   Billing: {org.clinic}  Tax ID on file
DX: {icd}; {icd}   Line 1: {cpt}-25  {date.full}  ${nnn}.00   Line 2: {hcpcs} {date.full} ${nn}.00
== form
Consent for {proc}
I, {pt.full}, consent to {proc} by {dr.dr} at {org.hospital}. {neg} {neg}
Patient: {pt.full}   {date.full} {time}
Witness: {rn.cred}
Interpreter: {p.full} ({lang})
== form
{l pharm}{org.pharm}, {addr}, {phone.new}
{medline*2-5:n}
{l rx}{rx}
== form
[Vaccine Administration Record|IMMUNIZATION RECORD]
{l name}{pt.full}{fs}{l dob}{dob}
MMR {date.past} CVX {cvx}
Tdap {date.past} left deltoid, given by {rn.cred}
Influenza {date.past} {org.pharm}
Hep B #{n} {date.past}
== form.bare
{code*2-6:n}
== form.bare
{field.neg*3-8:f}
== form.bare
{labrow*3-10:n}
== form.bare
OBX|1|NM|{loinc}^Glucose^LN||{nnn}|mg/dL|70-99|H|||F
OBX|2|NM|{loinc}^Potassium^LN||{n}.{n}|mmol/L|3.5-5.1|N|||F
NTE|1||{neg}
NTE|2||{neg}
== form.bare
NTE|1||{sent}
== form.bare
code,display,count
{snomed},{dx},{nn}
{icd},{dx},{nn}
{loinc},{lab},{nn}
== form.bare
| Drug | Dose | Route | Frequency |
|---|---|---|---|
| {drug} | {dose} | {route} | {freq} |
| {^drug} | {dose} | {route} | {freq} |
| {drug} | {dose} | {route} | {freq} |
== form.bare
<section><title>[Medications|Problems|Plan of Treatment]</title><text>{neg} {neg}</text></section>
== form.bare
CHARGE CAPTURE: {cpt} x{n}, {hcpcs}, {icd}; {neg}
== form.bare
Resource type: Observation; status: final; code: {loinc} ({lab}); value {dec}
"#;
