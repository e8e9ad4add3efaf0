//! Codes, order sets and tables without an identifier.

/// Codes of all systems, in sentences, lists and tables.
pub(super) const POOLS: &str = r#"
= neg
{icd} {^dx}
{icd} - {^dx}; {icd} - {^dx}
{^dx} ({icd})
{^dx} \[{icd}]
{^dx}, {icd}.
Dx: {icd}, {icd}, {icd}
Dx codes {icd} {icd} {icd} {icd}
ICD-10-CM {icd}; ICD-10-PCS {%09@@9@@@}
ICD10: {icd}|{icd}|{icd}
PCS {%0@99@@@@}
PCS 02{%9@9@@}Z, 0{%@@9@@Z}
ICD-9 {%999.99}, {%V99.9}
CPT {cpt}
CPT {cpt}-25, {cpt}-59, {cpt}-LT
CPT {cpt} x {n}, mod 26
CPT: {cpt}, {cpt}, {cpt}; HCPCS: {hcpcs}
{cpt} {^proc}
{cpt}, {cpt}-RT, {cpt}-50
99{%999} [established|new|consult] visit, level {n}
992{%99}-25
9921{n}, 9939{n}, 9347{n}
HCPCS {hcpcs} {eq}
{hcpcs} NU, {hcpcs} RR KX
{hcpcs} x {nn} units
G0{%999}, Q9{%999}, J{%9999} x {n}
D{%9999} tooth {nn}, D{%9999}
DRG {drg}
MS-DRG {drg}, weight 1.{nn}, GMLOS {n}.{n}
APC 5{%999}; APR-DRG {drg}, SOI {n}, ROM {n}
Rev code 0{%999}, 0{%999}
POS 11, TOS 1, bill type 13{n}
LOINC {loinc} {num.lab}
{loinc} {num.lab} {dec} {unit}
{loinc}^{num.lab}^LN
SNOMED {snomed} ({dx})
SCT {snomed} |{dx}|
{snomed} {^dx}
RxNorm {rxnorm} {drug} {dose}
RxCUI {rxnorm}, {rxnorm}
{rxnorm} {drug} {dose} tablet
NDC {ndc} {drug} {dose}
NDC {ndc}, qty {nn}, DS {nn}
{drug} {dose} #{nn} RF{n} ({ndc})
{drug} #{nn}, refills: {n}
{drug} {dose} disp #{nn} sig 1 tab {freq}
CVX {cvx}, MVX PMC, VFC V{%99}
{cvx} | influenza, injectable | 0.5 mL | IM | LD
ATC {%@99@@99}, {%@99@@99}
UNII {%9@9@@99999}
ICF b{%999}.{n}, d{%999}.{n}
NANDA {%00999}; NIC {%9999}; NOC {%9999}
OMIM {%999999}; Orphanet {%9999}
rs{%9999999} C>T, rs{%99999999} G/A
NM_{%000999}.{n}:c.{%9999}G>A p.(Arg{%999}His)
chr{n}:{%99999999} (GRCh38)
NCT{%09999999}
ISRCTN{%99999999}
PMID {%99999999}
doi:10.{%9999}/j.{%9999}.{nn}
ISO {%99999}-1, ASTM F{%9999}
FDA 510(k) K{%999999}
REF {%99999-99} size {n}
model {%@@9999}, software v{n}.{n}.{nn}
Model {%9999} dual chamber, mode DDDR, lower rate 60
Medtronic, Boston Scientific, Abbott, Biotronik: MRI conditional
GE Optima, Siemens Aera 1.5T, Philips Ingenia, Canon Aquilion
Stryker Triathlon CR size {n}, Zimmer Persona, DePuy Attune
Baxter Sigma, Alaris, Hospira Plum, B. Braun
Roche cobas, Sysmex XN, Abbott Architect, Beckman AU
Omnipod, Dexcom G6, Libre 2, Tandem t:slim X2
ResMed AirSense 10, Respironics DreamStation, F&P Evora
form CMS-{%9999}, DD-{%999}, VA 10-{%9999}
Form {%99-9999} rev. {n}
Policy NUR-{%999}, version {n}
45 CFR 164.{%999}; 42 CFR {%999}.{nn}
Protocol ABC-{%999}, arm B, cohort {n}
T{n}N{n}M0, stage I[A|B|I|II], G{n}
L{n}-L{n}, C{n}-T1, S1, T{n}-T10
CN II, III, IV, VI; V1-V3
HLA-A*0{n}:01, B*{nn}:02, DRB1*{nn}:01
CD3 {nn}%, CD4 {nnn}, CD8 {nnn}, CD20+, CD117
H1N1, H3N2, B/Victoria, B/Yamagata
P2Y12 {nnn} PRU, ARU {nnn}
W{n} D{n} C{n}, BSA 1.{nn}
Fr {nn}, {nn} g, 2{n}G x 1.5 in
Lens +{nn}.{n} D, SN60WF, A constant 118.{n}
{nn}-{nn}-{n}0 mg/5 mL
{n}:{nn} epi, 1:{nn}00 lido
{n}/{n} strength; {nn}/{nn} correct; {n} of {nn}
{nn}%/{nn}%/{nn}%
{%9999} mL in, {%9999} mL out
{%99999} units total; {%9,999} kcal
Sig: {n} tabs q{n}h prn #{nn}
x{n}, q{n}h, {n}-{n} hrs, {nn}-{nn} min
{time} {vitals}
{time} {finding}
{time} {drug} {dose} {route}; {time} recheck
Start {time}, stop {time}, total {nn} min
In room {time}; incision {time}; closed {time}; out {time}
{time} 99.{n} {nn} {nn} {nnn}/{nn} 9{n}%
\[ ] {^plan}
\[x] {^plan}
☐ {^img}   ☐ {num.lab}   ☑ {num.lab}
\[x] {num.lab} \[ ] {num.lab} \[x] {num.lab} \[ ] {num.lab}
| {num.lab} | {nn} | {unit} | {n}-{nn} |
| {num.lab} | {dec} | H | {unit} |\n| {num.lab} | {nnn} | L | {unit} |
{num.lab}\t{nn}\t{unit}\t{n}-{nn}\tN
{num.lab}\t{dec}\t\t{unit}\n{num.lab}\t{nnn}\tH\t{unit}
{num.lab}......{nn}  {num.lab}......{dec}
{num.lab} {nn}   {num.lab} {nnn}   {num.lab} {n}.{n}
{num.lab}={nn}; {num.lab}={dec}; {num.lab}={nnn}
OBX|{n}|NM|{loinc}^{num.lab}^LN||{nn}|{unit}|{n}-{nn}|N|||F
DG1|{n}||{icd}^{dx}^I10
RXE|1|{rxnorm}^{drug}^RXN|{n}||TAB
NTE|1||Hemolysis index {n}
ORDER SET: admit to {dept}; {diet} diet; {care}; {drug} {dose} {freq}; {num.lab}, {num.lab} in AM
ORDERS: {plan}; {plan}; {plan}
STAT {num.lab}, {num.lab}, {img}
Panel {%99999}: {num.lab}, {num.lab}, {num.lab}
Code {%9999}: {care}
Module {n}.{n}, item {nn}, section {%@@}
Section GG0130: {n}, {n}, {n}; M1830 {n}
OASIS M{%9999} 0{n}; MDS C0500 {nn}
HCC {nn}, RAF 1.{%999}
Risk: LACE {nn}, HOSPITAL {n}, RCRI {n}
Rx: {drug} {dose} | {freq} | #{nn}
Lvl {n} EM, {nn} min, MDM mod
Ext 2, lead II, V{n}, aVF
QA {n}/{nn}; PI; CAPA
USP <{%999}>, BUD {n} days
pH 7.{nn}, osm {nnn}, SG 1.0{nn}
{n}+ {n}+ trace neg neg
A{n} B{n} C{n} D{n}; zone {n}; level {n}; grade {n}
"#;
