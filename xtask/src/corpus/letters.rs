//! Skeletons of letters, mails, calls and portal messages.

/// Blocks; `letter` with identifiers, `letter.bare` without.
pub(super) const POOLS: &str = r#"
= dear
Dear {doc.dr},
Dear {pcp.dr}:
Dear Dr. {doc.last},
Dear Doctor {doc.last}:
Dear Dr. {pcp.plain},
Dear Colleague,
To Whom It May Concern:
Dear {pt.title},
Dear {pt.formal}:
Dear {pt.first},
Dear Parent or Guardian of {pt.full},
Dear Claims Department,
Dear Medical Director:
Dear Sir or Madam,
= bye
Sincerely,\n\n{dr.cred}
Sincerely,\n{dr.cred}\n{org.clinic}
Sincerely yours,\n\n\n{dr.full}, [MD|DO|NP]\nDepartment of {dept}\n{org.hospital}
Yours truly,\n{dr.full}
With best regards,\n\n{dr.cred}\n{dept}
Best,\n{dr.first}
Kind regards,\n{dr.full}\n{phone.new}
Warm regards,\n{sw.cred}
Respectfully,\n{dr.cred}\nNPI: {npi}
Respectfully submitted,\n{dr.full}\nLicense {license}
= hello
Hi {doc.first},
Hi {u1.first},
Hello {u1.first},
Hey {u1.first} -
{u1.first},
Good morning {u1.first},
Good afternoon {dr.dr},
Hi Dr. {dr.last},
Hi team,
Hello,
Hi all,
Team -
Dear {u1.formal},
Dr. {dr.last},
= footer
{u2.plain}\n{footer.role}\n{org.employer}\n{phone.new} | {u2.email}
{u2.plain} | {footer.role} | {org.hospital}
Thanks,\n{u2.first}
Thanks!\n{u2.plain}
Thank you,\n{u2.plain}\n{phone.new}
Best,\n{u2.first}
Best regards,\n\n{u2.plain}\n{footer.role}, {dept}\n{org.hospital}\n{addr.lines}\nT: {phone.new}\nF: {fax}\nE: {u2.email}
--\n{u2.plain}\n{u2.email}
Sent from my iPhone
Cheers,\n{u2.first}
-{u2.first}
Regards,\n{u2.full}
= footer.role
Billing Specialist
Practice Manager
Patient Access Representative
HR Generalist
Director of Nursing
Account Executive
Release of Information Clerk
Scheduler
Care Coordinator
Systems Analyst
= portal
My {symptom} [is|has been] worse {rel.time}.
Can I take {drug} with my {drug}?
I need a refill of {drug} {dose}, please send to {org.pharm} in {city.new}.
I had my {img} done at {neworg.hospital} on {date}.
My {r1.kind} {r1.first} will pick up the form.
Please call me at {phone.new} after {time}.
The {org.pharm} said they never got it.
Dr. {doc.last} told me to ask you about {drug}.
I am going to {city.new} on {date.fut} and need a letter.
Is {symptom} a side effect of {drug}?
My new insurance is {org.insurer}, ID {member}.
We moved to {addr}.
My blood pressure has been {nnn}/{nn}.
My email is {pt.email}.
Do I need to fast before the {lab} test?
I feel so much better since {proc}.
Thanks for everything, you and {rn.first} were so kind!
When will my {img} results be back?
I was born {dob} so I should qualify for Medicare, right?
I am allergic to {drug}.
Can you mail it to {addr}?
My boss at {neworg.employer} needs a note for {date.md}.
= call
Caller reports {symptom} x {n} days.
Patient requests refill of {drug}.
Advised ED for {symptom}.
{r1.kind} {r1.full} called, states {pt.first} {vp}.
Left message for {pt.title} at {phone}.
Returned call to {r1.first} at {phone.new}.
Reviewed with {dr.dr}: {plan}.
Caller verified name and DOB {dob}.
Pharmacy {org.pharm} ({phone.new}) notified.
Appointment made for {date.fut} with {doc.dr}.
Patient verbalized understanding.
No answer, will try again {rel.time}.
{neg}
{neg}
Per protocol, {plan}.
Pt can be reached at work, {neworg.employer}, {phone.new}.
== letter
{org.clinic}
{addr.lines}
[Tel|Phone|T]: {phone.new}   Fax: {fax}

{today}

[{doc.cred}\n{neworg.clinic}\n{addr.new}|{doc.full}\n{street.new}\n{city.new}, {st.new} {zip.new}]

RE: {pt.full}
DOB: {dob}
[MRN: {mrn}|]

{dear}

Thank you for referring {pt.title} for evaluation of {dx}. {m.who} {sent*2-5}

{body} {mix}

In summary, {neg*2-3} {m.prov}

{bye}

[cc: {pcp.cred}|cc: {doc.full}, {doc.full}||Enclosure|CC: {neworg.clinic}]
== letter
{today}
{dear}
I [am writing to refer|would appreciate your seeing] {pt.full}, {a age} year old {man} with {dx}. {sent*1-4} {mix}
{bye}
== letter
{today}

