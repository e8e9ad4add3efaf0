//! Sentences in which numbers stand that say who somebody is, behind odd labels or none.

/// Record, account, device and reference numbers.
pub(super) const POOLS: &str = r#"
= r.num
{pt.full} ({#9999999 mrn})
{pt.full} ({#99999999 mrn}) {act}.
{pt.comma} ({#0999999 mrn}) - {dx}
{pt.last} {#999-99-99 mrn}
{pt.upcomma} #{#99999999 mrn}
{pt.title}, pt id {#99999 mrn}, {act}.
pt id {#@@9999 mrn}
Pt #: {#999999 mrn}
Patient no. {#99-9999 mrn}
mrn {#9999999 mrn}
MRN# {#00999999 mrn}
MRN={#@9999999 mrn}
MR {#99-99-99 mrn}
med rec no {#999999 mrn}
chart {#99999 mrn}
Chart no. {#@-99999 mrn} pulled from storage.
Merge duplicate charts {#9999999 mrn} and {#9999999 mrn}.
Old MRN {#999999 mrn}, new MRN {#99999999 mrn}.
EMPI {#9000099999 mrn}
{w.hospital} MRN: {#99999999 mrn}
Look up {#99999999 mrn} in the archive.
Label reads {#9999999 mrn}, {pt.upcomma}.
Wristband scanned: {#99999999999 mrn}
CSN {#999999999 unique_id}
CSN: {#1009999999 unique_id}, HAR: {#99999999 account}
HAR {#6009999999 account}
FIN {#999999999999 unique_id}
Encounter {#E9999999 unique_id} closed.
Visit no {#V00099999999 unique_id}
contact serial {#99999999 unique_id}
acct {#9999999999 account}
acct# {#99-99999999 account}
acct ending {#9999 account}
Account ending in {#9999 account}.
Guarantor acct {#G999999 account}, balance $[45|120|2,310].00.
Statement {#999999-99 account} past due.
Card on file ending {#9999 card}.
visa ending in {card4}, exp 0{n}/2{n}
HSA card {card}
ref {#999999 unique_id}
Ref: {#@@9999999 unique_id}
Ref # {#99-9999-99 unique_id}
Our ref {#@99/999999 unique_id}
reference {#9999999999 unique_id}
conf # {#@@@999 unique_id}
Conf. no. {#99999999 unique_id}
confirmation {#@9@9@9 unique_id}
tracking {#1Z999@99999999999 unique_id}
case no {#99-@@-99999 unique_id}
Case # {#CPS-9999-99999 unique_id}
Docket {#99-CV-99999 unique_id}
Incident {#IR-99999 unique_id}
incident report {#99-9999 unique_id} filed
EMS run # {#99-999999 unique_id}
PCR {#9999999 unique_id}
Police report {#99-99999 unique_id}, Ofc {p.last}.
Badge {#9999 unique_id}
Inmate # {#@@9999 unique_id}
DOC {#999999 unique_id}
booking no. {#9999999 unique_id}
Rx {#9999999 unique_id}
rx# {#99999999 unique_id}, {drug} {dose}
Rx no. {#9999999-99999 unique_id} ({n} refills)
script {#9999999 unique_id} ready
auth {#999999999 unique_id}
Auth # {#@999999999 unique_id} x {nn} visits
auth no. {#A-9999999 unique_id} valid thru {date.fut}
precert {#99999999 unique_id} obtained from {w.payer}
PA# {#PA-9999999 unique_id} approved.
Referral {#9999999 unique_id} to {w.clinic}
claim {#999999999999 claim}
claim# {#2099999999999 claim} denied, CO-{nn}
ICN {#9999999999999 claim}
WC claim {#WC99-99999 claim}, DOI {date}
DCN {#99999@99999 claim}
Policy {#@@@999999999 member_id}
policy no. {#99@@9999 member_id}, grp {#99999 member_id}
ID {#@@@@99999999 member_id} GRP {#0099999 member_id}
Medicaid {#99999999@ member_id}
member {#99999999901 member_id}
sub id {#W999999999 member_id}
RxBIN {%699999}  RxGRP {#RX9999 member_id}  ID {#999@99999 member_id}
Medicare {mbi}
DOD ID {#1999999999 member_id}
VA file {#C99999999 member_id}
SSN {ssn}
soc {ssn}
last 4 {ssn4}
last four of social {ssn4}
ssn ending {ssn4}
xxx-xx-{ssn4}
DL {dl} ({st.new})
state ID {#@9999999 driver_license}
A# {#A999999999 passport}
passport no {passport}
plate {plate}, white van
lic plate {plate}
VIN {vin}
sn {#99999999 device}
s/n {#@@9999999 device}
SN# {#9@99999 device}
Serial {#@@@999999@ device}
ser no {#99-999999 device}
{eq} sn {#999999 device}
{^eq}, serial no. {#@99999 device}, model {%9999}
{^eq} (SN {#@@@99999 device}) interrogated, battery good.
{^eq} [replaced|swapped], new SN {#9999999 device}, old SN {#9999999 device}.
implant log: {eq}, lot {#99@9999 device}, sn {#99999999 device}
{eq} ref {%99-9999} lot {#99999999 device}
Implant sticker: REF {%9999-99-999}; LOT {#9999999 device}; SN {#@99999 device}
UDI (21){#99999999 device}
Pump #{#99999 device} alarm.
loaner serial {#99@99999 device}
acc {#99-999999 unique_id}
accession {#@99-99999 unique_id}
Specimen {#@@-99-9999 unique_id} [hemolyzed|received|rejected].
Path {#S99-99999 unique_id} final
Path # {#SP-99-99999 unique_id}
order {#999999999 unique_id}
Req {#99999999 unique_id}
Donor unit {#W9999 99 999999 unique_id}
unit #{#W999999999999 unique_id} hung, second check {doc.last} RN
study id {#999-999 unique_id}
Subject {#99-9999 unique_id} [enrolled|withdrew|completed visit {n}]
subj # {#999-@@@ unique_id}
Screening no. {#S-9999 unique_id}
badge id {#99999 unique_id}
emp id {#9999999 unique_id}
Employee # {#999999 unique_id}, {w.work}
student id {#90999999 unique_id}
NPI {npi}
{doc.cred}, NPI {npi}
DEA {dea}
lic {license}
License no {#@99999 license}
Lic# {#RN999999 license}, exp {date.fut}
call {phone.new}
cb {phone.new}
cell {phone.new}, home {phone.new}
ph {phone.new} fx {fax}
Fax to {fax}
fax# {fax}
{r1.first} {phone.new}
{r1.kind} {r1.first} @ {phone.new}
{phone.new} ({kin})
{#x9999 phone}
ext {#9999 phone}
pager {pager}
pgr {pager}
beeper {pager}
Pager {#9999 phone}, {doc.last}
Spectralink {#99999 phone}
{pt.email}
email {pt.email}
username {pt.user}
{url}
IP {ip}
"#;
