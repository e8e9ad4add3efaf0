//! Sentences without an identifier that look as if they had one: findings, eponyms, drugs, orders.

/// Signs, devices, drugs, bacteria, genes, ordinary prose.
pub(super) const POOLS: &str = r#"
= neg
Murphy sign negative, McBurney point nontender, Rovsing and psoas signs absent.
Positive Phalen, equivocal Tinel, negative Finkelstein.
Lachman 1A, pivot shift trace, McMurray negative, Apley grind negative.
Spurling positive on the left; Hoffmann absent; Babinski down bilaterally.
Hawkins-Kennedy and Neer impingement signs positive; Speed and Yergason negative.
Ottawa ankle rules negative. No Maisonneuve tenderness.
Thompson squeeze test: plantarflexion present.
Trendelenburg gait; Thomas test shows 15 degree contracture; Ober tight.
Barlow and Ortolani stable, Galeazzi negative.
Moro, rooting, grasp, Galant all present.
Kernig and Brudzinski negative. Neck supple.
Dix-Hallpike right positive, Epley performed with relief.
Weber lateralizes left, Rinne AC > BC bilaterally.
Kayser-Fleischer rings absent on slit lamp.
Roth spots, Osler nodes, Janeway lesions: none.
Cullen and Grey Turner signs absent.
Courvoisier sign? GB palpable, nontender.
Kussmaul breathing, not Cheyne-Stokes.
Levine sign present during pain.
Beck triad incomplete; pulsus 8.
Auspitz sign and Koebner phenomenon noted.
Nikolsky negative. Darier sign positive.
Gottron papules over the MCPs; Raynaud triggered in cold room.
Heberden and Bouchard nodes, no synovitis.
Schirmer 4 mm OD, 6 mm OS.
Amsler grid intact. Ishihara 14/14. Goldmann 15/16.
Marcus Gunn pupil OS. Argyll Robertson no.
Snellen 20/40 OD, 20/25 OS; Jaeger 3.
Hutchinson sign negative for zoster.
Foley 16 Fr, placed without difficulty.
Hemovac 30 mL, Blake drain 45 mL, JP x2 bulb to suction.
Swan at 48 cm, Cordis in RIJ, A-line L radial.
Dobhoff tip post-pyloric. Salem sump to LIS.
Hickman flushes; Port-A-Cath accessed with 20g Huber needle.
Penrose in place, Jackson-Pratt stripped q4h.
Bair Hugger applied. Yankauer at bedside. Ambu ready.
Miller 2, Mac 3, Cormack-Lehane grade I.
Mallampati III, Apfel 3, ASA 3E.
Mayfield pins, Jackson table, Wilson frame.
Bovie pad right thigh. Steri-Strips and Dermabond.
Weck clips, Allis clamp, Babcock, Kelly, Kocher, DeBakey forceps.
Gelpi and Weitlaner retractors placed; Bookwalter assembled.
2-0 Vicryl, 4-0 Monocryl, 0 PDS, 3-0 Prolene, 5-0 Nylon.
Kerlix, Coban, Xeroform, ABD pad, Tegaderm.
Unna boot changed. Profore wrap, Aquacel Ag.
Hoyer x2 assist. Geri chair. Posey vest not used.
Stryker bed, low position; Waffle cushion on.
K-wires x2, Ilizarov pin care done.
Girdlestone discussed. Charnley hip 1988, Zimmer stem.
Bankart repair, Hill-Sachs engaging, Latarjet if recurrent.
Bristow, Putti-Platt, and Weaver-Dunn reviewed.
Whipple anatomy unchanged. Puestow patent.
Roux limb patent. Billroth II. Nissen wrap intact; Dor fundoplication slipped.
Hartmann pouch. Brooke ileostomy pink.
Blalock-Taussig shunt, then Glenn at 6 mo, Fontan at 3 y.
Norwood stage I; Sano conduit.
Ross procedure vs Bentall; David reimplantation.
Maze, Watchman, MitraClip all discussed.
Burch, Marshall-Marchetti-Krantz, TVT-O.
McDonald cerclage vs Shirodkar.
Pfannenstiel incision, clean. Bakri removed. B-Lynch not needed.
McRoberts and suprapubic pressure, 40 seconds; Woods screw not used.
Leopold: vertex, back left. Bishop 7.
Apgars 8 and 9. Ballard 39 weeks. Dubowitz consistent.
Silverman score 3. Sarnat stage I.
Tanner 3. Denver II passed. M-CHAT 1.
Vineland 78, Bayley 92, WISC-V 104.
Conners elevated. Vanderbilt: inattentive type.
Beck 24. Hamilton 19. Young Mania 6. Yale-Brown 14.
Columbia: no ideation. Edmonton: pain 3, nausea 1.
Mini-Cog 4/5; Trails B 98 sec; Boston Naming 52.
Rey 15 item: 14. Stroop and Wisconsin within limits.
Rancho IV. Glasgow 14. Rankin 2. Barthel 85.
Braden 14, Norton 12, Morse 60, Hendrich II 7.
Wells 4.5, Geneva 7, PERC not met.
Child-Pugh B, MELD-Na 19, Maddrey 34, Lille 0.3.
Ranson 3, Glasgow-Imrie 2, Balthazar C.
Killip II, Killip-Kimball noted. Canadian class III. NYHA II.
Forrester wet and warm.
Fontaine IIb, Rutherford 3, Wagner 2.
Gustilo IIIA, Salter-Harris II, Garden III, Schatzker V.
Weber B, Lauge-Hansen SER IV, Denis zone II.
Mason II, Neer 3-part, Frykman VIII.
Kellgren-Lawrence 3, Outerbridge IV, Ficat II.
Cobb 28 degrees, Risser 2. Meyerding grade I.
Bosniak IIF. Hinchey Ib. Forrest IIc. Savary-Miller B. Prague C2M4.
Los Angeles grade A. Hill III. Zargar 2a.
Gleason 3+4, Fuhrman 2, Breslow 0.8 mm, Clark III.
Nottingham 6/9. Bloom-Richardson 2. Bethesda II. Dukes B.
Ann Arbor IIA, Rai I, Binet A, Durie-Salmon II.
Deauville 2. Lugano complete response.
Spetzler-Martin 2, Hunt and Hess 3, Fisher 4.
Fazekas 2, Evans index 0.34, Monro patent.
Sylvian fissure, Rolandic cortex, circle of Willis normal.
Willis, Galen, Labbe and Trolard veins patent.
Wernicke area spared; Broca type aphasia.
Brodmann 44. Meyer loop. Heschl gyrus.
Purkinje cells. Betz cells. Schwann cell tumor.
Bartholin glands, Skene glands, Cooper ligament.
Poupart ligament, Hesselbach triangle, Camper and Scarpa fascia.
Douglas pouch free fluid, trace. Morison pouch dry.
Oddi, Vater, Winslow, Wirsung, Santorini: normal anatomy.
Eustachian dysfunction. Stensen duct clear. Waldeyer ring full.
Kiesselbach area cauterized. Little area bleeding stopped.
Langer lines. Adam's apple. Achilles 2+.
Peyer patches prominent. Meckel scan negative.
Graafian follicle 18 mm. Nabothian cysts. Naboth.
Montgomery tubercles. Chadwick, Hegar, Goodell signs.
Braxton Hicks only. Montevideo 210. Category I tracing.
E. coli >100,000, pan-sensitive. Klebsiella, Proteus, Citrobacter: no growth.
Staph epi in 1 of 4 bottles, likely contaminant.
Serratia marcescens; Stenotrophomonas; Burkholderia cepacia.
Bartonella henselae, Borrelia, Rickettsia, Ehrlichia sent.
Candida auris screen negative. Pneumocystis jirovecii PCR pending.
Clostridioides difficile toxin B gene detected.
Haemophilus, Moraxella, Neisseria, Eikenella, Kingella.
Mycobacterium avium. Nocardia. Actinomyces israelii.
Salmonella Typhi, Shigella, Campylobacter jejuni not isolated.
Gram stain: GPC in clusters. Giemsa and Wright-Giemsa negative.
Ziehl-Neelsen x3. Congo red. Masson trichrome. Perls iron.
Papanicolaou: NILM. Romanowsky. Tzanck.
Coombs negative. Kleihauer-Betke 0.1%. Duffy, Kell, Kidd negative.
Lewis a, Kell, Duffy antibodies identified; Rh pos.
Bence Jones protein. Howell-Jolly bodies. Auer rods. Heinz.
Reed-Sternberg cells; Langhans; Touton; Warthin-Finkeldey.
Charcot-Leyden crystals, Curschmann spirals.
BRCA1 c.68_69delAG, BRCA2 wild type, PALB2 VUS.
CFTR F508del/G551D. HFE C282Y heterozygous. MTHFR C677T.
KRAS G12C, EGFR L858R, ALK neg, ROS1 neg, PD-L1 60%.
JAK2 V617F 32%. CALR neg. BCR-ABL1 p210 0.01%.
FLT3-ITD low, NPM1 mut, IDH2 R140Q.
TP53 R175H. PTEN loss. MSH2/MSH6 retained.
APOE e3/e4. HLA-B*57:01 neg, HLA-DQ2 pos.
Factor V Leiden. Prothrombin G20210A. Philadelphia chromosome absent.
46,XX,t(9;22)(q34;q11.2). 47,XY,+21.
Hemoglobin Barts. Hb Lepore trait. Hb Constant Spring.
Hb S 92%, F 6.1%. G6PD Mediterranean.
Lactated Ringer's 1 L then D5 half.
Hartmann solution. Krebs. Tyrode.
Harris Benedict 1650 kcal; Mifflin 1580; Penn State 1702.
Cockcroft-Gault 48. Schwartz 62. Du Bois BSA 1.84.
Friedewald LDL 112. Fick CO 4.6. Winters predicted 28.
Bazett QTc 448, Fridericia 436.
Parkland 4 mL x kg x TBSA. Brooke. Lund and Browder 18%.
Holliday-Segar 62 mL/h. Naegele EDD. Hadlock 41%.
Allen test OK. Seldinger. Crede.
Valsalva, Mueller, Muller, Semont, Brandt-Daroff taught.
Kegel 10 x 3. Williams flexion, McKenzie extension.
Heimlich reviewed. Sellick held. Jendrassik.
Romberg steady; Fukuda drift 20.
Bunnell, Allen, Froment and Wartenberg signs checked.
Gowers none. Lhermitte yes. Uhthoff yes.
Charles Bonnet type hallucinations explained.
Capgras and Cotard content denied.
Graves eye disease inactive, CAS 1/7. Hertel 18/18.
Parkinson plus? DaTscan. Hoehn and Yahr 2. Schwab 80.
Alzheimer's likely mixed; Lewy body less likely, Pick unlikely.
Crohn's flare, Harvey-Bradshaw 9; Mayo 2; Truelove severe.
Hashimoto's, euthyroid. Plummer nodule. Riedel excluded.
Cushing's ruled out; Addison's unlikely; Conn's pending.
Barrett's, no dysplasia, Seattle biopsies.
Hodgkin's vs non-Hodgkin's per flow.
Bell's palsy House-Brackmann IV.
Still's murmur. Graham Steell. Austin Flint. Carey Coombs.
Mobitz I, Wenckebach. Lown-Ganong-Levine. Wellens pattern.
De Winter T waves? Sgarbossa negative. Osborn waves none.
Kerley B lines, Hampton hump, Westermark absent.
Hounsfield 12. Agatston 310. Swyer-James. Ghon focus.
Chilaiditi, Rigler negative. Sitz marker retained.
Haglund bump, Baker cyst, Morton neuroma, Freiberg.
Jones fracture vs Dancer. Lisfranc intact. Chopart OK.
Colles, Smith, Barton, Chauffeur types reviewed.
Boxer, Bennett, Rolando: none.
Dupuytren cord ring finger. Kienbock II. Madelung.
Hill-Sachs small. Pellegrini-Stieda. Segond absent.
= neg
The patient will call if worse.
May repeat in 5 minutes x 3.
May increase to 40 if tolerated. May use heat.
Will hold for SBP < 90.
Will defer to primary.
Will do.
Mark was made over the left knee.
Mark all that apply.
Page with questions.
Page 2 of 4
Page 1
Bill to Medicare.
Grant funded.
Drew labs at bedside.
Drew up 10 units, double checked.
Chase with juice. Chase CT result.
Rose to stand x 5 in 14 sec.
Rich in fiber. Rich vocabulary.
Art therapy group attended. Music, Art, Yoga.
Frank blood per rectum. Frank pus expressed. Frank breech.
Pat dry. Do not rub.
Sandy stools. Rusty sputum. Rocky course.
Dawn phenomenon suspected.
Iris normal. Iris bombe. Lens clear.
Carotid bruit none. Hazel eyes.
Olive mass not felt. Ginger ale tolerated. Basil, sage ok.
Ginger, garlic, ginkgo, St. John's wort: hold.
Hope and coping discussed.
Faith is important. Joy in gardening.
Grace period for premiums.
Young adult clinic. Young, healthy appearing.
Long term use. Long leg cast. Long history of poor follow up.
Short of breath. Short arm splint. Short Form 36.
Brown discharge. Green sputum. White plaques. Black eschar. Gray matter.
White matter changes. Blue dye. Red flags none. Yellow slough 20%.
Day 3. Day of life 12. Day surgery. Post op day 2.
King airway placed. Combitube. LMA 4.
Hill sign. Valley fever titer. Lake water exposure. River blindness.
Bush tea. Stone analysis: calcium oxalate. Stone burden 8 mm. Sand.
Law enforcement not present.
Bell at reach. Bell by bed. Ball on wall.
Cook food well. Bake, broil or grill.
Blood bank: crossmatch 2.
Love, intimacy not discussed. Cross-legged. Cross-reactivity.
Church weekly. Temple tenderness. Temple arteries.
Hand grip. Hand hygiene. By hand. Hand dominant: R. Hand-off done.
Foot exam done. Head circ 34. Head midline. Head CT.
Black box warning reviewed.
Rice, applesauce, toast. Bean, pea, corn.
Potter sequence. Miller-Dieker excluded.
Case cancelled. Case closed. Case load.
Post void 30. Post-cath checks. Post nasal drip.
Ward round. Ward clerk aware. Floor full.
Guard rail up. Guard against falls. Guarding absent.
Major depression. Major vessel. Minor procedure. Minor bleeding. Minor child.
General anesthesia. General diet. Private room.
Sharp pain, 6/10. Sharps count correct. Strong cough. Stiff.
Gait: wide. Stride short. Walker, wheeled.
Walker x 1. Cane. Crutches. Gaiter.
Marsh 3a. March fracture. March in place.
April showers. August visit. June bug. in May. since March. by August.
Winter dry skin. Summer rash. Spring allergies. Fall from bed. Fall risk.
Monday group. Friday dialysis. Sunday dressing.
Early. Late decels. Late entry. Noon meal.
Virginia creeper contact. Texas catheter. Texas wedge.
Boston brace. Boston scientific lead. Milwaukee brace. Philadelphia collar.
Miami J collar. Cincinnati score. Los Angeles scale. Lake Louise. Oxford 12.
Oxford shoe. Denver shunt. Sydney protocol. Montreal B2.
Vancouver B1. Chicago IV achalasia. Tokyo TG18 grade 1.
Amsterdam II criteria. Rotterdam 2 of 3. Berlin mild. Rome IV.
German measles. Spanish flu. French 14. French scale. Dutch lipid 8. English proficient. Chinese herbs. Turkish.
Swedish massage. Swiss ball. Russian stim. Roman chair. Greek yogurt. Irish node.
Lyme IgG. Coxsackie A16. Marburg. Ebola screen. Norwalk. Zika. Hantavirus.
Epstein-Barr VCA. JC virus. BK 1,200 copies. West Nile. St. Louis encephalitis.
"#;