{pt.full}
{addr.new}

Dear {pt.title},

Your recent {img} on {date} showed {np}. {edu*1-3} {m.contact} {neg}

{bye}
== letter
{org.insurer}
[Utilization Management|Appeals Department|Prior Authorization Unit]
{addr.new}
Fax: {fax}

Re: [Letter of Medical Necessity|Appeal of denial|Prior authorization request]
Patient: {pt.full}
Member ID: {member}
Date of Birth: {dob}
[Claim #: {claim}|Reference: {ref}|Case: {case}]
Medication: {^drug} {dose} (NDC {ndc})
Diagnosis: {dx} ({icd})

{dear}

{m.who} {sent*2-5} {pt.title} has failed {drug}, {drug}, and {drug}. {lit*1-2} {neg}

[Please contact me at {phone.new}|A peer-to-peer can be arranged at {phone.new}] with questions.

{bye}
NPI {npi}
== letter
{today}

To Whom It May Concern:

Please excuse {pt.full} from [work|school|jury duty] from {date.md} to {date.fut} due to [illness|{dx}|{proc}]. {neg} {m.contact}

{bye}
== letter
{org.insurer}
EXPLANATION OF BENEFITS
Member: {pt.full}  ID: {member}  Group: {group}
Claim: {claim}  Provider: {dr.full}  Facility: {org.hospital}
Date of service: {date.full}   Procedure: {cpt}   Billed: ${nnn}.{nn}   Allowed: ${nn}.{nn}   You owe: ${nn}.{nn}
{neg} Questions? Call {phone.new} or visit {url}.
== letter
TELEPHONE ENCOUNTER
{field*3-6:n}
{call*2-6}
{rn.cred}
== letter
[{date} {time}|{time}] {call*2-5} {sig}
== letter
{call*1-3}
== letter
Subject: {^symptom}
From: {pt.full}
To: {dr.dr}

Hi Dr. {dr.last},
{portal*1-4}
[Thanks,|Thank you!|]
{pt.plain}
== letter
{hello}
{portal*1-4}
{pt.first}
[DOB {dob}|MRN {mrn}|{phone}|{pt.last}]
== letter
{portal*1-3} - {pt.first}
== letter
Hi {pt.first}, {edu*1-3} {m.contact} - {rn.first}, RN
== letter
Hello {pt.title}, this is {rn.first} from Dr. {dr.last}'s office at {org.clinic}. {edu*1-2} Please call {phone.new}.
== letter
From: {u2.plain} <{u2.email}>
To: {u1.plain} <{u1.email}>
[Cc: {doc.full}|Cc: {p.plain} <{p.email}>|Date: {weekday}, {date.full} {time}]
Subject: [RE: |FW: |]{pt.full} [appointment|records request|MRN {mrn}|transfer]

{hello}

{mix} {call*1-2} {neg}

{footer}

On {weekday}, {date.full} at {time}, {u1.plain} wrote:
> {hello}
> {mix}
> {neg}
> [Thanks,|-] {u1.first}
== letter
{hello}

{mix} {mix} {sent}

{footer}
== letter
{hello} {mix} Can you {plan}? {footer}
== letter
FAX COVER SHEET
To: {doc.full}     Fax: {fax}
From: {u2.plain}   Phone: {phone.new}
Re: {pt.comma}     Pages: {n}
Date: {date.full}
[CONFIDENTIAL: this fax may contain protected health information.|Urgent]
Comments: {neg} {mix}
== letter
MEDICAL RECORDS RELEASE
I, {pt.full}, born {dob}, authorize {org.hospital} to release my records to {neworg.clinic}, {addr}. {m.contact}
Signature: {pt.full}  Date: {date.full}  Witness: {p.full}
== letter
[REFERRAL|Referral Form]
{field*4-8:n}
Referred to: {doc.cred}, {neworg.clinic}
Reason: {dx} ({icd})
{sent*1-2}
Referring: {pcp.cred}  NPI {npi}
== letter
Rx
{dr.cred}
{org.clinic}
{addr.lines}
DEA# {dea}  Lic# {license}
Patient: {pt.full}   Date: {date.full}
Address: {addr}
{^drug} {dose}  Sig: 1 tab {route} {freq}  Disp #{nn}  Refills {n}
== letter
[{^org.pharm}|{org.pharm}] Rx# {rx} {pt.upcomma} {^drug} {dose} QTY {nn} Dr. {dr.last} Filled {date.full} {phone.new}
== letter.bare
Dear Colleague,
{neg*2-4} {lit*1-2}
Sincerely,
[The Department of {dept}|Medical Records|Patient Financial Services]
== letter.bare
Subject: {^symptom}
Hello,
{edu*2-4} {neg}
Thank you,
The {dept} team
== letter.bare
Thank you for contacting us. {edu*1-3} Please allow {n} business days. {policy}
== letter.bare
To: All Staff
From: {dept}
Subject: [Downtime|Flu shots|New order sets|Parking]
{policy*2-5}
"#;
