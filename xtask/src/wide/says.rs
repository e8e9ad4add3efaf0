//! Sentences in which people stand, in unusual places.

/// Who says, does and is named what.
pub(super) const POOLS: &str = r#"
= s
{s.who}
{s.who}
{s.place}
{s.place}
{s.num}
{s.time}
= r
{r.who}
{r.who}
{r.place}
{r.place}
{r.num}
{r.time}
= s.who
{r.who}.
{r.who}.
{r.who}.
{r.who}.
{r.who}
= s.place
{r.place}.
{r.place}.
{r.place}.
{r.place}
= s.num
{r.num}.
{r.num}.
{r.num}.
{r.num}
= s.time
{r.time}.
{r.time}.
{r.time}.
{r.time}
= r.who
{dr.dr} {dract}.
{doc.dr} {dract}, {dr2.dr} {dract}.
per {doc.last}, {plan}
Per {dr.dr}: {plan}, {plan}.
Per {p.full}, {r1.kind}, {np2}.
{pt.last} states {he} {act}.
{pt.first} states "I feel [worse|awful|ok|tired] today".
{pt.first} {act}.
{pt.last} {act}; {r1.first} {act}.
d/w {doc.last}
D/w {dr.last} ([cards|renal|GI|ID|ortho|surgery]), {dract}.
d/w {dr.dr} and {doc.dr} who {dract}
spoke w/ {r1.first}, {r1.kind}, {act}
Spoke w/ {doc.first} in [lab|pharmacy|radiology|bed control] re: {lab}.
LM for {p.first} to call back.
LVM w/ {r1.kind} {r1.full}.
t/c from {p.full} [asking|inquiring] about {care}.
t/c to {pt.title}, {act}.
accompanied by {his} {kin} {p.first}
Accompanied by {his} {kin}, {p.full}, and {kin} {p.first}.
Here with {kin} {p.first} and baby {p.first}.
Named after {his} grandfather {p.first}.
The baby was named {p.first} after {his} aunt, {p.full}.
[Baby's name|Infant's name|Name of child]: {p.first}
{pt.first} "{pt.nick}" {pt.last} is back for {care}.
{pt.first} ("{pt.nick}") {pt.last}, {age}, here for {care}.
[Goes by|Answers to|Known as|a.k.a.|AKA|Prefers] {pt.nick}.
Preferred name: {pt.nick}. Legal name: {pt.full}.
Maiden name {p.last}; now {pt.last}.
{pt.full}, nee {p.last}, {act}.
{pt.last}, {pt.first} - {dx}.
{pt.upcomma} - {dx} - {dr.last}
{pt.last} / {dr.last} / bed {n}
{pt.initials} is a {age} y.o. {sex} with {dx}.
{pt.init} seen for {symptom}, stable.
{p.first}, {p.first}, and {p.first} are {his} children.
Children: {p.first} ([8|12|17]), {p.first} ([4|5|6]) and {p.first} ([2|3|1]).
Siblings are {p.first}, {p.first}, {p.first} and {p.first}.
Four sons - {p.first}, {p.first}, {p.first}, {p.first} - all [healthy|local|out of state].
Present: {p.full}; {p.full}; {doc.full}, {staffrole}; {doc.full}, {staffrole}.
Attendees: {doc.full} ({staffrole}), {doc.full} ({staffrole}), {r1.full} ({r1.kind}).
IDT today with {doc.last}, {doc.last}, {doc.last} and {doc.last}.
Rounded with {doc.last}/{doc.last}/{doc.last}.
{doc.last} / {doc.last} team
Team: {doc.last} (attending), {doc.last} (fellow), {doc.last} (intern)
Primary: {dr.last}. Backup: {doc.last}.
Sign out from {doc.first} to {doc.first} at {time}.
Report from {doc.first}, report to {doc.first}.
Relieved by {doc.first} {doc.last} at {time}.
Handed over to {doc.full}, [night float|day team|swing shift].
RN {rn.first} {dract}.
{rn.first} RN at bedside, {dract}
{staffrole} {doc.first} {dract}.
{staffrole} {doc.last} {dract}.
{staffrole} {doc.full} {dract}.
{doc.full}, {staffrole}, {dract}.
{doc.full} ({staffrole}) {dract}.
MD {doc.last} {dract}
[MD|PA|NP|CRNA] {doc.last} notified {time}, {dract}
[Dr|DR|dr] {doc.last} [notfied|notifed|aware|made aware]
Dr's {doc.last} and {doc.last} {dract}.
Drs. {doc.last}, {doc.last}, and {doc.last} {dract}.
Doctor {doc.last} told me to ask about {drug}.
Professor {doc.last} gave grand rounds on {dx}.
My doctor is {doc.last}.
I usually see {doc.dr} but {doc.last} was covering.
Both {doc.dr} and his partner {doc.last} {dract}.
{doc.last}'s note reviewed.
{doc.last}'s patient, covering tonight.
{doc.last}'s clinic called, {symptom} again.
As {doc.last} noted, {np2}.
Agree with {doc.last}'s assessment: {dx}.
Appreciate {doc.last} recs.
Appreciate [cards|GI|renal|ID] input ({doc.last}).
Follow w/ {doc.last} in [1|2|3|6] [weeks|months].
f/u: {doc.last} [2 wk|1 mo|prn], {doc.last} [6 wk|3 mo]
To OR with {doc.last} in the morning.
OR: {doc.last}/{doc.last}. Anes: {doc.last}.
Surgeon {doc.last}, assist {doc.last}, scrub {doc.first}, circ {doc.first}.
EBL {nn} cc. Surgeon: {doc.cred}. Asst: {doc.cred}.
Anesthesiologist {doc.last} placed the block.
[Proctored|Observed|Precepted|Chaperoned] by {doc.full}.
Chaperone: {doc.first} {doc.last}, MA.
Interpreter: {p.first} #{#99999 unique_id}, {lang}.
Interpreter {p.full} by video, {lang}.
Sitter {doc.first} in room.
Officer {p.last} and Deputy {p.last} at bedside.
[Sgt.|Officer|Deputy|Detective|Trooper|Warden|CO] {p.last} {act}.
[Judge|Attorney|Magistrate|Commissioner] {p.full} [signed|granted|denied] the order.
[Rev.|Fr.|Pastor|Rabbi|Imam|Sister|Father|Bishop|Elder] {p.last} visited.
[Captain|Sergeant|Private|Colonel|Lt.|Capt.] {pt.last}, retired, {act}.
[Mr.|Mr|MR.] and [Mrs.|Mrs|MRS.] {r1.last} {act}.
The {pt.last} [family|baby|twins|household|children] {act}.
[Twin A|Twin B|Baby A|Baby girl|Baby boy|BB|BG|Infant] {pt.last} {nn} weeks, {nnn}0 g.
{pt.last}, Baby [Girl|Boy|A|B]
Mother of baby: {r1.full}. FOB: {r2.full}.
FOB {r2.first} involved, supportive.
MOB {r1.first} pumping q3h.
Donor: {p.first}; recipient: {pt.first}.
Kidney from {his} {kin} {p.first}.
Cousin of {p.full}, also seen here for {dx}.
Not to be confused with {p.full}, same name alert.
NAME ALERT: {p.upcomma} and {pt.upcomma} on same unit.
Wrong chart? This is {p.full}'s result.
Ask {p.first}.
Ask {pt.first} whether {he} {act}.
Tell {doc.first} I said hi.
Give {r1.first} the handout.
Let {r1.first} know.
Have {pt.first} bring {eq}.
Remind {pt.title}: {care}.
Is {pt.first} eating?
Did {p.first} call?
When {r1.first} arrived, {pt.first} was asleep.
After {r1.first} left, {he} {act}.
Because {r1.first} works nights, {kin} {p.first} helps with {care}.
Since {his} {kin} {p.first} died, {symptom}.
Lost {his} {kin} {p.first} to {dx}.
Widow of {p.full}.
Married {p.first}; divorced {p.first}.
Engaged to {p.first}.
Lives w/ {p.first} and two cats.
Cared for by {p.first}, {his} {kin}.
{his} {kin} {p.first} {act}
{His} {kin}, {p.first} {p.last}, {act}.
{His} {kin} ({p.first}) {act}.
{^kin} {p.first} {act}.
{^kin}: {p.full}
{p.full} ({kin}) {act}.
{p.full} - {kin} - {act}
{p.first} = {kin}
HCP: {r1.full}. Alternate: {r2.full}.
Code discussion w/ {r1.full} [DPOA-HC|HCP|NOK].
Consent by {r1.full}, {r1.kind}, via phone; witness {doc.full}, {staffrole}.
Consents signed by {pt.first} {pt.last} and witnessed by {doc.init}.
Verified by {doc.full} and {doc.full}.
Read by: {doc.full}
Electronically signed: {doc.cred}
e-signed {doc.plain} {date.full} {time}
/s/ {doc.plain}
Dictated: {doc.init}. Transcribed: {doc.initials}
-- {doc.first}
{doc.plain}, {staffrole}
Will {p.last} come? He {act}.
May {p.last} visit? She {act}.
{p.full} is {his} {kin}.
{p.full}, a {staffrole2}, {act}.
{pt.up} {act}
{pt.first} and {r1.first} [both|each] {act}.
{pt.first}, {age}, and {r1.first}, [33|41|58|67], {act}.
Ms {pt.last} [c/o|denies|endorses|reports] {symptom}.
pt's {kin} {p.first} [very upset|wants update|at bedside|in waiting room]
w/ {kin} {p.first}, {act}
Father's name {p.full}, mother's name {p.full}.
Cc: {doc.plain}; {doc.plain}
Attn {doc.last}: {np2}.
Thank you {doc.first} for sending {pt.title}.
{pt.title} was pleasant. {doc.dr} {dract}.
Patient known to {doc.last}.
Saw {doc.last} [last week|in ED|2 months ago] for {symptom}.
Referred by {doc.last}.
Under {doc.last}.
Admit to {doc.last}.
Attending of record {doc.last}.
Case reviewed, {doc.init} {dract}.
Epidural by {doc.last}, delivery by {doc.last}.
Prescribed by {doc.last}, filled by {doc.first}.
Therapy w/ {doc.first} [weekly|biweekly], psychiatrist {doc.last}.
{doc.first} from [PT|OT|lab|dietary|transport|respiratory|security|environmental services] {dract}.
My name is {u1.first} and I'm calling about {pt.first} {pt.last}.
This is {doc.first}, {staffrole}, calling for {pt.title}.
{r1.full} [here|again]. {pt.first} {act}.
[Sis|Mama|Nana|Papa|Auntie|Uncle|Grandma|Granny|Tia|Tio|Cousin|Coach] {p.first} {act}.
= staffrole2
neighbor
witness
caller
coworker
= np2
{symptom} [better|worse|unchanged]
no {symptom} since {care}
{symptom} after {drug}
{pt.first} {act}
ok for {care}
needs {care}
{dx} [stable|worse|resolved]
"#;
