//! Sentences in which dates and great ages stand.

/// Days, spans of days, births, deaths, ages.
pub(super) const POOLS: &str = r#"
= r.time
{weekday} {w.day}
{weekday} {w.day}: {act}
{weekday}, {w.date}
{weekday} {w.date} @ {time}
Seen {weekday} {w.day} for {symptom}.
On {w.date} {he} {act}.
on {w.day} {he} {act}
{^w.date} - {proc}
{w.date} {proc}
{w.date}: {finding}
{w.day}: {lab}
{w.day} {lab}, {w.day} {lab}
{w.day} - {act}; {w.day} - {act}
Labs {w.day}: {lab}, {lab}.
{^img} {w.day}: {finding}.
{^img} ({w.date}) {finding}.
{^img} from {w.date} compared with {w.date}.
Comparison: {w.date}.
{date.iso} {time}
{date.iso} {time} {staffrole} {doc.last}: {dract}
\[{date.iso} {time}] {act}
{date.iso} 0{n}:{nn}:00
{w.day} - {w.day}
{date.md}-{date.md}
{date.md} - {date.md}: {care}
{date.md} to {date.md}
{w.date} through {w.date}
{w.date} thru {w.date}
from {w.date} until {w.date}
between {w.date} and {w.date}
Admitted {w.date}–{w.date} for {dx}.
hospitalized {w.day} to {w.day}, {dx}
{drug} [start|started] {w.day}, [stop|stopped] {w.day}
{drug} {w.day} - {w.day}, then {drug}
Abx: {drug} ({w.day} - {w.day}), {drug} (since {w.day})
[Off work|Excused|Out of school] {w.day} to {w.day}.
RTW {w.date}.
mid-{w.month}
since mid-{w.month}
early {w.month}
since late {w.month}
{symptom} began in {w.month}, worse since the spring
{w.month}: {proc}
{w.old}-year-old {man}
{pt.first}, {w.old} years old, {act}
now {w.old} years old
{^kin} {p.first} is {w.old}
as of {w.date}
before {w.date}
by {w.day}
no later than {w.date}
until {w.day}
effective {w.date}
due {w.date}
exp {w.date}
d/c {w.date}
DOA {w.date}
DOI {w.date}
DOS {w.date}
D/C'd {w.day}
s/p {proc} {w.date}
s/p {proc} ({w.day})
{^proc} {w.day} ({doc.last})
{^dx}, dx'd {w.day}
{^dx} ({w.date})
{dx} since {w.day}
LMP {w.day}, EDC {w.date}
EDD {w.date} by {nn}w US
last BM {w.day}
last dose {w.day} {time}
Last seen {w.date} by {doc.last}.
Next visit {w.date}.
Next appt: {weekday} {w.date} {time} {doc.last}
RTC {w.day}
PPD placed {w.day}, read {w.day}: {n} mm
[Flu|COVID|Tdap|Prevnar 20|Shingrix] {w.day}
Immunizations: DTaP {w.date}, {w.date}, {w.date}; MMR {w.date}.
Foley inserted {w.day}, removed {w.day}.
PICC {w.day} (day {n})
Intubated {w.date}, trached {w.date}.
Sutures out {w.day}.
Cast off on {w.day}.
Surgery moved from {w.day} to {w.day}.
Rescheduled to {w.date} at {time}.
No-show {w.date}, {w.date}.
Visits: {w.date}; {w.date}; {w.date}
Call log: {w.day} {time} no answer; {w.day} {time} left VM.
Born {w.dob}.
b. {w.dob}
DOB {w.dob}
dob {w.dob}, {age} y
{pt.full} {w.dob}
{pt.full}, {w.dob}
{pt.full} (b. {w.dob})
{pt.last} DOB {w.dob} MRN {mrn}
{pt.comma} | {w.dob} | {sex}
{p.first} {p.last}, born {w.dob}
{p.first} was born on {w.dob} at {w.hospital}.
Birthdate given as {w.dob}.
Died {dod}.
{^kin} {p.first} died {dod} of {dx}.
TOD {time} {dod}
Pronounced {dod} {time} by {doc.last}.
Expired {dod}.
Last known well {w.day} {time}.
Snow day on {holiday}.
Sick since {holiday}.
Came home for {holiday}.
After {holiday} {he} {act}.
[The day after|The night of|The weekend before|Two days before] {holiday}.
{age.old} y/o
{age.old}-year-old {man} with {dx}
{age.old} yo {sex}
{pt.last}, {age.old}{sex1}
aged {age.old}
turned {age.old} last month
{^kin}, {age.old}, has {dx}
{He} is {age.old} years young.
{kin} lived to {age.old}
mother died at age {age.old}, father at {adult}
at {age.old} {he} still drives
"I'm {age.old}!"
Age: {age.old} Sex: {sex}
= sex1
M
F
 F
 M
"#;
